"""How long a thread may wait for the database.

A command waits as long as it takes. A process that serves pages limits each call with `set_for_process`, and
a thread that renders one page limits all calls together with `within`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_call_seconds: float | None = None
_thread = threading.local()


def set_for_process(seconds: float | None) -> None:
    """Let no call of any thread take longer than `seconds`; None takes the limit away."""
    global _call_seconds
    _call_seconds = seconds


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let all calls of this thread together end within `seconds` from now.

    None is no limit but that of a single call.
    """
    _thread.ends_at = None if seconds is None else time.monotonic() + seconds
    try:
        yield
    finally:
        _thread.ends_at = None


def seconds_for_a_call() -> float | None:
    """Return how long a call that begins now may take, 0 when this thread's time is over, None for as long as
    it likes."""
    ends_at = getattr(_thread, "ends_at", None)
    if ends_at is None:
        return _call_seconds
    left = max(0.0, ends_at - time.monotonic())
    return left if _call_seconds is None else min(left, _call_seconds)
