"""Electing the leader among the processes on one PostgreSQL.

The leader holds an advisory lock on a connection of its own and counts a beat. A process that is killed lets go of the
lock at once. One that hangs keeps it, so others watch the beat, each by its own steady clock, and end the connections
of a leader that has stopped beating. Two things keep an old leader from doing more: it calls nothing once its own last
beat is too old, and each of its transactions checks the epoch, under a lock that its successor waits for.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from delivery.leadership import CHANNEL, LOCK_CLASS, Deposed, Timing
from models.database import POSTGRES_ARGUMENTS, Database, connection_name
from models.mailbox import Leadership

log = logging.getLogger(__name__)

ROUND_SECONDS = 2.0
"""A round of questions to the database that takes longer has failed."""


class ElectedProcess:
    """Takes part in electing the leader of a PostgreSQL database, and hears what other processes announce.

    `on_note` gets the payload of each notification: "inbox" or "outbox". It is a hint only.
    """

    def __init__(
        self,
        database: Database,
        on_note: Callable[[str], None] = lambda _note: None,
        *,
        timing: Timing | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timing = timing or Timing()
        self._number = database.number
        self._dsn = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._on_note = on_note
        self._steady = steady
        self._epoch: int | None = None
        self._valid_until = 0.0
        self._has_lock = False
        self._seen: Any = None
        self._seen_since = 0.0

    @property
    def reigns(self) -> bool:
        return self._epoch is not None

    @property
    def leads(self) -> bool:
        return self._epoch is not None and self._steady() < self._valid_until

    async def check(self, session: AsyncSession) -> None:
        query = select(Leadership.epoch).where(Leadership.id == 1).with_for_update(read=True)
        if self._epoch is None or await session.scalar(query) != self._epoch:
            raise Deposed("another process is the leader now")

    async def run(self) -> None:
        while True:
            try:
                await self._stay_connected()
            except (psycopg.Error, OSError, TimeoutError) as error:
                if self._epoch is not None:
                    log.warning("lost the leadership, the database is away: %s", type(error).__name__)
                self._step_down()
                await asyncio.sleep(self._timing.beat)

    async def _stay_connected(self) -> None:
        arguments = POSTGRES_ARGUMENTS | {"application_name": connection_name(self._number)}
        connection = await AsyncConnection.connect(self._dsn, autocommit=True, **arguments)
        try:
            async with asyncio.timeout(ROUND_SECONDS):
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                await connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", (LOCK_CLASS + 1, self._number))
                await connection.execute(
                    "INSERT INTO leadership (id, epoch, beat) VALUES (1, 0, 0) ON CONFLICT DO NOTHING"
                )
            while True:
                async with asyncio.timeout(ROUND_SECONDS):
                    await (self._beat(connection) if self._epoch is not None else self._stand(connection))
                async for note in connection.notifies(timeout=self._timing.beat):
                    self._on_note(note.payload)
        except asyncio.CancelledError:
            await self._resign(connection)
            raise
        finally:
            self._step_down()
            await connection.close()

    async def _beat(self, connection: AsyncConnection) -> None:
        asked = self._steady()
        renewed = await connection.execute(
            "UPDATE leadership SET beat = beat + 1 WHERE id = 1 AND epoch = %s", (self._epoch,)
        )
        if renewed.rowcount != 1:
            raise psycopg.OperationalError("another process is the leader now")
        self._valid_until = asked + self._timing.valid

    async def _stand(self, connection: AsyncConnection) -> None:
        """Become the leader when there is none, or when the present one has stopped beating."""
        if not self._has_lock:
            answer = await connection.execute("SELECT pg_try_advisory_lock(%s, 0)", (LOCK_CLASS,))
            self._has_lock = (await answer.fetchone() or [False])[0]
        answer = await connection.execute("SELECT epoch, beat, holder FROM leadership WHERE id = 1")
        row: Any = await answer.fetchone()
        if self._seen != row:
            self._seen, self._seen_since = row, self._steady()
        still_for = self._steady() - self._seen_since
        holder: int | None = row[2]
        if self._has_lock and (holder is None or still_for >= self._timing.valid):
            await self._take_over(connection, holder)
        elif not self._has_lock and holder is not None and still_for >= self._timing.stale:
            log.warning("the leader has stopped beating: ending its connections")
            await _end_connections(connection, holder)

    async def _take_over(self, connection: AsyncConnection, holder: int | None) -> None:
        if holder is not None and holder != self._number:
            # It may be in the middle of a transaction, under the lock that the next statement waits for.
            await _end_connections(connection, holder)
        asked = self._steady()
        answer = await connection.execute(
            "UPDATE leadership SET epoch = epoch + 1, beat = beat + 1, holder = %s WHERE id = 1 RETURNING epoch",
            (self._number,),
        )
        row: Any = await answer.fetchone()
        self._valid_until, self._epoch = asked + self._timing.valid, row[0]
        log.info("this process is the leader now (epoch %d)", row[0])

    async def _resign(self, connection: AsyncConnection) -> None:
        """Let a successor start at once, rather than after it has waited for us to fall silent."""
        if self._epoch is None:
            return
        epoch, self._epoch = self._epoch, None
        try:
            async with asyncio.timeout(ROUND_SECONDS):
                await connection.execute("UPDATE leadership SET holder = NULL WHERE id = 1 AND epoch = %s", (epoch,))
        except (psycopg.Error, OSError, TimeoutError):
            log.warning("could not resign: a successor will wait until this process is surely gone")

    def _step_down(self) -> None:
        self._epoch, self._has_lock, self._valid_until = None, False, 0.0


async def _end_connections(connection: AsyncConnection, number: int) -> None:
    """End every connection of the process that was the leader, and of the one that holds the leader's lock."""
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name IN (SELECT %s UNION"
        " SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE pid <> pg_backend_pid()"
        " AND locktype = 'advisory' AND granted AND classid = %s AND objid = 0 AND datname = current_database())",
        (connection_name(number), LOCK_CLASS),
    )
