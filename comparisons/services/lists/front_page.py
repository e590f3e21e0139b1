"""The front page's lists: who leads, and where the crowd disagrees."""

from dataclasses import dataclass

from reviews.models import Tool
from reviews.services.counting.community import FEWEST_TO_DISAGREE, POINTS_TO_DISAGREE
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools
from reviews.services.voting.rules import FEWEST_NETWORKS


@dataclass(frozen=True, slots=True)
class Leaders:
    """The tools with the highest panel ship."""

    tools: tuple[ToolSummary, ...]
    further: int
    """How many more equal the last of them."""


def panel_leaders(*, most: int) -> Leaders:
    """Return the judged tools with the highest panel ship, at most `most`, and how many more tie with the
    last; 4 queries.

    Like `disagreements`, only of tools whose facts were checked.
    """
    counted = Tool.objects.published().checked().with_panel_counts().judged()
    first = summarise_tools(counted.by_panel_ship().with_panel().with_facts().for_pages()[:most])
    if len(first) < most:
        return Leaders(tools=tuple(first), further=0)
    share = first[-1].panel.ship_percent
    shown = sum(leader.panel.ship_percent == share for leader in first)
    return Leaders(tools=tuple(first), further=counted.of_panel_ship(share).count() - shown)


def disagreements(*, most: int) -> list[ToolSummary]:
    """Return the `most` tools on which crowd and panel are furthest apart, widest first; 2 queries.

    The rule is `reviews.services.counting.community.crowd_lead`; the database uses the same figures.
    """
    counted = (
        Tool.objects.published().checked().with_panel_counts().with_community_counts(fewest=FEWEST_NETWORKS)
    )
    apart = counted.crowd_apart(votes=FEWEST_TO_DISAGREE, points=POINTS_TO_DISAGREE)
    return summarise_tools(apart.with_panel().for_pages()[:most])
