"""What is kept for ever: who did what, which occasions have passed, which figures the Bupati was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, TelegramId


class AuditEntry(Base):
    """One deed: who, what, on what, before and after, by which update. Rows are only ever added."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    telegram_id: Mapped[int | None] = mapped_column(TelegramId)
    update_id: Mapped[int | None] = mapped_column(TelegramId)
    deed: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Occasion(Base):
    """Something that happens once: its key is unique, so a tick that runs twice or late does it once."""

    __tablename__ = "occasions"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Summary(Base):
    """The weekly picture as it was sent: `figures` never change afterwards. `week` is "2026-W05"."""

    __tablename__ = "summaries"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(unique=True)
    as_of: Mapped[datetime]
    monday: Mapped[date] = mapped_column(Date)
    figures: Mapped[dict[str, Any]]
    picture_path: Mapped[str | None]
    pdf_path: Mapped[str | None]


async def first_time(session: AsyncSession, key: str, now: datetime) -> bool:
    """Whether this occasion has not been dealt with yet; from now on it has, if the transaction commits."""
    if await session.get(Occasion, key) is not None:
        return False
    session.add(Occasion(key=key, at=now))
    await session.flush()
    return True
