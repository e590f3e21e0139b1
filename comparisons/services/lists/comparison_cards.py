"""Curated comparisons as lists show them: each with both tools' panels counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.models import Comparison
from reviews.services.counting.split import PairSplit, pair_split
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """A comparison and its two sides in the editor's order."""

    comparison: Comparison
    sides: tuple[ToolSummary, ...]
    split: PairSplit
    """How many reviewers lean to each side."""


def pairs(comparisons: Iterable[Comparison]) -> list[ComparisonCard]:
    """Count the panels of both sides, in the order given. Comparisons come loaded `with_panels()`; sends no query."""
    return [
        ComparisonCard(
            comparison=each,
            sides=tuple(summarise_tools([each.first, each.second])),
            split=pair_split(first=each.first.verdicts.all(), second=each.second.verdicts.all()),
        )
        for each in comparisons
    ]
