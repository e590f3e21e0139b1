"""How often somebody may ask, counted without keeping who asked."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comparisons.newsletter.models import RequestCount

COUNT_ONE = """
    INSERT INTO newsletter_requestcount (key, count, expires_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET count = newsletter_requestcount.count + 1
    RETURNING count
"""


def allow(*, key: str, limit: int, window_seconds: int) -> bool:
    """Count one request under `key` and say whether it is within `limit` for the current window.

    One statement, so that requests at the same time are all counted. What is stored is a keyed hash of the key and of the
    window's beginning: it names nobody, and what somebody did in one window can't be tied to the next.
    """
    now = timezone.now()
    begins = int(now.timestamp()) // window_seconds * window_seconds
    ends: Any = datetime.fromtimestamp(begins + window_seconds, tz=UTC)
    hashed = salted_hmac("comparisons.newsletter.limits", f"{key} {begins} {window_seconds}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [hashed, connection.ops.adapt_datetimefield_value(ends)])
        count = cursor.fetchone()[0]
    RequestCount.objects.filter(expires_at__lt=now).delete()
    return count <= limit
