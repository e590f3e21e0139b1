"""The rows of the matrix: each cell with what is stored, what was typed, and what is said about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from reviews.admin.wording import SCORE_WANTED, warning_sentence
from reviews.models import Reviewer, Revision, Tool, Verdict
from reviews.services.editing.verdict_cells import CellEdit, CellFault, CellKey, CellOutcome, judgement


@dataclass(frozen=True, slots=True)
class MatrixCell:
    tool: Tool
    reviewer: Reviewer
    shown: str
    """The version that is edited: `judgement` of what is stored; empty without a verdict."""
    decision: str
    score: str
    """As typed."""
    is_editable: bool
    error: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The end of the names of the cell's fields."""
        return f"{self.tool.pk}-{self.reviewer.pk}"

    @property
    def has_verdict(self) -> bool:
        return self.shown != ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    tool: Tool
    cells: tuple[MatrixCell, ...]


def matrix_rows(
    *,
    tools: Sequence[Tool],
    reviewers: Sequence[Reviewer],
    may_edit: Callable[[Tool, int], bool],
    outcomes: Mapping[CellKey, CellOutcome] | None = None,
) -> list[MatrixRow]:
    """Return a row per tool, a cell per reviewer in the given order; two queries at most.

    `may_edit` says of a tool and a reviewer's id whether the editor may change that verdict. `outcomes` are
    those of a save that was stopped: what was typed is kept.
    """
    verdicts = Verdict.objects.filter(tool__in=[tool.pk for tool in tools]).order_by().defer("body")
    stored = {(verdict.tool_id, verdict.reviewer_id): verdict for verdict in verdicts}
    outcomes = outcomes or {}
    writers = _last_writers(outcomes)

    def cell(tool: Tool, reviewer: Reviewer) -> MatrixCell:
        verdict = stored.get((tool.pk, reviewer.pk))
        outcome = outcomes.get((tool.pk, reviewer.pk))
        edit = outcome.edit if outcome and outcome.edit.is_touched else _edit_of(tool, reviewer, verdict)
        return MatrixCell(
            tool=tool,
            reviewer=reviewer,
            shown=judgement(verdict) if verdict else "",
            decision=edit.decision,
            score=edit.score,
            is_editable=may_edit(tool, reviewer.pk),
            error=_error(outcome, writers) if outcome else "",
            doubts=_doubts(outcome) if outcome else (),
        )

    return [MatrixRow(tool, tuple(cell(tool, reviewer) for reviewer in reviewers)) for tool in tools]


def _edit_of(tool: Tool, reviewer: Reviewer, verdict: Verdict | None) -> CellEdit:
    if verdict is None:
        return CellEdit(tool=tool.pk, reviewer=reviewer.pk, shown="", decision="", score="")
    return CellEdit(
        tool=tool.pk,
        reviewer=reviewer.pk,
        shown=judgement(verdict),
        decision=verdict.decision,
        score="" if verdict.score is None else str(verdict.score),
    )


def _last_writers(outcomes: Mapping[CellKey, CellOutcome]) -> dict[int, Revision]:
    """Return by verdict its newest change, where another editor changed it meanwhile."""
    clashing = [
        outcome.stored.pk
        for outcome in outcomes.values()
        if outcome.stored and outcome.fault == CellFault.CHANGED_MEANWHILE
    ]
    if not clashing:
        return {}
    changes = Revision.objects.filter(model="reviews.verdict", object_id__in=clashing).order_by("pk")
    return {change.object_id: change for change in changes}


def _error(outcome: CellOutcome, writers: Mapping[int, Revision]) -> str:
    typed = outcome.edit.typed
    match outcome.fault:
        case CellFault.SCORE:
            return SCORE_WANTED
        case CellFault.DECISION:
            return "Choose ship or skip."
        case CellFault.GONE:
            return f"Somebody deleted this verdict meanwhile. You typed: {typed}."
        case CellFault.INVALID:
            return f"{outcome.problem} Change it on the tool's page."
        case CellFault.CHANGED_MEANWHILE if outcome.stored:
            change = writers.get(outcome.stored.pk)
            by = change.editor if change and change.editor else "somebody"
            at = f" at {timezone.localtime(change.at):%H:%M}" if change else ""
            return (
                f"Stored by {by}{at}: {judgement(outcome.stored)}. You typed: {typed}. Saving again "
                "replaces what is stored."
            )
    return ""


def _doubts(outcome: CellOutcome) -> tuple[str, ...]:
    return tuple(warning_sentence(warning, is_one_page=True) for warning in outcome.warnings)
