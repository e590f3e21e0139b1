"""A run of the weekly timer: issues made once, letters sent once, interrupted runs continued."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from comparisons.newsletter.emails.connection import open_mail_connection
from comparisons.newsletter.models import Delivery, Issue, State, Subscriber
from comparisons.newsletter.services.delivery import DeliveryReport, deliver
from comparisons.newsletter.services.runs import make_issue_if_due
from tests.factories import make_tool
from tests.newsletter_factories import MONDAY, make_news, make_subscriber, make_subscribers
from tests.smtp_server import HANG_UP, TAKE_AND_HANG_UP, html_of_mail, text_of_mail

pytestmark = pytest.mark.django_db

A_WEEK = timedelta(days=7)
A_MINUTE = timedelta(minutes=1)


def run(*arguments, at=MONDAY) -> str:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("send_digest", *arguments, stdout=out)
    return out.getvalue()


def stopped(*arguments, at=MONDAY) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments, at=at)
    return str(error.value)


def states() -> dict[str, int]:
    return {state: count for state, count in Delivery.objects.counted().items() if count}


def only(address, answer):
    return lambda recipient: answer if recipient == address else None


# --- a week like another ---


def test_everybody_gets_one_letter_over_one_connection(smtp_server):
    make_subscribers(5)
    make_news()
    said = run()
    assert sorted(smtp_server.recipients) == [f"reader-{number}@example.com" for number in range(5)]
    assert smtp_server.connections == 1
    assert "Issue 1 is made: Alpha vs Alpha Two, and 2 more" in said
    assert "Sent 5, refused 0, put off 0; 0 still to be sent." in said
    assert set(Subscriber.objects.values_list("last_digest_at", flat=True)) == {MONDAY}


def test_a_letter_holds_its_own_readers_token_alone(smtp_server):
    subscribers = {each.email: each.token for each in make_subscribers(3)}
    make_news()
    run()
    for number, recipient in enumerate(smtp_server.recipients):
        mail = smtp_server.read(number)
        assert mail["To"] == recipient
        for text in (text_of_mail(mail), html_of_mail(mail), mail["List-Unsubscribe"]):
            assert subscribers[recipient] in text
            assert not any(token in text for address, token in subscribers.items() if address != recipient)


def test_only_active_subscribers_get_a_letter(smtp_server):
    make_subscriber("unconfirmed@example.com", confirmed_at=None)
    make_subscriber("left@example.com", unsubscribed_at=MONDAY)
    make_subscriber("refuses@example.com", hard_bounces=3)
    make_subscriber("wants@example.com", hard_bounces=2)
    make_news()
    run()
    assert smtp_server.recipients == ["wants@example.com"]


def test_a_quiet_week_sends_nothing_and_the_next_issue_tells_of_both(smtp_server):
    make_subscribers(1)
    make_news()
    run()
    assert "Nothing was published or changed since 2 March 2026: no letter this week." in run(
        at=MONDAY + A_WEEK
    )
    assert Issue.objects.count() == 1
    make_tool("Quiet", published_at=MONDAY + timedelta(days=2))
    run(at=MONDAY + 2 * A_WEEK)
    assert len(smtp_server.letters) == 2
    assert smtp_server.read()["Subject"] == "Quiet: What Quiet is"
    assert Issue.objects.first().since == MONDAY


def test_an_issue_is_made_once_however_often_the_run_is_repeated(smtp_server):
    make_subscribers(2)
    make_news()
    run()
    make_news(MONDAY + A_MINUTE, "Newer")
    for days in (0, 1, 5):
        said = run(at=MONDAY + timedelta(days=days, minutes=2))
        assert "The next issue is made from 8 March 2026 09:00 on." in said
    assert len(smtp_server.letters) == 2
    run(at=MONDAY + A_WEEK)
    assert len(smtp_server.letters) == 4
    assert list(Issue.objects.values_list("number", flat=True)) == [2, 1]


def test_an_issue_without_subscribers_is_stored_too(smtp_server, client):
    make_news()
    assert "There is no letter to send." in run()
    assert client.get("/newsletter/2026-03-02/").status_code == 200


def test_a_subscriber_who_comes_after_the_issue_was_made_gets_the_next_one(smtp_server):
    make_subscribers(1)
    make_news()
    run()
    make_subscriber("late@example.com")
    run(at=MONDAY + A_MINUTE)
    assert smtp_server.recipients == ["reader-0@example.com"]


def test_a_run_with_a_limit_leaves_the_rest_to_the_next(smtp_server):
    make_subscribers(5)
    make_news()
    assert "Sent 2, refused 0, put off 0; 3 still to be sent." in run("--limit=2")
    assert "Sent 3" in run(at=MONDAY + A_MINUTE)
    assert len(set(smtp_server.recipients)) == len(smtp_server.recipients) == 5


def test_a_rate_waits_between_letters(smtp_server, monkeypatch):
    from comparisons.newsletter.services import delivery

    waits = []
    monkeypatch.setattr(delivery.time, "sleep", waits.append)
    make_subscribers(3)
    make_news()
    run("--rate=120")
    assert len(waits) == 3
    assert all(0.3 < wait <= 0.5 for wait in waits)


def test_a_subscriber_who_unsubscribes_between_two_runs_gets_no_letter(smtp_server):
    make_subscribers(3)
    make_news()
    run("--limit=1")
    Subscriber.objects.filter(email="reader-1@example.com").update(unsubscribed_at=MONDAY)
    Subscriber.objects.filter(email="reader-2@example.com").delete()
    run(at=MONDAY + A_MINUTE)
    assert smtp_server.recipients == ["reader-0@example.com"]
    assert states() == {State.SENT: 1, State.UNSUBSCRIBED: 1}


def test_a_subscriber_who_unsubscribes_during_a_run_gets_no_letter(smtp_server):
    def unsubscribe():
        Subscriber.objects.filter(email="reader-1@example.com").update(unsubscribed_at=MONDAY)

    make_subscribers(3)
    make_news()
    with time_machine.travel(MONDAY, tick=False):
        issue = make_issue_if_due(now=MONDAY).issues[0]
        with open_mail_connection() as connection:
            deliver(issue=issue, connection=connection, report=DeliveryReport(), after_each=unsubscribe)
    assert smtp_server.recipients == ["reader-0@example.com", "reader-2@example.com"]


# --- refusals ---


def test_an_address_with_three_hard_bounces_gets_no_more_letters(smtp_server):
    make_subscribers(2)
    smtp_server.rcpt = only("reader-0@example.com", "550 5.1.1 no such user")
    for week in range(4):
        make_news(MONDAY + week * A_WEEK - A_MINUTE, f"Week {week}")
        said = run(at=MONDAY + week * A_WEEK)
        assert ("refused 1" in said) == (week < 3)
    assert smtp_server.recipients == ["reader-1@example.com"] * 4
    refused = Subscriber.objects.get(email="reader-0@example.com")
    assert (refused.hard_bounces, refused.bounced_at) == (3, MONDAY + 2 * A_WEEK)
    assert states() == {State.REFUSED: 3, State.SENT: 4}
    assert Delivery.objects.filter(state=State.REFUSED).first().reply == "550 5.1.1 no such user"


@pytest.mark.parametrize(
    "answer", ["450 4.2.1 come again", "552 5.2.2 mailbox full", "550 5.7.1 not from you"]
)
def test_a_temporary_refusal_is_tried_again_by_the_next_run(smtp_server, answer):
    make_subscribers(3)
    make_news()
    smtp_server.rcpt = only("reader-1@example.com", answer)
    assert "Sent 2, refused 0, put off 1; 1 still to be sent." in run()
    smtp_server.rcpt = lambda recipient: None
    assert "Sent 1" in run(at=MONDAY + A_MINUTE)
    assert Subscriber.objects.filter(hard_bounces=0).count() == 3
    assert states() == {State.SENT: 3}


def test_a_letter_that_was_put_off_five_times_counts_as_refused(smtp_server):
    make_subscribers(2)
    make_news()
    smtp_server.rcpt = only("reader-1@example.com", "450 4.2.1 come again")
    for minute in range(5):
        run(at=MONDAY + minute * A_MINUTE)
    assert states() == {State.SENT: 1, State.REFUSED: 1}
    assert "There is no letter to send." in run(at=MONDAY + 6 * A_MINUTE)


def test_ten_refusals_in_a_row_stop_the_run(smtp_server):
    make_subscribers(15)
    make_news()
    smtp_server.data = lambda recipient: "554 5.6.0 this looks like spam"
    said = stopped()
    assert "10 letters in a row were not taken; the last answer was: 554 5.6.0 this looks like spam" in said
    assert "the next run continues with 15 letters" in said
    smtp_server.data = lambda recipient: None
    run(at=MONDAY + A_MINUTE)
    assert len(smtp_server.letters) == 15


def test_a_sender_that_is_refused_stops_the_run_at_once(smtp_server):
    make_subscribers(3)
    make_news()
    smtp_server.sender = lambda sender: "553 5.7.1 sender not owned"
    assert "the mail server can't be used: 553 5.7.1 sender not owned" in stopped()
    assert states() == {State.WAITING: 3}


# --- a mail server that is down ---


def test_a_server_that_is_down_stops_the_run_and_the_next_one_continues(smtp_server, settings):
    make_subscribers(3)
    make_news()
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {**working["default"], "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1}}
    }
    said = stopped()
    assert "Stopped: the mail server can't be used: [Errno 111] Connection refused" in said
    assert "Nothing is lost: the next run continues with 3 letters." in said
    settings.MAILERS = working
    run(at=MONDAY + timedelta(days=1))
    assert len(smtp_server.letters) == 3
    assert Issue.objects.count() == 1


def test_a_server_that_goes_down_during_a_run_loses_and_doubles_no_letter(smtp_server):
    make_subscribers(6)
    make_news()
    smtp_server.rcpt = lambda recipient: HANG_UP if len(smtp_server.letters) >= 3 else None
    assert "the next run continues with 3 letters" in stopped()
    assert states() == {State.SENT: 3, State.WAITING: 3}
    smtp_server.rcpt = lambda recipient: None
    run(at=MONDAY + A_MINUTE)
    assert len(set(smtp_server.recipients)) == len(smtp_server.recipients) == 6


def test_a_server_that_hangs_up_between_letters_is_called_again(smtp_server):
    make_subscribers(4)
    make_news()
    hung_up = []

    def once(recipient):
        if len(smtp_server.letters) == 2 and not hung_up:
            hung_up.append(recipient)
            return HANG_UP
        return None

    smtp_server.rcpt = once
    run()
    assert len(set(smtp_server.recipients)) == len(smtp_server.recipients) == 4
    assert smtp_server.connections == 2


def test_a_server_that_says_421_is_called_again(smtp_server):
    make_subscribers(2)
    make_news()
    said = []
    smtp_server.rcpt = lambda recipient: (
        said.append(1) or "421 4.7.0 too many on this connection" if not said else None
    )
    run()
    assert len(smtp_server.recipients) == 2


# --- interrupted ---


def test_a_letter_whose_answer_was_lost_is_sent_again_only_on_request(smtp_server):
    make_subscribers(3)
    make_news()
    smtp_server.data = only("reader-1@example.com", TAKE_AND_HANG_UP)
    said = run()
    assert "1 begun and not acknowledged" in said
    assert states() == {State.SENT: 2, State.CLAIMED: 1}
    assert "2026-03-02 09:00:00  issue 1  reader-1@example.com" in run("--list-interrupted")
    smtp_server.data = lambda recipient: None
    run(at=MONDAY + timedelta(minutes=20))
    assert smtp_server.recipients.count("reader-1@example.com") == 1
    assert "Interrupted letters that are sent again: 0." in run(
        "--send-interrupted", at=MONDAY + timedelta(minutes=9)
    )
    assert "Interrupted letters that are sent again: 1." in run(
        "--send-interrupted", at=MONDAY + timedelta(minutes=11)
    )
    assert smtp_server.recipients.count("reader-1@example.com") == 2
    first, second = [
        smtp_server.read(number)["Message-ID"]
        for number, to in enumerate(smtp_server.recipients)
        if to == "reader-1@example.com"
    ]
    assert first == second
    assert states() == {State.SENT: 3}


def test_an_error_after_the_server_took_a_letter_leaves_it_claimed(smtp_server, monkeypatch):
    from comparisons.newsletter.services import delivery

    make_subscribers(2)
    make_news()

    def fail(delivery):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(delivery, "_record_sent", fail)
    with pytest.raises(RuntimeError):
        run()
    monkeypatch.undo()
    run(at=MONDAY + A_MINUTE)
    assert len(set(smtp_server.recipients)) == len(smtp_server.recipients) == 2
    assert states() == {State.CLAIMED: 1, State.SENT: 1}


# --- what else the command does ---


def test_a_dry_run_shows_the_letter_and_writes_and_sends_nothing(smtp_server):
    make_subscribers(3)
    make_news()
    said = run("--dry-run")
    assert "Subject: Alpha vs Alpha Two, and 2 more" in said
    assert "Where the panel was most split" in said
    assert "3 subscribers would get it" in said
    assert not smtp_server.letters
    assert not Issue.objects.exists()
    assert "no letter." in run("--dry-run", at=MONDAY + 5 * A_WEEK)


def test_a_trial_letter_to_one_address_is_not_recorded(smtp_server):
    make_subscribers(3)
    make_news()
    assert "Sent to editor@example.com: Alpha vs Alpha Two" in run("--to=editor@example.com")
    assert smtp_server.recipients == ["editor@example.com"]
    assert not Issue.objects.exists()
    run()
    run("--to=editor@example.com", at=MONDAY + A_MINUTE)
    assert smtp_server.read()["Subject"] == "Alpha vs Alpha Two, and 2 more"
    assert states() == {State.SENT: 3}


def test_there_is_no_trial_letter_before_there_is_news(smtp_server):
    assert "nothing to tell yet" in stopped("--to=editor@example.com")


def test_a_refused_trial_letter_fails_with_the_servers_answer(smtp_server):
    make_news()
    smtp_server.rcpt = lambda recipient: "550 5.1.1 no such user"
    assert "Not sent: 550 5.1.1 no such user" in stopped("--to=editor@example.com")


def test_a_trial_letter_goes_to_the_domain_that_was_meant_or_nowhere(smtp_server):
    make_news()
    assert "Sent to editor@xn--strae-oqa.example" in run("--to=editor@straße.example")
    assert smtp_server.recipients == ["editor@xn--strae-oqa.example"]
    assert "not a domain that mail can be sent to" in stopped("--to=editor@i❤.ws")


def test_without_a_mail_server_nothing_is_made(settings):
    settings.MAILERS = {}
    make_news()
    assert "set MAIL_URL" in stopped()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("argument", ["--limit=0", "--limit=-1", "--rate=x", "--rate=0"])
def test_a_number_that_makes_no_sense_is_refused(argument):
    assert "takes a whole number from 1" in stopped(argument)


def test_a_run_that_is_asked_to_stop_finishes_the_letter_under_way(smtp_server):
    import os
    import signal

    make_subscribers(5)
    make_news()

    def ask_to_stop(recipient):
        if len(smtp_server.letters) == 1:
            os.kill(os.getpid(), signal.SIGTERM)

    smtp_server.data = ask_to_stop
    assert "Stopped: asked to stop" in stopped()
    assert states() == {State.SENT: 2, State.WAITING: 3}
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
