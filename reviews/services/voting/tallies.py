"""The lock that makes the votes on one tool follow each other."""

from django.db import transaction

from reviews.models import Tool, VoteTally


def locked_tally(*, tool_id: int) -> VoteTally:
    """Return the tool's tally, made if need be, locked until the caller's transaction ends.

    On SQLite the transaction is the lock. Raises Tool.DoesNotExist if the tool is gone.
    """
    tallies = VoteTally.objects.select_for_update()
    tally = tallies.filter(tool_id=tool_id).first()
    if tally is None:
        with transaction.atomic():
            VoteTally.objects.bulk_create(
                [VoteTally(tool_id=tool_id)], ignore_conflicts=True
            )  # somebody may be doing the same
            Tool.objects.only("pk").get(
                pk=tool_id
            )  # after writing, which has waited for whoever was merging the tool away
        tally = tallies.filter(tool_id=tool_id).first()
    if tally is None:  # the tool was merged away while this waited for the tally that somebody else had made
        raise Tool.DoesNotExist
    return tally
