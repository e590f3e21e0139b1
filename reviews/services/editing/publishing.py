"""Publishing a tool: from a whole minute on, and with a whole panel."""

from datetime import datetime

from reviews.models import Reviewer, Status, Tool, Verdict


def whole_minute(moment: datetime) -> datetime:
    """Return the minute of `moment`; pages, lists and caches use whole minutes."""
    return moment.replace(second=0, microsecond=0)


def is_published_now(*, tool: Tool) -> bool:
    """Say whether saving `tool` would publish it, at once or at its moment. One query at most."""
    is_to_be = tool.status == Status.PUBLISHED
    return is_to_be and not Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists()


def reviewers_missing(*, tool: Tool) -> list[Reviewer]:
    """Return the reviewers whose verdicts `tool` lacks to be published now, in panel order.

    Empty if it is not to be published, or is already. Two queries at most.
    """
    if not is_published_now(tool=tool):
        return []
    stored = Verdict.objects.filter(tool=tool.pk).values("reviewer")
    return list(Reviewer.objects.exclude(pk__in=stored))
