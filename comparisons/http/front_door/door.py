"""The ASGI application in front of Django's WSGI application."""

import asyncio
import io
import logging
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from comparisons.database import deadline
from comparisons.database.silence import silence
from comparisons.http.front_door.answers import Stream, Whole, Wsgi, call_django
from comparisons.http.front_door.bodies import Receive, body_of
from comparisons.http.front_door.content_types import clean_content_type
from comparisons.http.front_door.counters import count
from comparisons.http.front_door.incoming import Incoming, check_length, environ_of, read_incoming
from comparisons.http.front_door.lanes import Lane
from comparisons.http.front_door.messages import Send
from comparisons.http.front_door.page_store import NoStore, PageStore
from comparisons.http.front_door.refusals import refuse
from comparisons.http.front_door.refused import Refused
from comparisons.http.front_door.routes import Routes
from comparisons.http.front_door.static_files import StaticFiles

logger = logging.getLogger(__name__)

HOPELESS_SECONDS = 60.0  # a lane all of whose threads have hung for so long will not come back


class FrontDoor:
    """Takes requests from the server; Django answers those that need it."""

    def __init__(self, django: Wsgi, *, store: PageStore | None = None) -> None:
        self.django = django
        self.store = store or NoStore()
        self.routes = Routes()
        self.static_files = StaticFiles()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._handle(scope, receive, send)

    async def _handle(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it. Catches every error."""
        incoming = read_incoming(scope)
        has_begun = False

        async def noted(message: dict[str, Any]) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            check_length(incoming)
            await self._answer(incoming, receive, noted)
        except Refused as refused:
            count("refused", which=refused.reason)
            await refuse(noted, refused, incoming=incoming)
        except Exception:
            count("failed")
            if has_begun:
                raise  # half of an answer must not look like a whole one
            logger.exception("A request failed outside every view.")
            await refuse(noted, Refused(500, "failure"), incoming=incoming)

    async def _answer(self, incoming: Incoming, receive: Receive, send: Send) -> None:
        ready = self.static_files.find(incoming) or self.store.find(incoming)
        if ready:
            count("answered", which="ready")
            await ready.send(send, is_head=incoming.method == "HEAD")
            return
        lane = self.routes.lane_of(incoming)
        if incoming.is_read:
            await self._render(incoming, lane, io.BytesIO(), 0, receive, send)
            return
        clean_content_type(
            incoming.headers.get("content-type") or "text/plain"
        )  # before a byte of the body is read
        upload = self.routes.may_upload(incoming)
        async with body_of(receive, announced=incoming.announced_bytes, may_upload=upload) as (body, size):
            await self._render(incoming, lane, body, size, receive, send)

    async def _render(
        self, incoming: Incoming, lane: Lane, body: Any, size: int, receive: Receive, send: Send
    ) -> None:
        """Wait for a thread, let Django answer in it, and send the answer."""
        environ = environ_of(incoming, body=body, size=size)
        await _enter(lane, receive)
        stream = Stream(asyncio.get_running_loop())
        job = lane.start(partial(_within_deadline, lane, partial(call_django, self.django, environ, stream)))
        first: set[asyncio.Future[Any]] = {job, stream.started}
        await asyncio.wait(first, timeout=lane.seconds, return_when=asyncio.FIRST_COMPLETED)
        if stream.started.done():
            await _send_stream(stream, job, receive, send)
        elif job.done():
            if whole := job.result():
                self.store.keep(incoming, whole)
                await whole.send(send, is_head=incoming.method == "HEAD")
        else:
            logger.error("A thread of the lane “%s” has hung for %.0f s.", lane.name, lane.seconds)
            raise Refused(503, "thread hangs", retry_after=5)
        count("answered", which=lane.name)


async def _enter(lane: Lane, receive: Receive) -> None:
    """Wait for a thread of the lane. Raises Refused (503) if there is none, or the database is silent."""
    is_probe = lane.asks_database and silence.since is not None
    if is_probe and not silence.may_ask():
        raise Refused(503, "silent database", retry_after=5)
    try:
        await lane.enter(partial(_left, receive))
    except Refused:
        _end_if_hopeless(lane)
        raise
    if lane.asks_database and silence.since is not None and not is_probe:
        lane.leave()  # it fell silent while this request waited
        raise Refused(503, "silent database", retry_after=5)


def _within_deadline[Answer](lane: Lane, work: Callable[[], Answer]) -> Answer:
    with deadline.within(lane.database_seconds):
        return work()


async def _send_stream(
    stream: Stream, job: asyncio.Future[Whole | None], receive: Receive, send: Send
) -> None:
    left = asyncio.ensure_future(_left(receive))
    try:
        await stream.send(send, until=job, left=left)
    finally:
        left.cancel()
    if job.done():
        job.result()  # raises what went wrong half-way


async def _left(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live(receive: Receive, send: Send) -> None:
    """Report that we are ready, and wait until the server ends."""
    while True:
        event = await receive()
        await send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return


def _end_if_hopeless(lane: Lane) -> None:
    """End this process if no thread of a lane will come back. The server starts a new one."""
    if lane.seconds < HOPELESS_SECONDS and lane.hanging(seconds=HOPELESS_SECONDS) >= lane.threads:
        logger.critical("All threads of the lane “%s” hang: this process ends.", lane.name)
        os.kill(os.getpid(), signal.SIGTERM)
