"""A bar for commands that take their time; silent where nobody looks."""

from django.core.management.base import OutputWrapper

WIDTH = 40


class ProgressBar:
    """Draws itself anew on one line of a terminal, and nothing anywhere else."""

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.is_shown = stream.isatty()

    def show(self, done: int, total: int) -> None:
        if self.is_shown:
            full = WIDTH * done // total
            self.stream.write(f"\r[{'#' * full}{' ' * (WIDTH - full)}] {done} of {total}", ending="")
            self.stream.flush()

    def end(self) -> None:
        if self.is_shown:
            self.stream.write("\r" + " " * (WIDTH + 30) + "\r", ending="")
