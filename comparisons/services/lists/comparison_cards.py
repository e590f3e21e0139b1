"""Cards of curated comparisons for lists, with both panels counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.models import Comparison, Relation
from reviews.models import Tool
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
    """Count the panels of both sides, in the order given. Sends the queries of `load_sides`."""
    return [
        ComparisonCard(
            comparison=comparison,
            sides=tuple(summarise_tools([comparison.first, comparison.second])),
            split=_split(comparison),
        )
        for comparison in load_sides(comparisons)
    ]


def load_sides(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Load both tools of each comparison with their panels, in two queries, however many there are."""
    loaded = list(comparisons)
    ids = {comparison.first_id for comparison in loaded} | {comparison.second_id for comparison in loaded}
    tools = Tool.objects.with_panel().for_pages().in_bulk(ids) if ids else {}
    for comparison in loaded:
        comparison.first = tools[comparison.first_id]
        comparison.second = tools[comparison.second_id]
    return loaded


def _split(comparison: Comparison) -> PairSplit:
    if comparison.relation == Relation.DIFFERENT:
        return PairSplit(0, 0)
    return pair_split(first=comparison.first.verdicts.all(), second=comparison.second.verdicts.all())
