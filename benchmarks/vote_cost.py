"""The cost of a vote with ten recent votes and with a million: it should be the same.

Half of the votes are of the last week, each from its own network, and as many wait in a burst. Measured are
new votes, changes and withdrawals through the service, one and a thousand a second by the service's clock;
the time is that of this process and its database (SQLite), or of the clock (PostgreSQL).
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WEEK = 7 * 86_400
SERIES = {
    "sqlite": (
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {total}) "
        "SELECT {columns} FROM numbers"
    ),
    "postgresql": "SELECT {columns} FROM generate_series(1, {total}) AS numbers (n)",
}
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', {epoch} - (n * 7 % {span}), 'unixepoch')",
    "postgresql": "to_timestamp({epoch} - (n::bigint * 7 % {span}))",
}
HEX = {"sqlite": "printf('%016x', n)", "postgresql": "lpad(to_hex(n), 16, '0')"}


def fill(tool, number: int) -> None:
    """Give the tool this many votes that count and that wait, 60 % to ship, over the last two weeks."""
    from django.db import connection

    from reviews.models import Vote, VoteBatch
    from reviews.services.voting.recount import recount

    batch = VoteBatch.objects.create(tool=tool, reason="burst", opened_at=NOW)
    kind = connection.vendor
    moment = MOMENT[kind].format(epoch=int(NOW.timestamp()), span=2 * WEEK)
    for status, to_batch in (("", "NULL"), ("burst", str(batch.pk))):
        values = {
            "tool_id": str(tool.pk),
            "visitor": f"'{status or 'past'} ' || n",
            "decision": "CASE WHEN n % 5 < 3 THEN 'ship' ELSE 'skip' END" if not status else "'ship'",
            "status": f"'{status}'",
            "stands": "''",
            "base": "''",
            "is_first": "true",
            "batch_id": to_batch,
            "network": HEX[kind] if not status else "''",
            "subnetwork": "''",
            "cast_at": moment,
            "changed_at": moment,
        }
        rows = SERIES[kind].format(columns=", ".join(values.values()), total=number)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {Vote._meta.db_table} ({', '.join(values)}) {rows}")
    recount(repair=True, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def milliseconds(act: Callable[[int], object], numbers: range) -> float:
    """Return the median of what `act` costs."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for number in numbers:
        began = clock()
        act(number)
        taken.append(clock() - began)
    return 1000 * sorted(taken)[len(taken) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, nargs="+", default=[10, 100_000, 1_000_000])
    parser.add_argument("--acts", type=int, default=200)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory(prefix="panelship-cost-")
    if options.postgresql:
        from tests.throwaway_postgres import start

        url = start(is_durable=True)
    else:
        url = f"sqlite:///{folder.name}/votes.sqlite3"
    os.environ |= {
        "DATABASE_URL": url,
        "SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
    }
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from reviews.models import Category, Tool
    from reviews.services.voting.cast import cast, withdraw
    from reviews.services.voting.networks import Network
    from reviews.services.voting.recount import recount

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # for filling; a vote takes milliseconds
    category = Category.objects.create(slug="stage", name="Stage")
    print(f"{connection.vendor}; median of {options.acts} each, in milliseconds")
    heads = {"votes (and as many waiting)": 28, "new": 8, "1,000 a second": 16, "changed": 9, "withdrawn": 11}
    print("".join(f"{head:>{width}}" for head, width in (heads | {"recount": 10}).items()))
    for number in options.votes:
        tool = Tool.objects.create(
            category=category,
            name=f"Stage {number}",
            slug=f"stage-{number}",
            kind="model",
            tagline="t",
            description="d",
            status="published",
            published_at=NOW,
        )
        fill(tool, number)

        def push(index, decision, moment, tool=tool):
            networks = (Network(prefix=24, digest=f"{index:08x}{'f' * 8}"),)
            given = {"tool": tool, "visitor": f"visitor {index}", "networks": networks, "now": moment}
            return cast(**given, decision=decision) if decision else withdraw(**given)

        def said(index):
            return "ship" if index % 5 < 3 else "skip"

        acts = options.acts
        new = milliseconds(lambda i: push(i, said(i), NOW + timedelta(seconds=i)), range(acts))
        fast = milliseconds(
            lambda i: push(i, said(i), NOW + timedelta(hours=1, milliseconds=i)), range(acts, 2 * acts)
        )
        changed = milliseconds(
            lambda i: push(i, said(i + 2), NOW + timedelta(hours=2, seconds=i)), range(acts)
        )
        withdrawn = milliseconds(lambda i: push(i, "", NOW + timedelta(hours=3, seconds=i)), range(acts))
        began = time.perf_counter()
        if recount(repair=False, now=NOW + timedelta(hours=3)):
            raise AssertionError("The sums differ from the votes.")
        took = time.perf_counter() - began
        print(f"{number:28,}{new:8.1f}{fast:16.1f}{changed:9.1f}{withdrawn:11.1f}{took:8.1f} s", flush=True)


if __name__ == "__main__":
    main()
