"""A way between a process and its PostgreSQL server that a test can cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

SOCKET = ".s.PGSQL.5432"


class Way:
    """`url` leads to the database by this way. While it is `cut` nothing passes, in either direction, and no error."""

    def __init__(self, server: str, folder: Path) -> None:
        parsed = make_url(server)
        self._server = Path(str(parsed.query["host"])) / SOCKET
        self._folder = folder
        self.url = parsed.set(query={"host": str(folder)}).render_as_string(hide_password=False)
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        self._open.set()

    async def __aenter__(self) -> Way:
        self._listener = await asyncio.start_unix_server(self._connect, self._folder / SOCKET)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listener.close()
        for task in self._tasks:
            task.cancel()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._server)
        for source, target in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(1 << 16):
                await self._open.wait()
                target.write(data)
                await target.drain()
        except OSError:
            pass
        finally:
            await self._open.wait()
            target.close()


@asynccontextmanager
async def way_to(server_url: str, folder: Path) -> AsyncIterator[Way]:
    """Open a way to a server that listens on a socket in a folder; `folder` must have a short path."""
    async with Way(server_url, folder) as way:
        yield way
