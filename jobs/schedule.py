"""The clockwork: APScheduler wakes the ticks. It holds no truth, so losing or doubling a wake changes nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from jobs import TICKS, Tick
from jobs.backup.nightly import NightlyBackup
from jobs.evidence import FileSource, store_evidence
from jobs.minutes_files import read_files
from jobs.papers import fulfil
from jobs.papers.long_work import fulfil_long
from models.database import Database

log = logging.getLogger(__name__)
# A tick that is still running when it is woken again is what max_instances=1 is for, and no news.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class Leadership(Protocol):
    """Tells whether this process is the one that does the unasked work."""

    @property
    def leads(self) -> bool: ...

    async def check(self, session: AsyncSession) -> None:
        """Raise unless this process leads until the session's transaction ends."""
        ...


class Schedule:
    """Runs the ticks every `seconds` while its `async with` block does; `wake` is called when one wrote something.

    Of several processes only the leader runs them, and what an old leader writes is refused by `leadership.check`.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        fetch: FileSource,
        wake: Callable[[], None],
        leadership: Leadership,
        *,
        seconds: float = 15,
    ) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._fetch, self._wake, self._leadership = fetch, wake, leadership
        self.jobs: dict[str, Callable[[], Awaitable[None]]] = {}
        """What is run every now and then, by name."""
        self._running = 0
        self._stopping = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        for name, tick in TICKS:
            self._every(seconds, name, self._writing(name, tick))
        self._every(min(seconds, 2), "evidence", self._store_evidence)
        self._every(min(seconds, 1), "notulen", self._read_files)
        self._every(min(seconds, 1), "papers", self._make_papers)
        self._nightly = NightlyBackup(database, settings, clock)
        self._every(seconds, "backup", self._back_up)
        self._every(min(seconds, 2), "long papers", self._make_long_papers)

    async def __aenter__(self) -> Schedule:
        self._scheduler.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        # The scheduler's own shutdown cancels what is running, in the middle of a transaction.
        self._stopping = True
        self._scheduler.pause()
        self._nightly.stop()
        await self._idle.wait()
        self._scheduler.shutdown(wait=False)

    def _every(self, seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
        async def run() -> None:
            if not self._leadership.leads:
                return
            self._running += 1
            self._idle.clear()
            try:
                await work()
            except Exception:
                # The next wake finds the same work still due.
                log.exception("job %s failed, it is tried again", name)
            finally:
                self._running -= 1
                if not self._running:
                    self._idle.set()

        self.jobs[name] = run
        self._scheduler.add_job(run, "interval", seconds=seconds, id=name)

    def _writing(self, name: str, tick: Tick) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            async with self._database.writing() as session:
                await self._leadership.check(session)
                await tick(session, self._settings, self._clock.now())
                fault_point(f"{name}.before_commit")
            fault_point(f"{name}.after_commit")
            self._wake()

        return work

    async def _store_evidence(self) -> None:
        if await store_evidence(self._database, self._settings, self._clock, self._fetch):
            self._wake()

    async def _read_files(self) -> None:
        if await read_files(self._database, self._settings, self._clock, self._fetch):
            self._wake()

    async def _make_papers(self) -> None:
        if await fulfil(self._database, self._settings, self._clock):
            self._wake()

    async def _make_long_papers(self) -> None:
        stopping = lambda: self._stopping  # noqa: E731
        if await fulfil_long(self._database, self._settings, self._clock, stopping=stopping, wake=self._wake):
            self._wake()

    async def _back_up(self) -> None:
        await self._nightly.run()
        self._wake()
