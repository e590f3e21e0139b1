"""The one place that computes panel ship: call `summarise`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

POINTS_THAT_COUNT = 5
"""Two scores or means, 0 to 100, differ from this distance on."""


class VerdictLike(Protocol):
    @property
    def is_ship(self) -> bool: ...
    @property
    def score(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PanelSummary:
    ships: int
    skips: int
    scores: tuple[int, ...] = ()
    """The known scores, in panel order."""

    @property
    def total(self) -> int:
        return self.ships + self.skips

    @property
    def ship_percent(self) -> int | None:
        """The share of ships as `percent` gives it; None for an empty panel."""
        return percent(self.ships, self.total)

    @property
    def decision(self) -> str | None:
        """What most reviewers say, `split` for equal halves, None for an empty panel."""
        if not self.total:
            return None
        if self.ships == self.skips:
            return "split"
        return "ship" if self.ships > self.skips else "skip"

    @property
    def mean_score(self) -> int | None:
        """The mean of the known scores, halves rounded up; None if none is known."""
        return rounded(sum(self.scores), len(self.scores)) if self.scores else None


def summarise(verdicts: Iterable[VerdictLike]) -> PanelSummary:
    """Count the verdicts of one tool. Those without a score count for the share, not for the mean."""
    all_verdicts = list(verdicts)
    ships = sum(verdict.is_ship for verdict in all_verdicts)
    scores = tuple(verdict.score for verdict in all_verdicts if verdict.score is not None)
    return PanelSummary(ships=ships, skips=len(all_verdicts) - ships, scores=scores)


def percent(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in per cent, halves rounded up; None if `whole` is 0.

    It is 0 only for none and 100 only for all: 399 of 400 are 99, 1 of 400 is 1. Every share that is printed
    comes from here; `CountedToolQuerySet` says the same in SQL.
    """
    if not whole:
        return None
    if part in (0, whole):
        return 100 if part else 0
    return min(max(rounded(100 * part, whole), 1), 99)


def rounded(numerator: int, denominator: int) -> int:
    """Return the quotient of two non-negative integers, halves rounded up. `round` makes 62 of 62.5."""
    return (2 * numerator + denominator) // (2 * denominator)
