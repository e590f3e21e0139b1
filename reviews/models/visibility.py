"""The one condition for what readers see, for tools and for rows that belong to one."""

from django.db.models import Q
from django.utils import timezone

from reviews.models.choices import Status


def published(path: str = "") -> Q:
    """Return the condition that the tool at `path` (such as `"tool__"`) is published, its moment come."""
    return Q(**{f"{path}status": Status.PUBLISHED, f"{path}published_at__lte": timezone.now()})
