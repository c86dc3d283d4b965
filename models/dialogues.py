"""What each person is in the middle of. It is a table so that a restart forgets nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Dialogue(Base):
    """The one thing the bot waits for from a person: `step` names it ("report", "return_reason"), `about` its details."""

    __tablename__ = "dialogues"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    step: Mapped[str]
    about: Mapped[dict[str, Any]]
    since: Mapped[datetime]


async def dialogue_of(session: AsyncSession, member_id: int) -> Dialogue | None:
    return await session.get(Dialogue, member_id)


async def begin(session: AsyncSession, member_id: int, step: str, *, now: datetime, **about: Any) -> None:
    """Wait for this from the person; whatever was waited for before is given up."""
    dialogue = await session.get(Dialogue, member_id)
    if dialogue is None:
        session.add(Dialogue(member_id=member_id, step=step, about=about, since=now))
    else:
        dialogue.step, dialogue.about, dialogue.since = step, about, now
    await session.flush()


async def end(session: AsyncSession, member_id: int) -> None:
    dialogue = await session.get(Dialogue, member_id)
    if dialogue is not None:
        await session.delete(dialogue)
        await session.flush()
