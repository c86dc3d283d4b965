"""Evidence is fetched from Telegram and stored under files.directory, with its SHA-256; a restart loses none."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from delivery.files import FetchedFile, FetchError, Gone, TooBig
from jobs.alarms import tell_if_disk_full
from jobs.content_types import PROGRAMS, content_type_of
from models.database import Database
from models.mailbox import Urgency
from models.reports import Evidence, EvidenceState
from presentation.chat import render
from presentation.mail import Mail

log = logging.getLogger(__name__)

AT_ONCE = 20
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=7)
ENDINGS = {"photo": ".jpg", "voice": ".ogg", "video": ".mp4", "video_note": ".mp4", "animation": ".mp4"}


class FileSource(Protocol):
    """Fetches a file that people sent. Raises delivery.files.FetchError."""

    async def __call__(self, file_id: str, target: Path, limit_bytes: int) -> FetchedFile: ...


async def store_evidence(database: Database, settings: Settings, clock: Clock, fetch: FileSource) -> int:
    """Fetch what is waiting; returns how many files were stored. The download happens outside any transaction."""
    stored = 0
    async with database.reading() as session:
        waiting = await _waiting(session, clock.now())
    for evidence in waiting:
        assert evidence.file_id is not None
        path = where(evidence, settings)
        try:
            file = await fetch(evidence.file_id, settings.files.directory / path, settings.files.limit_mb << 20)
        except (FetchError, OSError) as problem:
            await _not_now(database, settings, clock.now(), evidence.id, problem)
            continue
        kind = await asyncio.to_thread(content_type_of, settings.files.directory / path)
        if kind in PROGRAMS:
            await _refuse(database, settings, clock.now(), evidence.id, path, kind)
            continue
        async with database.writing() as session:
            fresh = await session.get(Evidence, evidence.id)
            assert fresh is not None
            fresh.content_type = kind
            fresh.state, fresh.path, fresh.error = EvidenceState.STORED, path, None
            fresh.size, fresh.sha256, fresh.stored_at = file.size, file.sha256, clock.now()
            fault_point("evidence.before_commit")
        fault_point("evidence.after_commit")
        stored += 1
    return stored


def where(evidence: Evidence, settings: Settings) -> str:
    """The path under files.directory: our own name, with an ending that is only a hint of the type."""
    month = evidence.created_at.astimezone(settings.zone).strftime("%Y-%m")
    ending = PurePosixPath(evidence.file_name or "").suffix.lower()
    if not ending[1:].isalnum() or len(ending) > 6 or not ending.isascii():
        ending = ENDINGS.get(evidence.kind) or mimetypes.guess_extension(evidence.mime_type or "") or ".bin"
    return f"evidence/{month}/{evidence.id:08d}{ending}"


async def _waiting(session: AsyncSession, now: datetime) -> list[Evidence]:
    query = (
        select(Evidence)
        .where(Evidence.state == EvidenceState.WAITING)
        .where(or_(Evidence.next_try_at.is_(None), Evidence.next_try_at <= now))
        .order_by(Evidence.id)
        .limit(AT_ONCE)
    )
    return list(await session.scalars(query))


async def _refuse(database: Database, settings: Settings, now: datetime, identity: int, path: str, kind: str) -> None:
    """Something that runs when it is opened: it isn't kept, nor sent on, and whoever sent it is told."""
    async with database.writing() as session:
        evidence = await session.get_one(Evidence, identity)
        evidence.state, evidence.error, evidence.content_type = EvidenceState.FAILED, "isinya program", kind
        evidence.file_id = None
        text = render("evidence_refused", report=evidence.report)
        await Mail(session, now).say(evidence.report.member, text, kind="notice")
    (settings.files.directory / path).unlink(missing_ok=True)
    log.warning("evidence %s is a program (%s) and is not kept", identity, kind)


async def _not_now(database: Database, settings: Settings, now: datetime, identity: int, problem: Exception) -> None:
    async with database.writing() as session:
        await tell_if_disk_full(session, settings, now, problem, "Bukti dukung dari para unit")
        evidence = await session.get(Evidence, identity)
        assert evidence is not None
        evidence.attempts += 1
        evidence.error = f"{type(problem).__name__}: {problem}"[:300]
        too_old = now - evidence.created_at > GIVEN_UP_AFTER
        if isinstance(problem, Gone | TooBig) or too_old:
            evidence.state = EvidenceState.FAILED
            text = render("evidence_lost", report=evidence.report, too_big=isinstance(problem, TooBig))
            await Mail(session, now).say(evidence.report.member, text, kind="notice", urgency=Urgency.REMINDER)
        else:
            evidence.next_try_at = now + min(timedelta(seconds=10 * 2**evidence.attempts), LONGEST_WAIT)
        log.warning("evidence %s not stored (attempt %s): %s", identity, evidence.attempts, type(problem).__name__)
