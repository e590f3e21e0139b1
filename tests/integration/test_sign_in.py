"""Signing in with a name and a password: where it leads, what is stored and logged."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comparisons.desk.accounts.models import SignIn
from tests.accounts import PASSWORD, browser, make_editor, sign_in
from tests.html_text import text_of

pytestmark = pytest.mark.django_db

DESK = "/admin/"


def test_the_right_password_leads_to_the_desk():
    make_editor()
    client = browser()
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, DESK)
    assert client.get(DESK).status_code == 200


def test_a_wrong_password_a_wrong_name_and_no_seat_get_one_answer():
    make_editor()
    make_editor("reader", is_staff=False)
    answers = [
        sign_in(browser(), *typed)
        for typed in (("grace", "wrong"), ("nobody", "wrong"), ("reader", PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({text_of(answer).replace("reader", "") for answer in answers}) == 1
    assert "do not belong together" in text_of(answers[0])


def test_a_deactivated_account_does_not_open():
    make_editor(is_active=False)
    assert sign_in(browser()).status_code == 200


@pytest.mark.parametrize("path", ["/admin/reviews/tool/", "/admin/reviews/tool/?q=a", "/admin/files/"])
def test_it_leads_to_the_page_that_was_asked_for(path):
    make_editor(is_superuser=True)
    client = browser()
    asked = client.get(path)
    assert asked.status_code == 302
    assert sign_in(client, next=path)["Location"] == path


@pytest.mark.parametrize(
    "wrong",
    [
        "https://evil.example/",
        "//evil.example/admin/",
        "/\\evil.example/admin/",
        "https:evil.example",
        "javascript:alert(1)",
        "/admin/../tools/",
        "/tools/",
        "/admin/nowhere/",
        "/admin/login/",
        "/admin/logout/",
        "/admin/reviews/tool/%00",
        "http://testserver/admin/",
        "/admin",
        "\t//evil.example/",
        "/admin/\r\nSet-Cookie: a=b",
    ],
)
def test_a_wrong_or_off_site_next_leads_to_the_desk(wrong):
    make_editor()
    assert sign_in(browser(), next=wrong)["Location"] == DESK
    client = browser()
    client.force_login(make_editor("hedy"))
    response = client.get("/admin/login/", {"next": wrong})
    assert (response.status_code, response["Location"]) == (302, DESK)


def test_every_attempt_is_kept_and_logged_with_the_hash_of_its_network(caplog):
    make_editor()
    with caplog.at_level(logging.INFO):
        sign_in(browser("203.0.113.77"), "grace", "wrong-secret-word")
        sign_in(browser("203.0.113.77"), "nobody-here", "wrong-secret-word")
        sign_in(browser("203.0.113.77"))
    kept = list(SignIn.objects.order_by("pk").values_list("user__username", "outcome", "method"))
    assert kept == [
        ("grace", "wrong_password", "password"),
        (None, "wrong_password", "password"),
        ("grace", "signed_in", "password"),
    ]
    assert len(set(SignIn.objects.values_list("network", flat=True))) == 1
    for words in (
        "Wrong password: account='grace'",
        "account='an unknown name'",
        "Signed in: account='grace'",
    ):
        assert words in caplog.text
    assert SignIn.objects.first().network in caplog.text
    for secret in ("203.0.113", "wrong-secret-word", "nobody-here", PASSWORD):
        assert secret not in caplog.text


def test_a_browser_is_known_after_the_first_sign_in():
    make_editor()
    client = browser()
    sign_in(client)
    client.post("/admin/logout/")
    sign_in(client)
    assert list(SignIn.objects.order_by("pk").values_list("is_known_device", flat=True)) == [False, True]


def test_a_session_ends_after_twelve_hours_of_rest_and_not_before():
    make_editor()
    client = browser()
    start = timezone.now()
    sign_in(client)
    for hours, status in ((11, 200), (22, 200), (33, 200), (45.2, 302)):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            assert client.get(DESK).status_code == status, hours


def test_the_desk_writes_a_session_at_most_every_five_minutes():
    make_editor()
    client = browser()
    start = timezone.now()
    sign_in(client)
    client.get(DESK)
    assert "session" not in client.get(DESK).cookies
    with time_machine.travel(start + timedelta(minutes=6), tick=False):
        assert "session" in client.get(DESK).cookies


def test_signing_out_everywhere_ends_every_session_of_the_account_and_no_other():
    make_editor()
    make_editor("hedy")
    here = browser()
    there = browser("198.51.100.1")
    other = browser()
    sign_in(here)
    sign_in(there)
    sign_in(other, "hedy")
    assert here.post("/admin/account/sign-out/")["Location"] == "/admin/login/"
    assert "signed out in every browser" in text_of(here.get("/admin/login/"))
    assert [client.get(DESK).status_code for client in (here, there, other)] == [302, 302, 200]
    sign_in(here)
    assert here.get(DESK).status_code == 200


def test_a_new_password_ends_the_other_sessions():
    make_editor()
    here = browser()
    there = browser()
    sign_in(here)
    sign_in(there)
    new = "violet-anchor-basalt-3"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", typed).status_code == 302
    assert [client.get(DESK).status_code for client in (here, there)] == [200, 302]


def test_a_session_holds_no_cookie_but_its_own():
    make_editor()
    client = browser()
    sign_in(client)
    client.get("/admin/account/")
    assert set(client.cookies) == {"session", "csrf", "desk-device"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_old_sessions_and_sign_ins_are_deleted():
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    make_editor()
    client = browser()
    start = timezone.now()
    sign_in(client)
    with time_machine.travel(start + timedelta(days=8), tick=False):
        call_command("forget_old")
        assert not Session.objects.exists()
        assert list(SignIn.objects.values_list("network", flat=True)) == [""]
    with time_machine.travel(start + timedelta(days=91), tick=False):
        call_command("forget_old")
        assert not SignIn.objects.exists()
