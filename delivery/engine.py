"""Ties delivery together: intake, dispatcher and sender as tasks of one event loop that wake each other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
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
from delivery.inbox import free_abandoned
from delivery.intake import Poller
from delivery.leadership import Deposed, Timing, elected, holder_is_gone
from delivery.pacing import Limits
from delivery.process_lock import ProcessLock
from delivery.sender import Sender, Tally
from delivery.telegram import KawalBot
from models.database import Database
from models.mailbox import InboxState, Incoming

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
LEADER_LOOK_SECONDS = 0.1
POSTGRES_WORKERS = 4
"""Dispatchers of one process on PostgreSQL; on SQLite more than one would only wait for each other."""
KEEP_INBOX_DAYS = 7
"""Handled updates are kept so long. Telegram's ids start anew after a quiet week, so they may not be kept for ever."""


class Delivery:
    """Everything between Telegram and the handlers, running while its `async with` block does.

    `apology` is what a person reads when an update had to be set aside. An application that is not `routed` yet gets its
    routes while updates are taken already; they are dealt with from `begin` on. With `polling=False` updates come by
    webhook, and `on_reign` is what a process does on becoming the leader: it tells Telegram the address. Raises
    AlreadyRunning on entering when another process has the SQLite database.
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
        routed: bool = True,
        on_reign: Callable[[], Awaitable[None]] | None = None,
        timing: Timing | None = None,
    ) -> None:
        self.election = elected(database, self._on_note, timing)
        self._database = database
        self._clock = clock
        self._bot = bot
        self._application = application
        self._sender = Sender(database, clock, bot, files_directory, limits, election=self.election)
        workers = 1 if database.is_sqlite else POSTGRES_WORKERS
        self._workers = [
            Dispatcher(
                database, clock, application.handle, apology=apology, on_handled=self.wake,
                companion=self._sender if database.is_sqlite else None,
            )
            for _ in range(workers)
        ]  # fmt: skip
        # Where other processes may deal with what this one stores, they get their chance.
        take = self._workers[0].take if database.is_sqlite else None
        self._poller = Poller(database, clock, bot, self.on_stored, take=take) if polling else None
        self._routed = routed
        self._on_reign = on_reign
        self._inbox_has_news = asyncio.Event()
        self._stopping = asyncio.Event()
        self._failed: asyncio.Future[None] | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._introduction = asyncio.Lock()
        self._exit = AsyncExitStack()

    @property
    def tally(self) -> Tally:
        """What the sender of this process has done since the start."""
        return self._sender.tally

    @property
    def leads(self) -> bool:
        """Whether this process is the one that polls, sends, and runs the jobs."""
        return self.election.leads

    def on_stored(self) -> None:
        """Updates were stored: have them dealt with now rather than at the next look."""
        self._inbox_has_news.set()

    def wake(self) -> None:
        """Rows were added to the outbox: send what is due now rather than at the next look."""
        self._sender.wake()

    def begin(self) -> None:
        """The application has its routes: deal with what was taken, and with all that comes."""
        for number, worker in enumerate(self._workers):
            self._start(f"dispatcher {number}", partial(self._dispatch, worker))

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
                async with self._database.writing() as session:
                    await free_abandoned(session)
        except BaseException:
            await self._exit.aclose()
            raise
        self._failed = asyncio.get_running_loop().create_future()
        self._start("election", self.election.run)
        self._start("leader", self._lead)
        if self._routed:
            self.begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._inbox_has_news.set()
        # The batch at hand is finished and what is being said goes out; the rest is found again at the next start.
        # Only then may another process become the leader.
        await asyncio.wait([task for name, task in self._tasks.items() if name != "election"], timeout=15)
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._application.shutdown()
        await self._bot.shutdown()
        if self._failed is not None and self._failed.done():
            self._failed.exception()
        await self._exit.aclose()

    def _start(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self._tasks[name] = asyncio.create_task(self._keep_going(name, work), name=name)

    async def _keep_going(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin the work again, after a while, whenever it breaks off: truth is in the tables, so that is safe."""
        failures = 0
        while not self._stopping.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await work()
                return
            except Deposed:
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

    async def _dispatch(self, worker: Dispatcher) -> None:
        async with self._introduction:
            await self._application.initialize()
        while not self._stopping.is_set():
            self._inbox_has_news.clear()
            if await worker.step() == 0:
                await self._wait(self._inbox_has_news, POLL_SECONDS)
        await worker.release()

    async def _lead(self) -> None:
        """Be poller and sender for as long as this process is the leader; wait to become it again."""
        while not self._stopping.is_set():
            if self.election.reigns:
                try:
                    await self._reign()
                except Deposed:
                    log.warning("another process is the leader now")
            await self._sleep(LEADER_LOOK_SECONDS)

    async def _reign(self) -> None:
        await self._sender.start()
        duties = [self._keep_going("sender", self._sender.run), self._keep_going("tidying", self._tidy)]
        if self._poller is not None:
            duties.append(self._keep_going("poller", self._poller.run))
        if self._on_reign is not None:
            duties.append(self._keep_going("taking office", self._on_reign))
        sending, *others = tasks = [asyncio.create_task(duty) for duty in duties]
        try:
            while self.election.reigns and not sending.done() and not self._stopping.is_set():
                await self._sleep(LEADER_LOOK_SECONDS)
        finally:
            for other in others:
                other.cancel()
            if self._stopping.is_set():
                await self._end_sending()
            sending.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _end_sending(self) -> None:
        if not self.election.reigns:
            self._sender.abandon()
            return
        try:
            await self._sender.stop()
        except (SQLAlchemyError, OSError, Deposed) as failure:
            log.warning("what was sent last could not be recorded: %s", type(failure).__name__)

    async def _tidy(self) -> None:
        """Free what dead processes held; forget handled updates before Telegram's ids may come up anew."""
        next_purge = 0.0
        gone = holder_is_gone(Incoming.__table__.c.lease_token)
        while True:
            now = asyncio.get_running_loop().time()
            async with self._database.writing() as session:
                await self.election.check(session)
                freed = 0 if self._database.is_sqlite else await free_abandoned(session, gone)
                if now >= next_purge:
                    old = self._clock.now() - timedelta(days=KEEP_INBOX_DAYS)
                    await session.execute(
                        delete(Incoming).where(Incoming.state == InboxState.DONE, Incoming.handled_at < old)
                    )
                    next_purge = now + 3600
            if freed:
                log.warning("%d updates were held by a process that is gone; they are dealt with now", freed)
                self.on_stored()
            await asyncio.sleep(3600 if self._database.is_sqlite else 1)

    def _on_note(self, note: str) -> None:
        if note == "inbox":
            self.on_stored()
        elif note == "outbox":
            self.wake()

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass

    async def _sleep(self, seconds: float) -> None:
        await self._wait(self._stopping, seconds)
