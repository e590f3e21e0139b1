"""Does each subscriber get the letter exactly once, when the run that sends it is killed on the way?

    .venv/bin/python -m benchmarks.newsletter_kill [--database postgresql] [--readers 10000] [--kills 3]
    [--control]

Makes subscribers in a throw-away database and a mail server on this machine that writes down every letter it
takes. Then `manage.py send_digest` is started, killed with SIGKILL at a random moment, started again, and so
on; the last run may finish. Afterwards what the server took is held against what the database says.
`--control` does the same with a run that claims nothing and marks letters as sent a hundred at a time, as one
would without thinking of crashes: there, letters are doubled.

Measured on a shared machine with two cores, of which the mail server used one (`--seed 7`):

    SQLite      10,000 subscribers   3 kills   184 s   9,998 exactly one   2 listed (0 arrived)   0 doubled
    0 skipped PostgreSQL  10,000 subscribers   3 kills   187 s   9,999 exactly one   3 listed (2 arrived)   0
    doubled   0 skipped SQLite       1,500 subscribers  12 kills    62 s   1,494 exactly one   8 listed (2
    arrived)   0 doubled   0 skipped control      2,000 subscribers   3 kills    23 s   1,856 exactly one   0
    listed             144 doubled   0 skipped
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--run-control", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return serve(port=int(options.serve[0]), taken=Path(options.serve[1]))
    if options.run_control:
        return run_without_claims()
    with tempfile.TemporaryDirectory(prefix="panelship-letters-") as folder:
        return measure(options, Path(folder))


def measure(options: argparse.Namespace, folder: Path) -> int:
    from benchmarks.vote_kill import free_port

    port = free_port()
    taken = folder / "taken"
    prepare_database(options, folder, port)
    taken.touch()
    server = subprocess.Popen([sys.executable, __file__, "--serve", str(port), str(taken)])
    try:
        seconds = send_and_kill(options, taken)
    finally:
        server.kill()
        server.wait()
    return judge(options, taken, seconds)


def prepare_database(options: argparse.Namespace, folder: Path, port: int) -> None:
    """Set the environment of every run, and fill a new database."""
    if options.database == "postgresql":
        from tests.throwaway_postgres import start

        url = start()
    else:
        url = f"sqlite:///{folder}/letters.sqlite3"
    os.environ |= {
        "DATABASE_URL": url,
        "DATABASE_STATEMENT_TIMEOUT_MS": "0",
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
        "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "https://panelship.example",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from comparisons.models import Comparison
    from comparisons.newsletter.models import Subscriber
    from reviews.models import Tool

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    now = timezone.now()
    Tool.objects.update(published_at=now)
    Comparison.objects.update(published_at=now)
    readers = (
        Subscriber(email=f"reader-{number}@example.com", confirmed_at=now)
        for number in range(options.readers)
    )
    Subscriber.objects.bulk_create(readers, batch_size=1000)


def send_and_kill(options: argparse.Namespace, taken: Path) -> float:
    """Run until a run ends by itself, and return how many seconds all of them took."""
    moments = random.Random(options.seed)
    command = (
        [sys.executable, __file__, "--run-control"]
        if options.control
        else [sys.executable, "manage.py", "send_digest"]
    )
    begun = time.monotonic()
    for kill in range(options.kills):
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        goal = options.readers * (kill + moments.uniform(0.3, 1)) / (options.kills + 1)
        while len(taken.read_bytes().splitlines()) < goal and run.poll() is None:
            time.sleep(0.02)
        time.sleep(moments.uniform(0, 0.05))
        assert run.poll() is None, "the run was over before it could be killed"
        run.kill()
        run.wait()
        print(f"killed after {len(taken.read_bytes().splitlines()):,} letters", flush=True)
    subprocess.run(command, cwd=ROOT, check=True)
    return time.monotonic() - begun


def judge(options: argparse.Namespace, taken: Path, seconds: float) -> int:
    """Hold what the server took against what the database says."""
    from comparisons.newsletter.models import Delivery, State

    arrived = Counter(taken.read_text().split())
    listing = subprocess.run(
        [sys.executable, "manage.py", "send_digest", "--list-interrupted"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    listed = {word for word in listing.split() if word.endswith("@example.com")}
    states = dict(Delivery.objects.values_list("subscriber__email", "state"))
    doubled = [email for email in states if arrived[email] > 1]
    skipped = [email for email in states if not arrived[email] and email not in listed]
    wrong = [email for email, state in states.items() if (state == State.SENT) != (email not in listed)]
    print(
        f"{options.database}, {options.readers:,} subscribers, "
        f"{options.kills} times SIGKILL, seed {options.seed}"
    )
    print(f"  {seconds:.0f} s in all, {sum(arrived.values()) / seconds:.0f} letters a second")
    print(f"  exactly one letter: {sum(arrived[email] == 1 for email in states):,}")
    print(
        f"  listed as interrupted: {len(listed)}, of whom "
        f"{sum(arrived[email] > 0 for email in listed)} have their letter"
    )
    print(
        f"  more than one letter: {len(doubled)}; skipped silently: {len(skipped)}; state and list "
        f"disagree: {len(wrong)}"
    )
    is_good = len(states) == options.readers and not doubled and not skipped and not wrong
    print("Good." if is_good else "NOT GOOD.")
    return 0 if is_good else 1


def serve(*, port: int, taken: Path) -> int:
    """Take every letter and write down whose it is before saying so."""
    from aiosmtpd.controller import Controller

    class Book:
        def __init__(self) -> None:
            self.stream = taken.open("a", buffering=1)

        async def handle_DATA(self, server, session, envelope):
            self.stream.write(f"{envelope.rcpt_tos[0]}\n")
            return "250 OK"

    Controller(Book(), hostname="127.0.0.1", port=port).start()
    while True:
        time.sleep(3600)


def run_without_claims() -> int:
    """The negative control: nothing is claimed, and what was sent is marked a hundred letters later."""
    import django

    django.setup()
    from django.core.management import call_command

    from comparisons.newsletter.models import Delivery, State
    from comparisons.newsletter.services import delivery

    sent: list[int] = []

    def claim_nothing(delivery, run):
        return True

    def note_now_and_then(delivery):
        sent.append(delivery.pk)
        if len(sent) % delivery.BATCH == 0:
            note()

    def note():
        Delivery.objects.filter(pk__in=sent).update(state=State.SENT, sent_at=delivery.timezone.now())
        sent.clear()

    delivery._claim = claim_nothing
    delivery._record_sent = note_now_and_then
    call_command("send_digest")
    note()
    return 0


if __name__ == "__main__":
    sys.exit(main())
