"""How a panel is counted: the one place that computes panel ship.

Pages, lists, feeds, badges, letters and the editors' desk all call `summarise`, so they can't disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

POINTS_THAT_COUNT = 5
"""How far two scores, or two means, must lie apart, of 100, to say anything."""


class VerdictLike(Protocol):
    """What counting needs to know of a verdict."""

    @property
    def is_ship(self) -> bool: ...
    @property
    def score(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PanelSummary:
    """One tool's panel, counted."""

    ships: int
    skips: int
    scores: tuple[int, ...] = ()
    """The scores that are known, in panel order."""

    @property
    def total(self) -> int:
        """How many reviewers have judged the tool."""
        return self.ships + self.skips

    @property
    def ship_percent(self) -> int | None:
        """The share of reviewers that ship it, 0 to 100, halves rounded up; None while nobody has judged it."""
        return percent(self.ships, self.total)

    @property
    def decision(self) -> str | None:
        """`ship` or `skip` as the larger half of the panel says, `split` for equal halves, None for an empty panel."""
        if not self.total:
            return None
        if self.ships == self.skips:
            return "split"
        return "ship" if self.ships > self.skips else "skip"

    @property
    def mean_score(self) -> int | None:
        """The mean of the known scores, 0 to 100, halves rounded up; None when no score is known."""
        return rounded(sum(self.scores), len(self.scores)) if self.scores else None


def summarise(verdicts: Iterable[VerdictLike]) -> PanelSummary:
    """Count the verdicts of one tool. A verdict without a score counts for the share and not for the mean."""
    all_verdicts = list(verdicts)
    ships = sum(verdict.is_ship for verdict in all_verdicts)
    scores = tuple(verdict.score for verdict in all_verdicts if verdict.score is not None)
    return PanelSummary(ships=ships, skips=len(all_verdicts) - ships, scores=scores)


def percent(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in whole per cent, halves rounded up, or None of nothing."""
    return rounded(100 * part, whole) if whole else None


def rounded(numerator: int, denominator: int) -> int:
    """Return the whole number nearest to a quotient of non-negative integers; a half goes up, as readers expect.

    Python's `round` takes halves to the even neighbour and makes 62 of 62.5.
    """
    return (2 * numerator + denominator) // (2 * denominator)
