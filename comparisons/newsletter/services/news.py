"""The news between two moments."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Q
from django.db.models.functions import Greatest

from comparisons.models import Comparison
from comparisons.newsletter.contents import ComparisonLine, News, Split, ToolLine
from comparisons.newsletter.services.quotes import strongest_quotes
from comparisons.newsletter.services.verdict_changes import changed_verdicts
from comparisons.services.lists.comparison_cards import load_sides
from reviews.models import Tool
from reviews.services.counting.split import panel_split
from reviews.services.panel import summarise


def collect_news(*, since: datetime, until: datetime) -> News:
    """Return what became public in [since, until), newest first. A fixed number of queries.

    A comparison that waited for one of its tools is news when the tool is.
    """
    comparisons = _new_comparisons(since, until)
    tools = _new_tools(since, until)
    compared_tools = chain.from_iterable((comparison.first, comparison.second) for comparison in comparisons)
    return News(
        comparisons=tuple(_comparison_line(comparison) for comparison in comparisons),
        tools=tuple(replace(_tool_line(tool), entry_price=tool.entry_price) for tool in tools),
        changes=tuple(changed_verdicts(since=since, until=until)),
        splits=_splits([*tools, *compared_tools]),
    )


def _new_comparisons(since: datetime, until: datetime) -> list[Comparison]:
    rows: Any = Comparison.objects.published().alias(
        public_at=Greatest("published_at", "first__published_at", "second__published_at")
    )
    in_time = Q(public_at__gte=since, public_at__lt=until)
    return load_sides(rows.filter(in_time).newest_first())


def _new_tools(since: datetime, until: datetime) -> list[Tool]:
    tools = Tool.objects.published().filter(published_at__gte=since, published_at__lt=until)
    return list(tools.with_panel().with_facts().for_pages().order_by("-published_at", "sort_key"))


def _splits(tools: Iterable[Tool]) -> tuple[Split, ...]:
    split = []
    for tool in {tool.pk: tool for tool in tools}.values():
        verdicts = list(tool.verdicts.all())
        width = panel_split(verdicts)
        if width:
            split.append((width, tool, verdicts))
    split.sort(key=lambda item: item[1].name)
    split.sort(key=lambda item: item[0], reverse=True)  # which leaves equal ones in the order of their names
    return tuple(
        Split(_tool_line(tool), *strongest_quotes(verdicts), key=f"split-{tool.pk}")
        for _, tool, verdicts in split
    )


def _tool_line(tool: Tool) -> ToolLine:
    panel = summarise(tool.verdicts.all())
    return ToolLine(
        name=tool.name,
        path=tool.get_absolute_url(),
        tagline=tool.tagline,
        category=tool.category.name,
        ships=panel.ships,
        skips=panel.skips,
        key=f"tool-{tool.pk}",
    )


def _comparison_line(comparison: Comparison) -> ComparisonLine:
    return ComparisonLine(
        title=str(comparison),
        path=comparison.get_absolute_url(),
        relation=comparison.get_relation_display(),
        note=comparison.note,
        sides=(_tool_line(comparison.first), _tool_line(comparison.second)),
        key=f"comparison-{comparison.pk}",
    )
