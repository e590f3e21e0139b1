"""Which of the news an issue tells, in which order; the rest is counted. Plain values, no query."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from comparisons.newsletter.contents import ChangedVerdict, Contents, News
from comparisons.newsletter.excerpts import shortened

MOST_COMPARISONS = 8
MOST_TOOLS = 6
MOST_CHANGES = 5
MOST_SPLITS = 3
"""Gmail cuts mails at 102 kB; with the longest texts these stay below."""

LONGEST_REASON = 300


class Item(Protocol):
    @property
    def key(self) -> str: ...


def arrange(news: News, *, left_out: Collection[str] = (), order: Sequence[str] = ()) -> Contents:
    """Return the contents of an issue: the first items of each kind that are not in `left_out`.

    Those in `order` come first, in its order, then the others as they are in `news`. Both hold keys.
    """
    comparisons = _chosen(news.comparisons, left_out, order)
    tools = _chosen(news.tools, left_out, order)
    changes = _chosen(news.changes, left_out, order)
    return Contents(
        comparisons=tuple(comparisons[:MOST_COMPARISONS]),
        more_comparisons=max(0, len(comparisons) - MOST_COMPARISONS),
        tools=tuple(tools[:MOST_TOOLS]),
        more_tools=max(0, len(tools) - MOST_TOOLS),
        changes=tuple(_with_short_reason(change) for change in changes[:MOST_CHANGES]),
        more_changes=max(0, len(changes) - MOST_CHANGES),
        splits=tuple(_chosen(news.splits, left_out, order)[:MOST_SPLITS]),
    )


def still_true(released: Contents, *, news: News, left_out: Collection[str] = ()) -> Contents:
    """Return `released` without what is no news any more: a tool retired, a change that was a mistake.

    `news` are of the same time, collected now. Texts stay as they were released; only a corrected reason of a
    change is taken over.
    """
    comparisons = _kept(released.comparisons, news.comparisons)
    tools = _kept(released.tools, news.tools)
    current = {change.key: change for change in news.changes}
    changes = tuple(
        _with_short_reason(current[change.key])
        for change in released.changes
        if change.key in current and _says_the_same(change, current[change.key])
    )
    return Contents(
        comparisons=comparisons,
        more_comparisons=_others(news.comparisons, comparisons, left_out) if released.more_comparisons else 0,
        tools=tools,
        more_tools=_others(news.tools, tools, left_out) if released.more_tools else 0,
        changes=changes,
        more_changes=_others(news.changes, changes, left_out) if released.more_changes else 0,
        splits=_kept(released.splits, news.splits),
    )


def in_order[T: Item](items: Iterable[T], order: Sequence[str]) -> list[T]:
    """Return the items whose keys are in `order` in that order, then the others as they are."""
    ranks = {key: rank for rank, key in enumerate(order)}
    return sorted(items, key=lambda item: ranks.get(item.key, len(ranks)))


def _chosen[T: Item](items: Iterable[T], left_out: Collection[str], order: Sequence[str]) -> list[T]:
    return [item for item in in_order(items, order) if item.key not in left_out]


def _kept[T: Item](released: Iterable[T], current: Iterable[Item]) -> tuple[T, ...]:
    keys = {item.key for item in current}
    return tuple(item for item in released if item.key in keys)


def _others(current: Iterable[Item], told: Iterable[Item], left_out: Collection[str]) -> int:
    """Return how many items are neither told nor left out."""
    return len({item.key for item in current} - {item.key for item in told} - set(left_out))


def _says_the_same(released: ChangedVerdict, current: ChangedVerdict) -> bool:
    return (released.before, released.after) == (current.before, current.after)


def _with_short_reason(change: ChangedVerdict) -> ChangedVerdict:
    return replace(change, reason=shortened(change.reason, most=LONGEST_REASON))
