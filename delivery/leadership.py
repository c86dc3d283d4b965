"""Who is the one poller, sender and scheduler: the only process on SQLite, an elected one on PostgreSQL.

What every process asks, whichever the engine; how a leader is elected is told in `delivery.election`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import BigInteger, Boolean, ColumnElement, String, cast, column, func, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database

LOCK_CLASS = 0x4B61776C
"""Kawal's own among the advisory locks of a database: (class, 0) is the leader's, (class + 1, number) a process's."""
CHANNEL = "kawal"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A leader beats every `beat` and may make calls for `valid` after its last beat; a successor waits at
    least as long. One whose beat stands still for `stale` is ended."""

    beat: float = 0.7
    valid: float = 2.5
    stale: float = 4.0


class Deposed(RuntimeError):
    """Another process is the leader: nothing of this transaction may be committed."""


class Election(Protocol):
    """What decides whether this process is the leader."""

    @property
    def reigns(self) -> bool:
        """Whether this process was made the leader and has not heard otherwise."""
        ...

    @property
    def leads(self) -> bool:
        """Whether this process is surely the leader at this moment, so that it may make calls."""
        ...

    async def check(self, session: AsyncSession) -> None:
        """Raise Deposed unless this process is the leader until the session's transaction ends."""
        ...

    async def run(self) -> None:
        """Take part until cancelled."""
        ...


class SoleProcess:
    """Always the leader: on SQLite the process lock lets no second one in."""

    reigns = leads = True

    async def check(self, session: AsyncSession) -> None:
        return

    async def run(self) -> None:
        return


async def announce(session: AsyncSession, what: str) -> None:
    """Tell other processes, when the transaction commits, that there is news in "inbox" or "outbox"."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_notify(:channel, :what)"), {"channel": CHANNEL, "what": what})


_locks = table("pg_locks", *(column(name) for name in ("objid", "classid", "locktype", "database")),
               column("granted", Boolean))  # fmt: skip
_databases = table("pg_database", column("oid"), column("datname"))


def holder_is_gone(lease_token: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the process whose number a lease token begins with is not connected to this PostgreSQL."""
    connected = (
        select(cast(_locks.c.objid, String))
        .join_from(_locks, _databases, _databases.c.oid == _locks.c.database)
        .where(_databases.c.datname == func.current_database(), _locks.c.locktype == "advisory", _locks.c.granted)
        .where(cast(_locks.c.classid, BigInteger) == LOCK_CLASS + 1)
    )
    return func.split_part(lease_token, ":", 1).not_in(connected)


def elected(database: Database, on_note: Callable[[str], None], timing: Timing | None = None) -> Election:
    """What decides about leadership on this database."""
    if database.is_sqlite:
        return SoleProcess()
    # Its driver takes a tenth of a start, and SQLite does without it.
    from delivery.election import ElectedProcess

    return ElectedProcess(database, on_note, timing=timing)
