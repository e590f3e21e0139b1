"""Pairs that readers are likely to ask for and that no editor has curated: the same kind and category, both fully judged.

A large shelf has millions of pairs, so none is written out that is not shown: the database hands over the tools, and pairs are
counted by groups.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count

from comparisons.models import Comparison
from reviews.models import Reviewer, Tool, Verdict

Group = tuple[int, str]
"""A category's primary key and a kind."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two tools that nobody has compared yet."""

    first: Tool
    second: Tool


@dataclass(frozen=True, slots=True)
class LikelyRivals:
    """How many likely pairs nobody has curated, and the newest of them."""

    total: int
    newest: tuple[Rivals, ...]


def likely_rivals(*, most: int, category: int | None = None) -> LikelyRivals:
    """Count these pairs and return the `most` newest of them, of all categories or of one (its primary key). Five queries."""
    groups = _groups(category)
    group_of = {pk: group for group, members in groups.items() for pk in members}
    compared = {
        frozenset(pair)
        for pair in Comparison.objects.order_by().values_list("first", "second")
        if group_of.get(pair[0]) == group_of.get(pair[1]) is not None
    }
    total = sum(len(members) * (len(members) - 1) // 2 for members in groups.values()) - len(compared)
    pairs = list(islice(_newest_first(groups, group_of, compared), most))
    tools = Tool.objects.select_related("category").in_bulk({pk for pair in pairs for pk in pair})
    return LikelyRivals(
        total=total,
        newest=tuple(Rivals(*sorted((tools[a], tools[b]), key=lambda tool: tool.name.casefold())) for a, b in pairs),
    )


def _groups(category: int | None) -> dict[Group, list[int]]:
    """Return the published tools with a full panel by group, the newest first."""
    counts = Verdict.objects.order_by().values("tool").annotate(total=Count("pk")).values_list("tool", "total")
    verdicts, panel = dict(counts), Reviewer.objects.count()
    tools = Tool.objects.published().order_by("-pk")
    groups: dict[Group, list[int]] = defaultdict(list)
    for pk, shelf, kind in (tools.filter(category=category) if category else tools).values_list("pk", "category", "kind"):
        if verdicts.get(pk) == panel:
            groups[shelf, kind].append(pk)
    return groups


def _newest_first(
    groups: dict[Group, list[int]], group_of: dict[int, Group], compared: set[frozenset[int]]
) -> Iterator[tuple[int, int]]:
    for newer in sorted(group_of, reverse=True):
        for older in groups[group_of[newer]]:
            if older < newer and frozenset((newer, older)) not in compared:
                yield newer, older
