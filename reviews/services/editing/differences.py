"""Two texts compared word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after; an empty side has no segments."""

    field: str
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


def difference(*, field: str, before: Any, after: Any) -> Difference:
    """Return both values in segments; words of one side only are marked."""
    old = _tokens(before)
    new = _tokens(after)
    old_segments: list[Segment] = []
    new_segments: list[Segment] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if old_to > old_from:
            old_segments.append(Segment("".join(old[old_from:old_to]), is_new=tag != "equal"))
        if new_to > new_from:
            new_segments.append(Segment("".join(new[new_from:new_to]), is_new=tag != "equal"))
    return Difference(field=field, before=tuple(old_segments), after=tuple(new_segments))


def differences_of(changes: Mapping[str, Sequence[Any]]) -> list[Difference]:
    """Return the differences of a revision's `changes` (field name to values before and after)."""
    return [
        difference(field=name.replace("_", " "), before=before, after=after)
        for name, (before, after) in changes.items()
    ]


def _tokens(value: Any) -> list[str]:
    return re.findall(r"\s+|\S+", "" if value is None else str(value))
