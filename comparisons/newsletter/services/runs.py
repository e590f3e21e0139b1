"""One run of the weekly timer: what is unfinished first, then this week's issue. It may be repeated at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.emails.postbox import MailServerDown, open_postbox
from comparisons.newsletter.models import Delivery, Issue
from comparisons.newsletter.services.delivery import PATIENCE, Report, deliver, note_who_left, unfinished_issues
from comparisons.newsletter.services.issues import letter_of, make_issue, next_issue_from, plan_issue
from comparisons.newsletter.services.retention import forget_expired


@dataclass(frozen=True, slots=True)
class Due:
    """What a run has to do."""

    issues: tuple[Issue, ...]
    """The issues with letters to send, oldest first, this run's own one included."""
    made: Issue | None
    """The issue that this run made."""
    next_from: datetime | None
    """When the next issue may be made, if it is too early for one now."""
    quiet_since: datetime | None
    """Since when nothing happened that a letter could tell, if so."""
    letters: int
    """How many letters are waiting."""


def prepare(*, now: datetime) -> Due:
    """Make this week's issue if it is time and there is something to tell, and return what there is to send."""
    forget_expired(now=now)
    note_who_left()
    next_from, made, plan = next_issue_from(), None, None
    is_early = next_from is not None and now < next_from
    if not is_early:
        plan = plan_issue(now=now)
        made = None if plan.contents.is_empty else make_issue(plan=plan)
    issues = unfinished_issues()
    return Due(
        issues=tuple(issues),
        made=made,
        next_from=next_from if is_early else None,
        quiet_since=plan.since if plan and plan.contents.is_empty else None,
        letters=Delivery.objects.waiting().count(),
    )


def send_all(
    *,
    issues: tuple[Issue, ...],
    limit: int | None,
    per_minute: int,
    tell: Callable[[Report], None],
    should_stop: Callable[[], bool],
) -> Report:
    """Send the waiting letters of the issues over one connection and report. A mail server that is down is in the report."""
    report = Report()
    try:
        with open_postbox(seconds=PATIENCE) as postbox:
            for issue in issues:
                deliver(
                    issue=issue,
                    postbox=postbox,
                    report=report,
                    limit=limit,
                    per_minute=per_minute,
                    tell=lambda: tell(report),
                    should_stop=should_stop,
                )
    except MailServerDown as down:
        report.stopped = f"the mail server can't be used: {down}"
    return report


def letter_to_make(*, now: datetime) -> Letter | None:
    """Return the letter that would be made at `now`, or None when there is nothing to tell. Writes nothing."""
    plan = plan_issue(now=now)
    return None if plan.contents.is_empty else plan.letter()


def letter_to_try(*, now: datetime) -> Letter | None:
    """Return the letter that would be made at `now`, else the last one made, else None."""
    last = Issue.objects.first()
    return letter_to_make(now=now) or (letter_of(last) if last else None)
