"""The jobs in a process of their own, to be killed in the middle of one."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from clock import Clock
from config import ROOT, load_settings
from delivery import faults
from delivery.leadership import SoleProcess
from jobs.schedule import Schedule
from models.database import Database
from tests.cast import TravellingClock
from tests.operations.conftest import photo_or_notulen_from_telegram

_ready = multiprocessing.get_context("forkserver")
_ready.set_forkserver_preload([__name__])


def backups_beside(files: str | Path) -> Path:
    """The folder of the nightly backups."""
    return Path(files).with_name("backups")


async def run_jobs(url: str, files: str, at: datetime, names: Sequence[str] = (), fault: str = "") -> int | None:
    """Run each named job once (all of them, without names); returns the exit status, negative for a signal."""
    process = _ready.Process(target=_child, args=(url, files, at, names, fault))
    process.start()
    await asyncio.to_thread(process.join, 60)
    return process.exitcode


def _child(url: str, files: str, at: datetime, names: Sequence[str], fault: str) -> None:
    faults.arm(fault)
    asyncio.run(_run(url, files, TravellingClock(at), names))


async def _run(url: str, files: str, clock: Clock, names: Sequence[str]) -> None:
    settings = load_settings(
        ROOT / "config.example.toml", database={"url": url}, files={"directory": files},
        backup={"directory": str(backups_beside(files))},
    )  # fmt: skip
    database = Database(url)
    schedule = Schedule(database, settings, clock, photo_or_notulen_from_telegram, lambda: None, SoleProcess())
    for name in names or schedule.jobs:
        await schedule.jobs[name]()
    await database.close()
