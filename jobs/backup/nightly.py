"""The nightly backup: made once a night in a thread of its own, the newest few are kept, a failure is told to the admin."""

from __future__ import annotations

import asyncio
import logging
import shutil
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from jobs.alarms import tell_admins
from jobs.backup.archive import BackupError, make_backup
from models.database import Database
from models.people import Member
from models.records import Occasion, first_time

log = logging.getLogger(__name__)

AGAIN_SECONDS = 900.0
LEFT_SECONDS = 6 * 3600.0
"""A half-made archive that nobody has touched for so long isn't being made any more, here or on another machine."""
ARCHIVES = "kawal-????-??-??-????.zip"
"""The names of nightly archives in backup.directory."""


class NightlyBackup:
    """One for the process. `run` is a tick; `stop` gives up the backup at hand so that the process can end."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._stopping = threading.Event()
        self._not_before = 0.0

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> bool:
        """Make tonight's backup if its time has come; whether one was made."""
        now, settings = self._clock.now(), self._settings
        local = now.astimezone(settings.zone)
        if not settings.backup.keep or time.monotonic() < self._not_before or not await self._is_due(local):
            return False
        folder = settings.backup.directory
        target = folder / f"kawal-{local:%Y-%m-%d-%H%M}.zip"
        if any(folder.glob(f"kawal-{local:%Y-%m-%d}-????.zip")):
            # An archive has its name only when it is whole and proved: the process ended before it said so here.
            await self._note_done(local, now)
            return False
        try:
            await asyncio.to_thread(sweep, folder)
            manifest = await asyncio.to_thread(
                make_backup, settings.database.url, settings.files.directory, target, now=now,
                stop=self._stopping.is_set,
            )  # fmt: skip
        except (BackupError, OSError, SQLAlchemyError) as problem:
            if not self._stopping.is_set():
                await self._failed(local, problem)
            return False
        await self._note_done(local, now)
        removed = await asyncio.to_thread(keep_newest, folder, settings.backup.keep)
        log.info("backup %s: %d rows, %d files; %d old ones removed", target.name, manifest.rows, manifest.files,
                 removed)  # fmt: skip
        return True

    async def _note_done(self, local: datetime, now: datetime) -> None:
        async with self._database.writing() as session:
            await first_time(session, f"backup:{local.date()}", now)
            fault_point("backup.before_commit")
        fault_point("backup.after_commit")

    async def _is_due(self, local: datetime) -> bool:
        at = self._settings.backup.at
        planned = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if local < planned:
            return False
        async with self._database.reading() as session:
            if await session.get(Occasion, f"backup:{local.date()}") is not None:
                return False
            # What was installed this morning owes no backup for last night.
            return await session.scalar(select(Member.id).where(Member.joined_at < planned).limit(1)) is not None

    async def _failed(self, local: datetime, problem: Exception) -> None:
        log.error("the nightly backup failed: %s", problem)
        self._not_before = time.monotonic() + AGAIN_SECONDS
        why = str(problem) if isinstance(problem, BackupError) else f"{type(problem).__name__}"
        async with self._database.writing() as session:
            minutes = int(timedelta(seconds=AGAIN_SECONDS).total_seconds() // 60)
            await tell_admins(session, self._clock.now(), f"backup_failed:{local.date()}", "backup_failed", why=why,
                              minutes=minutes)  # fmt: skip


def sweep(folder: Path) -> None:
    """Remove what backups left behind when their process was killed in the middle."""
    if not folder.exists():
        return
    for left in (*folder.glob(".*.part"), *folder.glob(".prove-*")):
        if left.stat().st_mtime < time.time() - LEFT_SECONDS:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def keep_newest(folder: Path, keep: int) -> int:
    """Remove all but the newest of our nightly archives; returns how many. Other files are left alone."""
    old = sorted(folder.glob(ARCHIVES))[:-keep] if keep else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
