"""The contents of an issue: plain values, kept as they were when it was made.

Addresses are paths; a mail puts the site's address in front.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from reviews.services.editing.change_runs import Judgement
from reviews.services.panel import PanelSummary


@dataclass(frozen=True, slots=True)
class ToolLine:
    """A tool as the letter names it."""

    name: str
    path: str
    tagline: str
    category: str
    ships: int
    skips: int
    entry_price: str = ""
    """Of a new tool; empty where it is not known."""
    key: str = field(default="", compare=False)
    """Names the item while its issue is edited, whatever happens to its texts."""

    @property
    def panel(self) -> PanelSummary:
        return PanelSummary(ships=self.ships, skips=self.skips)


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A new comparison, its sides in the editor's order."""

    title: str
    path: str
    relation: str
    note: str
    sides: tuple[ToolLine, ...]
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """A reviewer's changed verdict, and why."""

    tool: str
    path: str
    reviewer: str
    before: Judgement
    after: Judgement
    reason: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """What one reviewer says of a tool, in a sentence or two."""

    reviewer: str
    decision: str
    score: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Split:
    """A tool the panel is split on, with the strongest quote of either side."""

    tool: ToolLine
    ship: Quote
    skip: Quote
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class News:
    """Everything between two moments, newest first; splits by how far apart the panel is."""

    comparisons: tuple[ComparisonLine, ...] = ()
    tools: tuple[ToolLine, ...] = ()
    changes: tuple[ChangedVerdict, ...] = ()
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """All news of an issue, in display order. `more_…` counts what had no room."""

    comparisons: tuple[ComparisonLine, ...] = ()
    more_comparisons: int = 0
    tools: tuple[ToolLine, ...] = ()
    more_tools: int = 0
    changes: tuple[ChangedVerdict, ...] = ()
    more_changes: int = 0
    splits: tuple[Split, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no news, and so no letter."""
        return not (self.comparisons or self.tools or self.changes)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Contents":
        """Return what `to_json` stored."""
        return cls(
            comparisons=tuple(
                ComparisonLine(**{**line, "sides": tuple(ToolLine(**side) for side in line["sides"])})
                for line in stored["comparisons"]
            ),
            more_comparisons=stored["more_comparisons"],
            tools=tuple(ToolLine(**line) for line in stored["tools"]),
            more_tools=stored["more_tools"],
            changes=tuple(
                ChangedVerdict(
                    **{**line, "before": Judgement(**line["before"]), "after": Judgement(**line["after"])}
                )
                for line in stored["changes"]
            ),
            more_changes=stored["more_changes"],
            splits=tuple(
                Split(
                    tool=ToolLine(**line["tool"]),
                    ship=Quote(**line["ship"]),
                    skip=Quote(**line["skip"]),
                    key=line.get("key", ""),
                )
                for line in stored["splits"]
            ),
        )
