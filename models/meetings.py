"""Meetings, their minutes, and the groups they are discussed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, TelegramId


class Meeting(Base):
    """A meeting whose directives are followed up. The one opened last is the current one."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    held_at: Mapped[datetime]
    place: Mapped[str | None]
    chair: Mapped[str | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))


class MinutesState(StrEnum):
    WAITING = "waiting"
    """It came as a file that a job has yet to fetch and read."""
    DRAFT = "draft"
    SENT = "sent"
    DISCARDED = "discarded"
    FAILED = "failed"
    """The file could not be fetched or read; `error` says why."""


class Minutes(Base):
    """The text that directives came from: a pasted notulen, a file, or one typed line. Kept as evidence.

    `pieces` are the messages it was pasted in, as {"message": Telegram's id, "text": …}; `text` is all of them joined.
    `path` is where a file is stored, relative to files.directory. `says_held_at` is when the text itself says that
    the meeting was held, until somebody has said that it doesn't matter.
    """

    __tablename__ = "minutes"
    __table_args__ = (Index("ix_minutes_state_author", "state", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str]
    pieces: Mapped[list[Any]] = mapped_column(default=list)
    says_held_at: Mapped[datetime | None]
    overlooked: Mapped[list[Any]] = mapped_column(default=list)
    """Lines that ask for something and became no draft; shown, so that nothing is lost silently."""
    file_name: Mapped[str | None]
    file_id: Mapped[str | None]
    path: Mapped[str | None]
    sha256: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    error: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=MinutesState.DRAFT)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="joined")


class Group(Base):
    """A Telegram group that the secretariat added the bot to."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(TelegramId, unique=True)
    title: Mapped[str]
    registered_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    registered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


async def latest_meetings(session: AsyncSession) -> list[Meeting]:
    """Every meeting, the current one first, then by the day it was held."""
    current = await current_meeting(session)
    query = select(Meeting).order_by(Meeting.held_at.desc(), Meeting.id.desc())
    others = [meeting for meeting in await session.scalars(query) if meeting is not current]
    return [current, *others] if current else others


def make_current(meeting: Meeting, current: Meeting | None, now: datetime) -> None:
    """Have new directives attach to this meeting from now on."""
    meeting.opened_at = now
    if current is not None and current is not meeting:
        # A clock may have stood still, or been put back, since the other one was opened.
        meeting.opened_at = max(now, current.opened_at + timedelta(microseconds=1))


async def current_meeting(session: AsyncSession) -> Meeting | None:
    """The meeting that new directives attach to."""
    return (
        await session.scalars(select(Meeting).order_by(Meeting.opened_at.desc(), Meeting.id.desc()).limit(1))
    ).first()
