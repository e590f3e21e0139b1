"""A relay between the site and its database that can fall silent: it accepts and passes nothing on."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self

from drills.site import free_port


class Relay:
    """Listens on `port` of this machine and passes everything on to PostgreSQL's socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self.socket = str(folder / ".s.PGSQL.5432")
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self._loop = asyncio.new_event_loop()
        self._speaks = asyncio.Event()
        self._generation = 0

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def fall_silent(self) -> None:
        """Pass nothing on. Present connections stay silent for ever."""
        self._generation += 1
        self._loop.call_soon_threadsafe(self._speaks.clear)

    def vanish(self) -> None:
        """Close every connection and refuse new ones."""
        self._run(self._vanish())

    def come_back(self) -> None:
        """Listen again after `vanish`."""
        self._run(self._listen())

    def speak(self) -> None:
        """Pass on what comes by new connections."""
        self._loop.call_soon_threadsafe(self._speaks.set)

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _vanish(self) -> None:
        self._server.close()
        self._server.close_clients()
        await self._server.wait_closed()

    async def _end(self) -> None:
        self._server.close()
        self._server.close_clients()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.1)  # what was closed says so to its transport

    async def _listen(self) -> None:
        self._speaks.set()
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._speaks.wait()
        generation = self._generation
        server_reader, server_writer = await asyncio.open_unix_connection(self.socket)

        async def pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            try:
                with contextlib.suppress(OSError):
                    while data := await source.read(65_536):
                        if generation != self._generation:
                            await asyncio.Event().wait()
                        target.write(data)
                        await target.drain()
            finally:
                target.close()

        await asyncio.gather(pass_on(reader, server_writer), pass_on(server_reader, writer))
