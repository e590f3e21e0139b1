"""How often something may be done: one statement counts and answers, exact under load on both databases."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from reviews.models import RequestCount

COUNT = f"""
    INSERT INTO {RequestCount._meta.db_table} AS stored ("key", "window", "count") VALUES (%s, %s, 1)
    ON CONFLICT ("key") DO UPDATE SET
        "count" = CASE WHEN stored."window" = excluded."window" THEN stored."count" + 1 ELSE 1 END,
        "window" = excluded."window"
    RETURNING "count"
"""  # noqa: S608  # the table's name is ours


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether one more is within the limit, and the seconds until the next window."""

    is_allowed: bool
    retry_after: int


def count(*, key: str, seconds: int, now: datetime) -> int:
    """Count one more under `key` and return the number in this window of `seconds`, this one included.

    Only a hash of `key` is stored.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_hashed(key), _window(seconds, now)])
        return int(cursor.fetchone()[0])


def counted(*, key: str, seconds: int, now: datetime) -> int:
    """Return the number under `key` in this window of `seconds`."""
    counts = RequestCount.objects.filter(key=_hashed(key), window=_window(seconds, now))
    return counts.values_list("count", flat=True).first() or 0


def forget(*, key: str) -> None:
    RequestCount.objects.filter(key=_hashed(key)).delete()


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _window(seconds: int, now: datetime) -> int:
    """Return when the window began, in seconds since 1970."""
    return int(now.timestamp()) // seconds * seconds


def allow(*, key: str, limit: int, seconds: int, now: datetime) -> Allowance:
    """Count one more under `key`; say whether it is among the first `limit` in these `seconds`."""
    used = count(key=key, seconds=seconds, now=now)
    return Allowance(is_allowed=used <= limit, retry_after=seconds - int(now.timestamp()) % seconds)
