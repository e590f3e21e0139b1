"""The past letters, the box on every page, and the site without a mail server."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from comparisons.newsletter.models import Consent, Delivery, Issue, State, Subscriber
from comparisons.newsletter.services.issues import make_issue, plan_issue
from comparisons.newsletter.templatetags import letters
from reviews.models import Tool
from tests.html_text import assert_in_order, text_of
from tests.newsletter_factories import MONDAY, make_news, make_subscriber
from tests.pages import ERROR_PAGES, PAGES

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    make_news()
    return make_issue(plan=plan_issue(now=MONDAY))


def test_every_issue_is_listed_newest_first(client, issue):
    make_news(MONDAY + timedelta(days=6), "Newer")
    make_issue(plan=plan_issue(now=MONDAY + timedelta(days=7)))
    assert_in_order(
        text_of(client.get("/newsletter/")),
        "Newer vs Newer Two",
        "Issue 2 · 9 March 2026",
        "Alpha vs Alpha Two",
        "Issue 1 · 2 March",
    )


def test_before_the_first_issue_the_list_says_so(client):
    assert "No letter has been sent yet." in text_of(client.get("/newsletter/"))


def test_an_issue_can_be_read_by_everybody(client, issue):
    text = text_of(client.get("/newsletter/2026-03-02/"))
    assert_in_order(
        text, "Weekly AI Tool Verdicts · 2 March 2026", "Alpha vs Alpha Two, and 2 more", "New comparisons"
    )
    assert_in_order(
        text,
        "A note on choosing",
        "Alpha",
        "Split · 2 ship / 2 skip",
        "New tools",
        "Where the panel was most split",
    )
    assert_in_order(
        text, "Builder, 84/100 · ship: Builder on Alpha.", "Skeptic, 30/100 · skip: Skeptic on Alpha."
    )


def test_an_issue_does_not_change_after_it_was_sent(client, issue):
    before = text_of(client.get("/newsletter/2026-03-02/"))
    tool = Tool.objects.get(slug="alpha")
    tool.verdicts.all().delete()
    Tool.objects.filter(pk=tool.pk).update(name="Renamed", status="retired")
    assert text_of(client.get("/newsletter/2026-03-02/")) == before


@pytest.mark.parametrize(
    "day", ["2026-03-03", "20260302", "2026-W10-1", "2026-13-40", "yesterday", "2026-3-2"]
)
def test_a_day_without_an_issue_has_no_page(client, issue, day):
    assert client.get(f"/newsletter/{day}/").status_code == 404


def test_an_issue_is_a_public_page_like_any_other(client, issue, admin_user):
    response = client.get("/newsletter/2026-03-02/")
    assert response["Cache-Control"].startswith("public, max-age=")
    assert not response.cookies
    assert "unsafe" not in response["Content-Security-Policy"]
    editor = Client()
    editor.force_login(admin_user)
    assert editor.get("/newsletter/2026-03-02/").content == response.content


def test_reading_an_issue_names_no_subscriber(client, issue):
    subscriber = make_subscriber()
    page = client.get("/newsletter/2026-03-02/").content.decode()
    assert subscriber.token not in page
    assert subscriber.email not in page


def test_pages_name_the_limits_that_the_code_keeps(client, monkeypatch):
    monkeypatch.setattr(letters, "LINK_LASTS", timedelta(days=9))
    monkeypatch.setattr(letters, "MOST_IN_A_DAY", 77)
    text = text_of(client.get("/newsletter/asked/"))
    assert "Open the link within 9 days" in text
    assert "77 in a day" in text
    assert "after 9 days" in text_of(client.get("/privacy/"))


@pytest.mark.parametrize("path", [*PAGES.values(), *ERROR_PAGES.values()], ids=[*PAGES, *ERROR_PAGES])
def test_the_box_is_on_every_page(client, catalogue, path):
    page = client.get(path).content.decode()
    assert page.count('action="/newsletter/subscribe/"') == (path != "/newsletter/asked/")


def test_the_hidden_field_invites_no_browser_to_fill_it(client):
    page = client.get("/").content.decode()
    assert '<div hidden><label for="letter-subject">' in page
    assert '<input id="letter-subject" name="subject" tabindex="-1" autocomplete="off">' in page


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "MAIL_URL is not set: nobody can subscribe to the letter, and the form says so."),
        ({"DEBUG": "true"}, "MAIL_URL is not set: mails are printed here."),
    ],
)
def test_the_log_says_at_start_that_no_mail_can_be_sent(environment, expected):
    assert expected in log_at_start(**environment)


def test_the_log_is_silent_about_mail_once_it_can_be_sent():
    assert "MAIL_URL" not in log_at_start(MAIL_URL="smtp://mail.example")


def log_at_start(**environment: str) -> str:
    clean = {
        name: value for name, value in os.environ.items() if name not in ("MAIL_URL", "DEBUG", "DATABASE_URL")
    }
    return subprocess.run(
        [sys.executable, "-c", "import comparisons.asgi"],
        cwd=ROOT,
        env=clean | {"DJANGO_SETTINGS_MODULE": "comparisons.settings"} | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stderr


HOSTILE = [
    "%00",
    "x" * 22 + "%00",
    "%F0%9F%92%A3",
    "..",
    "%2e%2e%2fetc",
    "1:1:%00",
    ":" * 40,
    "%C3%28",
    "'--",
    "{{7*7}}",
    "9" * 400,
]


@pytest.mark.parametrize("odd", HOSTILE)
def test_hostile_links_are_answered_without_an_error(client, odd):
    for path in (
        f"/newsletter/unsubscribe/{odd}/",
        f"/newsletter/confirm/{odd}/",
        f"/newsletter/{odd}/",
        f"/newsletter/unsubscribe/{odd}/delete/",
    ):
        for method in (client.get, client.post):
            assert method(path).status_code in (200, 301, 404, 405), path


@pytest.mark.parametrize(
    "odd",
    [
        "\x00",
        "a\x00@example.com",
        "\ud800@example.com",
        "a@" + "é" * 240 + ".com",
        "a@b.com,c@d.com",
        "<a@b.com>",
    ],
)
def test_hostile_addresses_are_refused_with_a_sentence(client, odd):
    body = "email=" + quote(odd.encode("utf-8", "surrogatepass"))
    response = client.post("/newsletter/subscribe/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422


# --- what the database itself refuses ---


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_the_database_refuses_two_subscribers_of_one_address_in_any_case():
    make_subscriber("ada@example.com")
    refused(lambda: make_subscriber("ADA@example.com"))


def test_the_database_refuses_two_subscribers_with_one_token():
    subscriber = make_subscriber("ada@example.com")
    refused(lambda: make_subscriber("bob@example.com", token=subscriber.token))


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"token": ""}, {"confirmed_at": None, "unsubscribed_at": MONDAY}]
)
def test_the_database_refuses_a_subscriber_without_address_token_or_confirmation(fields):
    refused(lambda: make_subscriber(**fields))


def test_the_database_refuses_a_consent_without_words():
    subscriber = make_subscriber()
    refused(lambda: Consent.objects.create(subscriber=subscriber, asked_words=""))
    refused(lambda: Consent.objects.create(subscriber=subscriber, asked_words="Words.", confirmed_at=MONDAY))


def test_the_database_refuses_two_issues_of_one_day_or_number(issue):
    values = {"since": MONDAY, "until": MONDAY + timedelta(days=7), "subject": "S", "contents": {}}
    refused(lambda: Issue.objects.create(number=1, published_on="2026-03-09", **values))
    refused(lambda: Issue.objects.create(number=2, published_on="2026-03-02", **values))
    refused(lambda: Issue.objects.create(number=2, published_on="2026-03-09", **{**values, "until": MONDAY}))
    refused(lambda: Issue.objects.create(number=0, published_on="2026-03-09", **values))
    refused(lambda: Issue.objects.create(number=2, published_on="2026-03-09", **{**values, "subject": ""}))


def test_the_database_refuses_two_letters_of_one_issue_to_one_subscriber(issue):
    subscriber = make_subscriber()
    Delivery.objects.create(issue=issue, subscriber=subscriber)
    refused(lambda: Delivery.objects.create(issue=issue, subscriber=subscriber))


@pytest.mark.parametrize("fields", [{"state": "lost"}, {"state": State.CLAIMED}, {"state": State.SENT}])
def test_the_database_refuses_a_delivery_whose_fields_contradict_its_state(issue, fields):
    refused(lambda: Delivery.objects.create(issue=issue, subscriber=make_subscriber(), **fields))


def test_an_issue_that_was_sent_can_not_be_deleted(issue):
    from django.db.models import ProtectedError

    Delivery.objects.create(issue=issue, subscriber=make_subscriber())
    with pytest.raises(ProtectedError):
        issue.delete()
    assert Subscriber.objects.get().deliveries.exists()
