"""Curated comparisons as lists show them: each with both tools' panels counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.models import Comparison
from comparisons.services.leaning import Leaning, leaning
from reviews.services.judged import JudgedTool, judged


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison and its two sides in the editor's order."""

    comparison: Comparison
    sides: tuple[JudgedTool, ...]
    leaning: Leaning
    """How many reviewers lean to each side."""


def pairs(comparisons: Iterable[Comparison]) -> list[Pair]:
    """Count the panels of both sides, in the order given. Comparisons come loaded `with_panels()`; sends no query."""
    return [
        Pair(
            comparison=each,
            sides=tuple(judged([each.first, each.second])),
            leaning=leaning(first=each.first.verdicts.all(), second=each.second.verdicts.all()),
        )
        for each in comparisons
    ]
