"""Lanes: each kind of request has its own threads and a short queue.

So votes or guessed passwords can't take the threads of readers. A queue may grow for a moment. If it stays,
more comes than can be served: then only as many wait as can be served quickly, the rest is refused at once,
and so are those who have waited too long when their turn comes (after controlled delay, RFC 8289: a queue
that empties now and then is harmless).
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from comparisons.http.front_door.refused import Refused
from comparisons.http.front_door.threads import Threads

LONGEST_WAIT = 2.0
WAIT_UNDER_LOAD = 0.15
STANDING_AFTER = 0.5  # seconds with somebody waiting
FIRST_GUESS = 0.05  # seconds a request takes, until that is known
WEIGHT_OF_NEWEST = 0.1
RETRY_AFTER = 2


class Lane:
    """The threads for one kind of request, and its queue. Used on the event loop only.

    `threads` is their number; `seconds` is how long a visitor waits for an answer; `asks_database` says
    whether requests need the database, and `database_seconds` how long one may use it altogether (None: only
    each call is limited).
    """

    def __init__(
        self,
        name: str,
        *,
        threads: int,
        seconds: float = 10.0,
        asks_database: bool = True,
        database_seconds: float | None = 8.0,
    ) -> None:
        self.name = name
        self.threads = threads
        self.seconds = seconds
        self.asks_database = asks_database
        self.database_seconds = database_seconds
        self.usual_seconds = FIRST_GUESS
        self.running: dict[asyncio.Future[Any], float] = {}
        self._waiting: deque[tuple[asyncio.Future[bool], float]] = deque()
        self._granted = 0  # threads promised to requests that have not begun yet
        self._standing_since: float | None = None
        self._pool: Threads | None = None

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def enter(self, left: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Wait for a thread; `start` or `leave` must follow. `left` returns when the client has gone.

        Raises Refused: 503 if it would take too long, 400 if the client left.
        """
        if len(self.running) + self._granted < self.threads and not self._waiting:
            self._granted += 1
            return
        if self._expected_wait() > self._allowed_wait():
            raise self._busy()
        if self._standing_since is None:
            self._standing_since = time.monotonic()
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, time.monotonic()))
        leaving: asyncio.Future[Any] = asyncio.create_task(left())
        try:
            await asyncio.wait({turn, leaving}, timeout=LONGEST_WAIT, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._give_up(turn)
            raise
        finally:
            leaving.cancel()
        if turn.done():
            if turn.result():
                return
            raise self._busy()
        self._give_up(turn)
        if leaving.done() and not leaving.cancelled():
            raise Refused(400, "client left")
        raise self._busy()

    def start[Answer](self, work: Callable[[], Answer]) -> asyncio.Future[Answer]:
        """Do `work` in the thread that `enter` got, and free it afterwards."""
        self._pool = self._pool or Threads(number=self.threads, name=self.name)
        self._granted -= 1
        future = self._pool.submit(work)
        self.running[future] = time.monotonic()
        future.add_done_callback(self._done)
        return future

    def leave(self) -> None:
        """Give an unused thread back."""
        self._granted -= 1
        self._call_next()

    def hanging(self, *, seconds: float) -> int:
        """Return how many threads have worked for longer than that."""
        now = time.monotonic()
        return sum(now - began > seconds for began in self.running.values())

    def _done(self, future: asyncio.Future[Any]) -> None:
        took = time.monotonic() - self.running.pop(future)
        self.usual_seconds += WEIGHT_OF_NEWEST * (took - self.usual_seconds)
        if not future.cancelled():
            future.exception()  # looked at, so that a late failure is not reported as forgotten
        self._call_next()

    def _call_next(self) -> None:
        while self._waiting and len(self.running) + self._granted < self.threads:
            turn, since = self._waiting.popleft()
            has_a_turn = not self._waiting or time.monotonic() - since <= self._allowed_wait()
            self._granted += has_a_turn
            turn.set_result(has_a_turn)
        if not self._waiting:
            self._standing_since = None

    def _give_up(self, turn: asyncio.Future[bool]) -> None:
        if turn.done():
            if turn.result():
                self.leave()  # its turn came in the same moment
            return
        self._waiting = deque(each for each in self._waiting if each[0] is not turn)
        if not self._waiting:
            self._standing_since = None

    def _expected_wait(self) -> float:
        """Return the expected seconds until a newcomer gets a thread."""
        if self.hanging(seconds=LONGEST_WAIT) >= self.threads:
            return LONGEST_WAIT * 2
        return (len(self._waiting) + 1) * self.usual_seconds / self.threads

    def _allowed_wait(self) -> float:
        stands = self._standing_since is not None and time.monotonic() - self._standing_since > STANDING_AFTER
        return WAIT_UNDER_LOAD if stands else LONGEST_WAIT

    def _busy(self) -> Refused:
        return Refused(503, f"queue of {self.name}", retry_after=RETRY_AFTER)
