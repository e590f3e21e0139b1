"""Making an issue, once: contents, subject, and recipients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from comparisons.newsletter.contents import Contents, News
from comparisons.newsletter.emails.letter import Letter, render_letter
from comparisons.newsletter.models import Delivery, Draft, DraftState, Issue, Subscriber
from comparisons.newsletter.services.arrangement import arrange, still_true
from comparisons.newsletter.services.news import collect_news
from comparisons.newsletter.wording import subject_line

FIRST_ISSUE_TELLS_OF = timedelta(days=7)
SHORTEST_GAP = timedelta(days=6)
"""No new issue within this time: a repeated run is harmless. Less than a week, as timers may be early."""


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """The issue that would be made at `made_at`, of the news in [since, until)."""

    number: int
    since: datetime
    until: datetime
    made_at: datetime
    news: News
    """All there is; `contents` are those that the issue tells."""
    contents: Contents
    written_subject: str = ""
    introduction: str = ""

    @property
    def published_on(self) -> date:
        return self.made_at.date()

    @property
    def subject(self) -> str:
        return self.written_subject or subject_line(self.contents)

    def letter(self) -> Letter:
        """Render it without storing anything."""
        return render_letter(
            number=self.number,
            published_on=self.published_on,
            subject=self.subject,
            contents=self.contents,
            introduction=self.introduction,
        )


def next_number() -> int:
    last = Issue.objects.first()
    return last.number + 1 if last else 1


def plan_issue(*, now: datetime, draft: Draft | None = None) -> IssuePlan:
    """Return what an issue made at `now` would be, storing nothing. The first one looks back a week.

    It ends with the last full minute: more may be published in the running one. One that was released ends
    with its release. `draft` is the draft of the next issue, if the caller has read it.
    """
    last = Issue.objects.first()
    number = last.number + 1 if last else 1
    minute = now.replace(second=0, microsecond=0)
    draft = draft or Draft.objects.filter(number=number).first() or Draft(number=number)
    if draft.is_released and draft.since and draft.until:
        since = draft.since
        until = draft.until
    else:
        since = last.until if last else minute - FIRST_ISSUE_TELLS_OF
        until = minute
    news = collect_news(since=since, until=until)
    return IssuePlan(
        number=number,
        since=since,
        until=until,
        made_at=minute,
        news=news,
        contents=_contents(draft, news),
        written_subject=draft.subject,
        introduction=draft.introduction,
    )


def next_issue_from(*, gap: timedelta = SHORTEST_GAP) -> datetime | None:
    """Return when the next issue may be made, `gap` after the last, or None if there is none yet."""
    last = Issue.objects.first()
    return (last.made_at or last.until) + gap if last else None


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
                introduction=plan.introduction,
                contents=plan.contents.to_json(),
                made_at=plan.made_at,
            )
            Draft.objects.filter(number=plan.number).update(state=DraftState.MADE)
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
        introduction=issue.introduction,
    )


def _contents(draft: Draft, news: News) -> Contents:
    if draft.is_released and draft.contents is not None:
        return still_true(Contents.from_json(draft.contents), news=news, left_out=draft.left_out)
    return arrange(news, left_out=draft.left_out, order=draft.order)
