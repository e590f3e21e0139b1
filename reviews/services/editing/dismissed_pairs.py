"""Suspected duplicates that are none: dismissed for good, or suspected again."""

from django.db import transaction

from reviews.models import DismissedPair, Tool


@transaction.atomic
def dismiss_pair(*, one: int, other: int, by: str) -> None:
    """Note that two tools, given by id, are not the same. Harmless when it is noted already.

    Raises ValueError if both are the same tool, Tool.DoesNotExist if one is gone.
    """
    if one == other:
        raise ValueError("A tool is always the same as itself.")
    if Tool.objects.filter(pk__in=[one, other]).count() < 2:
        raise Tool.DoesNotExist
    DismissedPair.objects.get_or_create(
        first_id=min(one, other), second_id=max(one, other), defaults={"dismissed_by": by}
    )


def suspect_pair(*, one: int, other: int) -> None:
    """Forget that two tools were dismissed. Harmless when they were not."""
    DismissedPair.objects.of_pair(one, other).delete()


def dismissed_keys() -> set[tuple[int, int]]:
    """Return the ids of all dismissed pairs, the older tool first. One query."""
    return set(DismissedPair.objects.order_by().values_list("first", "second"))
