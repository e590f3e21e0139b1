"""Well-behaved visitors, and how long they wait."""

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

TOO_LONG = 10.0
LIGHT_PATHS = ("/privacy/", "/static/css/site.css")
PAGES = ("/compare/code-llama-4-vs-mistral-3b/", "/tools/mistral-3b/", "/compare/")


@dataclass
class Answers:
    """The seconds of each answer, by status; 0 is none."""

    seconds: dict[int, list[float]] = field(default_factory=dict)

    def add(self, status: int, seconds: float) -> None:
        self.seconds.setdefault(status, []).append(seconds)

    def count(self, *statuses: int) -> int:
        return sum(len(self.seconds.get(status, ())) for status in statuses)

    @property
    def total(self) -> int:
        return self.count(*self.seconds)

    def percentile(self, percent: float, *statuses: int) -> float:
        """Return the seconds within which `percent` of the answers with `statuses` came; nan without any."""
        taken = sorted(chain.from_iterable(self.seconds.get(status, ()) for status in statuses))
        return taken[min(len(taken) - 1, math.ceil(percent / 100 * len(taken)) - 1)] if taken else math.nan

    def __str__(self) -> str:
        parts = [f"{len(taken)} × {status or 'no answer'}" for status, taken in sorted(self.seconds.items())]
        text = ", ".join(parts)
        for name, statuses in (("served", (200, 303)), ("refused", (503,))):
            if self.count(*statuses):
                half, most = (1000 * self.percentile(percent, *statuses) for percent in (50, 99))
                text += f"; {name} p50 {half:.0f} ms, p99 {most:.0f} ms"
        return text


async def ask(
    port: int, path: str, *, method: str = "GET", headers: str = "", body: str = ""
) -> tuple[int, float]:
    """Send a request on its own connection; return status and the seconds until the answer was whole."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(TOO_LONG):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                length = f"Content-Length: {len(body)}\r\n" if body else ""
                writer.write(
                    f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: "
                    f"close\r\n{headers}{length}\r\n{body}".encode()
                )
                answer = await reader.read()
            finally:
                writer.close()
    except (TimeoutError, OSError):
        return 0, time.monotonic() - began
    return (int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0), time.monotonic() - began


async def visit(port: int, paths: Sequence[str], *, a_second: float, seconds: float) -> Answers:
    """Let visitors come at a steady rate, whether or not others have been answered."""
    answers = Answers()

    async def one(path: str) -> None:
        answers.add(*await ask(port, path))

    async with asyncio.TaskGroup() as group:
        began = time.monotonic()
        for index in range(int(a_second * seconds)):
            await asyncio.sleep(max(0.0, began + index / a_second - time.monotonic()))
            group.create_task(one(paths[index % len(paths)]))
    return answers


VOTE = {
    "method": "POST",
    "headers": "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n",
    "body": "decision=ship",
}


async def vote(port: int, *, a_second: float, seconds: float) -> Answers:
    """Let visitors vote on one tool at a steady rate."""
    answers = Answers()

    async def one() -> None:
        answers.add(*await ask(port, "/tools/mistral-3b/vote/", **VOTE))

    async with asyncio.TaskGroup() as group:
        for _ in range(int(a_second * seconds)):
            group.create_task(one())
            await asyncio.sleep(1 / a_second)
    return answers
