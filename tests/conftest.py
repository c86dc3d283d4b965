"""The stage that the stories are played on, once on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest

from config import ROOT, Settings, load_settings
from delivery.application import build_application
from delivery.telegram import build_bot
from handlers import register
from handlers.office import Office, open_office
from models.database import Database
from tests.cast import Cast, TravellingClock, wib
from tests.engines import (  # noqa: F401  (fixtures)
    database,
    database_url,
    postgres,
    postgres_databases,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
    statements_compiled_once,
)

# How long an example takes depends on what else the machine does; slowness is measured by benchmarks.
hypothesis.settings.register_profile(
    "kawal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize=True
)
hypothesis.settings.load_profile("kawal")


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return load_settings(
        ROOT / "config.example.toml",
        database={"url": database_url},
        files={"directory": str(tmp_path / "files")},
    )


@pytest.fixture(scope="session")
def shared_office() -> Office:
    """The unit lists take a while to read, so they are read once."""
    clock = TravellingClock(wib("2026-01-23 09:00"))
    return open_office(load_settings(ROOT / "config.example.toml"), clock, "KawalAsahanBot")


@pytest.fixture
async def cast(settings: Settings, shared_office: Office) -> AsyncIterator[Cast]:
    """A bot with an empty database on Friday 23 January 2026, 10.00 WIB."""
    clock = TravellingClock(wib("2026-01-23 10:00"))
    opened = Database(settings.database.url)
    office = Office(settings, clock, "KawalAsahanBot", shared_office.units, shared_office.programmes)
    application = build_application(build_bot("1:test", "http://127.0.0.1:9"))
    register(application, office)
    # Only its routing is used here, so it has no Telegram to introduce itself to.
    application._initialized = True
    yield Cast(opened, office, application, clock)
    await opened.close()
