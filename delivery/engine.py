"""Ties delivery together: intake, dispatcher and sender as tasks of one event loop that wake each other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import delete
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from clock import Clock
from delivery.application import KawalApplication
from delivery.dispatcher import Dispatcher
from delivery.intake import Poller
from delivery.pacing import Limits
from delivery.process_lock import ProcessLock
from delivery.sender import Sender
from delivery.telegram import KawalBot
from models.database import Database
from models.mailbox import InboxState, Incoming

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
KEEP_INBOX_DAYS = 7
"""Handled updates are kept so long. Telegram's ids start anew after a quiet week, so they may not be kept for ever."""


class Delivery:
    """Everything between Telegram and the handlers, running while its `async with` block does.

    `apology` is what a person reads when an update had to be set aside. Raises AlreadyRunning on entering when
    another process has the SQLite database.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: KawalBot,
        application: KawalApplication,
        files_directory: Path,
        apology: str,
        limits: Limits | None = None,
        *,
        polling: bool = True,
    ) -> None:
        self.dispatcher = Dispatcher(database, clock, application.handle, apology=apology, on_handled=self._on_handled)
        self.sender = Sender(database, clock, bot, files_directory, limits)
        self._poller = Poller(database, clock, bot, self.on_stored) if polling else None
        self._database = database
        self._clock = clock
        self._bot = bot
        self._application = application
        self._inbox_has_news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._failed: asyncio.Future[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._exit = AsyncExitStack()

    def on_stored(self) -> None:
        """Updates were stored: have them dealt with now rather than at the next look."""
        self._inbox_has_news.set()

    def wake(self) -> None:
        """Rows were added to the outbox: send what is due now rather than at the next look."""
        self.sender.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set. Raises InvalidToken when Telegram doesn't know the token."""
        async with self:
            assert self._failed is not None
            stopped = asyncio.ensure_future(stop.wait())
            ends: set[asyncio.Future[Any]] = {stopped, self._failed}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if self._failed.done():
                self._failed.result()

    async def __aenter__(self) -> Delivery:
        if self._database.is_sqlite and (path := make_url(self._database.url).database):
            self._exit.enter_context(ProcessLock(Path(path)))
        try:
            if self._database.is_sqlite:
                await self.dispatcher.free_abandoned()
            await self.sender.start()
        except BaseException:
            await self._exit.aclose()
            raise
        self._failed = asyncio.get_running_loop().create_future()
        self._start(self._dispatch, "dispatcher")
        self._start(self._send, "sender")
        self._start(self._tidy, "tidy")
        if self._poller is not None:
            self._start(self._poller.run, "poller")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._inbox_has_news.set()
        by_name = {task.get_name(): task for task in self._tasks}
        for name in ("poller", "tidy"):
            if name in by_name:
                by_name[name].cancel()
        # The batch at hand is finished, what it says goes out, and the rest is found again at the next start.
        await asyncio.wait([by_name["dispatcher"]], timeout=10)
        try:
            await self.sender.stop()
        except (SQLAlchemyError, OSError) as failure:
            log.warning("what was sent last could not be recorded: %s", type(failure).__name__)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._application.shutdown()
        await self._bot.shutdown()
        if self._failed is not None and self._failed.done():
            self._failed.exception()
        await self._exit.aclose()

    def _start(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        self._tasks.append(asyncio.create_task(self._keep_going(work, name), name=name))

    async def _keep_going(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        """Begin the work again, after a while, whenever it breaks off: truth is in the tables, so that is safe."""
        failures = 0
        while not self._stopping.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await work()
                return
            except InvalidToken as error:
                if self._failed is not None and not self._failed.done():
                    self._failed.set_exception(error)
                return
            except Exception as error:
                failures = 0 if asyncio.get_running_loop().time() - began > 60 else failures + 1
                away = isinstance(error, SQLAlchemyError | OSError | TelegramError)
                log.log(
                    logging.WARNING if away else logging.ERROR, "%s broke off, it is begun again: %s", name,
                    type(error).__name__, exc_info=None if away else error,
                )  # fmt: skip
                await self._sleep(min(0.1 * 2**failures, 10))

    async def _dispatch(self) -> None:
        await self._application.initialize()
        while not self._stopping.is_set():
            self._inbox_has_news.clear()
            if await self.dispatcher.step() == 0:
                await self._wait(self._inbox_has_news, POLL_SECONDS)

    async def _send(self) -> None:
        await self.sender.run()

    async def _tidy(self) -> None:
        """Forget handled updates once Telegram can't send them again, before their ids may come up anew."""
        while True:
            async with self._database.writing() as session:
                old = self._clock.now() - timedelta(days=KEEP_INBOX_DAYS)
                await session.execute(
                    delete(Incoming).where(Incoming.state == InboxState.DONE, Incoming.handled_at < old)
                )
            await asyncio.sleep(3600)

    def _on_handled(self) -> None:
        self.sender.wake()

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass

    async def _sleep(self, seconds: float) -> None:
        await self._wait(self._stopping, seconds)
