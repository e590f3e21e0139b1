"""Two texts side by side, word by word: what went and what came. Plain values, no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of a text, and whether the other text has them too."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its two texts in pieces. A field that was empty has no pieces."""

    field: str
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


def difference(*, field: str, before: Any, after: Any) -> Difference:
    """Return how a field's value changed; words that only one side has are marked."""
    old, new = _tokens(before), _tokens(after)
    left: list[Segment] = []
    right: list[Segment] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left += [Segment("".join(old[a:b]), kind != "equal")] if b > a else []
        right += [Segment("".join(new[c:d]), kind != "equal")] if d > c else []
    return Difference(field=field, before=tuple(left), after=tuple(right))


def differences_of(changes: Mapping[str, Sequence[Any]]) -> list[Difference]:
    """Return the differences of a revision's `changes` (field to its value before and after), in their order."""
    return [difference(field=name.replace("_", " "), before=before, after=after) for name, (before, after) in changes.items()]


def _tokens(value: Any) -> list[str]:
    return re.findall(r"\s+|\S+", "" if value is None else str(value))
