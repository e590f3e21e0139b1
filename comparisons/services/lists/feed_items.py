"""What happened, for the feeds: new comparisons and changed verdicts, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from comparisons.models import Comparison, ComparisonQuerySet
from reviews.models import Category, Reviewer, Tool
from reviews.services.editing.verdict_changes import VerdictChange, newest_verdict_changes

MOST = 50


@dataclass(frozen=True, slots=True)
class NewComparison:
    comparison: Comparison
    at: datetime
    """From when on readers see it."""


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    tool: Tool
    change: VerdictChange

    @property
    def at(self) -> datetime:
        return self.change.at


type FeedItem = NewComparison | ChangedVerdict


def new_comparisons() -> list[FeedItem]:
    """Return the newest comparisons; one query."""
    return _new(Comparison.objects.published())


def changed_verdicts() -> list[FeedItem]:
    """Return the newest changes of verdicts; three queries."""
    return _changed(newest_verdict_changes(most=MOST))


def items_of_category(*, category: Category) -> list[FeedItem]:
    """Return the comparisons and changes of a category's tools; four queries."""
    changed = _changed(newest_verdict_changes(most=MOST, category=category.pk))
    return _newest(_new(Comparison.objects.published().in_category(category.slug)), changed)


def items_of_reviewer(*, reviewer: Reviewer) -> list[FeedItem]:
    """Return where a reviewer changed a verdict; three queries."""
    return _changed(newest_verdict_changes(most=MOST, reviewer=reviewer.pk))


def items_of_tool(*, tool: Tool) -> list[FeedItem]:
    """Return the comparisons and changes of a tool; four queries."""
    changed = _changed(newest_verdict_changes(most=MOST, tools=[tool.pk]))
    return _newest(_new(Comparison.objects.published().of_tool(tool)), changed)


def items_of_comparison(*, tools: Iterable[Tool], comparison: Comparison | None) -> list[FeedItem]:
    """Return the changes of the compared tools, and the curated comparison itself; four queries."""
    changed = _changed(newest_verdict_changes(most=MOST, tools=[tool.pk for tool in tools]))
    own = _new(Comparison.objects.published().filter(pk=comparison.pk)) if comparison else []
    return _newest(own, changed)


def _new(comparisons: ComparisonQuerySet) -> list[FeedItem]:
    rows = comparisons.newest_seen_first().select_related("first", "second")
    return [
        NewComparison(comparison=row, at=row.seen_at)  # type: ignore[attr-defined]  # annotated
        for row in rows[:MOST]
    ]


def _changed(changes: Iterable[tuple[Tool, VerdictChange]]) -> list[FeedItem]:
    return [ChangedVerdict(tool=tool, change=change) for tool, change in changes]


def _newest(*lists: list[FeedItem]) -> list[FeedItem]:
    return sorted(chain.from_iterable(lists), key=lambda item: item.at, reverse=True)[:MOST]
