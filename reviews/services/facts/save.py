"""Saving a fact: the one place of its rules."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reviews.models import Attribute, Fact, FactState, Revision, Tool
from reviews.services.editing import history


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact rests on."""

    state: str = FactState.GIVEN
    source_url: str = ""
    quote: str = ""
    looked_at_on: date | None = None


def changed_fact(
    *, stored: Fact | None, tool: Tool, attribute: Attribute, value: str, evidence: Evidence
) -> Fact:
    """Return the tool's fact as it would be saved with what was entered, not saved. Sends no query.

    `stored` is the fact as it is stored, or None. A value that changes without new evidence falls back to
    `given`, because nobody has compared it with a source; an empty value is `unknown`.
    Raises ValidationError where the value does not fit the attribute's type.
    """
    fact = Fact(pk=stored.pk if stored else None, tool=tool, attribute=attribute)
    if stored:
        fact._state.adding = False
        fact.changed_on = stored.changed_on
        fact.changed_by = stored.changed_by
    fact.state = evidence.state
    fact.source_url = evidence.source_url
    fact.quote = evidence.quote
    fact.looked_at_on = evidence.looked_at_on
    if value.strip() and fact.state == FactState.UNKNOWN:
        fact.state = FactState.GIVEN
    fact.set_value(value)
    if stored and fact.text != stored.text and not _is_new_evidence(evidence, stored=stored):
        fact.quote = ""
        fact.looked_at_on = None
        if fact.is_known and not _becomes_claim(evidence, stored=stored):
            fact.state = FactState.GIVEN
    return fact


def evidence_of(fact: Fact | None) -> Evidence:
    """Return what a stored fact rests on; without one, what a value has that is entered alone."""
    if fact is None:
        return Evidence()
    return Evidence(fact.state, fact.source_url, fact.quote, fact.looked_at_on)


def _is_new_evidence(evidence: Evidence, *, stored: Fact) -> bool:
    """Whether there is another source or quote, or a later day. A state alone is no evidence."""
    is_later = evidence.looked_at_on is not None and (
        stored.looked_at_on is None or evidence.looked_at_on > stored.looked_at_on
    )
    has_other_source = evidence.source_url not in ("", stored.source_url)
    has_other_quote = evidence.quote not in ("", stored.quote)
    return is_later or has_other_source or has_other_quote


def _becomes_claim(evidence: Evidence, *, stored: Fact) -> bool:
    """Whether the editor says with the value that it is the maker's claim. That needs no evidence."""
    return evidence.state == FactState.CLAIMED and not stored.is_claimed


def is_worth_saving(fact: Fact) -> bool:
    """Say whether a new fact says anything: a value, or where it was looked for."""
    return not fact._state.adding or fact.is_known or fact.source_url != ""


def confirm_unchanged(*, fact: Fact, today: date | None = None) -> bool:
    """Note in `fact`, not saved, that its source was looked at today and says the same.

    A given fact is checked by that; a claim stays a claim. Returns False, and changes nothing, where no
    source is named or nothing is known.
    """
    if not fact.source_url or not fact.is_known:
        return False
    fact.looked_at_on = today or timezone.localdate()
    if fact.state == FactState.GIVEN:
        fact.state = FactState.CHECKED
    return True


@transaction.atomic
def save_fact(*, fact: Fact, by: str, reason: str = "", today: date | None = None) -> Revision | None:
    """Save a validated fact with its history; None where nothing changed. `by` is the editor's name."""
    before = history.stored_row(fact)
    if before is not None and not history.differences(before=before, after=fact):
        return None
    if before is None or (before.text, before.state) != (fact.text, fact.state):  # type: ignore[attr-defined]
        fact.changed_on = today or timezone.localdate()
        fact.changed_by = by
    return history.save(row=fact, by=by, reason=reason)
