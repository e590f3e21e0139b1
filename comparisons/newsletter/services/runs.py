"""A run of the weekly timer: unfinished issues, then this week's. Repeatable at any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from comparisons.newsletter.emails.connection import MailServerDown, open_mail_connection
from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.models import Delivery, Issue
from comparisons.newsletter.services.delivery import (
    SECONDS_TO_ANSWER,
    DeliveryReport,
    StopReason,
    deliver,
    unfinished_issues,
)
from comparisons.newsletter.services.issues import make_issue, next_issue_from, plan_issue, render_issue


@dataclass(frozen=True, slots=True)
class DueLetters:
    """What a run has to send."""

    issues: tuple[Issue, ...]
    """The issues with waiting letters, oldest first."""
    letters: int
    """The number of waiting letters."""
    made: Issue | None
    next_from: datetime | None
    """When the next issue may be made, if it is too early now."""
    quiet_since: datetime | None
    """Since when there is no news, if so."""


def make_issue_if_due(*, now: datetime) -> DueLetters:
    """Make this week's issue if it is time and there is news. Return what there is to send."""
    made = quiet_since = None
    next_from = next_issue_from()
    is_early = next_from is not None and now < next_from
    if not is_early:
        plan = plan_issue(now=now)
        if plan.contents.is_empty:
            quiet_since = plan.since
        else:
            made = make_issue(plan=plan)
    return DueLetters(
        issues=tuple(unfinished_issues()),
        letters=Delivery.objects.waiting().count(),
        made=made,
        next_from=next_from if is_early else None,
        quiet_since=quiet_since,
    )


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
