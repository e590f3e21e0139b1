"""How fair a comparison is: whether its tools do the same job."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from comparisons.models import Comparison, Relation
from reviews.models import Kind, Tool

FAIRER_ONES = 4
STRENGTH = [Relation.DIFFERENT, Relation.OVERLAPPING, Relation.RIVALS]


@dataclass(frozen=True, slots=True)
class Fairness:
    """How the tools of a page relate, and fairer comparisons if their jobs differ."""

    relation: Relation
    note: str
    is_curated: bool
    fairer: tuple[Comparison, ...] = ()

    @property
    def is_fair(self) -> bool:
        return self.relation != Relation.DIFFERENT


def derived_relation(one: Tool, other: Tool) -> Relation:
    """Return how two tools relate if no editor said so.

    Different jobs: another category, or a model beside something else. Otherwise the same kind makes rivals,
    another kind an overlap.
    """
    if one.category_id != other.category_id or (one.kind == Kind.MODEL) != (other.kind == Kind.MODEL):
        return Relation.DIFFERENT
    return Relation.RIVALS if one.kind == other.kind else Relation.OVERLAPPING


def fairness(*, tools: Sequence[Tool], comparison: Comparison | None) -> Fairness:
    """Return the weakest relation of any two of the tools; an editor's comes before the derived one.

    `comparison` is the editor's row of two tools. One query for three and four tools, and one for different
    jobs.
    """
    relation = Relation(comparison.relation) if comparison else _weakest(tools)
    note = comparison.note if comparison else ""
    fairer: tuple[Comparison, ...] = ()
    if relation == Relation.DIFFERENT:
        about = Q(first__in=tools) | Q(second__in=tools)
        found = Comparison.objects.published().newest_first().select_related("first", "second")
        fairer = tuple(found.filter(about).exclude(relation=Relation.DIFFERENT)[:FAIRER_ONES])
    return Fairness(relation=relation, note=note, is_curated=comparison is not None, fairer=fairer)


def _weakest(tools: Sequence[Tool]) -> Relation:
    said: dict[frozenset[int], Relation] = {}
    if len(tools) > 2:
        curated = Comparison.objects.published().filter(first__in=tools, second__in=tools)
        said = {frozenset((each.first_id, each.second_id)): Relation(each.relation) for each in curated}
    relations = [
        said.get(frozenset((one.pk, other.pk))) or derived_relation(one, other)
        for one, other in combinations(tools, 2)
    ]
    return min(relations, key=STRENGTH.index)
