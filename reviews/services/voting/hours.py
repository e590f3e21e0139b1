"""Counts of votes per hour, for their pace: written with every vote, read in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from reviews.models import VoteHour
from reviews.services.voting.rules import BASELINE, BASELINE_ENDED, WINDOWS

HOURS_KEPT = timedelta(days=36)
"""A day longer than the rules look back."""

TABLE = VoteHour._meta.db_table
SUMS = ", ".join("COALESCE(SUM(votes) FILTER (WHERE hour >= %s), 0)" for _ in WINDOWS)
PACE = f"""
    SELECT {SUMS}, COALESCE(SUM(votes) FILTER (WHERE hour < %s), 0)
    FROM {TABLE} WHERE tool_id = %s AND hour >= %s AND hour <= %s
"""  # noqa: S608  # the table's name is ours
ADD = f"""
    INSERT INTO {TABLE} AS stored (tool_id, hour, votes) VALUES (%s, %s, %s)
    ON CONFLICT (tool_id, hour) DO UPDATE SET votes = stored.votes + excluded.votes
"""  # noqa: S608
TAKE = f"UPDATE {TABLE} SET votes = votes + %s WHERE tool_id = %s AND hour = %s"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Pace:
    """Pushes on a tool in each window of the rules, and in the four weeks until a week ago."""

    recent: Mapping[timedelta, int]
    baseline: int


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour (UTC) of `moment`."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def pace(*, tool_id: int, now: datetime) -> Pace:
    """Return the pace of a tool's votes. A window is whole hours and the current one so far."""
    hour = hour_of(now)
    ended = hour - BASELINE_ENDED
    starts = [_adapted(hour - window) for window in WINDOWS]
    with connection.cursor() as cursor:
        cursor.execute(PACE, [*starts, _adapted(ended), tool_id, _adapted(ended - BASELINE), _adapted(hour)])
        *recent, baseline = (int(number) for number in cursor.fetchone())
    return Pace(recent=dict(zip(WINDOWS, recent, strict=True)), baseline=baseline)


def add(*, tool_id: int, changes: Mapping[datetime, int], now: datetime) -> None:
    """Add to the counts of hours; those no longer kept are left alone."""
    since = hour_of(now - HOURS_KEPT)
    kept = [(hour, number) for hour, number in changes.items() if number and hour >= since]
    with connection.cursor() as cursor:
        for hour, number in kept:
            if number > 0:
                cursor.execute(ADD, [tool_id, _adapted(hour), number])
            else:  # there is a row, and an INSERT of less than nothing is refused before its conflict is seen
                cursor.execute(TAKE, [number, tool_id, _adapted(hour)])


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
