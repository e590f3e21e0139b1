"""A client for an ASGI application in this process."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """What an application sent; `chunks` are the pieces of the body in order."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    is_complete: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)


def scope_of(
    path: str = "/", *, method: str = "GET", query: str = "", headers: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the scope of a request as granian makes it."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (b"host", b"testserver"),
            *((name.lower().encode(), value.encode("latin-1")) for name, value in headers),
        ],
        "client": ("127.0.0.1", "40000"),
        "server": ("127.0.0.1", "8000"),
    }


async def request(
    app: Any, scope: dict[str, Any], *, body: Iterable[bytes | float] = (), leaves_after: int | None = None
) -> Answer:
    """Send a request and return its answer.

    `body` are the arriving pieces; a number is a pause in seconds. The client leaves after `leaves_after`
    pieces of the answer.
    """
    answer = Answer()
    left = asyncio.Event()
    pieces = list(body)

    async def receive() -> dict[str, Any]:
        while pieces:
            piece = pieces.pop(0)
            if isinstance(piece, bytes):
                return {"type": "http.request", "body": piece, "more_body": bool(pieces)}
            await asyncio.sleep(piece)
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        answer.chunks.append(message["body"])
        answer.is_complete = not message.get("more_body")
        if leaves_after is not None and len(answer.chunks) >= leaves_after:
            left.set()

    await app(scope, receive, send)
    return answer
