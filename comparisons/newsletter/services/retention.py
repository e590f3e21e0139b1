"""Keeping no address longer than there is a reason to."""

from datetime import datetime

from django.db import transaction

from comparisons.newsletter.models import Consent, Subscriber


@transaction.atomic
def delete_expired_subscribers(*, now: datetime) -> int:
    """Delete requests and addresses that are past their time, and return how many addresses.

    An address that nobody confirmed goes with its last link, others some weeks after they became inactive.
    """
    Consent.objects.expired(now=now).delete()
    # Locked, then looked at again: whoever asks just now locks the same row, and must not lose it in between.
    locked = list(
        Subscriber.objects.deletable(now=now).select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    if not locked:
        return 0
    return (
        Subscriber.objects.deletable(now=now)
        .filter(pk__in=locked)
        .delete()[1]
        .get("newsletter.Subscriber", 0)
    )
