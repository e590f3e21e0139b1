"""Bodies are read on the event loop, completely and within a deadline, before a thread gets them."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import IO, Any

from comparisons.http.front_door.refused import Refused

type Receive = Callable[[], Awaitable[dict[str, Any]]]

MOST_BYTES = 65_536
MOST_UPLOAD_BYTES = 6_000_000  # the desk takes files of 5 MB; the form around the file needs a little
MOST_UPLOADS = 4  # at a time in one process; each may be on disk
IN_MEMORY_BYTES = 65_536
FIRST_SECONDS = 5.0
BYTES_A_SECOND = 16_384  # who sends faster than this gets more time
MOST_SECONDS = 120.0

_uploads = asyncio.Semaphore(MOST_UPLOADS)


@asynccontextmanager
async def body_of(
    receive: Receive, *, announced: int | None, may_upload: bool
) -> AsyncIterator[tuple[IO[bytes], int]]:
    """Read a body; yield it as a file at its start, with its size in bytes. It is deleted afterwards.

    `announced` is the length the client gave, if any. Raises Refused: 413 for a body over the limit, 408 for
    one too slow, 400 for one that breaks off, 503 for an upload while others are under way.
    """
    limit = MOST_UPLOAD_BYTES if may_upload else MOST_BYTES
    if announced is not None and announced > limit:
        raise Refused(413, "body too large")
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as body:
        is_counted = False
        try:
            async for part in _parts(receive):
                size = body.tell() + len(part)
                if size > limit:
                    raise Refused(413, "body too large")
                if size > MOST_BYTES and not is_counted:
                    if _uploads.locked():
                        raise Refused(503, "uploads", retry_after=30)
                    await _uploads.acquire()
                    is_counted = True
                body.write(part)
            size = body.tell()
            body.seek(0)
            yield body, size
        finally:
            if is_counted:
                _uploads.release()


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    """Yield a body as it comes. Each part extends the deadline."""
    began = time.monotonic()
    arrived = 0
    while True:
        seconds = min(FIRST_SECONDS + arrived / BYTES_A_SECOND, MOST_SECONDS)
        try:
            async with asyncio.timeout(began + seconds - time.monotonic()):
                event = await receive()
        except TimeoutError:
            raise Refused(408, "body too slow") from None
        if event["type"] != "http.request":
            raise Refused(400, "client left")
        part = event.get("body", b"")
        arrived += len(part)
        if part:
            yield part
        if not event.get("more_body"):
            return
