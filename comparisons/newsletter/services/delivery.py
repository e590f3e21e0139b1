"""Sending an issue's letters so that each arrives once, whatever happens.

A letter is claimed before it is handed to the mail server, and marked as sent afterwards. One that stays
claimed was interrupted and may have arrived, so it is sent again only on request.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comparisons.newsletter.emails.connection import MailConnection, MailServerDown, Refused
from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.emails.smtp import AnswerLost
from comparisons.newsletter.models import Delivery, Issue, State, Subscriber, new_token
from comparisons.newsletter.services.issues import render_issue
from comparisons.newsletter.wording import NO_ANSWER

BATCH = 100
MOST_TRIES = 5
"""How often a letter is put off (full mailbox, busy server) before it counts as refused."""
MOST_FAILURES_IN_A_ROW = 10
"""This many refusals in a row are not about the recipients: the run stops."""
SECONDS_TO_ANSWER = 60
"""How long to wait for each answer: a server may check a letter before it takes it."""
CLAIM_LASTS = timedelta(minutes=10)
"""Longer than any letter takes: an older claim belongs to a run that is gone."""


class StopReason(Enum):
    """Why a run stopped before all letters were handled."""

    REQUESTED = "requested"
    TOO_MANY_FAILURES = "too many failures"
    SERVER_DOWN = "server down"


@dataclass(slots=True)
class DeliveryReport:
    """What one run did so far."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0
    interrupted: int = 0
    stopped: StopReason | None = None
    last_answer: str = ""
    """The mail server's last answer, if it stopped the run."""

    @property
    def not_taken(self) -> int:
        return self.refused + self.put_off + self.interrupted


def unfinished_issues() -> list[Issue]:
    """Return the issues that still have letters to send, oldest first."""
    return list(Issue.objects.filter(pk__in=Delivery.objects.waiting().values("issue")).order_by("number"))


def deliver(
    *,
    issue: Issue,
    connection: MailConnection,
    report: DeliveryReport,
    limit: int | None = None,
    per_minute: int = 0,
    after_each: Callable[[], None] = lambda: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Send the issue's waiting letters, adding to `report`.

    `limit` bounds how many the report may count as sent; `per_minute` is the rate, 0 for none; `after_each`
    is called after each letter; `should_stop` is asked before each. If the mail server is down, the report
    says so.
    """
    letter = render_issue(issue)
    run = new_token()
    failures_in_a_row = 0
    for delivery in _waiting(issue):
        if should_stop():
            report.stopped = StopReason.REQUESTED
        if report.stopped or (limit is not None and report.sent >= limit):
            break
        started_at = time.monotonic()
        if not _claim(delivery, run):
            continue
        is_sent = _send(delivery, letter, connection, report)
        failures_in_a_row = 0 if is_sent else failures_in_a_row + 1
        if failures_in_a_row == MOST_FAILURES_IN_A_ROW and not report.stopped:
            report.stopped = StopReason.TOO_MANY_FAILURES
            report.last_answer = delivery.reply
        after_each()
        if per_minute and is_sent:
            time.sleep(max(0.0, 60 / per_minute - (time.monotonic() - started_at)))


def close_unwanted_letters() -> None:
    """Close waiting letters of those who unsubscribed, or whose address takes no mail any more."""
    unwanted = Delivery.objects.filter(state=State.WAITING).exclude(
        subscriber__in=Subscriber.objects.active()
    )
    unwanted.update(state=State.UNSUBSCRIBED)


def release_interrupted() -> int:
    """Let the next run send interrupted letters again; return their number. Some may arrive twice.

    Claims younger than `CLAIM_LASTS` are left alone: a run may be at work on them.
    """
    interrupted = Delivery.objects.claimed().filter(claimed_at__lt=timezone.now() - CLAIM_LASTS)
    return interrupted.update(state=State.WAITING, claim="", claimed_at=None)


def _waiting(issue: Issue) -> Iterator[Delivery]:
    """Yield each waiting letter once, even if put off meanwhile. They are read in batches."""
    after = 0
    while True:
        rows = issue.deliveries.waiting().filter(pk__gt=after).select_related("subscriber").order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield from batch
        after = batch[-1].pk


def _claim(delivery: Delivery, run: str) -> bool:
    """Take a letter for this run, in one statement. False if another run has it or nobody wants it."""
    delivery.claim = run
    waiting = Delivery.objects.waiting().filter(pk=delivery.pk)
    return waiting.update(state=State.CLAIMED, claim=run, claimed_at=timezone.now()) == 1


def _send(delivery: Delivery, letter: Letter, connection: MailConnection, report: DeliveryReport) -> bool:
    """Hand over one claimed letter and record the outcome. True if the server took it."""
    subscriber = delivery.subscriber
    try:
        connection.send(letter.addressed_to(email=subscriber.email, token=subscriber.token))
    except AnswerLost:
        delivery.reply = NO_ANSWER
        Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(reply=NO_ANSWER)
        report.interrupted += 1
        return False
    except Refused as refused:
        _record_refusal(delivery, refused, report)
        return False
    except MailServerDown as down:
        _record(delivery, state=State.WAITING, claim="", claimed_at=None)
        report.stopped = StopReason.SERVER_DOWN
        report.last_answer = str(down)
        return False
    _record_sent(delivery)
    report.sent += 1
    return True


@transaction.atomic
def _record_sent(delivery: Delivery) -> None:
    now = timezone.now()
    _record(delivery, state=State.SENT, sent_at=now, reply="")
    Subscriber.objects.filter(pk=delivery.subscriber_id).update(last_digest_at=now)


@transaction.atomic
def _record_refusal(delivery: Delivery, refused: Refused, report: DeliveryReport) -> None:
    delivery.reply = refused.reply[:300]
    tries = delivery.tries + 1
    if refused.is_final:
        subscriber = Subscriber.objects.filter(pk=delivery.subscriber_id)
        subscriber.update(hard_bounces=F("hard_bounces") + 1, bounced_at=timezone.now())
    if refused.is_final or tries >= MOST_TRIES:
        report.refused += 1
        _record(delivery, state=State.REFUSED, tries=tries, reply=delivery.reply)
    else:
        report.put_off += 1
        _record(delivery, state=State.WAITING, claim="", claimed_at=None, tries=tries, reply=delivery.reply)


def _record(delivery: Delivery, **fields: object) -> None:
    """Record the outcome of a letter, if it is still this run's."""
    Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, claim=delivery.claim).update(**fields)
