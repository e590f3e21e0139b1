"""Which tools readers see: the one condition, for tools themselves and for rows that belong to one."""

from django.db.models import Q
from django.utils import timezone

from reviews.models.choices import Status


def published(path: str = "") -> Q:
    """Return the condition that the tool at `path` (`""` or such as `"tool__"`) is published and its moment has come."""
    return Q(**{f"{path}status": Status.PUBLISHED, f"{path}published_at__lte": timezone.now()})
