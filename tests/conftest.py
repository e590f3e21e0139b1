import socket

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from comparisons.mail_url import mailer_options
from tests import timeouts
from tests.clock import SHIFT_DAYS, start_shifted_clock
from tests.sample_catalogue import load_catalogue
from tests.smtp_server import run_smtp_server

start_shifted_clock()  # before test modules are imported: some compute dates of their parameters then


def pytest_report_header():
    return f"clock: shifted by {SHIFT_DAYS} days" if SHIFT_DAYS else None


@pytest.fixture(autouse=True)
def _imports_in_the_foreground(monkeypatch):
    """An import at the desk is through when its request is: a thread would not see a test's transaction."""
    monkeypatch.setattr("comparisons.desk.files.background.start", lambda work: work())
    monkeypatch.setattr("comparisons.desk.files.writing.PAUSE_SECONDS", 0)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """The suite talks to this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def is_browser_test(item) -> bool:
    return "tests/browser" in item.nodeid


WITHOUT_TODAY = {
    "tests/integration/test_concurrency.py",
    "tests/integration/test_permissions.py",
    "tests/integration/test_recount.py",
    "tests/integration/test_sign_in_limits.py",
    "tests/integration/test_vote_bursts.py",
    "tests/integration/test_vote_networks.py",
    "tests/integration/test_votes_at_once.py",
    "tests/security/test_headers.py",
}
"""Tests of dates or the sample for which today can't matter: they freeze the clock, or test races, roles and
headers. They pass at the shifted clock, and are left out to save time.
"""


def reads_dates(item) -> bool:
    """Say whether a test reads the sample catalogue with its fixed dates, or its module handles dates."""
    if item.nodeid.partition("::")[0] in WITHOUT_TODAY:
        return False
    names = ("date", "datetime", "timedelta", "timezone", "time_machine")
    return "catalogue" in item.fixturenames or any(hasattr(item.module, name) for name in names)


def pytest_itemcollected(item):
    """Mark what `make test-dates` runs. Browser tests are marked by hand."""
    if reads_dates(item) and not is_browser_test(item):
        item.add_marker("dates")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put browser tests last: they empty the database, including rows from migrations."""
    items.sort(key=is_browser_test)


# Machines are shared and noisy: a slow moment is no failure, and the suite should stay quick.
settings.register_profile(
    "panelship", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("panelship")

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
"""A browser's header of a request from a page of this site."""


@pytest.fixture
def client():
    return Client(headers=SAME_ORIGIN)


@pytest.fixture
def admin_client(admin_user):
    client = Client(headers=SAME_ORIGIN)
    client.force_login(admin_user)
    return client


@pytest.fixture
def catalogue(db):
    """The sample catalogue, as `make run` loads it."""
    load_catalogue()


@pytest.fixture
def smtp_server(settings):
    """A real mail server on this machine, used by the site."""
    with run_smtp_server() as server:
        options = mailer_options(server.url) | {"timeout": timeouts.SECONDS}
        settings.MAILERS = {
            "default": {"BACKEND": "comparisons.newsletter.emails.smtp.EmailBackend", "OPTIONS": options}
        }
        yield server
