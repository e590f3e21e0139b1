"""Connections that send headers or a form byte by byte, or do not read the answer, while visitors read pages.

Eight such forms stopped the whole site when threads read bodies.
"""

import argparse
import asyncio
import contextlib

from drills.site import Site
from drills.visitors import LIGHT_PATHS, PAGES, Answers, visit

BODY = (
    b"POST /tools/mistral-3b/vote/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
)
HEADERS = b"GET /compare/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
READER = b"GET /static/admin/js/vendor/jquery/jquery.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BEGINNINGS = {"bodies": BODY, "headers": HEADERS, "readers": READER}


async def drip(port: int, kind: str, stop: asyncio.Event) -> None:
    """Send a request at a byte a second; begin again when the server closes the connection."""
    while not stop.is_set():
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            writer.write(BEGINNINGS[kind])
            while not stop.is_set() and not reader.at_eof():
                if kind == "readers":
                    await asyncio.sleep(1)
                    continue
                writer.write(b"d")
                await writer.drain()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(4096), 1)
            writer.close()


async def run(port: int, *, kind: str, connections: int, seconds: float) -> tuple[Answers, Answers]:
    """Return what visitors of pages, and of pages without database, got meanwhile."""
    stop = asyncio.Event()
    dripping = [asyncio.create_task(drip(port, kind, stop)) for _ in range(connections)]
    await asyncio.sleep(2)
    pages, light = await asyncio.gather(
        visit(port, PAGES, a_second=5, seconds=seconds), visit(port, LIGHT_PATHS, a_second=5, seconds=seconds)
    )
    stop.set()
    await asyncio.gather(*dripping)
    return pages, light


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    print("| entry | slow connections | pages | without a database |\n|---|---|---|---|")
    for entry in ("old", "door"):
        for kind, connections in (
            ("bodies", 0),
            ("bodies", 8),
            ("bodies", 1000),
            ("headers", 1000),
            ("readers", 1000),
        ):
            with Site(entry=entry) as site:
                pages, light = asyncio.run(
                    run(site.port, kind=kind, connections=connections, seconds=options.seconds)
                )
            print(f"| {entry} | {connections} {kind} | {pages} | {light} |", flush=True)


if __name__ == "__main__":
    main()
