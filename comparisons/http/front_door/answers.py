"""From Django's answer, made in a thread, to what the server sends, also while it grows."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from comparisons.http.front_door.counters import count
from comparisons.http.front_door.messages import Header, Send, send_start, send_whole

CHUNKS_AHEAD = 4  # of a streamed answer, kept for a client that reads more slowly than the page grows
READER_SECONDS = 30.0  # the longest that a client may stop reading

type Wsgi = Callable[[dict[str, Any], Callable[..., Any]], HttpResponseBase]


class ClientGoneError(Exception):
    """Nobody reads the answer any more. Raised in the thread that makes it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A complete answer."""

    status: int
    headers: list[Header]
    body: bytes

    async def send(self, send: Send, *, is_head: bool) -> None:
        await send_whole(send, status=self.status, headers=self.headers, body=self.body, is_head=is_head)


class Stream:
    """An answer sent while it is made: `start` and `put` in the thread, `send` on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue(CHUNKS_AHEAD)
        self.started: asyncio.Future[tuple[int, list[Header]]] = loop.create_future()
        self.is_abandoned = False

    def start(self, status: int, headers: list[Header]) -> None:
        self._loop.call_soon_threadsafe(self._set_started, status, headers)

    def put(self, chunk: bytes | None) -> None:
        """Pass on a piece; None ends the answer. Raises ClientGoneError if nobody takes it."""
        if self.is_abandoned:
            raise ClientGoneError
        try:
            asyncio.run_coroutine_threadsafe(self._chunks.put(chunk), self._loop).result(READER_SECONDS)
        except TimeoutError:
            self.is_abandoned = True
            raise ClientGoneError from None

    async def send(self, send: Send, *, until: asyncio.Future[Any], left: asyncio.Future[None]) -> None:
        """Send pieces until the work `until` has ended or the client has `left`."""
        status, headers = self.started.result()
        await send_start(send, status=status, headers=headers)
        try:
            while (chunk := await self._next(until, left)) is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if not left.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            self.is_abandoned = True
            while not self._chunks.empty():
                self._chunks.get_nowait()  # lets a thread that waits for room find out that nobody reads

    async def _next(self, until: asyncio.Future[Any], left: asyncio.Future[None]) -> bytes | None:
        if self._chunks.empty():
            taking = asyncio.ensure_future(self._chunks.get())
            await asyncio.wait({taking, until, left}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():
                return taking.result()
            taking.cancel()
        return None if self._chunks.empty() or left.done() else self._chunks.get_nowait()

    def _set_started(self, status: int, headers: list[Header]) -> None:
        if not self.started.done():
            self.started.set_result((status, headers))


def call_django(django: Wsgi, environ: dict[str, Any], stream: Stream) -> Whole | None:
    """Let Django answer, in a thread. Return a whole answer, or None if it went out through `stream`."""
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        told["status"] = int(status[:3])
        told["headers"] = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]

    response = django(environ, start_response)
    try:
        if not isinstance(response, StreamingHttpResponse):
            return Whole(told["status"], told["headers"], cast(HttpResponse, response).content)
        if environ["REQUEST_METHOD"] == "HEAD":
            return Whole(told["status"], told["headers"], b"")
        stream.start(told["status"], told["headers"])
        for chunk in cast(Iterator[bytes], response):
            if chunk:
                stream.put(chunk)
        stream.put(None)
    except ClientGoneError:
        count("client left", which="stream")
    finally:
        response.close()
    return None
