"""Unsubscribing, and deleting everything. Repeatable; neither reveals whether a link is known."""

from django.utils import timezone

from comparisons.newsletter.models import Subscriber


def find_subscriber(*, token: str) -> Subscriber | None:
    """Return the subscriber of this link, or None."""
    return Subscriber.objects.filter(token=token).first()


def unsubscribe(*, token: str) -> None:
    """Send no more letters to the holder of `token`. An earlier moment of unsubscribing is kept."""
    subscribed = Subscriber.objects.filter(
        token=token, confirmed_at__isnull=False, unsubscribed_at__isnull=True
    )
    subscribed.update(unsubscribed_at=timezone.now())


def delete_everything(*, token: str) -> None:
    """Delete the address, its consents, and the record of its letters."""
    Subscriber.objects.filter(token=token).delete()
