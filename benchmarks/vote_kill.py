"""Kill the server repeatedly while visitors vote, and prove that no answered vote is lost.

Threads vote, each time as a new visitor, and note who got an answer. The server gets SIGKILL at random
moments and is started again. At the end every answered visitor must have one vote, and tallies equal rows.
"""

import argparse
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("mistral-3b", "code-llama-4", "smollm3")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """granian, as `make run` starts it, in its own process group so that a kill ends all of it."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment = environment
        self.port = port
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "asgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += ["--workers-kill-timeout", "5", "--log-level", "critical", "comparisons.asgi:application"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )

    def wait_until_healthy(self) -> float:
        began = time.monotonic()
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/privacy/")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.02)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def vote_until(stop: threading.Event, port: int, answered: list[tuple[str, str]]) -> None:
    """Vote as one new visitor after another, noting cookie and tool of each complete answer."""
    connection = None
    while not stop.is_set():
        tool = random.choice(TOOLS)
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request(
                "POST",
                f"/tools/{tool}/vote/",
                body="decision=" + random.choice(("ship", "skip")),
                headers={
                    "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            response = connection.getresponse()
            response.read()
            if response.status == 303:
                answered.append((response.getheader("Set-Cookie").split(";")[0].split("=", 1)[1], tool))
        except (OSError, http.client.HTTPException):
            connection = None
            time.sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()

    folder = tempfile.TemporaryDirectory(prefix="panelship-kill-")
    if options.postgresql:
        from tests.throwaway_postgres import start

        url = start(is_durable=True)
    else:
        url = f"sqlite:///{folder.name}/votes.sqlite3"
    os.environ |= {
        "DATABASE_URL": url,
        "SECRET_KEY": "k" * 50,
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
    }
    # The limits are not what is measured here.
    os.environ |= {"REQUESTS_PER_NETWORK": "100000000", "VOTES_PER_NETWORK": "100000000", "DEBUG": "true"}
    for command in ("migrate", "seed"):
        subprocess.run([sys.executable, "manage.py", command, "--verbosity", "0"], cwd=ROOT, check=True)

    server = Server(dict(os.environ), free_port())
    server.wait_until_healthy()
    answered: list[tuple[str, str]] = []
    stop = threading.Event()
    threads = [
        threading.Thread(target=vote_until, args=(stop, server.port, answered))
        for _ in range(options.threads)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    recoveries = []
    for _ in range(options.kills):
        time.sleep(random.uniform(0.3, 1.5))
        server.kill()
        server.start()
        recoveries.append(server.wait_until_healthy())
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    server.kill()

    import django

    django.setup()
    from django.core import signing
    from django.utils import timezone

    from comparisons.http.visitor_cookie import SALT
    from reviews.models import Vote
    from reviews.services.voting.recount import recount

    stored = list(Vote.objects.values_list("visitor", "tool__slug"))
    missing = {(signing.loads(cookie, salt=SALT), tool) for cookie, tool in answered} - set(stored)
    print(
        f"database: {'PostgreSQL' if options.postgresql else 'SQLite'}; kills: {options.kills}; "
        f"threads: {options.threads}"
    )
    print(
        f"answered votes: {len(answered)} in {took:.0f} s ({len(answered) / took:.0f} a second, the "
        "restarts included)"
    )
    print(
        f"answered and lost: {len(missing)}; visitors with two votes on a tool: "
        f"{len(stored) - len(set(stored))}"
    )
    print(f"stored without an answer (cut off by a kill): {len(stored) - len(answered)}")
    print(f"sums that differ from their rows: {len(recount(repair=False, now=timezone.now()))}")
    print(
        f"healthy again after: median {sorted(recoveries)[len(recoveries) // 2]:.2f} s, worst "
        f"{max(recoveries):.2f} s"
    )
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
