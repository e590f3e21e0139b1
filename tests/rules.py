"""Which test holds which rule of `/methodology/` (a list item with the id `rule-…`)."""

from collections.abc import Callable
from typing import Any

HELD: set[str] = set()


def holds(rule: str) -> Callable[[Any], Any]:
    """Mark a test as holding the rule with this id, without `rule-`."""

    def remember(test: Any) -> Any:
        HELD.add(rule)
        return test

    return remember
