"""Settings: documented, strict, and kind when they are wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from comparisons.settings import TAKES

ROOT = Path(__file__).resolve().parents[2]


REPORT = """
import comparisons.settings as settings
print(settings.SITE_IS_SECURE, settings.DEBUG, settings.DATABASES["default"]["ENGINE"], settings.SESSION_COOKIE_NAME)
"""


def start(**environment):
    """Load the settings in a process of their own and return what it said."""
    clean = {name: value for name, value in os.environ.items() if name not in TAKES}
    key = {"SECRET_KEY": "k" * 40}
    return subprocess.run(
        [sys.executable, "-c", REPORT], cwd=ROOT, env=clean | key | environment, capture_output=True, text=True, check=False
    )


def test_every_setting_is_read_and_documented():
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "comparisons/settings.py").read_text()))
    assert read == set(TAKES)
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert table == set(TAKES)


def test_it_starts_with_nothing_set():
    assert start().stdout.split() == ["False", "False", "django.db.backends.sqlite3", "session"]


def test_https_turns_the_safety_on():
    assert start(SITE_URL="https://panelship.example").stdout.split()[::3] == ["True", "__Host-session"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("SAMPLE_CATALOGUE", "perhaps"),
        ("SITE_URL", "panelship.example"),
        ("SITE_URL", "https://panelship.example/path"),
        ("SITE_URL", "ftp://panelship.example"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_POOL_SIZE", "0"),
        ("DATABASE_STATEMENT_TIMEOUT_MS", "-1"),
        ("TRUSTED_PROXIES", "9"),
        ("LOG_LEVEL", "LOUD"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("SITE_NAME", ""),
        ("MAIL_URL", "mail.example"),
        ("MAIL_URL", "smtp://mail.example?tls=perhaps"),
        ("MAIL_FROM", "Panelship"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(name, value):
    answer = start(**{name: value})
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == ["Panelship cannot start with these settings:", f"  {name} takes {TAKES[name]}."]


def test_all_wrong_values_are_told_at_once():
    answer = start(DEBUG="perhaps", LOG_LEVEL="LOUD")
    assert "DEBUG takes" in answer.stderr
    assert "LOG_LEVEL takes" in answer.stderr


def test_a_secret_key_may_start_with_a_dollar_sign():
    assert start(SECRET_KEY="$" + "k" * 40).returncode == 0
