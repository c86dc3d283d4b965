"""What is not needed any more is wiped: sent invitations at once, wording and papers after the time the settings give.

That something was said, to whom and when stays: it is the answer to "saya tidak pernah menerimanya".
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import CursorResult, delete, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from jobs.papers.invitations import KIND as INVITATION
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing, forget_code, in_state, says_code
from models.people import WrongCode
from models.records import first_time

OVER = (OutboxState.SENT, OutboxState.FAILED, OutboxState.SUPERSEDED, OutboxState.UNCERTAIN)
"""States after which a message is never sent again."""
AT_ONCE = 200
WIPED: dict[str, Any] = {"wiped": True}
SET_ASIDE_DAYS = 30
STRANGER = "stranger"
"""Messages to people who are not members: nothing is kept about them."""


async def tidy(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Wipe what is due; returns how many messages were wiped. What takes long is done once a day."""
    wiped = await _wipe_invitations(session, settings.files.directory)
    if await first_time(session, f"tidied:{now.astimezone(settings.zone).date()}", now):
        wiped += await _wipe_old_messages(session, settings, now)
        a_week_ago = now - timedelta(days=7)
        await session.execute(delete(Outgoing).where(Outgoing.kind == STRANGER, Outgoing.created_at < a_week_ago))
        await session.execute(delete(WrongCode).where(WrongCode.at < now - timedelta(days=1)))
        for aside in await session.scalars(select(Incoming).where(in_state(Incoming.state, InboxState.ASIDE))):
            if says_code(aside.raw):
                await forget_code(session, aside.update_id)
        # What was set aside has had its month to be looked into.
        old = now - timedelta(days=SET_ASIDE_DAYS)
        await session.execute(
            delete(Incoming).where(in_state(Incoming.state, InboxState.ASIDE), Incoming.received_at < old)
        )
    return wiped


async def _wipe_invitations(session: AsyncSession, directory: Path) -> int:
    """A link lets in whoever has it: once it is with the person who asked for it, only its hash stays here."""
    # Written out, so that the partial index serves it: the table holds years, and this is asked every few seconds.
    secret = Outgoing.kind == literal_column(f"'{INVITATION}'")
    query = select(Outgoing).where(secret, Outgoing.state.in_(OVER)).order_by(Outgoing.id).limit(AT_ONCE)
    rows = (await session.scalars(query)).all()
    for row in rows:
        for path in _files_in(row.payload):
            with contextlib.suppress(FileNotFoundError):
                _under(directory, path).unlink()
        row.payload, row.kind = WIPED, f"{INVITATION}, wiped"
    return len(rows)


async def _wipe_old_messages(session: AsyncSession, settings: Settings, now: datetime) -> int:
    if settings.retention.papers_days:
        await delete_papers(session, settings, now - timedelta(days=settings.retention.papers_days))
    if not settings.retention.messages_days:
        return 0
    before = now - timedelta(days=settings.retention.messages_days)
    wiped = await session.execute(
        update(Outgoing)
        .where(Outgoing.state.in_(OVER), Outgoing.created_at < before, Outgoing.kind.not_like("%, wiped"))
        .values(payload=WIPED, kind=Outgoing.kind + ", wiped")
    )
    return cast("CursorResult[Any]", wiped).rowcount


async def delete_papers(session: AsyncSession, settings: Settings, before: datetime) -> None:
    """The papers the bot made before then, but those that still have to be sent; evidence and notulen are never touched."""
    folder = settings.files.directory / "papers"
    unsent = select(Outgoing.payload).where(Outgoing.state.not_in(OVER))
    needed = {path for payload in await session.scalars(unsent) for path in _files_in(payload)}
    for path in folder.glob("*/*") if folder.exists() else []:
        relative = path.relative_to(settings.files.directory).as_posix()
        if relative not in needed and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _files_in(value: Any) -> Iterator[str]:
    """The paths of every `{"$file": path}` in a payload."""
    if isinstance(value, dict):
        if isinstance(value.get("$file"), str):
            yield value["$file"]
        for part in value.values():
            yield from _files_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _files_in(part)


def _under(directory: Path, relative: str) -> Path:
    path = (directory / relative).resolve()
    if not path.is_relative_to(directory.resolve()):
        raise ValueError(f"{relative} is not under the files directory")
    return path
