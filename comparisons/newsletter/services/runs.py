"""A run of the weekly timer: unfinished issues, then this week's. Repeatable at any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from comparisons.newsletter.emails.connection import MailServerDown, open_mail_connection
from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.models import Delivery, Draft, Issue
from comparisons.newsletter.services.delivery import (
    SECONDS_TO_ANSWER,
    DeliveryReport,
    StopReason,
    deliver,
    unfinished_issues,
)
from comparisons.newsletter.services.drafts import WEEK, lock_draft, reopen_draft
from comparisons.newsletter.services.issues import (
    SHORTEST_GAP,
    make_issue,
    next_issue_from,
    plan_issue,
    render_issue,
)


@dataclass(frozen=True, slots=True)
class DueLetters:
    """What a run has to send."""

    issues: tuple[Issue, ...]
    """The issues with waiting letters, oldest first."""
    letters: int
    """The number of waiting letters."""
    made: Issue | None = None
    next_from: datetime | None = None
    """When the next issue may be made, if it is too early now."""
    quiet_since: datetime | None = None
    """Since when there is no news, if so."""
    kept_back: Draft | None = None
    """The draft that is held, or waits for its release."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What became of the next issue."""

    issue: Issue | None = None
    next_from: datetime | None = None
    quiet_since: datetime | None = None
    kept_back: Draft | None = None


def make_issue_if_due(*, now: datetime, only_released: bool = False) -> DueLetters:
    """Make this week's issue if it is time and there is news. Return what there is to send.

    With `only_released`, it is made only if a publisher released it, and not before a week is over: for a
    timer that sends a late release.
    """
    made = _make_issue(now=now, only_released=only_released)
    return DueLetters(
        issues=tuple(unfinished_issues()),
        letters=Delivery.objects.waiting().count(),
        made=made.issue,
        next_from=made.next_from,
        quiet_since=made.quiet_since,
        kept_back=made.kept_back,
    )


def _make_issue(*, now: datetime, only_released: bool) -> _Made:
    next_from = next_issue_from(gap=WEEK if only_released else SHORTEST_GAP)
    if next_from is not None and now < next_from:
        return _Made(next_from=next_from)
    with transaction.atomic():
        draft = lock_draft()
        if draft is None:
            return _Made()
        plan = plan_issue(now=now, draft=draft)
        if plan.contents.is_empty:
            if draft.is_released:
                reopen_draft(draft)
            return _Made(quiet_since=plan.since)
        waits = not draft.is_released and (only_released or settings.LETTER_NEEDS_RELEASE)
        if draft.is_held or waits:
            return _Made(kept_back=draft)
        return _Made(issue=make_issue(plan=plan))


def send_letters(
    *,
    issues: Sequence[Issue],
    limit: int | None,
    per_minute: int,
    after_each: Callable[[DeliveryReport], None],
    should_stop: Callable[[], bool],
) -> DeliveryReport:
    """Send the waiting letters of the issues over one connection. Arguments as of `deliver`."""
    report = DeliveryReport()
    try:
        with open_mail_connection(seconds=SECONDS_TO_ANSWER) as connection:
            for issue in issues:
                deliver(
                    issue=issue,
                    connection=connection,
                    report=report,
                    limit=limit,
                    per_minute=per_minute,
                    after_each=lambda: after_each(report),
                    should_stop=should_stop,
                )
    except MailServerDown as down:
        report.stopped = StopReason.SERVER_DOWN
        report.last_answer = str(down)
    return report


def next_letter(*, now: datetime) -> Letter | None:
    """Return the letter that would be made at `now`, or None without news."""
    plan = plan_issue(now=now)
    return None if plan.contents.is_empty else plan.letter()


def latest_letter(*, now: datetime) -> Letter | None:
    """Return the letter that would be made at `now`, else the last one, else None."""
    last = Issue.objects.first()
    return next_letter(now=now) or (render_issue(last) if last else None)
