"""Where the door asks for an answer that is ready, before a thread is taken."""

from typing import Protocol

from comparisons.http.front_door.answers import Whole
from comparisons.http.front_door.incoming import Incoming


class PageStore(Protocol):
    """Keeps answers in memory. Both methods run on the event loop, so neither may wait for anything.

    A public page depends on its address alone, so `path`, `query` and the encodings a client takes are the
    whole key.
    """

    def find(self, incoming: Incoming) -> Whole | None:
        """Return the kept answer (or a 304) for a GET or HEAD, or None when a thread has to render it."""

    def keep(self, incoming: Incoming, answer: Whole) -> None:
        """Look at an answer that was rendered, and keep it if it may be kept."""


class NoStore:
    """Keeps nothing."""

    def find(self, incoming: Incoming) -> Whole | None:
        return None

    def keep(self, incoming: Incoming, answer: Whole) -> None:
        pass
