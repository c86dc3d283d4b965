"""Meetings, their minutes, and the groups they are discussed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, select
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
    DRAFT = "draft"
    SENT = "sent"
    DISCARDED = "discarded"


class Minutes(Base):
    """The text that directives came from: a pasted notulen, a file, or one typed line. Kept as evidence."""

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    text: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str | None]
    file_id: Mapped[str | None]
    sha256: Mapped[str | None]
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


async def current_meeting(session: AsyncSession) -> Meeting | None:
    """The meeting that new directives attach to."""
    return (
        await session.scalars(select(Meeting).order_by(Meeting.opened_at.desc(), Meeting.id.desc()).limit(1))
    ).first()
