"""ASGI messages to the server."""

from collections.abc import Awaitable, Callable
from typing import Any

type Header = tuple[bytes, bytes]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

WITHOUT_BODY = (204, 304)


async def send_start(send: Send, *, status: int, headers: list[Header]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def send_whole(
    send: Send, *, status: int, headers: list[Header], body: bytes, is_head: bool = False
) -> None:
    """Send a complete answer; to a HEAD, without its body."""
    if status not in WITHOUT_BODY and not any(name == b"content-length" for name, _ in headers):
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send_start(send, status=status, headers=headers)
    await send({"type": "http.response.body", "body": b"" if is_head or status in WITHOUT_BODY else body})
