"""Somebody locks one tool's row while visitors vote on it; everybody else reads.

On PostgreSQL that is one row; on SQLite the whole database, for writers.
"""

import argparse
import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from drills.site import Site
from drills.visitors import LIGHT_PATHS, PAGES, Answers, visit, vote
from tests.throwaway_postgres import start


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the lock for the block."""
    if url.startswith("sqlite"):
        database = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
    else:
        database = psycopg.connect(url)
        database.execute("SELECT 1 FROM reviews_tool WHERE slug = 'mistral-3b' FOR UPDATE")
        database.execute("SELECT 1 FROM reviews_votetally FOR UPDATE")
    try:
        yield
    finally:
        database.rollback()
        database.close()


async def run(site: Site, *, seconds: float) -> tuple[Answers, Answers, Answers]:
    """Return what voters, readers and visitors of light pages got meanwhile."""
    await asyncio.gather(
        vote(site.port, a_second=2, seconds=2), visit(site.port, PAGES, a_second=4, seconds=2)
    )
    with locked(site.database_url):
        return await asyncio.gather(
            vote(site.port, a_second=20, seconds=seconds),
            visit(site.port, PAGES, a_second=5, seconds=seconds),
            visit(site.port, LIGHT_PATHS, a_second=5, seconds=seconds),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    url = start()
    print("| entry | database | votes | pages | without a database |\n|---|---|---|---|---|")
    for database in ("SQLite", "PostgreSQL"):
        for entry in ("old", "door"):
            with Site(entry=entry, database_url=url if database == "PostgreSQL" else "") as site:
                votes, pages, light = asyncio.run(run(site, seconds=options.seconds))
            print(f"| {entry} | {database} | {votes} | {pages} | {light} |", flush=True)


if __name__ == "__main__":
    main()
