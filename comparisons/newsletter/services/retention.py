"""Deleting addresses when there is no reason to keep them."""

from datetime import datetime

from django.db import transaction

from comparisons.newsletter.models import Consent, Subscriber


@transaction.atomic
def delete_expired_subscribers(*, now: datetime) -> int:
    """Delete expired requests and addresses, and return the number of addresses.

    An unconfirmed address goes with its last link, others some weeks after they became inactive.
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
