"""A notulen that came as a file is fetched, kept, read, and shown as drafts to whoever sent it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from delivery.files import FetchedFile, FetchError, Gone, TooBig
from jobs.alarms import tell_if_disk_full
from jobs.evidence import FileSource
from models import dialogues
from models.database import Database
from models.drafting import lay_drafts
from models.meetings import Minutes, MinutesState
from models.units import UnitAlias, all_programmes
from presentation.chat import render
from presentation.drafts import View, gather, minutes_subject, preview
from presentation.mail import Content, Mail
from understanding.documents import UnreadableDocument, read_document
from understanding.meetings import ImpossibleMeetingDate, read_heading
from understanding.minutes import read_minutes
from understanding.overlooked import covered_lines, overlooked
from understanding.units import UnitIndex

log = logging.getLogger(__name__)

AT_ONCE = 5
LONGEST_WAIT = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=1)
LONGEST_TEXT = 200_000


async def read_files(database: Database, settings: Settings, clock: Clock, fetch: FileSource) -> int:
    """Fetch and read what is waiting; returns how many files became drafts. Nothing is downloaded in a transaction."""
    async with database.reading() as session:
        waiting = await _waiting(session, clock.now())
    read = 0
    for minutes in waiting:
        assert minutes.file_id is not None
        path = where(minutes)
        target = settings.files.directory / path
        try:
            file = await fetch(minutes.file_id, target, settings.files.limit_mb << 20)
            data = await asyncio.to_thread(target.read_bytes)
            text = await asyncio.to_thread(read_document, data, minutes.file_name or "")
        except UnreadableDocument as problem:
            await _give_up(database, clock.now(), minutes.id, str(problem))
        except (FetchError, OSError) as problem:
            await _not_now(database, settings, clock.now(), minutes.id, problem)
        else:
            read += await _take_in(database, settings, clock.now(), minutes, text, path, file)
    return read


def where(minutes: Minutes) -> str:
    """The path under files.directory: our own name, with the ending as a hint of the type."""
    ending = PurePosixPath((minutes.file_name or "").lower()).suffix
    return f"notulen/{minutes.id:08d}{ending if ending in ('.txt', '.docx', '.pdf', '.xlsx') else '.bin'}"


async def _take_in(
    database: Database, settings: Settings, now: datetime, waiting: Minutes, text: str, path: str, file: FetchedFile
) -> int:
    if len(text) > LONGEST_TEXT:
        why = "Isi berkas ini terlalu panjang. Mohon kirim bagian arahannya saja."
        await _give_up(database, now, waiting.id, why)
        return 0
    held_at = waiting.meeting.held_at.astimezone(settings.zone)
    async with database.reading() as session:
        units = await _units(session, settings)
    # A long text takes seconds: neither the database nor anybody else waits for it.
    readings = await asyncio.to_thread(read_minutes, text, held_at, units)
    async with database.writing() as session:
        minutes = await session.get(Minutes, waiting.id)
        if minutes is None or minutes.state != MinutesState.WAITING:
            return 0
        minutes.text, minutes.path, minutes.sha256 = text, path, file.sha256
        minutes.state, minutes.error = MinutesState.DRAFT, None
        minutes.says_held_at = _said(text, held_at)
        tags = {one.tag for one in await all_programmes(session)}
        left = overlooked(text, covered_lines(readings))
        await lay_drafts(session, minutes, readings, tags, now=now, overlooked=left)
        await _show(session, minutes, settings, now)
        fault_point("notulen.before_commit")
    fault_point("notulen.after_commit")
    return 1


def _said(text: str, held_at: datetime) -> datetime | None:
    """When the notulen itself says that the meeting was held."""
    try:
        heading = read_heading(text, held_at)
    except ImpossibleMeetingDate:
        return None
    return heading.held_at if heading else None


async def _show(session: AsyncSession, minutes: Minutes, settings: Settings, now: datetime) -> None:
    content = preview(await gather(session, minutes, now, settings.zone), View())
    await Mail(session, now).redraw(minutes_subject(minutes), content)
    dialogue = await dialogues.dialogue_of(session, minutes.author_id)
    if dialogue is None or dialogue.step == "drafts":
        about = {"minutes": minutes.id, "view": asdict(View())}
        await dialogues.begin(session, minutes.author_id, "drafts", now=now, **about)


_loaded: dict[str, UnitIndex] = {}


async def _units(session: AsyncSession, settings: Settings) -> UnitIndex:
    path = str(settings.organisation.units)
    if path not in _loaded:
        _loaded[path] = UnitIndex.from_csv(path)
    units = _loaded[path]
    for alias in await session.scalars(select(UnitAlias)):
        if alias.unit_code in units:
            units = units.with_alias(alias.words, alias.unit_code)
    return units


async def _waiting(session: AsyncSession, now: datetime) -> list[Minutes]:
    query = (
        select(Minutes)
        .where(Minutes.state == MinutesState.WAITING)
        .where(or_(Minutes.next_try_at.is_(None), Minutes.next_try_at <= now))
        .order_by(Minutes.id)
        .limit(AT_ONCE)
    )
    return list(await session.scalars(query))


async def _not_now(database: Database, settings: Settings, now: datetime, identity: int, problem: Exception) -> None:
    if isinstance(problem, TooBig):
        await _give_up(database, now, identity, "Berkas ini terlalu besar. Mohon kirim bagian arahannya saja.")
        return
    if isinstance(problem, Gone):
        await _give_up(database, now, identity, "Berkas ini sudah tidak ada di Telegram. Mohon kirim sekali lagi.")
        return
    async with database.writing() as session:
        await tell_if_disk_full(session, settings, now, problem, "Berkas notulen")
        minutes = await session.get(Minutes, identity)
        assert minutes is not None
        too_old = now - minutes.created_at > GIVEN_UP_AFTER
        minutes.attempts += 1
        minutes.error = f"{type(problem).__name__}: {problem}"[:300]
        minutes.next_try_at = now + min(timedelta(seconds=5 * 2**minutes.attempts), LONGEST_WAIT)
        log.warning("notulen %s not read (attempt %s): %s", identity, minutes.attempts, type(problem).__name__)
    if too_old:
        await _give_up(
            database, now, identity, "Berkas ini tidak dapat diambil dari Telegram. Mohon kirim sekali lagi."
        )


async def _give_up(database: Database, now: datetime, identity: int, why: str) -> None:
    async with database.writing() as session:
        minutes = await session.get(Minutes, identity)
        if minutes is None or minutes.state != MinutesState.WAITING:
            return
        minutes.state, minutes.error = MinutesState.FAILED, why[:300]
        mail = Mail(session, now)
        text = render("file_not_read", name=minutes.file_name or "", why=why)
        await mail.redraw(minutes_subject(minutes), Content(text))
        dialogue = await dialogues.dialogue_of(session, minutes.author_id)
        if dialogue is not None and dialogue.step == "drafts" and dialogue.about.get("minutes") == identity:
            await dialogues.begin(session, minutes.author_id, "notulen", now=now)
