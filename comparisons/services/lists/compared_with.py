"""What a tool is compared with: curated comparisons, then similar tools."""

from dataclasses import dataclass

from django.db.models import Exists

from comparisons.comparison_slugs import join_slugs
from comparisons.models import Comparison
from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools

MOST_CURATED = 12
MOST_SIMILAR = 8


@dataclass(frozen=True, slots=True)
class ComparedTool:
    """Another tool, and the comparison with it."""

    summary: ToolSummary
    heading: str
    """“A vs B”, in the order of the comparison."""
    address: str
    note: str = ""
    """The editor's, for a curated pair."""
    relation: str = ""


def compared_with(*, tool: Tool) -> list[ComparedTool]:
    """Return what `tool` is compared with: curated comparisons, newest first, then published tools of the
    same category and kind, highest panel ship first. Four queries. A tool that is not published can't be
    compared, so it has none.
    """
    curated = list(Comparison.objects.published().of_tool(tool).newest_first()[:MOST_CURATED])
    partners = {_other_side(comparison, tool): comparison for comparison in curated}
    rows = Tool.objects.published().rivals_of(tool).exclude(pk__in=partners).with_panel_counts()
    rows = rows.filter(Exists(Tool.objects.published().filter(pk=tool.pk)))
    similar = list(rows.by_panel_ship().values_list("pk", flat=True)[:MOST_SIMILAR])
    tools = Tool.objects.with_panel().for_pages().in_bulk([*partners, *similar])
    return [_compared_tool(tool, tools[pk], partners.get(pk)) for pk in [*partners, *similar]]


def _other_side(comparison: Comparison, tool: Tool) -> int:
    return comparison.second_id if comparison.first_id == tool.pk else comparison.first_id


def _compared_tool(tool: Tool, other: Tool, comparison: Comparison | None) -> ComparedTool:
    sides = [tool, other]
    is_other_first = comparison.first_id == other.pk if comparison else other.slug < tool.slug
    if is_other_first:
        sides.reverse()
    return ComparedTool(
        summary=summarise_tools([other])[0],
        heading=" vs ".join(side.name for side in sides),
        address=join_slugs([side.slug for side in sides]),
        note=comparison.note if comparison else "",
        relation=comparison.get_relation_display() if comparison else "",
    )
