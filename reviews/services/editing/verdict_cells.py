"""Decisions and scores of many verdicts, changed together with one reason: all or nothing."""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from reviews.models import Decision, Tool, Verdict
from reviews.services.editing.day_warnings import verdict_day_warnings
from reviews.services.editing.verdicts import save_verdict
from reviews.services.editing.warnings import VerdictWarning, WarningCode, verdict_warnings

OF_JUDGEMENTS = (WarningCode.LOW_SHIP, WarningCode.HIGH_SKIP, WarningCode.NO_PICK_IF, WarningCode.SAME_DAY)
"""Warnings that a decision, a score or a day can cause; what the text says is asked on the tool's page."""


class CellFault(StrEnum):
    SCORE = "score"
    """It is no whole number from 0 to 100."""
    DECISION = "decision"
    CHANGED_MEANWHILE = "changed-meanwhile"
    """The stored verdict says neither what the page showed nor what was typed."""
    GONE = "gone"
    """The verdict was deleted meanwhile."""
    INVALID = "invalid"
    """Another field of the stored verdict is no longer allowed."""


CellKey = tuple[int, int]
"""Ids of a tool and a reviewer."""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What a page sent of one verdict. The score is a text as it was typed; empty: not known."""

    tool: int
    reviewer: int
    shown: str
    """`judgement` of the verdict as the page showed it: the version that was edited."""
    decision: str
    score: str

    @property
    def key(self) -> CellKey:
        return self.tool, self.reviewer

    @property
    def typed(self) -> str:
        """Decision and score as one text, as `shown` has it."""
        return f"{self.decision} {self.score.strip()}".strip()

    @property
    def is_touched(self) -> bool:
        return self.typed != self.shown


@dataclass(slots=True)
class CellOutcome:
    """What becomes of a cell. `stored` is the verdict as it is stored; None: there is none."""

    edit: CellEdit
    stored: Verdict | None
    fault: CellFault | None = None
    changes: bool = False
    problem: str = ""
    """What is wrong, where the fault is `INVALID`."""
    warnings: tuple[VerdictWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class CellsResult:
    outcomes: dict[CellKey, CellOutcome]
    reason_missing: bool
    is_asked: bool
    """Only warnings stopped it: saving again goes through."""
    saved: int
    """Number of verdicts; 0 where anything stopped the save."""

    @property
    def has_faults(self) -> bool:
        return any(outcome.fault for outcome in self.outcomes.values())

    @property
    def changed(self) -> list[CellOutcome]:
        return [outcome for outcome in self.outcomes.values() if outcome.changes]


def judgement(verdict: Verdict) -> str:
    """Return decision and score as one text, such as `ship 84`, or `skip` without a score."""
    return _judgement(verdict.decision, verdict.score)


def _judgement(decision: str, score: int | None) -> str:
    return decision if score is None else f"{decision} {score}"


@transaction.atomic
def save_cells(
    *,
    edits: Sequence[CellEdit],
    reason: str,
    dated_today: bool,
    seen: Collection[str],
    by: str,
    today: date | None = None,
) -> CellsResult:
    """Save the cells that were changed, each verdict with its history; nothing if one can't be saved.

    `dated_today`: the changed verdicts were reviewed today. `seen` are keys of warnings that the page showed.
    Tools and verdicts are locked while they are compared with what the page showed.
    """
    today = today or timezone.localdate()
    reason = reason.strip()
    tools = Tool.objects.select_for_update(no_key=True).filter(pk__in={edit.tool for edit in edits})
    ids = [tool.pk for tool in tools.order_by("pk")]
    verdicts = Verdict.objects.filter(tool__in=ids).order_by().select_related("tool", "reviewer")
    stored = {(verdict.tool_id, verdict.reviewer_id): verdict for verdict in verdicts}
    outcomes = {edit.key: _outcome(edit, stored.get(edit.key)) for edit in edits}
    changed = [outcome for outcome in outcomes.values() if outcome.changes]
    rows = [
        _changed_verdict(outcome, stored[outcome.edit.key], dated_today=dated_today, today=today)
        for outcome in changed
    ]
    keys = {warning.key for warning in chain.from_iterable(outcome.warnings for outcome in changed)}
    has_faults = any(outcome.fault for outcome in outcomes.values())
    is_seen = any(row.tool.has_page for row in rows)  # nobody is told why what they never saw has changed
    reason_missing = is_seen and not reason
    is_asked = not has_faults and not reason_missing and not keys <= set(seen)
    may_save = not has_faults and not reason_missing and not is_asked
    for row in rows if may_save else ():
        save_verdict(verdict=row, answers={}, by=by, reason=reason)
    return CellsResult(outcomes, reason_missing, is_asked, saved=len(rows) if may_save else 0)


def _outcome(edit: CellEdit, verdict: Verdict | None) -> CellOutcome:
    outcome = CellOutcome(edit=edit, stored=verdict)
    if not edit.is_touched:
        return outcome  # untouched: whatever another editor stored stays
    if verdict is None:
        outcome.fault = CellFault.GONE
        return outcome
    if edit.decision not in Decision.values:
        outcome.fault = CellFault.DECISION
        return outcome
    try:
        score = _read_score(edit.score)
    except ValueError:
        outcome.fault = CellFault.SCORE
        return outcome
    if judgement(verdict) == _judgement(edit.decision, score):
        return outcome
    if judgement(verdict) != edit.shown:
        outcome.fault = CellFault.CHANGED_MEANWHILE
    else:
        outcome.changes = True
    return outcome


def _read_score(text: str) -> int | None:
    """Read a score; None where it is empty. Raises ValueError where it is no whole number from 0 to 100."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= 100):
        raise ValueError(text)
    return int(text)


def _changed_verdict(outcome: CellOutcome, verdict: Verdict, *, dated_today: bool, today: date) -> Verdict:
    """Return the verdict as it would be saved, and note what is wrong or doubtful in `outcome`."""
    row = copy(verdict)
    row.decision = outcome.edit.decision
    row.score = _read_score(outcome.edit.score)
    changed = {"decision", "score"}
    if dated_today and row.reviewed_on != today:
        row.reviewed_on = today
        changed.add("reviewed_on")
    try:
        row.clean_fields()
    except ValidationError as error:
        outcome.fault = CellFault.INVALID
        outcome.problem = " ".join(error.messages)
        return row
    doubts = verdict_warnings(
        decision=row.decision,
        score=row.score,
        body=row.body,
        pick_if=row.pick_if,
        authorship=row.authorship,
        answered_for_by=row.answered_for_by,
    )
    doubts += verdict_day_warnings(
        decision=row.decision,
        score=row.score,
        reviewed_on=row.reviewed_on,
        judged_version=row.judged_version,
        changed=changed,
        release=None,
        today=today,
    )
    outcome.warnings = tuple(doubt for doubt in doubts if doubt.code in OF_JUDGEMENTS)
    return row
