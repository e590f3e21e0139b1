"""Deadlines on SQLite: a query ends when its thread's time is over."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from comparisons.database.deadline import seconds_for_a_call

INSTRUCTIONS = 20_000  # of SQLite's virtual machine between two looks at the clock: one or two milliseconds

_call = threading.local()


def watch(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let a new connection look at the clock. A receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(_is_over, INSTRUCTIONS)
        if _begin not in connection.execute_wrappers:
            connection.execute_wrappers.append(_begin)


def _begin(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Note when a call has to end, then make it."""
    seconds = seconds_for_a_call()
    _call.ends_at = None if seconds is None else time.monotonic() + seconds
    return execute(sql, params, many, context)


def _is_over() -> bool:
    ends_at = getattr(_call, "ends_at", None)
    return ends_at is not None and time.monotonic() > ends_at
