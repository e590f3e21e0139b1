"""A PostgreSQL server for one test run, from the installed binaries. Works as root too.

As a program, its exit code says whether the binaries are there.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HINT = "PostgreSQL is not installed (on Debian and Ubuntu: apt install postgresql)"


def find_binaries() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl` of the newest version installed, or None."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parent.parent.name)
    )
    if debian:
        return debian[-1].parent
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path else None


def start(*, is_durable: bool = False) -> str:
    """Start a server on a socket in a temporary folder until this process ends, and return its URL.

    It is fast but unsafe unless `is_durable`. Raises FileNotFoundError without PostgreSQL.
    """
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError(HINT)
    # Neither pytest's nor the system's idea of a temporary folder may make the socket's path longer than 107
    # bytes.
    home = Path(tempfile.mkdtemp(prefix="panelship-pg-", dir="/tmp"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(binaries / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=home
        )

    data = str(home / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    haste = "" if is_durable else "-F -c synchronous_commit=off -c full_page_writes=off"
    # What a question's asker gave up ends soon, and stands in nobody's way.
    options = f"-k {home} -h '' {haste} -c max_connections=200 -c client_connection_check_interval=200ms"
    run("pg_ctl", "-D", data, "-w", "-t", "180", "-l", str(home / "log"), "-o", options, "start")

    def stop() -> None:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://postgres@{str(home).replace('/', '%2F')}/postgres"


if __name__ == "__main__":
    sys.exit(find_binaries() is None)
