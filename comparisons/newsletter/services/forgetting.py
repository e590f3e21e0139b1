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
    return Subscriber.objects.forgettable(now=now).delete()[1].get("newsletter.Subscriber", 0)
