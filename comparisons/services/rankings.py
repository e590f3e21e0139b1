"""What the front page shows of many tools: who leads, and where the crowd sees it differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviews.models import Tool
from reviews.services.judged import JudgedTool, judged
from reviews.services.panel import percent

VOTES_TO_DISAGREE = 20
"""How many votes a tool needs before they are held against the panel."""

POINTS_TO_DISAGREE = 25
"""How many percentage points lie between crowd and panel before they are said to disagree: one reviewer of four."""


@dataclass(frozen=True, slots=True)
class Leaders:
    """The tools with the highest panel ship."""

    tools: tuple[JudgedTool, ...]
    further: int
    """How many more are equal to the last of them."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A tool that the crowd and the panel see differently."""

    judged: JudgedTool
    community_percent: int
    votes: int

    @property
    def points(self) -> int:
        """The distance in percentage points."""
        return abs(self.community_percent - (self.judged.panel.ship_percent or 0))

    @property
    def is_crowd_keener(self) -> bool:
        return self.community_percent > (self.judged.panel.ship_percent or 0)


def panel_leaders(*, most: int) -> Leaders:
    """Return the judged tools with the highest panel ship, at most `most`, and how many more tie with the last; 3 queries."""
    counted = Tool.objects.published().with_panel_counts().judged()
    first = judged(counted.by_panel_ship().with_panel().for_pages()[:most])
    if len(first) < most:
        return Leaders(tools=tuple(first), further=0)
    share = first[-1].panel.ship_percent
    shown = sum(each.panel.ship_percent == share for each in first)
    return Leaders(tools=tuple(first), further=counted.of_panel_ship(share).count() - shown)


def disagreements(*, tools: Iterable[JudgedTool], votes: Mapping[int, tuple[int, int]], most: int) -> list[Disagreement]:
    """Return where crowd and panel lie furthest apart, the widest first. `votes` holds (ships, skips) by tool id."""
    seen = []
    for each in tools:
        ships, skips = votes.get(each.tool.pk, (0, 0))
        share = percent(ships, ships + skips)
        if share is not None and ships + skips >= VOTES_TO_DISAGREE and each.panel.total:
            seen.append(Disagreement(judged=each, community_percent=share, votes=ships + skips))
    wide = [each for each in seen if each.points >= POINTS_TO_DISAGREE]
    return sorted(wide, key=lambda each: -each.points)[:most]
