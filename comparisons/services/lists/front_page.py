"""What the front page shows of many tools: who leads, and where the crowd sees it differently."""

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
    """How many more are equal to the last of them."""


def panel_leaders(*, most: int) -> Leaders:
    """Return the judged tools with the highest panel ship, at most `most`, and how many more tie with the
    last; 3 queries.

    Only tools whose facts were checked; the same goes for `disagreements`.
    """
    counted = Tool.objects.published().checked().with_panel_counts().judged()
    first = summarise_tools(counted.by_panel_ship().with_panel().for_pages()[:most])
    if len(first) < most:
        return Leaders(tools=tuple(first), further=0)
    share = first[-1].panel.ship_percent
    shown = sum(leader.panel.ship_percent == share for leader in first)
    return Leaders(tools=tuple(first), further=counted.of_panel_ship(share).count() - shown)


def disagreements(*, most: int) -> list[ToolSummary]:
    """Return the tools on which crowd and panel lie furthest apart, the widest first, at most `most`; 2
    queries.

    When they disagree is the rule of `reviews.services.counting.community.crowd_lead`; the database chooses
    by the same figures.
    """
    counted = (
        Tool.objects.published().checked().with_panel_counts().with_community_counts(fewest=FEWEST_NETWORKS)
    )
    apart = counted.crowd_apart(votes=FEWEST_TO_DISAGREE, points=POINTS_TO_DISAGREE)
    return summarise_tools(apart.with_panel().for_pages()[:most])
