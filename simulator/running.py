"""The simulator as a server: on a free port inside a test or a demo."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import uvicorn

from simulator.server import create_app
from simulator.world import World

_SHUTDOWN_SECONDS = 2.0


@dataclass(slots=True, frozen=True)
class RunningSimulator:
    """`url` has no slash at its end; `base_url` and `base_file_url` are what python-telegram-bot's Bot takes."""

    world: World
    url: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"


class QuietServer(uvicorn.Server):
    """uvicorn without its signal handlers and its ticking loop: it lives as long as the caller wants."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's own waits in steps of 0.1 s, which hundreds of tests would feel."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        tasks = set(self.server_state.tasks)
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=_SHUTDOWN_SECONDS)
            for task in unfinished:
                task.cancel()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound TCP socket; port 0 takes a free one. Raises OSError when the port is taken."""
    # Named as TCP so that asyncio switches Nagle's delay off on every connection; it costs 40 ms an answer otherwise.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


@asynccontextmanager
async def run_simulator(
    port: int = 0, *, host: str = "127.0.0.1", world: World | None = None, **options: Any
) -> AsyncIterator[RunningSimulator]:
    """Serve a world (a new one made with `options` by default) in this event loop. Port 0 takes a free one.

    Raises OSError when the port is taken.
    """
    world = world or World(**options)
    listener = listening_socket(host, port)
    config = uvicorn.Config(
        create_app(world),
        log_config=None,
        access_log=False,
        lifespan="off",
        date_header=False,
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await asyncio.wait({serving, asyncio.create_task(server.ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield RunningSimulator(world, f"http://{host}:{listener.getsockname()[1]}")
    finally:
        world.close()
        server.stopping.set()
        await serving
