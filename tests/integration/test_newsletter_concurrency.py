"""Two runs at once, and killed runs, in real processes: each letter arrives once or is listed."""

import signal
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from comparisons.newsletter.models import Delivery, Draft, DraftState, Issue, State, Subscriber
from comparisons.newsletter.services.delivery import CLAIM_LASTS
from comparisons.newsletter.services.drafts import (
    DraftChanged,
    DraftClosed,
    hold_draft,
    release_draft,
    seen_as,
)
from comparisons.newsletter.services.issues import make_issue, plan_issue
from comparisons.newsletter.services.runs import make_issue_if_due
from comparisons.newsletter.services.subscribe import request_subscription
from tests import timeouts
from tests.concurrency import run_in_threads, start_command
from tests.newsletter_factories import MONDAY, make_news, make_subscribers

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 12


@pytest.fixture
def news():
    make_subscribers(READERS)
    make_news(timezone.now() - timedelta(days=1))


def states() -> dict[str, int]:
    return {state: count for state, count in Delivery.objects.counted().items() if count}


def listed() -> str:
    out = StringIO()
    call_command("send_digest", "--list-interrupted", stdout=out)
    return out.getvalue()


def test_two_runs_at_once_send_each_letter_once(news, smtp_server):
    smtp_server.waits_for = 2
    runs = [start_command("send_digest", MAIL_URL=smtp_server.url) for _ in range(2)]
    said = [run.communicate(timeout=timeouts.SECONDS)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert len(smtp_server.recipients) == len(set(smtp_server.recipients)) == READERS
    assert sum("Issue 1 is made" in each for each in said) == 1
    assert not any("Sent 0" in each for each in said), "both were at work"
    assert states() == {State.SENT: READERS}


def test_without_claims_two_runs_would_send_twice(news, smtp_server, monkeypatch):
    """Negative control: if claims always succeed, the same runs double letters."""
    from comparisons.newsletter.services import delivery

    def claim_nothing(delivery, run):
        delivery.claim = run
        return True

    monkeypatch.setattr(delivery, "_claim", claim_nothing)
    smtp_server.waits_for = 2
    make_issue(plan=plan_issue(now=timezone.now()))
    run_in_threads(lambda index: call_command("send_digest", stdout=StringIO()), 2)
    assert len(smtp_server.recipients) > len(set(smtp_server.recipients)) == READERS


def run_that_is_killed(smtp_server, *, at: str, letter: int):
    """Start a run that the mail server kills at `at` (rcpt or data) of the `letter`-th letter."""
    killed = []

    def kill(recipient):
        if len(smtp_server.letters) == letter - 1 and not killed:
            killed.append(recipient)
            run.send_signal(signal.SIGKILL)
            run.wait()

    setattr(smtp_server, at, kill)
    run = start_command("send_digest", MAIL_URL=smtp_server.url)
    said = run.communicate(timeout=timeouts.SECONDS)[0]
    assert run.returncode == -signal.SIGKILL, said
    setattr(smtp_server, at, lambda recipient: None)
    return killed[0]


@pytest.mark.parametrize(("at", "arrived"), [("rcpt", 0), ("data", 1)])
def test_a_killed_run_doubles_no_letter_and_skips_none_silently(news, smtp_server, at, arrived):
    reader = run_that_is_killed(smtp_server, at=at, letter=4)
    assert states() == {State.SENT: 3, State.CLAIMED: 1, State.WAITING: READERS - 4}
    call_command("send_digest", stdout=StringIO())
    assert smtp_server.recipients.count(reader) == arrived
    assert len(smtp_server.recipients) == len(set(smtp_server.recipients)) == READERS - 1 + arrived
    assert reader in listed()
    assert "Begun and not acknowledged: 1." in listed()


def test_interrupted_letters_are_sent_again_on_request_after_their_claim_ended(news, smtp_server):
    reader = run_that_is_killed(smtp_server, at="rcpt", letter=1)
    call_command("send_digest", "--send-interrupted", stdout=StringIO())
    assert reader not in smtp_server.recipients
    with time_machine.travel(timezone.now() + CLAIM_LASTS + timedelta(seconds=5)):
        call_command("send_digest", "--send-interrupted", stdout=StringIO())
    assert smtp_server.recipients.count(reader) == 1
    assert states() == {State.SENT: READERS}


def test_an_issue_is_made_once_by_many_runs_at_once(news):
    plan = plan_issue(now=timezone.now())
    made = run_in_threads(lambda index: make_issue(plan=plan), 6)
    assert sum(isinstance(each, Issue) for each in made) == 1
    assert made.count(None) == 5
    assert Delivery.objects.count() == READERS


def test_an_issue_is_made_with_all_its_letters_or_not_at_all(news, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Delivery.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        make_issue(plan=plan_issue(now=timezone.now()))
    assert not Issue.objects.exists()


def test_simultaneous_requests_of_one_address_make_one_subscriber(smtp_server):
    with time_machine.travel(MONDAY, tick=False):  # all within the hour in which an address gets three mails
        assert (
            run_in_threads(lambda index: request_subscription(email="ada@example.com", networks=()), 8)
            == [None] * 8
        )
    assert Subscriber.objects.count() == 1
    assert len(smtp_server.letters) == 3


def test_two_publishers_who_release_at_once_release_one_issue(news, smtp_server):
    now = timezone.now()
    seen = seen_as(plan_issue(now=now))
    drafts = run_in_threads(lambda index: release_draft(number=1, version=0, seen=seen, now=now), 4)
    assert {(draft.state, draft.version) for draft in drafts} == {(DraftState.RELEASED, 1)}
    runs = [start_command("send_digest", MAIL_URL=smtp_server.url) for _ in range(2)]
    said = [each.communicate(timeout=timeouts.SECONDS)[0] for each in runs]
    assert [each.returncode for each in runs] == [0, 0], said
    assert len(smtp_server.recipients) == len(set(smtp_server.recipients)) == READERS


def test_an_issue_is_held_or_made_and_never_both(news):
    now = timezone.now()

    def hold_or_make(index):
        if index:
            return make_issue_if_due(now=now).made
        try:
            return hold_draft(number=1, version=0, now=now)
        except (DraftChanged, DraftClosed):
            return None

    held, *made = run_in_threads(hold_or_make, 3)
    assert sum(each is not None for each in (held, *made)) == 1
    assert (Draft.objects.get(number=1).state == DraftState.HELD) is (held is not None)
