"""Unsubscribing, and deleting everything. Both may be repeated, and tell nothing about the link."""

from django.utils import timezone

from comparisons.newsletter.models import Subscriber


def find_subscriber(*, token: str) -> Subscriber | None:
    """Return the subscriber whose letters hold this link, or None when nothing is stored under it."""
    return Subscriber.objects.filter(token=token).first()


def unsubscribe(*, token: str) -> None:
    """Send no more letters to the holder of `token`. The moment of an earlier request is kept."""
    subscribed = Subscriber.objects.filter(
        token=token, confirmed_at__isnull=False, unsubscribed_at__isnull=True
    )
    subscribed.update(unsubscribed_at=timezone.now())


def delete_everything(*, token: str) -> None:
    """Delete the address, what it agreed to, and the record of the letters it got."""
    Subscriber.objects.filter(token=token).delete()
