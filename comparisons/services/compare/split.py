"""Which of two tools each reviewer leans to, and where the panel is split over a pair. Plain values, no database.

A reviewer who would ship one and skip the other leans to the first. One who decides the same for both leans to the tool
with the higher score, if both scores are known and lie at least `POINTS` apart. Whoever has not judged both leans nowhere.
The panel is the more split, the more reviewers stand on the smaller side; of two pairs with equal smaller sides, the one
whose larger side is smaller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

POINTS = 5
"""How far two scores of one reviewer lie apart, of 100, before they say anything."""


class Judgement(Protocol):
    """What leaning needs to know of a verdict."""

    @property
    def reviewer_id(self) -> int: ...
    @property
    def is_ship(self) -> bool: ...
    @property
    def score(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PairSplit:
    """How many reviewers lean to each side of a pair."""

    first: int
    second: int

    @property
    def is_split(self) -> bool:
        """Whether both sides have somebody."""
        return bool(self.first and self.second)


def pair_split(*, first: Iterable[Judgement], second: Iterable[Judgement]) -> PairSplit:
    """Count the reviewers who lean to each of two tools, given the verdicts on both."""
    others = {verdict.reviewer_id: verdict for verdict in second}
    sides = [_side(verdict, others[verdict.reviewer_id]) for verdict in first if verdict.reviewer_id in others]
    return PairSplit(first=sides.count(1), second=sides.count(-1))


def _side(one: Judgement, other: Judgement) -> int:
    """Return 1 where the reviewer leans to `one`, -1 to `other`, 0 to neither."""
    if one.is_ship != other.is_ship:
        return 1 if one.is_ship else -1
    if one.score is None or other.score is None or abs(one.score - other.score) < POINTS:
        return 0
    return 1 if one.score > other.score else -1
