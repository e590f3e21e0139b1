"""Refusals that came back later, by mail: the mail server took the letter and could not pass it on."""

from django.db.models import F, QuerySet
from django.utils import timezone

from comparisons.newsletter.models import Subscriber


def count_bounce(*, subscribers: QuerySet[Subscriber]) -> int:
    """Count one hard bounce for each of the subscribers, and return how many they are."""
    return subscribers.update(hard_bounces=F("hard_bounces") + 1, bounced_at=timezone.now())
