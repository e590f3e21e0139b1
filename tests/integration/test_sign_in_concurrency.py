"""Sixteen attempts at once: limits hold exactly, and no code works twice."""

import pytest
import time_machine

from comparisons.desk.accounts.services import passwords
from tests.accounts import browser, code_of, give_app, make_editor, sign_in
from tests.concurrency import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-06-01T12:01:00+00:00"):
        yield


def test_sixteen_wrong_passwords_at_once_are_hashed_ten_times(monkeypatch):
    make_editor()
    hashed = []
    monkeypatch.setattr(passwords, "authenticate", lambda **typed: hashed.append(typed))
    statuses = run_in_threads(
        lambda index: sign_in(browser(f"203.0.113.{index}"), "grace", "wrong").status_code, 16
    )
    assert sorted(statuses) == [200] * 10 + [429] * 6
    assert len(hashed) == 10


def test_a_code_sent_many_times_at_once_opens_once():
    secret = give_app(make_editor())
    clients = [browser(f"203.0.{number}.1") for number in range(4)]
    for client in clients:
        sign_in(client)
    code = code_of(secret)
    answers = run_in_threads(
        lambda index: clients[index].post("/admin/account/second-factor/", {"code": code}).status_code, 4
    )
    assert sorted(answers) == [200, 200, 200, 302]
