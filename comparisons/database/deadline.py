"""How long a thread may wait for the database.

Commands wait without limit. A process that serves pages limits each call with `set_for_process`, and a thread
that renders a page limits all its calls together with `within`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_call_seconds: float | None = None
_thread = threading.local()


def set_for_process(seconds: float | None) -> None:
    """Limit every call of any thread to `seconds`; None removes the limit."""
    global _call_seconds
    _call_seconds = seconds


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Limit all calls of this thread together to `seconds` from now; None leaves only the limit of a call."""
    _thread.ends_at = None if seconds is None else time.monotonic() + seconds
    try:
        yield
    finally:
        _thread.ends_at = None


def seconds_for_a_call() -> float | None:
    """Return how many seconds a call may take now: 0 if this thread's time is over, None without limit."""
    ends_at = getattr(_thread, "ends_at", None)
    if ends_at is None:
        return _call_seconds
    left = max(0.0, ends_at - time.monotonic())
    return left if _call_seconds is None else min(left, _call_seconds)
