"""Cards of curated comparisons for lists, with both panels counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.models import Comparison, Relation
from reviews.services.counting.split import PairSplit, pair_split
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """A comparison and its two sides in the editor's order."""

    comparison: Comparison
    sides: tuple[ToolSummary, ...]
    split: PairSplit
    """How many reviewers lean to each side; nobody if the two do different jobs."""


def comparison_cards(comparisons: Iterable[Comparison]) -> list[ComparisonCard]:
    """Count the panels of both sides, in the given order. No query.

    Comparisons come loaded `with_panels()`.
    """
    return [
        ComparisonCard(
            comparison=comparison,
            sides=tuple(summarise_tools([comparison.first, comparison.second])),
            split=_split(comparison),
        )
        for comparison in comparisons
    ]


def _split(comparison: Comparison) -> PairSplit:
    if comparison.relation == Relation.DIFFERENT:
        return PairSplit(0, 0)
    return pair_split(first=comparison.first.verdicts.all(), second=comparison.second.verdicts.all())
