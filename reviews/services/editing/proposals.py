"""Proposed changes of verdicts: made by an editor, accepted or returned by a Publisher."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from reviews.models import Answer, Proposal, ProposalState, Question, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.restore import ReasonMissing
from reviews.services.editing.verdicts import save_verdict

ANSWER = "answer_"
"""Begins the name of a proposed answer; its question's id follows."""
FIXED = {"tool_id", "reviewer_id"}


class AlreadyDecided(Exception):
    """Somebody else was faster."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal)
        self.proposal = proposal


class ChangedMeanwhile(Exception):
    """The verdict is not what the page showed any more."""


class WordMissing(Exception):
    """A proposal is returned with a word."""


@dataclass(frozen=True, slots=True)
class ProposedField:
    name: str
    """In words."""
    base: Any
    """What it said when the change was proposed."""
    now: Any
    proposed: Any

    @property
    def changed_meanwhile(self) -> bool:
        return self.now not in (self.base, self.proposed)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal against what is stored now."""

    fields: tuple[ProposedField, ...]
    version: int
    """Of the stored verdict with its answers."""
    needs_reason: bool
    """Readers saw the verdict, and its decision or score would change."""

    @property
    def changed_meanwhile(self) -> bool:
        return any(field.changed_meanwhile for field in self.fields)


@transaction.atomic
def propose(
    *, verdict: Verdict, answers: Mapping[Question, str], by: str, reason: str = ""
) -> Proposal | None:
    """Record a validated verdict as a proposal and save nothing of it; None if it changes nothing.

    It takes the place of earlier proposals of this editor that are open or were returned.
    """
    Tool.objects.select_for_update(no_key=True).order_by("pk").get(pk=verdict.tool_id)
    before = _values(_stored(verdict.tool_id, verdict.reviewer_id))
    after = _verdict_values(verdict)
    after |= {f"{ANSWER}{question.pk}": text for question, text in answers.items()}
    changes = {
        name: [before.get(name, _nothing(name)), value]
        for name, value in after.items()
        if before.get(name, _nothing(name)) != value
    }
    if not changes:
        return None
    earlier = Proposal.objects.filter(tool=verdict.tool_id, reviewer=verdict.reviewer_id, editor=by)
    earlier.filter(state__in=[ProposalState.OPEN, ProposalState.RETURNED]).update(
        state=ProposalState.REPLACED
    )
    return Proposal.objects.create(
        tool_id=verdict.tool_id,
        reviewer_id=verdict.reviewer_id,
        changes=changes,
        base_version=history.version_of_row(row=verdict),
        reason=reason,
        editor=by,
    )


def view_proposal(*, proposal: Proposal) -> ProposalView:
    """Hold a proposal against the stored verdict. A fixed number of queries."""
    stored = _stored(proposal.tool_id, proposal.reviewer_id)
    now = _values(stored)
    questions = {f"{ANSWER}{row.pk}": row.text for row in proposal.reviewer.questions.all()}
    fields = [
        ProposedField(
            name=questions.get(name, name.replace("_", " ")),
            base=base,
            now=now.get(name, _nothing(name)),
            proposed=proposed,
        )
        for name, (base, proposed) in proposal.changes.items()
    ]
    judgement = [name for name, (_, proposed) in proposal.changes.items() if now.get(name) != proposed]
    needs_reason = stored is not None and history.needs_reason(row=stored, changed=judgement)
    return ProposalView(tuple(fields), _version(stored), needs_reason)


@transaction.atomic
def accept(*, proposal: int, by: str, shown: int, reason: str = "") -> Proposal:
    """Save the proposed verdict with its history. `shown` is the version the Publisher looked at.

    `reason` takes the place of the proposer's, where given. Raises AlreadyDecided, ChangedMeanwhile,
    ReasonMissing, and ValidationError where a value is no longer allowed.
    """
    row = _locked(proposal)
    stored = _stored(row.tool_id, row.reviewer_id)
    if _version(stored) != shown:
        raise ChangedMeanwhile
    verdict = stored or Verdict(tool=row.tool, reviewer=row.reviewer)
    for name, (_, proposed) in row.changes.items():
        if not name.startswith(ANSWER):
            field: Any = Verdict._meta.get_field(name)
            setattr(verdict, name, field.to_python(proposed))
    questions = {f"{ANSWER}{question.pk}": question for question in row.reviewer.questions.all()}
    answers = {questions[name]: proposed for name, (_, proposed) in row.changes.items() if name in questions}
    verdict.full_clean()
    told = reason.strip() or row.reason
    if history.needs_reason(row=verdict, changed=history.changed_fields(verdict)) and not told:
        raise ReasonMissing
    save_verdict(verdict=verdict, answers=answers, by=by, reason=told)
    return _decide(row, ProposalState.ACCEPTED, by=by)


@transaction.atomic
def return_proposal(*, proposal: int, by: str, answer: str) -> Proposal:
    """Give a proposal back with a word that its editor reads. Raises AlreadyDecided and WordMissing."""
    row = _locked(proposal)
    if not answer.strip():
        raise WordMissing
    return _decide(row, ProposalState.RETURNED, by=by, answer=answer.strip())


@transaction.atomic
def withdraw(*, proposal: int, by: str) -> Proposal:
    """Take back an own proposal, open or returned. Raises AlreadyDecided."""
    row = _locked(proposal, states=(ProposalState.OPEN, ProposalState.RETURNED))
    return _decide(row, ProposalState.WITHDRAWN, by=by, answer=row.answer)


def _locked(pk: int, states: tuple[ProposalState, ...] = (ProposalState.OPEN,)) -> Proposal:
    """Return the proposal, locked after its tool, as the tool's page locks them."""
    tool = Proposal.objects.filter(pk=pk).values("tool")
    Tool.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=tool).first()
    row = Proposal.objects.select_for_update(of=("self",)).select_related("tool", "reviewer").get(pk=pk)
    if row.state not in states:
        raise AlreadyDecided(row)
    return row


def _decide(row: Proposal, state: ProposalState, *, by: str, answer: str = "") -> Proposal:
    row.state = state
    row.answer = answer
    row.decided_by = by
    row.decided_at = timezone.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return row


def _stored(tool: int, reviewer: int) -> Verdict | None:
    return Verdict.objects.filter(tool=tool, reviewer=reviewer).order_by("pk").first()


def _nothing(name: str) -> str | None:
    """Return what stands for a field of a verdict, or an answer, that is not there."""
    return "" if name.startswith(ANSWER) else None


def _verdict_values(verdict: Verdict) -> dict[str, Any]:
    return {name: value for name, value in history.snapshot(verdict).items() if name not in FIXED}


def _values(verdict: Verdict | None) -> dict[str, Any]:
    """Return what a verdict and its answers say, by field."""
    if verdict is None:
        return {}
    answers = Answer.objects.filter(verdict=verdict).order_by("pk")
    return _verdict_values(verdict) | {f"{ANSWER}{row.question_id}": row.text for row in answers}


def _version(verdict: Verdict | None) -> int:
    answers = Answer.objects.filter(verdict=verdict).order_by("pk") if verdict else []
    return history.fingerprint(rows=[verdict, *answers]) if verdict else 0
