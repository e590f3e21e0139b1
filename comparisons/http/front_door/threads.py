"""A few threads for one kind of work."""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any

type Job = tuple[Callable[[], Any], asyncio.Future[Any]]


class Threads:
    """`number` daemon threads, each with its own database connection for the life of the process."""

    def __init__(self, *, number: int, name: str) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for index in range(number):
            threading.Thread(target=self._work, name=f"{name}-{index + 1}", daemon=True).start()

    def submit[Answer](self, work: Callable[[], Answer]) -> asyncio.Future[Answer]:
        """Do `work` in the next free thread, and return the future of its result."""
        future = asyncio.get_running_loop().create_future()
        self._jobs.put((work, future))
        return future

    def _work(self) -> None:
        while True:
            work, future = self._jobs.get()
            answer = None
            error = None
            try:
                answer = work()
            except BaseException as raised:
                error = raised
            try:
                future.get_loop().call_soon_threadsafe(_settle, future, answer, error)
            except RuntimeError:
                return  # the loop is closed: the process is ending
            del work, future, answer, error


def _settle(future: asyncio.Future[Any], answer: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(answer)
