"""A query ends in time, whatever the database does."""

import time

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.signals import connection_created

from comparisons.database import deadline, sqlite
from comparisons.database.silence import Silence
from tests import timeouts
from tests.concurrency import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)

LONG = {
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
        "SELECT count(*) FROM n"
    ),
    "postgresql": "SELECT pg_sleep(60)",
}
"""Takes longer than these tests wait, also on a quick machine."""


@pytest.fixture(autouse=True)
def _watched():
    connection_created.connect(sqlite.watch)
    yield
    connection_created.disconnect(sqlite.watch)


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()


def in_a_thread(act):
    return run_in_threads(lambda index: act(), 1)[0]


def test_a_long_question_ends_when_its_time_is_over():
    def act():
        began = time.monotonic()
        with deadline.within(0.3), pytest.raises(OperationalError):
            ask(LONG[connection.vendor])
        return time.monotonic() - began

    assert in_a_thread(act) < 10  # a busy machine is slow to notice


def test_a_limit_for_the_process_holds_for_each_call():
    def act():
        deadline.set_for_process(0.3)
        try:
            with deadline.within(60), pytest.raises(OperationalError):
                ask(LONG[connection.vendor])
        finally:
            deadline.set_for_process(None)

    in_a_thread(act)


def test_a_command_has_all_the_time_it_needs():
    short = LONG[connection.vendor].replace("1000000000", "3000000").replace("60", "2.5")
    assert in_a_thread(lambda: ask(short)) is not None


def test_a_transaction_that_ran_out_of_time_is_undone_and_the_next_one_works():
    def act():
        began = time.monotonic()
        with deadline.within(0.5), pytest.raises(OperationalError), transaction.atomic():
            ask(LONG[connection.vendor])
        assert time.monotonic() - began < 10, "no new connection was waited for, in vain"
        with deadline.within(timeouts.SECONDS), transaction.atomic():
            return ask("SELECT 1")

    assert in_a_thread(act) == (1,)


def test_an_answer_since_the_question_counts_for_more_than_a_silence():
    silence = Silence()
    asked_at = time.monotonic()
    silence.note_answer()
    silence.note_silence(asked_at=asked_at)
    assert silence.may_ask()
    silence.note_silence(asked_at=time.monotonic())
    assert not silence.may_ask()
    silence.note_answer()
    assert silence.may_ask()
