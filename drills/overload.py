"""Twice as many visitors as the site can serve, at a steady rate.

First the peak is measured with as many at once as can be served; then visitors come at that rate and at twice
that rate.
"""

import argparse
import asyncio
import time

from drills.site import Site
from drills.visitors import PAGES, Answers, ask, visit


async def measure_peak(port: int, *, run_in_threads: int, seconds: float) -> float:
    """Return the pages served per second when `at_once` visitors each ask for one after another."""
    answers = Answers()
    ends_at = time.monotonic() + seconds

    async def reader(index: int) -> None:
        while time.monotonic() < ends_at:
            answers.add(*await ask(port, PAGES[index % len(PAGES)]))
            index += 1

    await asyncio.gather(*(reader(index) for index in range(run_in_threads)))
    return answers.count(200) / seconds


async def run(port: int, *, seconds: float) -> tuple[float, Answers, Answers]:
    """Return the peak in pages a second, and what visitors got at that rate and at twice it."""
    await measure_peak(port, run_in_threads=4, seconds=2)
    peak = await measure_peak(port, run_in_threads=8, seconds=seconds / 2)
    once = await visit(port, PAGES, a_second=peak, seconds=seconds)
    await asyncio.sleep(3)
    twice = await visit(port, PAGES, a_second=2 * peak, seconds=seconds)
    return peak, once, twice


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print("| entry | peak | at the peak's rate | at twice the rate | goodput |\n|---|---|---|---|---|")
    for entry in ("old", "door"):
        with Site(entry=entry, workers=options.workers) as site:
            peak, once, twice = asyncio.run(run(site.port, seconds=options.seconds))
        goodput = twice.count(200) / options.seconds / peak
        print(f"| {entry} | {peak:.0f}/s | {once} | {twice} | {goodput:.0%} |", flush=True)


if __name__ == "__main__":
    main()
