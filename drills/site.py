"""The site as a process, with the sample catalogue, in a temporary folder."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = {
    "door": ("--interface", "asgi", "comparisons.asgi:application"),
    "hanging": ("--interface", "asgi", "drills.hanging_entry:application"),
    "old": ("--interface", "wsgi", "--blocking-threads", "8", "drills.old_entry:application"),
}
FLAGS = {
    "door": (
        "--backlog",
        "8192",
        "--backpressure",
        "8192",
        "--http1-header-read-timeout",
        "10000",
        "--no-ws",
        "--respawn-failed-workers",
    ),
    "old": (),
}
FLAGS["hanging"] = FLAGS["door"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """Granian with the site, as `make run` starts it (`door`) or as before (`old`).

    `database_url` is a SQLite file in the folder unless given; it is migrated and seeded. `settings` are
    further environment variables. `log` is the file of the process's output.
    """

    def __init__(
        self,
        *,
        entry: str = "door",
        workers: int = 1,
        database_url: str = "",
        is_seeded: bool = False,
        **settings: str,
    ) -> None:
        self.entry = entry
        self.workers = workers
        self.is_seeded = is_seeded
        self._folder = tempfile.TemporaryDirectory(prefix="panelship-drill-")
        self.folder = Path(self._folder.name)
        self.log = self.folder / "log"
        self.port = free_port()
        self.database_url = database_url or f"sqlite:///{self.folder}/site.sqlite3"
        clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = clean | {
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "drills.settings",
            "DRILL_ENTRY": entry,
            "DRILL_FOLDER": str(self.folder),
            "LOG_LEVEL": "INFO",
            "PYTHONUNBUFFERED": "1",
            "SECRET_KEY": "k" * 50,
            "TMPDIR": str(self.folder),
            # What is measured here is the door and not the limits behind it.
            "REQUESTS_PER_NETWORK": "100000000",
            "REQUESTS_PER_VISITOR": "100000000",
            **settings,
        }

    def __enter__(self) -> Self:
        commands = ["collectstatic --noinput"] + ([] if self.is_seeded else ["migrate", "seed"])
        for command in commands:
            self.manage(*command.split(), "--verbosity", "0")
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        self._folder.cleanup()

    def manage(self, *arguments: str) -> str:
        """Run a management command on the site's database and return its output."""
        environment = {"DATABASE_STATEMENT_TIMEOUT_MS": "0", **self.environment}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--log-level",
            "warning",
        ]
        command += [
            "--workers",
            str(self.workers),
            "--workers-kill-timeout",
            "15",
            *FLAGS[self.entry],
            *ENTRIES[self.entry],
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        self.wait_until_healthy()

    def stop(self) -> None:
        """End the processes of this site, and only these."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait_until_healthy(self, *, path: str = "/privacy/", seconds: float = 60.0) -> float:
        """Return after how many seconds the page answers. Raises TimeoutError with the log."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                if self.get(path, timeout=2)[0] == 200:
                    return time.monotonic() - began
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text()[-2000:])

    def get(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 10,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request; return status, headers with lower-case names, and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return (
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                response.read(),
            )
        finally:
            connection.close()
