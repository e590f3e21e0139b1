"""Making an issue, once: what it tells, what it is called, and whom it goes to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from comparisons.newsletter.contents import Contents
from comparisons.newsletter.emails.letter import Letter, render_letter
from comparisons.newsletter.models import Delivery, Issue, Subscriber
from comparisons.newsletter.services.news import gather
from comparisons.newsletter.services.quotes import shortened

A_WEEK = timedelta(days=7)
SHORTEST_GAP = timedelta(days=6)
"""A run within this time of the last issue makes no new one, so that a repeated run is harmless; a day less than a week,
so that a timer that is early one week does not miss."""

LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Plan:
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
        return subject_of(self.contents)

    def letter(self) -> Letter:
        """Render it without storing anything."""
        return render_letter(number=self.number, published_on=self.published_on, subject=self.subject, contents=self.contents)


def plan_issue(*, now: datetime) -> Plan:
    """Return what an issue made at `now` would be. Writes nothing. The first issue looks back a week.

    It ends with the last full minute. Things are published at a minute, so that of the running one more may come.
    """
    last = Issue.objects.first()
    until = now.replace(second=0, microsecond=0)
    since = last.until if last else until - A_WEEK
    return Plan(number=last.number + 1 if last else 1, since=since, until=until, contents=gather(since=since, until=until))


def next_issue_from() -> datetime | None:
    """Return the moment from which a run makes the next issue, or None when there is no issue yet."""
    last = Issue.objects.first()
    return last.until + SHORTEST_GAP if last else None


def make_issue(*, plan: Plan) -> Issue | None:
    """Store a planned issue with a waiting letter for everybody who is subscribed at this moment, all or nothing.

    Returns None when another run has made it in the meantime.
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


def subject_of(contents: Contents) -> str:
    """Return the line that mail programs show: the first thing the letter tells, and how much more there is."""
    told = [line.title for line in contents.comparisons]
    told += [f"{line.name}: {line.tagline}" for line in contents.tools]
    told += [f"The {line.reviewer} thinks again about {line.tool}" for line in contents.changes]
    more = len(told) - 1 + contents.more_comparisons + contents.more_tools + contents.more_changes
    ending = f", and {more} more" if more else ""
    return shortened(told[0], most=LONGEST_SUBJECT - len(ending)) + ending if told else "Nothing new"


def letter_of(issue: Issue) -> Letter:
    """Render a stored issue."""
    return render_letter(
        number=issue.number,
        published_on=issue.published_on,
        subject=issue.subject,
        contents=Contents.from_json(issue.contents),
    )
