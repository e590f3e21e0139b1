"""Sending an issue's letters so that each arrives once, whatever happens on the way.

A letter is claimed in the database before it is handed to the mail server, and marked as sent after the server took it.
What is claimed and not marked was interrupted: it may have arrived, so nobody sends it again without being asked to.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.emails.postbox import MailServerDown, Postbox, Refused
from comparisons.newsletter.emails.smtp import AnswerLost
from comparisons.newsletter.models import Delivery, Issue, State, Subscriber, new_token
from comparisons.newsletter.services.issues import letter_of

BATCH = 100
MOST_TRIES = 5
"""How often a letter is put off (a full mailbox, a server that asks to come again) before it counts as refused."""
MOST_TROUBLE_IN_A_ROW = 10
"""So many refusals one after the other are not about the recipients: something is wrong with us."""
PATIENCE = 60
"""How many seconds to wait for each answer: a server that looks at a letter before it takes it may need some."""
CLAIM_LASTS = timedelta(minutes=10)
"""No letter takes so long to hand over: a claim that is older belongs to a run that is gone."""


@dataclass(slots=True)
class Report:
    """What one run did so far, and why it stopped if it stopped early."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0
    interrupted: int = 0
    stopped: str = ""


def unfinished_issues() -> list[Issue]:
    """Return the issues that still have letters to send, oldest first."""
    return list(Issue.objects.filter(pk__in=Delivery.objects.waiting().values("issue")).order_by("number"))


def deliver(
    *,
    issue: Issue,
    postbox: Postbox,
    report: Report,
    limit: int | None = None,
    per_minute: int = 0,
    tell: Callable[[], None] = lambda: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Send the issue's waiting letters, adding to `report`.

    `limit` bounds how many the report may count as sent; `per_minute` is the rate, 0 for none; `tell` is called after each
    letter; `should_stop` is asked before each one. Nothing is raised for a mail server that is down: the report says so.
    """
    letter, run, trouble = letter_of(issue), new_token(), 0
    for delivery in _waiting(issue):
        if should_stop():
            report.stopped = "asked to stop"
        if report.stopped or (limit is not None and report.sent >= limit):
            break
        begun = time.monotonic()
        if not _claim(delivery, run):
            continue
        outcome = _send(delivery, letter, postbox, report)
        trouble = 0 if outcome else trouble + 1
        if trouble == MOST_TROUBLE_IN_A_ROW and not report.stopped:
            report.stopped = f"{trouble} letters in a row were not taken; the last answer was: {delivery.reply}"
        tell()
        if per_minute and outcome:
            time.sleep(max(0.0, 60 / per_minute - (time.monotonic() - begun)))


def note_who_left() -> None:
    """Close the letters of those who left, or whose address stopped taking mail, after an issue was made."""
    left = Delivery.objects.filter(state=State.WAITING).exclude(subscriber__in=Subscriber.objects.active())
    left.update(state=State.LEFT)


def send_again() -> int:
    """Let the next run send the interrupted letters again, and return how many there are. Some may arrive a second time.

    Claims younger than `CLAIM_LASTS` are left alone: a run may be at work on them.
    """
    interrupted = Delivery.objects.claimed().filter(claimed_at__lt=timezone.now() - CLAIM_LASTS)
    return interrupted.update(state=State.WAITING, claim="", claimed_at=None)


def _waiting(issue: Issue) -> Iterator[Delivery]:
    """Yield each waiting letter once, in batches, so that one that was put off is not met again in the same run."""
    after = 0
    while True:
        rows = issue.deliveries.waiting().filter(pk__gt=after).select_related("subscriber").order_by("pk")
        batch = list(rows[:BATCH])
        if not batch:
            return
        yield from batch
        after = batch[-1].pk


def _claim(delivery: Delivery, run: str) -> bool:
    """Take a letter for this run, in one statement; false when another run has it or its subscriber left just now."""
    delivery.claim = run
    mine = Delivery.objects.waiting().filter(pk=delivery.pk)
    return mine.update(state=State.CLAIMED, claim=run, claimed_at=timezone.now()) == 1


def _send(delivery: Delivery, letter: Letter, postbox: Postbox, report: Report) -> bool:
    """Hand over one claimed letter and write down what came of it. True when the server took it."""
    subscriber = delivery.subscriber
    try:
        postbox.send(letter.made_out_to(email=subscriber.email, token=subscriber.token))
    except AnswerLost:
        delivery.reply = "no answer after the letter was handed over"
        Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(reply=delivery.reply)
        report.interrupted += 1
        return False
    except Refused as refused:
        _note_refusal(delivery, refused, report)
        return False
    except MailServerDown as down:
        _note(delivery, state=State.WAITING, claim="", claimed_at=None)
        report.stopped = f"the mail server can't be used: {down}"
        return False
    _note_sent(delivery)
    report.sent += 1
    return True


@transaction.atomic
def _note_sent(delivery: Delivery) -> None:
    now = timezone.now()
    _note(delivery, state=State.SENT, sent_at=now, reply="")
    Subscriber.objects.filter(pk=delivery.subscriber_id).update(last_digest_at=now)


@transaction.atomic
def _note_refusal(delivery: Delivery, refused: Refused, report: Report) -> None:
    delivery.reply = refused.reply[:300]
    tries = delivery.tries + 1
    if refused.is_final:
        Subscriber.objects.filter(pk=delivery.subscriber_id).update(hard_bounces=F("hard_bounces") + 1, bounced_at=timezone.now())
    if refused.is_final or tries >= MOST_TRIES:
        report.refused += 1
        _note(delivery, state=State.REFUSED, tries=tries, reply=delivery.reply)
    else:
        report.put_off += 1
        _note(delivery, state=State.WAITING, claim="", claimed_at=None, tries=tries, reply=delivery.reply)


def _note(delivery: Delivery, **fields: object) -> None:
    """Write down what became of a letter, unless it is no longer this run's to decide."""
    Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, claim=delivery.claim).update(**fields)
