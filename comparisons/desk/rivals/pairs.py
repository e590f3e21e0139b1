"""Pairs of tools that no editor has compared: published, of one kind and category, judged by the whole panel.

A large category has millions: they are counted by group, and only those shown are made.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from django.db.models import Count

from comparisons.models import Comparison
from reviews.models import Reviewer, Tool, Verdict

Group = tuple[int, str]
"""A category's id and a kind."""


@dataclass(frozen=True, slots=True)
class RivalPair:
    """Two tools in the order of their names."""

    first: Tool
    second: Tool


@dataclass(frozen=True, slots=True)
class LikelyRivals:
    total: int
    newest: tuple[RivalPair, ...]


def likely_rivals(*, most: int, category: int | None = None) -> LikelyRivals:
    """Count the pairs of all categories or one (its id), and return the `most` newest."""
    groups = _groups(category)
    group_of: dict[int, Group] = {}
    for group, members in groups.items():
        group_of |= dict.fromkeys(members, group)
    compared = _compared_pairs(group_of)
    possible = sum(len(members) * (len(members) - 1) // 2 for members in groups.values())
    newest = list(islice(_newest_first(groups, group_of, compared), most))
    tools = Tool.objects.select_related("category").in_bulk(set(chain.from_iterable(newest)))
    return LikelyRivals(
        total=possible - len(compared),
        newest=tuple(
            RivalPair(*sorted((tools[newer], tools[older]), key=lambda tool: tool.name.casefold()))
            for newer, older in newest
        ),
    )


def _groups(category: int | None) -> dict[Group, list[int]]:
    """Return the published tools with a whole panel by group, newest first."""
    counts = (
        Verdict.objects.order_by().values("tool").annotate(total=Count("pk")).values_list("tool", "total")
    )
    verdicts = dict(counts)
    panel = Reviewer.objects.count()
    tools = Tool.objects.published().order_by("-pk")
    if category:
        tools = tools.filter(category=category)
    groups: dict[Group, list[int]] = defaultdict(list)
    for pk, category_id, kind in tools.values_list("pk", "category", "kind"):
        if verdicts.get(pk) == panel:
            groups[category_id, kind].append(pk)
    return groups


def _compared_pairs(group_of: dict[int, Group]) -> set[frozenset[int]]:
    """Return the pairs within a group that have a comparison, drafts included."""
    compared = set()
    for first, second in Comparison.objects.order_by().values_list("first", "second"):
        if first in group_of and group_of[first] == group_of.get(second):
            compared.add(frozenset((first, second)))
    return compared


def _newest_first(
    groups: dict[Group, list[int]], group_of: dict[int, Group], compared: set[frozenset[int]]
) -> Iterator[tuple[int, int]]:
    for newer in sorted(group_of, reverse=True):
        for older in groups[group_of[newer]]:
            if older < newer and frozenset((newer, older)) not in compared:
                yield newer, older
