"""PostgreSQL accepts connections and says nothing for twenty seconds, or is gone; then it is back.

Pages without database must go on as usual, everything else is told to come back, and pages return soon after
the database.
"""

import argparse
import asyncio
import math
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from drills.relay import Relay
from drills.site import Site
from drills.visitors import LIGHT_PATHS, PAGES, Answers, ask, visit, vote
from tests.throwaway_postgres import start


async def run(
    site: Site, relay: Relay, *, is_gone: bool, seconds: float
) -> tuple[Answers, Answers, Answers, float]:
    """Return what visitors of light pages, of pages and voters got, and when a page answered again."""
    await asyncio.gather(
        *(ask(site.port, PAGES[0]) for _ in range(24))
    )  # so that each thread has had a connection
    (relay.vanish if is_gone else relay.fall_silent)()
    light, pages, votes = await asyncio.gather(
        visit(site.port, LIGHT_PATHS, a_second=10, seconds=seconds),
        visit(site.port, PAGES, a_second=5, seconds=seconds),
        vote(site.port, a_second=2, seconds=seconds),
    )
    (relay.come_back if is_gone else relay.speak)()
    began = time.monotonic()
    while time.monotonic() - began < 60:
        if (await ask(site.port, PAGES[0]))[0] == 200:
            return light, pages, votes, time.monotonic() - began
        await asyncio.sleep(0.1)
    return light, pages, votes, math.inf


def folder_of(url: str) -> Path:
    """Return the folder with the socket of a throw-away PostgreSQL."""
    return Path(unquote(urlsplit(url).netloc.rpartition("@")[2]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    url = start()
    print(
        "| entry | database | without a database | pages | votes | a page again after "
        "|\n|---|---|---|---|---|---|"
    )
    for entry in ("old", "door"):
        for how in ("silent", "gone"):
            with Relay(folder_of(url)) as relay, Site(entry=entry, database_url=relay.url) as site:
                light, pages, votes, back = asyncio.run(
                    run(site, relay, is_gone=how == "gone", seconds=options.seconds)
                )
            print(f"| {entry} | {how} | {light} | {pages} | {votes} | {back:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
