"""The stage that the stories are played on."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config import Settings, load_settings
from delivery.application import build_application
from delivery.telegram import build_bot
from handlers import register
from handlers.office import Office, open_office
from models.base import Base
from models.database import Database
from models.units import load_units
from tests.cast import Cast, TravellingClock, wib


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        database={"url": f"sqlite:////{tmp_path}/kawal.sqlite"}, files={"directory": str(tmp_path / "files")}
    )


@pytest.fixture(scope="session")
def shared_office() -> Office:
    """The unit lists take a while to read, so they are read once."""
    return open_office(load_settings(), TravellingClock(wib("2026-01-23 09:00")), "KawalAsahanBot")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tables and the units in it, made once and copied for each story."""
    path = tmp_path_factory.mktemp("empty") / "kawal.sqlite"

    async def make() -> None:
        settings = load_settings()
        database = Database(f"sqlite:///{path}")
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with database.writing() as session:
            await load_units(session, settings.organisation.units, settings.organisation.programmes)
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("COMMIT")
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def cast(settings: Settings, shared_office: Office, empty_database: Path) -> AsyncIterator[Cast]:
    """A bot with an empty database on Friday 23 January 2026, 10.00 WIB."""
    clock = TravellingClock(wib("2026-01-23 10:00"))
    shutil.copy(empty_database, settings.database.url.removeprefix("sqlite:///"))
    database = Database(settings.database.url)
    office = Office(settings, clock, "KawalAsahanBot", shared_office.units, shared_office.programmes)
    application = build_application(build_bot("1:test", "http://127.0.0.1:9"))
    register(application, office)
    # Only its routing is used here, so it has no Telegram to introduce itself to.
    application._initialized = True
    yield Cast(database, office, application, clock)
    await database.close()
