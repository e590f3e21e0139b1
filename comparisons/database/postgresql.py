"""Connections to PostgreSQL that do not wait for ever.

`statement_timeout` runs on the server's clock, and `tcp_user_timeout` does not fire while the peer's kernel
answers, so every wait for the network ends here.
"""

import time
from typing import Any

import psycopg
from psycopg import errors

from comparisons.database.deadline import seconds_for_a_call
from comparisons.database.silence import silence

CHECK_SECONDS = 1.0


class DeadlineConnection(psycopg.Connection[Any]):
    """A connection that closes when an answer is late. Its caller gets an OperationalError."""

    most_seconds: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the network like psycopg, but no longer than this thread may."""
        limits = [seconds for seconds in (seconds_for_a_call(), self.most_seconds) if seconds is not None]
        if not limits or (timeout is not None and timeout <= min(limits)):
            return super().wait(gen, interval, timeout)
        asked_at = time.monotonic()
        try:
            answer = super().wait(gen, interval, min(limits))
        except errors._WaitTimeout:
            silence.note_silence(asked_at=asked_at)
            self.pgconn.finish()
            raise psycopg.OperationalError(
                f"no answer within {min(limits):.1f} s, so the connection was closed"
            ) from None
        silence.note_answer()
        return answer


def check(connection: DeadlineConnection) -> None:
    """Ask for a second whether a pooled connection works. Raises psycopg.OperationalError if not.

    If the thread's time is over, nothing is asked: every connection would seem broken, and the pool would
    open new ones until it gives up. The thread's next query fails at once.
    """
    if seconds_for_a_call() == 0:
        return
    connection.most_seconds = CHECK_SECONDS
    try:
        connection.execute("")
    finally:
        connection.most_seconds = None
