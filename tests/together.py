"""Several things at once: in threads of the test, and in processes of their own on the test's database."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent


def in_threads(count: int, work: Callable[[], Any]) -> list[Any]:
    """Do `work` in so many threads that start together, and return what each returned or raised."""
    start, results = threading.Barrier(count), []

    def one() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def start_command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a management command in a process of its own, with the site's own settings, on the test's database."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "comparisons.settings", "DATABASE_URL": _database_url(), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + name
