"""Limits on passwords and codes, checked first; nobody can lock an editor out."""

import pytest
import time_machine
from django.contrib.auth import authenticate as django_authenticate
from django.core import mail
from django.utils import timezone

from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.services import passwords
from tests.accounts import PASSWORD, browser, code_of, give_app, make_editor, sign_in
from tests.html_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    """Limits have windows of a quarter of an hour; a test happens in one, unless it says otherwise."""
    with time_machine.travel("2026-06-01T12:01:00+00:00") as clock:
        yield clock


@pytest.fixture
def hashed(monkeypatch):
    """Count the hashed passwords."""
    calls = []

    def watched(**typed):
        calls.append(typed)
        return django_authenticate(**typed)

    monkeypatch.setattr(passwords, "authenticate", watched)
    return calls


def fail(times: int, address: str, name: str = "grace", client=None) -> list[int]:
    client = client or browser(address)
    return [sign_in(client, name, "wrong").status_code for _ in range(times)]


def test_the_eleventh_attempt_from_one_network_is_refused_before_anything_is_hashed(hashed):
    make_editor()
    assert fail(12, "203.0.113.1") == [200] * 10 + [429] * 2
    assert len(hashed) == 10
    response = sign_in(browser("203.0.113.99"))
    assert response.status_code == 429, "another address of the same network, and the right password"
    assert 0 < int(response["Retry-After"]) <= 900
    assert "Please try again in 1" in text_of(response)


def test_a_name_that_nobody_has_is_limited_alike(hashed):
    assert fail(11, "203.0.113.1", "nobody") == [200] * 10 + [429]


def test_one_network_cannot_lock_an_editor_out_of_another():
    make_editor()
    fail(20, "203.0.113.1")
    assert sign_in(browser("198.51.100.1")).status_code == 302


def test_strangers_cannot_lock_out_a_known_browser():
    make_editor()
    known = browser("203.0.113.1")
    sign_in(known)
    known.post("/admin/logout/")
    fail(70, "203.0.113.2")
    assert sign_in(browser("203.0.113.3")).status_code == 429
    assert sign_in(known).status_code == 302


def test_a_known_browser_has_a_limit_too(hashed):
    make_editor()
    known = browser()
    sign_in(known)
    known.post("/admin/logout/")
    assert fail(11, "", client=known) == [200] * 10 + [429]


def test_a_browser_is_known_for_its_own_account_alone():
    make_editor()
    make_editor("hedy")
    known = browser("203.0.113.1")
    sign_in(known)
    known.post("/admin/logout/")
    fail(10, "203.0.113.1", "hedy")
    assert sign_in(known, "hedy").status_code == 429


def test_a_cookie_that_we_did_not_sign_is_no_known_browser():
    make_editor()
    fail(10, "203.0.113.1")
    client = browser("203.0.113.1")
    client.cookies["desk-device"] = "eyJhIjoiYiJ9:1:x"
    assert sign_in(client).status_code == 429


def test_one_network_has_sixty_attempts_for_all_names_together():
    make_editor()
    assert [sign_in(browser("203.0.113.1"), f"name-{n}", "wrong").status_code for n in range(61)] == [
        200
    ] * 60 + [429]


def test_thirty_colleagues_in_one_office_come_in():
    for number in range(30):
        make_editor(f"editor-{number}")
    assert {sign_in(browser("203.0.113.1"), f"editor-{number}").status_code for number in range(30)} == {302}


def test_an_account_attacked_from_many_networks_keeps_three_attempts_a_day_for_each(noon):
    make_editor()
    for number in range(10):
        fail(10, f"198.51.{number}.1")
    assert fail(4, "203.0.113.1") == [200] * 3 + [429]
    noon.shift(3600)
    assert fail(1, "203.0.113.1") == [429]
    assert sign_in(browser("192.0.2.1")).status_code == 302, (
        "an editor in a network of her own is not locked out"
    )


def test_the_right_password_gives_the_attempts_back():
    make_editor()
    fail(9, "203.0.113.1")
    assert sign_in(browser("203.0.113.1")).status_code == 302
    assert fail(9, "203.0.113.1") == [200] * 9


def test_a_quarter_of_an_hour_later_there_are_new_attempts(noon):
    make_editor()
    fail(12, "203.0.113.1")
    noon.shift(900)
    assert sign_in(browser("203.0.113.1")).status_code == 302


def test_a_wide_network_counts_as_one_by_its_48_bits():
    make_editor()
    statuses = [
        sign_in(browser(f"2001:db8:0:{n:x}::1"), f"name-{n}", "wrong").status_code for n in range(241)
    ]
    assert 429 in statuses
    assert statuses[:100] == [200] * 100


def test_a_refused_attempt_leaves_no_row_but_a_line_in_the_log(caplog):
    make_editor()
    fail(15, "203.0.113.1")
    assert SignIn.objects.count() == 10
    assert caplog.text.count("Refused, too many attempts") == 5


@pytest.mark.parametrize("path", ["/admin/password_change/", "/admin/account/confirm/password/"])
def test_the_own_password_is_limited_for_whoever_found_an_open_browser(path):
    make_editor()
    client = browser()
    sign_in(client)
    new = "violet-anchor-basalt-3"
    typed = {"old_password": "wrong", "password": "wrong", "new_password1": new, "new_password2": new}
    pages = [text_of(client.post(path, typed)) for _ in range(11)]
    assert "not your password" in pages[9]
    assert "too many attempts" in pages[10]
    typed |= {"old_password": PASSWORD, "password": PASSWORD}
    assert client.post(path, typed).status_code == 200


class TestCodes:
    @pytest.fixture
    def secret(self):
        return give_app(make_editor())

    def at_the_second_factor(self, address="203.0.113.1"):
        client = browser(address)
        assert sign_in(client)["Location"] == "/admin/account/second-factor/"
        return client

    def try_codes(self, client, times):
        return [
            text_of(client.post("/admin/account/second-factor/", {"code": "000000"})) for _ in range(times)
        ]

    def test_strangers_share_five_wrong_codes_whatever_their_network(self, secret):
        pages = self.try_codes(self.at_the_second_factor("203.0.113.1"), 5)
        assert all("That code is wrong" in page for page in pages)
        other = self.at_the_second_factor("198.51.100.1")
        assert "too many attempts" in self.try_codes(other, 1)[0]
        page = other.post("/admin/account/second-factor/", {"code": code_of(secret)})
        assert "too many attempts" in text_of(page)

    def test_a_known_browser_has_codes_of_its_own(self, secret):
        known = self.at_the_second_factor()
        assert known.post("/admin/account/second-factor/", {"code": code_of(secret)}).status_code == 302
        known.post("/admin/logout/")
        self.try_codes(self.at_the_second_factor("198.51.100.1"), 6)
        sign_in(known)
        assert (
            known.post("/admin/account/second-factor/", {"code": code_of(secret, steps=1)}).status_code == 302
        )

    def test_no_more_than_thirty_a_day(self, secret, noon):
        client = self.at_the_second_factor()
        wrong = 0
        for _ in range(10):
            wrong += sum("That code is wrong" in page for page in self.try_codes(client, 5))
            noon.shift(900)
            client = self.at_the_second_factor()
        assert wrong == 30


class TestMailedLinks:
    def test_three_a_day_for_an_address_and_no_answer_tells(self, settle_mail):
        make_editor()
        for _ in range(5):
            answer = browser().post("/admin/password/new/", {"email": "grace@desk.example"})
            assert (answer.status_code, answer["Location"]) == (302, "/admin/password/mailed/")
        settle_mail()
        assert len(mail.outbox) == 3

    def test_ten_an_hour_for_a_network(self, settle_mail):
        for number in range(12):
            make_editor(f"editor-{number}")
            browser().post("/admin/password/new/", {"email": f"editor-{number}@desk.example"})
        settle_mail()
        assert len(mail.outbox) == 10


@pytest.fixture
def settle_mail(monkeypatch):
    """Wait for mails sent beside requests."""
    from comparisons.desk.accounts.views import password_reset

    threads = []
    send_aside = password_reset.send_aside
    monkeypatch.setattr(password_reset, "send_aside", lambda message: threads.append(send_aside(message)))
    return lambda: [thread.join(10) for thread in threads]


def test_time_is_what_the_limits_count(noon):
    """Negative control of the frozen clock."""
    assert timezone.now().minute == 1
