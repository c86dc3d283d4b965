"""Teguran: which warning letters a unit was written, since the second follows from the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.assignments import Assignment
from models.base import Base
from models.units import Unit

HIGHEST = 3


class WarningLetter(Base):
    """One teguran for late tasks. `number` is what the secretariat's register gave it; until then it is a draft."""

    __tablename__ = "warning_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"), index=True)
    level: Mapped[int]
    number: Mapped[str | None]
    dated: Mapped[date] = mapped_column(Date)
    answer_by: Mapped[date] = mapped_column(Date)
    assignment_ids: Mapped[list[Any]]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("members.id"))
    drafted_at: Mapped[datetime]

    unit: Mapped[Unit] = relationship(lazy="joined")


async def letters_to(session: AsyncSession, unit_code: str) -> Sequence[WarningLetter]:
    """Every letter to a unit, oldest first."""
    query = select(WarningLetter).where(WarningLetter.unit_code == unit_code).order_by(WarningLetter.id)
    return (await session.scalars(query)).all()


def chain(letters: Sequence[WarningLetter], late: Sequence[Assignment]) -> list[WarningLetter]:
    """The letters, I first, that a new one would follow from: the last ones about a task that is late still."""
    still = {task.id for task in late}
    found: list[WarningLetter] = []
    for letter in letters:
        if letter.level == 1:
            found = []
        found.append(letter)
    return found if found and still.intersection(found[-1].assignment_ids) else []


def standing_draft(following: Sequence[WarningLetter], today: date) -> WarningLetter | None:
    """The letter whose time to answer has not passed, or that has no number yet: it is printed again, not followed."""
    last = following[-1] if following else None
    if last is not None and (today <= last.answer_by or last.number is None):
        return last
    return None
