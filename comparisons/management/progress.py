"""The progress of a command: a bar on a terminal, or lines in a log."""

import time

from django.core.management.base import OutputWrapper

WIDTH = 30
SECONDS_BETWEEN_BARS = 0.1
SECONDS_BETWEEN_LINES = 30


class ProgressBar:
    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.is_terminal = bool(stream.isatty())
        self.started_at = self.shown_at = time.monotonic()
        self.is_on_line = False

    def show(self, *, done: int, total: int, note: str = "") -> None:
        """Show that `done` (from 1) of `total` are done, at intervals."""
        now = time.monotonic()
        figures = self._figures(now, done, total, note)
        if not self.is_terminal:
            if now - self.shown_at >= SECONDS_BETWEEN_LINES:
                self._write(figures + "\n", now)
        elif now - self.shown_at >= SECONDS_BETWEEN_BARS or done == total:
            full = WIDTH * done // total
            self._write(f"\r[{'█' * full}{'·' * (WIDTH - full)}] {figures}\x1b[K", now)
            self.is_on_line = True

    def finish(self) -> None:
        """End the bar's line."""
        if self.is_on_line:
            self._write("\n", time.monotonic())
            self.is_on_line = False

    def _figures(self, now: float, done: int, total: int, note: str) -> str:
        seconds = now - self.started_at
        left = seconds / done * (total - done)
        figures = [
            f"{done:,} of {total:,}",
            note,
            f"{left:,.0f} s left" if left >= 1 else f"{seconds:,.0f} s",
        ]
        return " · ".join(filter(None, figures))

    def _write(self, text: str, now: float) -> None:
        self.stream.write(text, ending="")
        self.stream.flush()
        self.shown_at = now
