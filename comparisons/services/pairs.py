"""Curated comparisons as lists show them: each with both tools' panels counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.models import Comparison
from reviews.services.judged import JudgedTool, judged


@dataclass(frozen=True, slots=True)
class Pair:
    """A comparison and its two sides in the editor's order."""

    comparison: Comparison
    sides: tuple[JudgedTool, ...]


def pairs(comparisons: Iterable[Comparison]) -> list[Pair]:
    """Count the panels of both sides, in the order given. Comparisons come loaded `with_panels()`; sends no query."""
    return [Pair(comparison=each, sides=tuple(judged([each.first, each.second]))) for each in comparisons]
