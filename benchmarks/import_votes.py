"""Votes while a file is imported: how long each waits, beside votes on a site where nothing is imported.

The import runs as `manage.py import_catalogue` in a process of its own; the votes go through the service, ten
a second, on the same database. No vote may wait longer than a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

PAUSE = 0.1  # seconds between votes
LONGEST = 1.0  # seconds that a vote may wait


def rows(number: int) -> str:
    return json.dumps(
        [
            {
                "slug": f"imported-{place}",
                "name": f"Imported {place}",
                "category": "stage",
                "kind": "model",
                "tagline": f"Row {place} of a large file",
                "description": f"Made to be imported, as row {place} of {number}.",
                "status": "draft",
            }
            for place in range(number)
        ]
    )


def vote_until(is_over, *, tool, first: int) -> list[float]:
    """Vote until `is_over()`; return the seconds that each took."""
    from django.utils import timezone

    from reviews.services.voting.cast import cast
    from reviews.services.voting.networks import Network

    taken = []
    while not is_over():
        number = first + len(taken)
        began = time.perf_counter()
        cast(
            tool=tool,
            visitor=f"visitor {number}",
            networks=(Network(prefix=24, digest=f"{number:016x}"),),
            now=timezone.now(),
            decision="ship" if number % 2 else "skip",
        )
        taken.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    return taken


def told(name: str, taken: list[float]) -> str:
    ordered = sorted(taken)
    median = 1000 * ordered[len(ordered) // 2]
    return f"{name:24}{len(taken):6} votes, median {median:6.1f} ms, longest {1000 * ordered[-1]:7.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory(prefix="panelship-import-")
    if options.postgresql:
        from tests.throwaway_postgres import start

        url = start(is_durable=True)
    else:
        url = f"sqlite:///{folder.name}/import.sqlite3"
    os.environ |= {
        "DATABASE_URL": url,
        "SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
    }
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from reviews.models import Category, Tool

    call_command("migrate", verbosity=0)
    call_command("seed", "--panel-only")
    category = Category.objects.get_or_create(slug="stage", defaults={"name": "Stage"})[0]
    fields = {"kind": "model", "tagline": "t", "description": "d", "status": "published"}
    tool = Tool.objects.create(
        category=category, name="Voted", slug="voted", published_at=timezone.now(), **fields
    )
    file = Path(folder.name, "tools.json")
    file.write_text(rows(options.rows))

    end = time.monotonic() + 5
    quiet = vote_until(lambda: time.monotonic() > end, tool=tool, first=0)
    command = [sys.executable, "manage.py", "import_catalogue", "tools", str(file), "--write"]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    busy = vote_until(lambda: process.poll() is not None, tool=tool, first=len(quiet))
    seconds = time.monotonic() - began
    if process.returncode:
        raise SystemExit(process.stderr.read())
    written = Tool.objects.filter(slug__startswith="imported-").count()
    print(f"{connection.vendor}; {written:,} rows in {seconds:.0f} s, {written / seconds:.0f} a second")
    print(told("nothing imported", quiet))
    print(told("while importing", busy))
    if written != options.rows:
        raise SystemExit("Not every row was written.")
    if not options.postgresql and max(busy) > LONGEST:
        raise SystemExit("A vote waited longer than a second.")


if __name__ == "__main__":
    main()
