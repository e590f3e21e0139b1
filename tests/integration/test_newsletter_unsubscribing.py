"""Unsubscribing by a letter's link, by one click of a mail program, and deleting everything."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comparisons.newsletter.models import MOST_HARD_BOUNCES, Consent, Delivery, Issue, Subscriber
from comparisons.newsletter.models.subscriber import KEPT_AFTER_UNSUBSCRIBING, LINK_LASTS
from comparisons.newsletter.services.retention import delete_expired_subscribers
from comparisons.newsletter.views.unsubscribe import unsubscribe
from tests.html_text import assert_in_order, text_of
from tests.newsletter_factories import MONDAY, make_news, make_subscriber
from tests.smtp_server import links_of

pytestmark = pytest.mark.django_db

ONE_CLICK = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def letter(smtp_server):
    make_subscriber()
    make_news()
    with time_machine.travel(MONDAY, tick=False):
        call_command("send_digest", verbosity=0)
    return smtp_server.read()


def unsubscribe_address(letter) -> str:
    address = letter["List-Unsubscribe"]
    assert address.startswith("<http://127.0.0.1:8000/newsletter/unsubscribe/")
    return address.strip("<>").removeprefix("http://127.0.0.1:8000")


def test_one_click_unsubscribes_without_cookies_or_a_csrf_token(letter):
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    provider = Client(
        enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site", "origin": "https://mail.example"}
    )
    response = provider.post(unsubscribe_address(letter), **ONE_CLICK)
    assert response.status_code == 200, "no redirect: providers do not follow one"
    assert not response.cookies
    assert not Subscriber.objects.active().exists()


def test_the_view_says_that_it_authenticates_itself():
    assert unsubscribe.is_cross_site_safe is True


def test_every_letter_holds_the_link_in_text_and_html(letter):
    links = [link for link in links_of(letter) if "/unsubscribe/" in link]
    assert {link.removeprefix("http://127.0.0.1:8000") for link in links} == {unsubscribe_address(letter)}
    assert len(links) == 2


def test_get_asks_and_post_unsubscribes(client, letter):
    address = unsubscribe_address(letter)
    text = text_of(client.get(address))
    assert_in_order(
        text, "Leave the letter?", "a•••@example.com", "Stop the letter", "Delete everything about me"
    )
    assert Subscriber.objects.active().exists(), "mail scanners open links by themselves"
    assert "You have left the letter" in text_of(client.post(address))
    assert not Subscriber.objects.active().exists()
    assert "You have left the letter" in text_of(client.get(address))


def test_unsubscribing_twice_keeps_the_first_moment(client, letter):
    address = unsubscribe_address(letter)
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        client.post(address)
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        assert client.post(address).status_code == 200
    assert Subscriber.objects.get().unsubscribed_at == MONDAY + timedelta(days=1)


def test_the_link_does_not_expire(client, letter):
    with time_machine.travel(MONDAY + timedelta(days=3650), tick=False):
        client.post(unsubscribe_address(letter))
    assert not Subscriber.objects.active().exists()


def test_everything_is_deleted_on_request(client, letter):
    subscriber = Subscriber.objects.get()
    Consent.objects.create(subscriber=subscriber, asked_words="Words.")
    address = unsubscribe_address(letter) + "delete/"
    assert client.get(address).status_code == 405
    assert Subscriber.objects.exists()
    assert "Everything is deleted" in text_of(client.post(address))
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    assert not Delivery.objects.exists()
    assert Issue.objects.exists()
    assert client.post(address).status_code == 200, "a repeated request is harmless"


def test_the_link_of_a_deleted_subscriber_is_unknown_and_one_click_still_answers(client, letter):
    address = unsubscribe_address(letter)
    client.post(address + "delete/")
    assert client.get(address).status_code == 404
    assert client.post(address, **ONE_CLICK).status_code == 200


@pytest.mark.parametrize("suffix", ["", "delete/"])
def test_a_wrong_token_changes_nothing(client, letter, suffix):
    client.post(f"/newsletter/unsubscribe/{'x' * 22}/{suffix}")
    assert Subscriber.objects.active().exists()


@pytest.mark.parametrize("path", ["/newsletter/unsubscribe/{}/", "/newsletter/confirm/{}/"])
def test_pages_of_one_subscriber_are_not_cached_and_name_no_address(client, path):
    subscriber = make_subscriber()
    response = client.get(path.format(subscriber.token))
    assert "no-store" in response["Cache-Control"]
    assert b"noindex" in response.content
    assert b"canonical" not in response.content
    assert b"ada@example.com" not in response.content


def test_each_subscriber_has_a_token_of_22_characters():
    tokens = {make_subscriber(f"{number}@example.com").token for number in range(50)}
    assert {len(token) for token in tokens} == {22}
    assert len(tokens) == 50


# --- how long addresses are kept ---


def forgotten_after(**times) -> list[str]:
    delete_expired_subscribers(now=timezone.now() + timedelta(**times))
    return [each.email for each in Subscriber.objects.order_by("email")]


def test_an_address_that_unsubscribed_or_refuses_mail_is_deleted_after_30_days():
    now = timezone.now()
    make_subscriber("active@example.com")
    make_subscriber("left@example.com", unsubscribed_at=now)
    make_subscriber("refuses@example.com", hard_bounces=3, bounced_at=now)
    make_subscriber("stumbled@example.com", hard_bounces=2, bounced_at=now)
    assert len(forgotten_after(days=29)) == 4
    assert forgotten_after(days=31) == ["active@example.com", "stumbled@example.com"]


def test_an_old_subscriber_who_asks_again_is_kept_while_the_link_is_good():
    now = timezone.now()
    subscriber = make_subscriber(unsubscribed_at=now - timedelta(days=60))
    Consent.objects.create(subscriber=subscriber, asked_words="Words.", asked_at=now)
    assert forgotten_after(days=2) == ["ada@example.com"]
    assert forgotten_after(days=4) == []


def test_the_privacy_page_names_the_times_that_the_code_keeps(client):
    text = text_of(client.get("/privacy/"))
    assert f"its link has expired, which is after {LINK_LASTS.days} days" in text
    assert (
        f"refused {MOST_HARD_BOUNCES} letters, is deleted {KEPT_AFTER_UNSUBSCRIBING.days} days later" in text
    )
