"""Tools together with what has been counted about them, as lists, cards and tables show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.models import Tool
from reviews.services.panel import PanelSummary, summarise


@dataclass(frozen=True, slots=True)
class JudgedTool:
    """A tool and its panel, counted."""

    tool: Tool
    panel: PanelSummary

    @property
    def name(self) -> str:
        return self.tool.name


def judged(tools: Iterable[Tool]) -> list[JudgedTool]:
    """Count each tool's panel, in the order given. Tools come loaded `with_panel()` or `with_answers()`; sends no query."""
    return [JudgedTool(tool=tool, panel=summarise(tool.verdicts.all())) for tool in tools]
