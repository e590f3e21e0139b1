"""Sixteen programs try passwords at the desk without pause while visitors read pages.

Each attempt hashes a password: a third of a second of a processor.
"""

import argparse
import asyncio
import re
import time

from drills.site import Site
from drills.visitors import LIGHT_PATHS, PAGES, Answers, ask, visit

AT_ONCE = 16


async def try_passwords(site: Site, *, seconds: float) -> Answers:
    """Send wrong passwords without pause, as `AT_ONCE` programs do."""
    _, headers, page = site.get("/admin/login/")
    cookie = headers["set-cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    sent = (
        f"Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
    )
    answers = Answers()
    ends_at = time.monotonic() + seconds

    async def program(number: int) -> None:
        while time.monotonic() < ends_at:
            body = f"username=editor{number}&password=wrong&csrfmiddlewaretoken={token}"
            answers.add(*await ask(site.port, "/admin/login/", method="POST", headers=sent, body=body))

    await asyncio.gather(*(program(number) for number in range(AT_ONCE)))
    return answers


async def run(site: Site, *, seconds: float) -> tuple[Answers, Answers, Answers]:
    """Return what attackers, readers and visitors of light pages got."""
    await visit(site.port, PAGES, a_second=4, seconds=2)
    return await asyncio.gather(
        try_passwords(site, seconds=seconds),
        visit(site.port, PAGES, a_second=5, seconds=seconds),
        visit(site.port, LIGHT_PATHS, a_second=5, seconds=seconds),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    print("| entry | sign-ins | pages | without a database |\n|---|---|---|---|")
    for entry in ("old", "door"):
        with Site(entry=entry, workers=options.workers) as site:
            attempts, pages, light = asyncio.run(run(site, seconds=options.seconds))
        print(f"| {entry} | {attempts} | {pages} | {light} |", flush=True)


if __name__ == "__main__":
    main()
