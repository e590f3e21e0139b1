"""Subscribers and a week of news for tests of the newsletter."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from comparisons.newsletter.models import Subscriber
from tests.factories import make_comparison, make_tool

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When the timer runs in these tests."""


def make_subscriber(email: str = "ada@example.com", **fields: object) -> Subscriber:
    return Subscriber.objects.create(email=email, **({"confirmed_at": timezone.now()} | fields))


def make_subscribers(count: int) -> list[Subscriber]:
    return [make_subscriber(f"reader-{number}@example.com") for number in range(count)]


def make_news(when: datetime = MONDAY - timedelta(days=1), name: str = "Alpha") -> None:
    """Publish two tools, one splitting the panel, and their comparison at `when`."""
    alpha = make_tool(name, "ship 84, skip 30, ship, skip 55", published_at=when)
    beta = make_tool(f"{name} Two", "ship, ship, ship, ship", published_at=when)
    make_comparison(alpha, beta, published_at=when, note="A note on choosing between the two.")
