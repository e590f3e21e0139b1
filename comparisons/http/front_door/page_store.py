"""Answers kept in memory, asked for before a thread is taken."""

from typing import Protocol

from comparisons.http.front_door.answers import Whole
from comparisons.http.front_door.incoming import Incoming


class PageStore(Protocol):
    """Keeps answers in memory. Methods run on the event loop and must not wait.

    A public page depends only on its address, so `path`, `query` and the accepted encodings are the key.
    """

    def find(self, incoming: Incoming) -> Whole | None:
        """Return the kept answer (or a 304) for a GET or HEAD, or None."""

    def keep(self, incoming: Incoming, answer: Whole) -> None:
        """Keep a rendered answer if it may be kept."""


class NoStore:
    """Keeps nothing."""

    def find(self, incoming: Incoming) -> Whole | None:
        return None

    def keep(self, incoming: Incoming, answer: Whole) -> None:
        pass
