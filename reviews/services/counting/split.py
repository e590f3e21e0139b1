"""How reviewers are split over a pair of tools, and over one tool. No database.

A reviewer who ships one of a pair and skips the other leans to the first. One who ships both leans to the
higher score, if both are known and at least `POINTS_THAT_COUNT` apart. All others lean nowhere.
`VerdictQuerySet.leaning` says the same in SQL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from reviews.services.panel import POINTS_THAT_COUNT, VerdictLike


class ReviewerVerdictLike(VerdictLike, Protocol):
    @property
    def reviewer_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PairSplit:
    first: int
    second: int

    @property
    def is_split(self) -> bool:
        return bool(self.first and self.second)


def pair_split(*, first: Iterable[ReviewerVerdictLike], second: Iterable[ReviewerVerdictLike]) -> PairSplit:
    """Count who leans to which tool, given the verdicts on both."""
    others = {verdict.reviewer_id: verdict for verdict in second}
    sides = [
        _side(verdict, others[verdict.reviewer_id]) for verdict in first if verdict.reviewer_id in others
    ]
    return PairSplit(first=sides.count(1), second=sides.count(-1))


def _side(one: VerdictLike, other: VerdictLike) -> int:
    """Return 1 for leaning to `one`, -1 for `other`, 0 for neither."""
    if one.is_ship != other.is_ship:
        return 1 if one.is_ship else -1
    if (
        not one.is_ship
        or one.score is None
        or other.score is None
        or abs(one.score - other.score) < POINTS_THAT_COUNT
    ):
        return 0
    return 1 if one.score > other.score else -1


@dataclass(frozen=True, slots=True, order=True)
class PanelSplit:
    """How far a panel is from agreeing on one tool; greater is more split."""

    minority: Fraction
    """The smaller side's share, above 0, at most 1/2."""
    score_range: int


def panel_split(verdicts: Sequence[VerdictLike]) -> PanelSplit | None:
    """Return how a panel is split over its tool; None if all agree."""
    ships = sum(verdict.is_ship for verdict in verdicts)
    smaller_side = min(ships, len(verdicts) - ships)
    if not smaller_side:
        return None
    scores = [verdict.score for verdict in verdicts if verdict.score is not None]
    return PanelSplit(
        minority=Fraction(smaller_side, len(verdicts)), score_range=max(scores) - min(scores) if scores else 0
    )
