"""Several things at once, in threads or in processes on the test's database."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.db import connection, connections

from tests import timeouts

ROOT = Path(__file__).resolve().parent.parent


def run_in_threads[Answer](act: Callable[[int], Answer], number: int) -> list[Answer]:
    """Run `act(index)` in `number` threads that start together; return results or raise an exception."""
    start = Barrier(number)

    def run(index: int) -> Answer:
        try:
            start.wait(timeout=timeouts.SECONDS)
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def start_command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a management command in a process on the test's database. Read its output with `communicate`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.clock", "manage.py", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.command_settings",
            "DATABASE_URL": _database_url(),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + name
