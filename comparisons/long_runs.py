"""Commands that run long: how far they are, and how they stop when they are asked to."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper

WIDTH = 30
SECONDS_BETWEEN_LINES = 30


class Progress:
    """Counts up to `total` and says so on a command's output: a bar on a terminal, a line now and then in a log."""

    def __init__(self, *, total: int, stream: OutputWrapper) -> None:
        self.total, self.stream, self.done = total, stream, 0
        self.is_terminal = bool(stream.isatty())
        self.begun = self.said = time.monotonic()

    def step(self, note: str = "") -> None:
        """Count one more, with `note` behind the figures."""
        self.done += 1
        now = time.monotonic()
        is_last = self.done == self.total
        if self.is_terminal and (now - self.said >= 0.1 or is_last):
            full = WIDTH * self.done // max(self.total, 1)
            self._say(f"\r[{'█' * full}{'·' * (WIDTH - full)}] {self._figures(now, note)}\x1b[K", now)
        elif not self.is_terminal and (now - self.said >= SECONDS_BETWEEN_LINES or is_last):
            self._say(self._figures(now, note) + "\n", now)

    def finish(self) -> None:
        """Leave the line, so that what is printed next begins on its own."""
        if self.is_terminal and self.done:
            self._say("\n", time.monotonic())

    def _figures(self, now: float, note: str) -> str:
        seconds = now - self.begun
        left = seconds / self.done * (self.total - self.done)
        words = [f"{self.done:,} of {self.total:,}", note, f"{left:,.0f} s left" if left >= 1 else f"{seconds:,.0f} s"]
        return " · ".join(word for word in words if word)

    def _say(self, text: str, now: float) -> None:
        self.stream.write(text, ending="")
        self.stream.flush()
        self.said = now


@contextmanager
def stopping_kindly() -> Iterator[threading.Event]:
    """Turn Ctrl+C and SIGTERM into a request that the run may ask for: what is under way is finished, then it sums up."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the main thread hears signals
        return
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
