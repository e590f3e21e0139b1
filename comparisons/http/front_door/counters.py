"""What the front door of this process did, for the operator."""

import threading
from collections import Counter

_counted: Counter[tuple[str, str]] = Counter()
_lock = threading.Lock()  # the database's deadline counts from the rendering threads


def count(what: str, *, which: str = "") -> None:
    """Add one to the counter `what`; `which` is its kind (the lane, the reason of a refusal)."""
    with _lock:
        _counted[what, which] += 1


def counted() -> dict[tuple[str, str], int]:
    """Return every counter of this process by (what, which)."""
    with _lock:
        return dict(_counted)
