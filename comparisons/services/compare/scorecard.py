"""The scorecard: what each reviewer says of each tool, and how far apart the tools are."""

from collections.abc import Sequence
from dataclasses import dataclass

from comparisons.services.compare.panel_matrix import MatrixCell, verdict_of
from reviews.models import Question, Reviewer, Tool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with the answer of each tool, in column order; None if there is none."""

    question: Question
    answers: tuple[tuple[Tool, str | None], ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """How far one tool's score is above the next one's, with the same reviewer."""

    tool: Tool
    points: int


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """One reviewer's part of the scorecard."""

    reviewer: Reviewer
    sides: tuple[MatrixCell, ...]
    lead: Lead | None
    """None if fewer than two scores are known or the best two are equal."""
    is_split: bool
    """Whether this reviewer ships one tool and skips another."""
    level: tuple[Tool, ...]
    """The tools that share the best known score, in column order; none if one leads."""
    points: int
    """The highest known score minus the lowest."""
    answers: tuple[AnswerRow, ...]

    @property
    def spread(self) -> int:
        """How far apart the tools are for this reviewer; a split weighs more than any points."""
        return (1000 if self.is_split else 0) + self.points

    @property
    def is_level(self) -> bool:
        """Whether at least two scores are known, and all are equal."""
        return bool(self.level) and not self.points


def reviewer_row(*, reviewer: Reviewer, tools: Sequence[Tool]) -> ReviewerRow:
    """Return one reviewer's part, in column order, from loaded tools, answers and questions. No query."""
    sides = tuple(MatrixCell(reviewer, tool, verdict_of(reviewer, tool)) for tool in tools)
    decisions = {side.verdict.decision for side in sides if side.verdict}
    scored = sorted(
        (
            (side.verdict.score, side.tool)
            for side in sides
            if side.verdict and side.verdict.score is not None
        ),
        key=lambda pair: -pair[0],
    )
    best = [tool for score, tool in scored if score == scored[0][0]]
    is_led = len(best) == 1 and len(scored) > 1
    return ReviewerRow(
        reviewer=reviewer,
        sides=sides,
        lead=Lead(tool=best[0], points=scored[0][0] - scored[1][0]) if is_led else None,
        is_split=len(decisions) > 1,
        level=tuple(best) if len(best) > 1 else (),
        points=scored[0][0] - scored[-1][0] if scored else 0,
        answers=tuple(_answer_row(question, sides) for question in reviewer.questions.all()),
    )


def _answer_row(question: Question, sides: Sequence[MatrixCell]) -> AnswerRow:
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
