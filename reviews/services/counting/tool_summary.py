"""A tool with its panel and its votes counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.models import Reviewer, Tool
from reviews.services.counting.community import CommunitySummary, crowd_lead, summarise_votes
from reviews.services.panel import PanelSummary, summarise


@dataclass(frozen=True, slots=True)
class PanelMark:
    """One reviewer's decision as a small square with the initial."""

    reviewer: Reviewer
    is_ship: bool


@dataclass(frozen=True, slots=True)
class ToolSummary:
    tool: Tool
    panel: PanelSummary
    community: CommunitySummary

    @property
    def name(self) -> str:
        return self.tool.name

    @property
    def marks(self) -> tuple[PanelMark, ...]:
        """A mark for each verdict, in panel order. The tool is loaded with verdicts and reviewers."""
        verdicts = sorted(self.tool.verdicts.all(), key=lambda verdict: verdict.reviewer.position)
        return tuple(PanelMark(verdict.reviewer, verdict.is_ship) for verdict in verdicts)

    @property
    def crowd_lead(self) -> int | None:
        """See `community.crowd_lead`."""
        return crowd_lead(panel=self.panel, community=self.community)


def summarise_tools(tools: Iterable[Tool]) -> list[ToolSummary]:
    """Count panel and votes of tools loaded `with_panel()` or `with_answers()`; no query."""
    return [
        ToolSummary(
            tool=tool,
            panel=summarise(tool.verdicts.all()),
            community=summarise_votes(getattr(tool, "tally", None)),
        )
        for tool in tools
    ]
