"""The database: one engine, sessions that write and sessions that only read."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from models.sqlite_driver import DRIVER

update_session: ContextVar[AsyncSession] = ContextVar("update_session")
"""The session in which the update at hand is being dealt with; the dispatcher sets it, handlers read it."""


class Database:
    """One engine for the process. `url` is an SQLAlchemy URL: `sqlite:///path` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.number = secrets.randbits(31)
        """Tells this process from others on the same database: it is in the name of each of its connections."""
        self.engine = _engine(self.url, connection_name(self.number))
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._readers = async_sessionmaker(self.engine.execution_options(reads_only=True), expire_on_commit=False)
        self._turn = _Turn() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction that commits at the end of the block, or leaves nothing behind when it raises."""
        async with self._turn or nullcontext(), self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for looking things up; whatever it changes is thrown away."""
        async with self._readers() as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


class _Turn:
    """Writers of one SQLite database take turns here, fairly, rather than in SQLite's sleep-and-try-again."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> None:
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("this task is in a writing transaction already: use its session")
        await self._lock.acquire()
        self._holder = asyncio.current_task()

    async def __aexit__(self, *_error: object) -> None:
        self._holder = None
        self._lock.release()


def async_url(url: str) -> str:
    """The URL with the driver that Kawal uses: aiosqlite, or psycopg 3."""
    parsed = make_url(url)
    driver = {"sqlite": DRIVER, "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    backend = parsed.drivername.split("+")[0]
    if backend not in driver:
        raise ValueError(f"database.url must begin with sqlite:/// or postgresql://, not {backend}://")
    return parsed.set(drivername=driver[backend]).render_as_string(hide_password=False)


def connection_name(number: int) -> str:
    """How the connections of a process are named on a PostgreSQL server, so that a new leader can end an old one's."""
    return f"kawal-{number}"


POSTGRES_ARGUMENTS: dict[str, Any] = {
    "connect_timeout": 5,
    # A server that is cut off is noticed in seconds, and the locks of a process that is cut off are freed in seconds.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c idle_in_transaction_session_timeout=15000 -c client_min_messages=warning",
}


def _engine(url: str, name: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        arguments = POSTGRES_ARGUMENTS | {"application_name": name}
        return create_async_engine(url, pool_pre_ping=True, pool_size=10, connect_args=arguments, hide_parameters=True)
    # What people wrote is in the parameters, and errors end up in the log.
    engine = create_async_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def copying_engine(url: str) -> Engine:
    """An engine without asyncio, for copying whole tables in a thread. On PostgreSQL a transaction sees one moment."""
    parsed = make_url(async_url(url))
    if parsed.drivername.startswith("sqlite"):
        engine = create_engine(parsed.set(drivername="sqlite"), connect_args={"timeout": 30}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    arguments = {"connect_timeout": 5, "application_name": "kawal-copy", "options": "-c client_min_messages=warning"}
    return create_engine(parsed, isolation_level="REPEATABLE READ", connect_args=arguments, hide_parameters=True)


PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    # While a backup reads, the log grows with all that is written; afterwards it gives the room back.
    f"journal_size_limit={64 << 20}",
)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Without this the driver begins transactions by itself, and deferred ones: under several writers most of
    # those fail at once with "database is locked", whatever the timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
