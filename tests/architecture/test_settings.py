"""Settings are documented and strict, and a wrong one stops the start with a sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from comparisons.settings import TAKES
from comparisons.settings_validators import MOST_DAYS, MOST_MILLISECONDS

ROOT = Path(__file__).resolve().parents[2]


REPORT = """
print(
    settings.SITE_IS_SECURE,
    settings.DEBUG,
    settings.DATABASES["default"]["ENGINE"],
    settings.SESSION_COOKIE_NAME,
)
"""


def start(report=REPORT, **environment):
    """Load the settings in a process of their own and return its output."""
    clean = {name: value for name, value in os.environ.items() if name not in TAKES}
    key = {"SECRET_KEY": "k" * 40}
    return subprocess.run(
        [sys.executable, "-c", f"import comparisons.settings as settings; {report}"],
        cwd=ROOT,
        env=clean | key | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_setting_is_read_and_documented():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "comparisons/settings.py").read_text()))
    assert read == set(TAKES)
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))
    assert table == set(TAKES)


def test_the_site_starts_with_nothing_set():
    assert start().stdout.split() == ["False", "False", "django.db.backends.sqlite3", "session"]


def test_https_turns_on_secure_settings():
    assert start(SITE_URL="https://panelship.example").stdout.split()[::3] == ["True", "__Host-session"]


@pytest.mark.parametrize(
    ("environment", "contact"),
    [
        ({"SITE_URL": "https://panelship.example"}, "mailto:security@panelship.example"),
        ({"SECURITY_CONTACT": "report@panelship.example"}, "mailto:report@panelship.example"),
        (
            {"SECURITY_CONTACT": "https://panelship.example/report?a=b"},
            "https://panelship.example/report?a=b",
        ),
    ],
)
def test_weaknesses_are_reported_to_a_mailbox_or_an_address(environment, contact):
    assert start(report="print(settings.SECURITY_CONTACT)", **environment).stdout.strip() == contact


@pytest.mark.parametrize(
    ("environment", "is_on"),
    [
        ({}, False),
        ({"SITE_URL": "https://panelship.example"}, True),
        ({"SITE_URL": "https://panelship.example", "SECOND_FACTOR": "false"}, False),
        ({"SECOND_FACTOR": "true"}, True),
    ],
)
def test_a_second_factor_is_asked_for_over_https_unless_it_is_said_otherwise(environment, is_on):
    assert start(report="print(settings.SECOND_FACTOR)", **environment).stdout.strip() == str(is_on)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("SECOND_FACTOR", "perhaps"),
        ("SECURITY_CONTACT", "perhaps"),
        ("SECURITY_CONTACT", "http://panelship.example/security"),
        ("SECURITY_CONTACT", "https://"),
        ("SECURITY_CONTACT", "a@b.example\nContact: c@d.example"),
        ("SECOND_FACTOR", ""),
        ("SAMPLE_CATALOGUE", "perhaps"),
        ("SITE_URL", "panelship.example"),
        ("SITE_URL", "https://panelship.example/path"),
        ("SITE_URL", "ftp://panelship.example"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("CLIENT_ADDRESS_HEADER", "X_Forwarded_For"),
        ("CLIENT_ADDRESS_HEADER", ""),
        ("DATABASE_POOL_SIZE", "7"),
        ("DATABASE_STATEMENT_TIMEOUT_MS", "-1"),
        ("TRUSTED_PROXIES", "9"),
        ("LOG_LEVEL", "LOUD"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("SITE_NAME", ""),
        ("MAIL_URL", "mail.example"),
        ("MAIL_URL", "smtp://mail.example?tls=perhaps"),
        ("MAIL_FROM", "Panelship"),
        ("MAIL_FROM", "a@["),
        ("ALLOWED_HOSTS", ","),
        ("SITE_URL", "https://user:pw@panelship.example"),
        ("SITE_URL", "https://panelship.example:99999"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://u:p@host:abc/n"),
        ("DATABASE_STATEMENT_TIMEOUT_MS", "99999999999"),
        ("SITE_NAME", "Panel\nship"),
        ("SECRET_KEY", " " * 45),
        ("VERDICT_STALE_DAYS", "0"),
        ("VERDICT_STALE_DAYS", "99999999999"),
        ("VERDICT_APART_DAYS", "99999999999"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(name, value):
    answer = start(**{name: value})
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "Panelship cannot start with these settings:",
        f"  {name} takes {TAKES[name]}.",
    ]


def test_blanks_around_host_names_are_ignored():
    answer = start(ALLOWED_HOSTS=" a.example, .b.example ", report="print(settings.ALLOWED_HOSTS)")
    assert answer.stdout.split() == ["['a.example',", "'.b.example']"]


def test_the_address_of_the_site_is_as_browsers_write_it():
    answer = start(
        SITE_URL="https://Panelship.Example/", report="print(settings.SITE_URL, *settings.ALLOWED_HOSTS)"
    )
    assert answer.stdout.split() == ["https://panelship.example", "panelship.example"]


def test_the_sentences_name_the_largest_values():
    assert f"to {MOST_DAYS}" in TAKES["VERDICT_STALE_DAYS"]
    assert f"to {MOST_DAYS}" in TAKES["VERDICT_APART_DAYS"]
    assert str(MOST_MILLISECONDS) in TAKES["DATABASE_STATEMENT_TIMEOUT_MS"]


def test_all_wrong_values_are_reported_together():
    answer = start(DEBUG="perhaps", LOG_LEVEL="LOUD")
    assert "DEBUG takes" in answer.stderr
    assert "LOG_LEVEL takes" in answer.stderr


def test_a_secret_key_may_start_with_a_dollar_sign():
    assert start(SECRET_KEY="$" + "k" * 40).returncode == 0
