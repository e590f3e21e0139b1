"""The comparison page: cards, decision table, dates, and the `scorecard`, aligned and in display order.

Tools must be loaded `with_answers()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comparisons.services.compare.fact_rows import FactRow, UnknownFacts, fact_rows, unknown_facts
from comparisons.services.compare.panel_matrix import verdict_of
from comparisons.services.compare.scorecard import ReviewerRow, reviewer_row
from reviews.models import Reviewer, Tool
from reviews.services.counting.community import CommunitySummary
from reviews.services.counting.origins import Origin, origins
from reviews.services.counting.tool_summary import ToolSummary, summarise_tools
from reviews.services.panel import PanelSummary

Value = str | PanelSummary | CommunitySummary


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the decision table that holds no fact: for each tool in column order what its cell holds.

    The wording's `row_label` names it, `value_words` prints a value.
    """

    key: str
    cells: tuple[tuple[Tool, Value], ...]

    @property
    def differs(self) -> bool:
        """Whether cells print differently."""
        return len({_printed(value) for _, value in self.cells}) > 1

    @property
    def is_fact(self) -> bool:
        return False

    @property
    def is_panel(self) -> bool:
        return self.key == "panel"

    @property
    def is_community(self) -> bool:
        return self.key == "community"


def _printed(value: Value) -> object:
    """Return what a cell prints of its value: no scores, and no counts of very few votes."""
    if isinstance(value, PanelSummary):
        return value.ships, value.skips
    if isinstance(value, CommunitySummary):
        return value.total if value.ship_percent is None else (value.ships, value.skips)
    return value


@dataclass(frozen=True, slots=True)
class Reviewed:
    """When a tool's verdicts were given; both dates None without any."""

    tool: Tool
    first_on: date | None
    last_on: date | None
    missing: tuple[Reviewer, ...]
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    columns: tuple[ToolSummary, ...]
    differing: tuple[Row | FactRow, ...]
    same: tuple[Row | FactRow, ...]
    unknown: tuple[UnknownFacts, ...]
    reviewer_rows: tuple[ReviewerRow, ...]
    reviewed: tuple[Reviewed, ...]

    @property
    def widest(self) -> ReviewerRow | None:
        """The reviewer for whom the tools are furthest apart, or None if nobody makes a difference."""
        widest = max(self.reviewer_rows, key=lambda reviewer_row: reviewer_row.spread, default=None)
        return widest if widest and widest.spread else None

    @property
    def unjudged(self) -> tuple[Tool, ...]:
        """The tools without a verdict."""
        return tuple(column.tool for column in self.columns if not column.panel.total)

    @property
    def shared_origins(self) -> tuple[Origin, ...]:
        """How the verdicts were made, where those on all tools were made alike; else nothing."""
        made = {reviewed.origins for reviewed in self.reviewed}
        return made.pop() if len(made) == 1 else ()

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(column.tool for column in self.columns)

    @property
    def heading(self) -> str:
        return " vs ".join(column.name for column in self.columns)


TEXTS = (
    ("best-for", lambda tool: tool.best_for),
    ("avoid-if", lambda tool: tool.avoid_if),
    ("category", lambda tool: tool.category.name),
)
"""The rows of the decision table below the facts, in display order."""


def side_by_side(*, tools: Sequence[Tool], reviewers: Sequence[Reviewer]) -> SideBySide:
    """Lay two to four tools side by side. No query.

    `tools` come in column order, `reviewers` in panel order with their questions.
    """
    columns = tuple(summarise_tools(tools))
    rows = _decision_rows(columns)
    return SideBySide(
        columns=columns,
        differing=tuple(row for row in rows if row.differs),
        same=tuple(row for row in rows if not row.differs),
        unknown=tuple(unknown_facts(tools=tools)),
        reviewer_rows=tuple(reviewer_row(reviewer=reviewer, tools=tools) for reviewer in reviewers),
        reviewed=tuple(_reviewed(tool, reviewers) for tool in tools),
    )


def _decision_rows(columns: Sequence[ToolSummary]) -> list[Row | FactRow]:
    return [
        Row("panel", tuple((column.tool, column.panel) for column in columns)),
        Row("community", tuple((column.tool, column.community) for column in columns)),
        *fact_rows(tools=[column.tool for column in columns]),
        *(Row(key, tuple((column.tool, text(column.tool)) for column in columns)) for key, text in TEXTS),
    ]


def _reviewed(tool: Tool, reviewers: Sequence[Reviewer]) -> Reviewed:
    dates = [verdict.reviewed_on for verdict in tool.verdicts.all()]
    return Reviewed(
        tool=tool,
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        missing=tuple(reviewer for reviewer in reviewers if verdict_of(reviewer, tool) is None),
        origins=tuple(origins(tool.verdicts.all())),
    )
