"""The panel matrix: a row per reviewer, a cell per tool. For one tool it is the panel as a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviews.models import Reviewer, Tool, Verdict
from reviews.services.panel import PanelSummary, summarise


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one reviewer says of one tool."""

    reviewer: Reviewer
    tool: Tool
    verdict: Verdict | None

    @property
    def decision(self) -> str | None:
        """`ship`, `skip`, or None if not judged."""
        return str(self.verdict.decision) if self.verdict else None

    @property
    def score(self) -> int | None:
        """0 to 100, or None if not known."""
        return self.verdict.score if self.verdict else None

    @property
    def anchor(self) -> str:
        """The id of the verdict on the page; unique, because slugs hold no double hyphen."""
        return f"verdict-{self.reviewer.slug}--{self.tool.slug}"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One reviewer's cells, in column order."""

    reviewer: Reviewer
    cells: tuple[MatrixCell, ...]

    @property
    def is_split(self) -> bool:
        """Whether this reviewer ships one tool and skips another."""
        return {"ship", "skip"} <= {cell.decision for cell in self.cells}

    @property
    def scored(self) -> tuple[MatrixCell, ...]:
        """The cells with a known score: the dots of the plot."""
        return tuple(cell for cell in self.cells if cell.score is not None)


@dataclass(frozen=True, slots=True)
class MatrixTotal:
    """The last row's cell of one tool: ships, verdicts, and the mean of the known scores."""

    tool: Tool
    panel: PanelSummary


@dataclass(frozen=True, slots=True)
class PanelMatrix:
    """All rows in panel order, and the totals in column order."""

    rows: tuple[MatrixRow, ...]
    totals: tuple[MatrixTotal, ...]

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(total.tool for total in self.totals)

    @property
    def has_scores(self) -> bool:
        """Whether any score is known."""
        return any(row.scored for row in self.rows)

    @property
    def split_rows(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if row.is_split)


def panel_matrix(*, tools: Sequence[Tool], reviewers: Sequence[Reviewer]) -> PanelMatrix:
    """Return the matrix of one to four tools in column order, loaded with verdicts. No query."""
    rows = (
        MatrixRow(
            reviewer=reviewer,
            cells=tuple(MatrixCell(reviewer, tool, verdict_of(reviewer, tool)) for tool in tools),
        )
        for reviewer in reviewers
    )
    totals = tuple(MatrixTotal(tool, summarise(tool.verdicts.all())) for tool in tools)
    return PanelMatrix(rows=tuple(rows), totals=totals)


def verdict_of(reviewer: Reviewer, tool: Tool) -> Verdict | None:
    """Return the reviewer's verdict on a tool loaded with its verdicts, or None."""
    return next((verdict for verdict in tool.verdicts.all() if verdict.reviewer_id == reviewer.pk), None)
