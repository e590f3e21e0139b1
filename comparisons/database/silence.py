"""Whether the database has stopped answering, as far as this process knows.

Meanwhile a page that needs it is refused at once instead of holding a thread. One request a second goes
through to try.
"""

import time

SECONDS_BETWEEN_PROBES = 1.0


class Silence:
    """Set from threads that query, read on the event loop. Each method touches one attribute at a time."""

    def __init__(self) -> None:
        self.since: float | None = None
        self.calls_ended = 0
        self._answered_at = 0.0
        self._probed_at = 0.0

    def note_answer(self) -> None:
        self._answered_at = time.monotonic()
        self.since = None

    def note_silence(self, *, asked_at: float) -> None:
        """Note that a query of `asked_at` (time.monotonic) got no answer in time.

        It does not count if anybody got an answer since.
        """
        self.calls_ended += 1
        if self._answered_at < asked_at:
            self._probed_at = time.monotonic()
            self.since = self.since or self._probed_at

    def may_ask(self) -> bool:
        """Say whether a request may query the database: one a second while it is silent."""
        if self.since is None:
            return True
        now = time.monotonic()
        if now - self._probed_at < SECONDS_BETWEEN_PROBES:
            return False
        self._probed_at = now
        return True


silence = Silence()
