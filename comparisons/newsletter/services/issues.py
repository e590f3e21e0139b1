"""Making an issue, once: contents, subject, and recipients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from comparisons.newsletter.contents import Contents
from comparisons.newsletter.emails.letter import Letter, render_letter
from comparisons.newsletter.models import Delivery, Issue, Subscriber
from comparisons.newsletter.services.news import collect_news
from comparisons.newsletter.wording import subject_line

FIRST_ISSUE_TELLS_OF = timedelta(days=7)
SHORTEST_GAP = timedelta(days=6)
"""No new issue within this time: a repeated run is harmless. Less than a week, as timers may be early."""


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """The issue that would be made at `until`."""

    number: int
    since: datetime
    until: datetime
    contents: Contents

    @property
    def published_on(self) -> date:
        return self.until.date()

    @property
    def subject(self) -> str:
        return subject_line(self.contents)

    def letter(self) -> Letter:
        """Render it without storing anything."""
        return render_letter(
            number=self.number, published_on=self.published_on, subject=self.subject, contents=self.contents
        )


def plan_issue(*, now: datetime) -> IssuePlan:
    """Return what an issue made at `now` would be, storing nothing. The first one looks back a week.

    It ends with the last full minute: more may be published in the running one.
    """
    last = Issue.objects.first()
    until = now.replace(second=0, microsecond=0)
    since = last.until if last else until - FIRST_ISSUE_TELLS_OF
    number = last.number + 1 if last else 1
    return IssuePlan(number=number, since=since, until=until, contents=collect_news(since=since, until=until))


def next_issue_from() -> datetime | None:
    """Return when the next issue may be made, or None if there is none yet."""
    last = Issue.objects.first()
    return last.until + SHORTEST_GAP if last else None


def make_issue(*, plan: IssuePlan) -> Issue | None:
    """Store a planned issue with a waiting letter for every active subscriber, all or nothing.

    Returns None if another run made it meanwhile.
    """
    try:
        with transaction.atomic():
            issue = Issue.objects.create(
                number=plan.number,
                published_on=plan.published_on,
                since=plan.since,
                until=plan.until,
                subject=plan.subject,
                contents=plan.contents.to_json(),
            )
            subscribers = Subscriber.objects.active().order_by("pk").values_list("pk", flat=True)
            Delivery.objects.bulk_create(
                (Delivery(issue=issue, subscriber_id=pk) for pk in subscribers.iterator()), batch_size=500
            )
    except IntegrityError:
        if Issue.objects.filter(number=plan.number).exists():
            return None
        raise
    return issue


def render_issue(issue: Issue) -> Letter:
    """Return the letter of a stored issue."""
    return render_letter(
        number=issue.number,
        published_on=issue.published_on,
        subject=issue.subject,
        contents=Contents.from_json(issue.contents),
    )
