"""The one condition for what readers see, for tools and the rows that belong to them."""

from django.db.models import Q
from django.utils import timezone

from reviews.models.choices import Status


def published(path: str = "") -> Q:
    """Return the condition that the tool at `path` (such as `"tool__"`) is published by now."""
    return Q(**{f"{path}status": Status.PUBLISHED, f"{path}published_at__lte": timezone.now()})
