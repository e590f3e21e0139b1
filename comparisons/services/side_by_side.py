"""What stands side by side on a comparison page: cards, the decision table, the scorecard, and the dates.

Everything comes aligned and in display order, so that the template only prints. Tools must be loaded `with_answers()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviews.models import Question, Reviewer, Tool, Verdict
from reviews.services.community import CommunitySummary
from reviews.services.judged import JudgedTool, judged
from reviews.services.panel import PanelSummary


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the decision table: a label, and for each tool in column order what stands in its cell."""

    key: str
    label: str
    cells: tuple[tuple[Tool, str | PanelSummary | CommunitySummary], ...]

    @property
    def differs(self) -> bool:
        return len({value for _, value in self.cells}) > 1

    @property
    def is_panel(self) -> bool:
        return self.key == "panel"

    @property
    def is_community(self) -> bool:
        return self.key == "community"


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """One side of a reviewer's duel. The verdict is None while the reviewer has not judged the tool."""

    tool: Tool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with the answer of each tool, in column order; None where one has not been given."""

    question: Question
    answers: tuple[tuple[Tool, str | None], ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """How far one tool's score stands above the next one's, with the same reviewer."""

    tool: Tool
    points: int


@dataclass(frozen=True, slots=True)
class Duel:
    """One reviewer's part of the scorecard."""

    reviewer: Reviewer
    sides: tuple[JudgedBy, ...]
    lead: Lead | None
    """None when fewer than two scores are known or the best two are equal."""
    is_split: bool
    """Whether this reviewer ships one tool and skips another."""
    level: tuple[Tool, ...]
    """The tools that share the best known score, in column order; none where one leads or fewer than two are known."""
    points: int
    """From the best known score to the lowest."""
    answers: tuple[AnswerRow, ...]

    @property
    def spread(self) -> int:
        """How far apart the tools are for this reviewer: ship against skip weighs more than any number of points."""
        return (1000 if self.is_split else 0) + self.points

    @property
    def is_level(self) -> bool:
        """Whether all known scores, two at least, are equal."""
        return bool(self.level) and not self.points


@dataclass(frozen=True, slots=True)
class Reviewed:
    """When a tool's verdicts were given; both dates None while there are none."""

    tool: Tool
    first_on: date | None
    last_on: date | None
    missing: tuple[Reviewer, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A whole comparison, ready to be printed."""

    columns: tuple[JudgedTool, ...]
    differing: tuple[Row, ...]
    same: tuple[Row, ...]
    duels: tuple[Duel, ...]
    reviewed: tuple[Reviewed, ...]

    @property
    def widest(self) -> Duel | None:
        """The reviewer for whom the tools are furthest apart, or None where nobody makes a difference."""
        widest = max(self.duels, key=lambda duel: duel.spread, default=None)
        return widest if widest and widest.spread else None

    @property
    def unjudged(self) -> tuple[Tool, ...]:
        """The tools that nobody has judged yet."""
        return tuple(column.tool for column in self.columns if not column.panel.total)

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(column.tool for column in self.columns)

    @property
    def heading(self) -> str:
        return " vs ".join(column.name for column in self.columns)


def _sentence_case(text: str) -> str:
    """Return `text` as a sentence begins, but for a name that is written with a small letter: “iOS apps”."""
    first = text.split(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text


FACTS = (
    ("pricing", "Pricing", lambda tool: tool.pricing),
    ("best-for", "Best for", lambda tool: _sentence_case(tool.best_for)),
    ("avoid-if", "Avoid if", lambda tool: _sentence_case(tool.avoid_if)),
    ("licence", "Licence", lambda tool: tool.licence),
    ("kind", "Kind", lambda tool: tool.get_kind_display()),
    ("vendor", "Made by", lambda tool: tool.vendor),
    ("category", "Category", lambda tool: tool.category.name),
)
"""The rows of the decision table below the panel and the community, in display order."""


def side_by_side(*, tools: Sequence[Tool], reviewers: Sequence[Reviewer]) -> SideBySide:
    """Lay two to four tools side by side.

    `tools` come in column order, loaded `with_answers()`; `reviewers` in panel order with their questions. Sends no query.
    """
    columns = tuple(judged(tools))
    rows = _decision_rows(columns)
    return SideBySide(
        columns=columns,
        differing=tuple(row for row in rows if row.differs),
        same=tuple(row for row in rows if not row.differs),
        duels=tuple(_duel(reviewer, tools) for reviewer in reviewers),
        reviewed=tuple(_reviewed(tool, reviewers) for tool in tools),
    )


def _decision_rows(columns: Sequence[JudgedTool]) -> list[Row]:
    panel = Row(key="panel", label="Panel verdict", cells=tuple((column.tool, column.panel) for column in columns))
    community = Row(key="community", label="Community", cells=tuple((column.tool, column.community) for column in columns))
    facts = [
        Row(
            key=key,
            label=label,
            cells=tuple((column.tool, fact(column.tool) or "Not known") for column in columns),
        )
        for key, label, fact in FACTS
    ]
    return [panel, community, *facts]


def _verdict_of(reviewer: Reviewer, tool: Tool) -> Verdict | None:
    return next((verdict for verdict in tool.verdicts.all() if verdict.reviewer_id == reviewer.pk), None)


def _duel(reviewer: Reviewer, tools: Sequence[Tool]) -> Duel:
    sides = tuple(JudgedBy(tool=tool, verdict=_verdict_of(reviewer, tool)) for tool in tools)
    decisions = {side.verdict.decision for side in sides if side.verdict}
    scored = sorted(
        ((side.verdict.score, side.tool) for side in sides if side.verdict and side.verdict.score is not None),
        key=lambda pair: -pair[0],
    )
    best = [tool for score, tool in scored if score == scored[0][0]]
    is_led = len(best) == 1 and len(scored) > 1
    return Duel(
        reviewer=reviewer,
        sides=sides,
        lead=Lead(tool=best[0], points=scored[0][0] - scored[1][0]) if is_led else None,
        is_split=len(decisions) > 1,
        level=tuple(best) if len(best) > 1 else (),
        points=scored[0][0] - scored[-1][0] if scored else 0,
        answers=tuple(_answer_row(question, sides) for question in reviewer.questions.all()),
    )


def _answer_row(question: Question, sides: Sequence[JudgedBy]) -> AnswerRow:
    return AnswerRow(
        question=question,
        answers=tuple(
            (
                side.tool,
                next((a.text for a in side.verdict.answers.all() if a.question_id == question.pk), None)
                if side.verdict
                else None,
            )
            for side in sides
        ),
    )


def _reviewed(tool: Tool, reviewers: Sequence[Reviewer]) -> Reviewed:
    dates = [verdict.reviewed_on for verdict in tool.verdicts.all()]
    return Reviewed(
        tool=tool,
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        missing=tuple(reviewer for reviewer in reviewers if _verdict_of(reviewer, tool) is None),
    )
