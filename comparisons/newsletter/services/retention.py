"""Keeping no address longer than there is a reason to."""

from datetime import datetime

from django.db import transaction

from comparisons.newsletter.models import Consent, Subscriber


@transaction.atomic
def forget_expired(*, now: datetime) -> int:
    """Delete what is past its time, and return how many addresses that were.

    An address that nobody confirmed goes with its last link; one that left or that refuses mail goes some weeks later.
    """
    Consent.objects.expired(now=now).delete()
    # Locked, then looked at again: whoever asks just now locks the same row, and must not lose it in between.
    locked = list(Subscriber.objects.forgettable(now=now).select_for_update(of=("self",)).values_list("pk", flat=True))
    forgotten = Subscriber.objects.forgettable(now=now).filter(pk__in=locked)
    return forgotten.delete()[1].get("newsletter.Subscriber", 0) if locked else 0
