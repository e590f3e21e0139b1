"""Hard bounces that come back later, by mail."""

from django.db.models import F, QuerySet
from django.utils import timezone

from comparisons.newsletter.models import Subscriber


def count_bounce(*, subscribers: QuerySet[Subscriber]) -> int:
    """Count one hard bounce for each of the subscribers, and return their number."""
    return subscribers.update(hard_bounces=F("hard_bounces") + 1, bounced_at=timezone.now())
