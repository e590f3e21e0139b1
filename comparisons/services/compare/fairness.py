"""Whether the question is fair: do the tools do the same job?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from comparisons.models import Comparison, Relation
from reviews.models import Tool

FAIRER_ONES = 4


@dataclass(frozen=True, slots=True)
class Fairness:
    """How the tools of a page relate, and what would be fairer to ask where their jobs differ."""

    relation: Relation
    note: str
    is_curated: bool
    fairer: tuple[Comparison, ...] = ()

    @property
    def is_fair(self) -> bool:
        return self.relation != Relation.DIFFERENT


def derived_relation(tools: Sequence[Tool]) -> Relation:
    """Return how tools relate that no editor has looked at: the weakest relation of any two of them.

    The same kind of tool in the same category are rivals; one of the two makes them overlap; neither, and the jobs differ.
    """
    strength = [Relation.DIFFERENT, Relation.OVERLAPPING, Relation.RIVALS]
    weakest = min((one.kind == other.kind) + (one.category_id == other.category_id) for one, other in combinations(tools, 2))
    return strength[weakest]


def fairness(*, tools: Sequence[Tool], comparison: Comparison | None) -> Fairness:
    """Return the editor's relation and note, or the derived relation. Where jobs differ, one query finds fairer comparisons."""
    relation = Relation(comparison.relation) if comparison else derived_relation(tools)
    note = comparison.note if comparison else ""
    fairer: tuple[Comparison, ...] = ()
    if relation == Relation.DIFFERENT:
        about = Q(first__in=tools) | Q(second__in=tools)
        found = Comparison.objects.published().newest_first().select_related("first", "second")
        fairer = tuple(found.filter(about).exclude(relation=Relation.DIFFERENT)[:FAIRER_ONES])
    return Fairness(relation=relation, note=note, is_curated=comparison is not None, fairer=fairer)
