"""Requesting and confirming the letter, with real mail."""

import re
from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from comparisons.newsletter.consent import ASKED_WORDS, CONFIRMED_WORDS
from comparisons.newsletter.models import Consent, Subscriber
from reviews.models import RequestCount
from tests.conftest import SAME_ORIGIN
from tests.html_text import text_of
from tests.newsletter_factories import MONDAY, make_subscriber
from tests.smtp_server import links_of, text_of_mail

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def ask(client, email="ada@example.com", headers=None, **fields):
    return client.post("/newsletter/subscribe/", {"email": email, **fields}, headers=headers or {})


def path_in(smtp_server) -> str:
    """Return the link of the newest mail as a path."""
    link = next(link for link in links_of(smtp_server.read()) if "/newsletter/confirm/" in link)
    assert link.startswith("http://127.0.0.1:8000/")
    return link.removeprefix("http://127.0.0.1:8000")


def test_a_request_and_its_confirmation_make_a_subscriber(client, smtp_server):
    assert ask(client, " Ada@Example.COM ")["Location"] == "/newsletter/asked/"
    assert smtp_server.recipients == ["Ada@example.com"]
    assert not Subscriber.objects.active().exists()
    link = path_in(smtp_server)
    assert CONFIRMED_WORDS in text_of(client.get(link))
    assert not Subscriber.objects.active().exists(), "mail programs open links by themselves"
    assert "You get the letter" in text_of(client.post(link))
    assert Subscriber.objects.active().get().email == "Ada@example.com"


def test_the_text_and_the_html_hold_the_same_link(client, smtp_server):
    ask(client)
    mail = smtp_server.read()
    links = [link for link in links_of(mail) if "confirm" in link]
    assert len(links) == 2
    assert len(set(links)) == 1
    assert mail["Subject"] == "Confirm your letter from Panelship"
    assert mail["From"] == "Panelship <letter@localhost>"
    assert max(len(line) for line in text_of_mail(mail).splitlines() if "http" not in line) <= 72


def test_the_link_does_not_depend_on_the_name_the_site_was_called_by(client, smtp_server):
    client.post("/newsletter/subscribe/", {"email": "ada@example.com"}, headers={"host": "localhost:8000"})
    assert path_in(smtp_server)


def test_htmx_gets_one_line_of_text(client, smtp_server):
    response = ask(client, headers=HTMX)
    assert response.status_code == 200
    assert response.content.startswith(b"Look into your inbox")
    assert b"<" not in response.content
    assert ask(client, "nonsense", headers=HTMX).content.startswith(
        b"That does not look like an e-mail address."
    )


def test_a_consent_is_stored_with_its_moments_and_words(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False):
        ask(client)
    with time_machine.travel(MONDAY + timedelta(hours=5), tick=False):
        client.post(path_in(smtp_server))
    consent = Consent.objects.get()
    assert consent.subscriber.email == "ada@example.com"
    assert (consent.asked_at, consent.asked_words) == (MONDAY, ASKED_WORDS)
    assert (consent.confirmed_at, consent.confirmed_words) == (MONDAY + timedelta(hours=5), CONFIRMED_WORDS)


def test_the_stored_words_of_a_consent_are_those_on_the_page(client, smtp_server):
    assert ASKED_WORDS in text_of(client.get("/"))
    ask(client)
    assert (
        f'<button class="btn primary">{CONFIRMED_WORDS}</button>'
        in client.get(path_in(smtp_server)).content.decode()
    )


def answers(client, email):
    plain = ask(client, email)
    fragment = ask(client, email, headers=HTMX)
    return (
        plain.status_code,
        plain["Location"],
        fragment.status_code,
        fragment.content,
        dict(plain.headers),
        dict(fragment.headers),
    )


def test_the_answer_does_not_tell_whether_an_address_is_known(client, smtp_server):
    make_subscriber("known@example.com")
    make_subscriber("departed@example.com", unsubscribed_at=MONDAY)
    make_subscriber("unconfirmed@example.com", confirmed_at=None)
    make_subscriber("bounced@example.com", hard_bounces=3)
    first = answers(client, "unknown@example.com")
    for name in ("known", "departed", "unconfirmed", "bounced"):
        before = len(smtp_server.letters)
        assert answers(client, f"{name}@example.com") == first
        assert len(smtp_server.letters) == before + 2, "one for each request"


def test_a_subscriber_who_asks_again_gets_a_mail_and_nothing_changes(client, smtp_server):
    subscriber = make_subscriber()
    ask(client, "ADA@example.com")
    assert "comes to you already" in text_of_mail(smtp_server.read())
    assert smtp_server.recipients == ["ada@example.com"]
    assert not Consent.objects.exists()
    assert Subscriber.objects.get() == subscriber


def test_the_link_is_good_for_three_days(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False) as clock:
        ask(client)
        link = path_in(smtp_server)
        clock.shift(timedelta(days=3))
        assert client.get(link).status_code == 200
        clock.shift(timedelta(seconds=2))
        assert client.get(link).status_code == 410
        response = client.post(link)
    assert response.status_code == 410
    assert "no longer good" in text_of(response)
    assert not Subscriber.objects.active().exists()


@pytest.mark.parametrize(
    "change", [lambda link: link[:-3] + "/", lambda link: re.sub(r"confirm/\d+", "confirm/999", link)]
)
def test_a_link_that_was_cut_or_changed_opens_nothing(client, smtp_server, change):
    ask(client)
    for method in (client.get, client.post):
        response = method(change(path_in(smtp_server)))
        assert response.status_code == 404
        assert "leads to nothing" in text_of(response)
    assert not Subscriber.objects.active().exists()


def test_the_token_to_unsubscribe_does_not_confirm(client, smtp_server):
    subscriber = make_subscriber(confirmed_at=None)
    assert client.post(f"/newsletter/confirm/{subscriber.token}/").status_code == 404


def test_confirming_twice_changes_nothing(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False):
        ask(client)
        client.post(path_in(smtp_server))
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert client.post(path_in(smtp_server)).status_code == 200
    assert Subscriber.objects.get().confirmed_at == MONDAY
    assert Consent.objects.get().confirmed_at == MONDAY


def test_the_link_of_a_confirmed_subscriber_says_so(client, smtp_server):
    ask(client)
    assert "You get the letter" not in text_of(client.get(path_in(smtp_server)))
    client.post(path_in(smtp_server))
    text = text_of(client.get(path_in(smtp_server)))
    assert "You get the letter" in text
    assert "no letter is sent" not in text


def test_a_link_from_before_unsubscribing_does_not_subscribe_again(client, smtp_server):
    ask(client)
    link = path_in(smtp_server)
    client.post(link)
    client.post(f"/newsletter/unsubscribe/{Subscriber.objects.get().token}/")
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert not Subscriber.objects.active().exists()


def test_a_subscriber_can_come_back_and_both_consents_are_kept(client, smtp_server):
    for _ in range(2):
        ask(client)
        client.post(path_in(smtp_server))
        assert Subscriber.objects.active().count() == 1
        client.post(f"/newsletter/unsubscribe/{Subscriber.objects.get().token}/")
    assert Consent.objects.filter(confirmed_at__isnull=False).count() == 2


def test_confirming_sets_the_hard_bounces_to_zero(client, smtp_server):
    make_subscriber(hard_bounces=3, bounced_at=MONDAY)
    ask(client)
    client.post(path_in(smtp_server))
    assert Subscriber.objects.active().get().hard_bounces == 0


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@localhost",
            "ada@[127.0.0.1]",
            "ada@example",
            "a b@example.com",
            "ada@@example.com",
        ),
        *(
            '"a"@example.com',
            "ädä@example.com",
            "ada@example.com\r\nBcc: eve@example.com",
            f"{'a' * 250}@example.com",
            "x" * 300,
        ),
    ],
)
def test_a_text_that_is_no_address_is_refused_with_a_sentence(client, smtp_server, typed):
    response = ask(client, typed)
    assert response.status_code == 422
    assert "address" in text_of(response)
    assert b'aria-invalid="true"' in response.content
    assert not smtp_server.letters
    assert not Subscriber.objects.exists()


def test_an_error_keeps_the_typed_address(client, smtp_server):
    assert b'value="ada@exam&quot;ple"' in ask(client, 'ada@exam"ple').content


def test_the_host_of_an_address_is_written_in_ascii(client, smtp_server):
    ask(client, "ada@bücher.example")
    assert smtp_server.recipients == ["ada@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ada@i❤.ws", "What stands after the @ is not a domain that mail can be sent to."),
        ("ädä@example.com", "Before the @ only unaccented letters, digits and signs can be used"),
    ],
)
def test_an_international_address_that_takes_no_mail_is_refused_in_words(
    client, smtp_server, typed, sentence
):
    response = ask(client, typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert f'value="{typed}"' in response.content.decode()
    assert not smtp_server.letters


def test_a_domain_with_a_sharp_s_is_not_the_one_with_two(client, smtp_server):
    ask(client, "ada@straße.example")
    assert smtp_server.recipients == ["ada@xn--strae-oqa.example"]
    client.post(path_in(smtp_server))
    ask(client, "ada@strasse.example")
    assert smtp_server.recipients[1:] == ["ada@strasse.example"]
    assert Subscriber.objects.active().get().email == "ada@xn--strae-oqa.example"


def test_a_program_that_fills_the_hidden_field_gets_the_same_answer_and_no_mail(client, smtp_server):
    assert ask(client, subject="Cheap watches")["Location"] == ask(client, "bob@example.com")["Location"]
    assert smtp_server.recipients == ["bob@example.com"]
    assert Subscriber.objects.count() == 1


def test_the_form_needs_no_token_and_no_cookie(smtp_server):
    strict = Client(enforce_csrf_checks=True, headers=SAME_ORIGIN)
    assert ask(strict)["Location"] == "/newsletter/asked/"
    assert strict.post(path_in(smtp_server)).status_code == 200
    assert strict.post(f"/newsletter/unsubscribe/{Subscriber.objects.get().token}/").status_code == 200
    assert not strict.cookies


# --- limits ---


def test_an_address_gets_three_mails_in_an_hour_and_five_in_a_day_with_the_same_answer(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False) as clock:
        assert {ask(client)["Location"] for _ in range(5)} == {"/newsletter/asked/"}
        assert len(smtp_server.letters) == 3
        ask(client, "ADA@example.com")
        assert len(smtp_server.letters) == 3, "in whichever case it is written"
        ask(client, "bob@example.com")
        assert len(smtp_server.letters) == 4, "another address is not affected"
        clock.shift(timedelta(hours=1))
        for _ in range(3):
            ask(client)
        assert smtp_server.recipients.count("ada@example.com") == 5
        clock.shift(timedelta(hours=1))
        ask(client)
        assert smtp_server.recipients.count("ada@example.com") == 5
        clock.shift(timedelta(days=1))
        ask(client)
        assert smtp_server.recipients.count("ada@example.com") == 6


def test_a_network_may_ask_twenty_times_in_an_hour(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False) as clock:
        for number in range(20):
            assert ask(client, f"reader-{number}@example.com").status_code == 302
        response = ask(client, "reader-20@example.com")
        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        assert "try again in an hour" in text_of(response)
        assert b'value="reader-20@example.com"' in response.content
        assert ask(client, "reader-20@example.com", headers=HTMX).status_code == 429
        assert len(smtp_server.letters) == 20
        neighbour = Client(REMOTE_ADDR="127.0.1.1", headers=SAME_ORIGIN)
        assert ask(neighbour, "reader-21@example.com").status_code == 302
        clock.shift(timedelta(hours=1))
        assert ask(client, "reader-22@example.com").status_code == 302


def test_a_wide_ipv6_network_is_counted_as_one(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False):
        answers = [
            ask(
                Client(REMOTE_ADDR=f"2001:db8:1:{number:x}::1", headers=SAME_ORIGIN),
                f"r-{number}@example.com",
            ).status_code
            for number in range(45)
        ]
    assert answers == [302] * 40 + [429] * 5, "forty from one /56, each from a /64 of its own"


def test_rate_limits_store_no_address_and_no_network(client, smtp_server):
    ask(client)
    kept = " ".join(str(row) for row in RequestCount.objects.values_list())
    assert RequestCount.objects.count() == 3
    assert not re.search(r"ada|example|127\.0", kept)
    guessed = [f"newsletter address ada@example.com {seconds}" for seconds in (3600, 86_400)]
    assert not any(sha256(words.encode()).hexdigest() in kept for words in guessed), (
        "a hash without a key could be guessed"
    )


# --- when mail can't be sent ---


def test_without_a_mail_server_the_site_says_so_and_keeps_nothing(client, settings):
    settings.MAILERS = {}
    text = text_of(client.get("/"))
    assert "not available yet" in text
    assert "letters so far" not in text, "there may be none"
    assert b'name="email"' not in client.get("/").content
    response = ask(client)
    assert response.status_code == 503
    assert "Your address was not kept" in text_of(response)
    assert not Subscriber.objects.exists()


def test_the_form_keeps_the_address_when_the_mail_server_is_down(client, settings, caplog):
    options = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    settings.MAILERS = {
        "default": {"BACKEND": "comparisons.newsletter.emails.smtp.EmailBackend", "OPTIONS": options}
    }
    for _ in range(5):
        response = ask(client)
        assert response.status_code == 503
    assert response["Retry-After"] == "300"
    assert b'value="ada@example.com"' in response.content
    assert "A confirmation could not be sent" in caplog.text
    assert "ada@" not in caplog.text


def test_requests_while_the_server_was_down_do_not_count_against_the_address(client, settings, smtp_server):
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {**working["default"], "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1}}
    }
    for _ in range(4):
        ask(client)
    settings.MAILERS = working
    ask(client)
    assert smtp_server.recipients == ["ada@example.com"]


def test_a_refused_address_gets_the_same_answer_known_or_not(client, smtp_server):
    smtp_server.rcpt = lambda address: "550 5.1.1 no such user"
    make_subscriber("known@example.com")
    for email in ("known@example.com", "unknown@example.com"):
        response = ask(client, email)
        assert response.status_code == 422
        assert "does not take that address" in text_of(response)


def test_the_daily_timer_deletes_addresses_that_nobody_confirmed_in_time(client, smtp_server):
    with time_machine.travel(MONDAY, tick=False) as clock:
        ask(client)
        clock.shift(timedelta(days=3))
        ask(client, "bob@example.com")
        clock.shift(timedelta(seconds=1))
        assert Subscriber.objects.count() == 2, "a request deletes nobody's address"
        out = StringIO()
        call_command("forget_old", stdout=out)
    assert "1 addresses of the letter" in out.getvalue()
    assert Subscriber.objects.get().email == "bob@example.com"
