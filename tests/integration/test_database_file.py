"""The file of a SQLite database is its owner's alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TALK = """
import django; django.setup()
from django.db import connection
connection.cursor().execute("CREATE TABLE IF NOT EXISTS t (x)")
from pathlib import Path
print(*sorted(f"{path.suffix}:{path.stat().st_mode & 0o777:o}" for path in Path(FOLDER).iterdir()))
"""


def modes(folder) -> list[str]:
    """Return the files' modes while a process started with an open umask is connected."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
        "SECRET_KEY": "k" * 40,
    }
    command = [sys.executable, "-c", TALK.replace("FOLDER", repr(str(folder)))]
    asked = {"cwd": ROOT, "env": environment, "capture_output": True, "text": True, "check": True, "umask": 0}
    return subprocess.run(command, **asked).stdout.split()


def test_a_new_database_file_and_its_companions_are_private(tmp_path):
    assert modes(tmp_path) == [".sqlite3-shm:600", ".sqlite3-wal:600", ".sqlite3:600"]


@pytest.mark.parametrize(("before", "after"), [(0o644, "600"), (0o666, "600"), (0o700, "700")])
def test_a_readable_database_file_is_made_private_at_the_next_connection(tmp_path, before, after):
    modes(tmp_path)
    (tmp_path / "site.sqlite3").chmod(before)
    assert f".sqlite3:{after}" in modes(tmp_path)
