"""The draft of the next issue: edited, held, released. The timer and the editors lock the same row.

A released draft keeps its contents, so that what goes out is what was seen.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from comparisons.newsletter.models import Draft, DraftState
from comparisons.newsletter.services.issues import IssuePlan, next_issue_from, next_number, plan_issue

WEEK = timedelta(days=7)


class DraftChanged(Exception):
    """Somebody changed the draft, or there is other news, since the editor looked."""


class DraftClosed(Exception):
    """The draft can't be changed: not yet, or not any more."""


class NothingToTell(Exception):
    """An issue without news is not sent."""


def current_draft() -> Draft:
    """Return the draft of the next issue; one that is not stored yet if nobody touched it."""
    number = next_number()
    return Draft.objects.filter(number=number).first() or Draft(number=number)


def draft_opens_at() -> datetime | None:
    """Return from when on the next issue can be edited; None if from the beginning."""
    return next_issue_from(gap=WEEK - timedelta(days=settings.LETTER_DRAFT_DAYS))


def is_open_for_edits(*, now: datetime) -> bool:
    opens_at = draft_opens_at()
    return opens_at is None or now >= opens_at


def seen_as(plan: IssuePlan) -> str:
    """Return a hash of what an editor sees of a plan."""
    seen = [plan.number, plan.subject, plan.introduction, plan.contents.to_json()]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def lock_draft() -> Draft | None:
    """Lock and return the draft of the next issue; None if that issue was made meanwhile.

    Call it in a transaction: until its end neither an editor nor another run changes or makes it.
    """
    number = next_number()
    Draft.objects.get_or_create(number=number)
    draft = Draft.objects.select_for_update().get(number=number)
    return draft if next_number() == number else None


@transaction.atomic
def save_draft(
    *,
    number: int,
    version: int,
    now: datetime,
    subject: str,
    introduction: str,
    left_out: Sequence[str],
    order: Sequence[str],
) -> Draft:
    """Store an editor's wishes. Raises DraftChanged and DraftClosed."""
    draft = _locked(number=number, version=version, now=now)
    if draft.is_released:
        raise DraftClosed
    draft.subject = subject
    draft.introduction = introduction
    draft.left_out = sorted(left_out)
    draft.order = list(order)
    return _stored(draft)


@transaction.atomic
def hold_draft(*, number: int, version: int, now: datetime) -> Draft:
    """Keep the issue from being sent; a released one can be edited again.

    Raises DraftChanged and DraftClosed.
    """
    draft = _locked(number=number, version=version, now=now)
    return _stored(_reopened(draft, DraftState.HELD))


@transaction.atomic
def resume_draft(*, number: int, version: int, now: datetime) -> Draft:
    """Let a held issue go as it would without editors. Raises DraftChanged and DraftClosed."""
    draft = _locked(number=number, version=version, now=now)
    return _stored(_reopened(draft, DraftState.OPEN))


@transaction.atomic
def release_draft(*, number: int, version: int, seen: str, now: datetime) -> Draft:
    """Freeze the issue as it was seen (see `seen_as`): the timer sends it so. Repeatable.

    Raises DraftChanged if it looks otherwise by now, DraftClosed, and NothingToTell.
    """
    released = lock_draft()
    if released is not None and released.number == number and released.is_released:
        return released
    draft = _locked(number=number, version=version, now=now)
    plan = plan_issue(now=now, draft=draft)
    if seen_as(plan) != seen:
        raise DraftChanged
    if plan.contents.is_empty:
        raise NothingToTell
    draft.state = DraftState.RELEASED
    draft.since = plan.since
    draft.until = plan.until
    draft.contents = plan.contents.to_json()
    return _stored(draft)


def reopen_draft(draft: Draft) -> Draft:
    """Let a locked draft of which nothing is true any more begin again."""
    return _stored(_reopened(draft, DraftState.OPEN))


def _locked(*, number: int, version: int, now: datetime) -> Draft:
    if not is_open_for_edits(now=now):
        raise DraftClosed
    draft = lock_draft()
    if draft is None or (draft.number, draft.version) != (number, version):
        raise DraftChanged
    return draft


def _reopened(draft: Draft, state: DraftState) -> Draft:
    draft.state = state
    draft.since = None
    draft.until = None
    draft.contents = None
    return draft


def _stored(draft: Draft) -> Draft:
    draft.version += 1
    draft.save()
    return draft
