"""Papers and pictures that were asked for: they are made outside any transaction, so the wish is kept as a row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, TelegramId
from models.mailbox import Urgency
from models.people import Member


class OrderState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PaperOrder(Base):
    """A picture or paper for one person. `kind` names its maker in jobs.papers, `about` what it is to show."""

    __tablename__ = "paper_orders"
    __table_args__ = (Index("ix_paper_orders_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[dict[str, Any]]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    chat_id: Mapped[int] = mapped_column(TelegramId)
    urgency: Mapped[int] = mapped_column(default=Urgency.ANSWER)
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=OrderState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="joined")


async def order_paper(
    session: AsyncSession,
    kind: str,
    member: Member,
    *,
    now: datetime,
    chat_id: int | None = None,
    urgency: Urgency = Urgency.ANSWER,
    dedupe_key: str | None = None,
    **about: Any,
) -> PaperOrder | None:
    """Have a paper made and sent to the person. A key that was used before makes this do nothing and return None."""
    if dedupe_key is not None:
        known = select(PaperOrder.id).where(PaperOrder.dedupe_key == dedupe_key)
        if await session.scalar(known) is not None:
            return None
    order = PaperOrder(kind=kind, about=about, member_id=member.id, chat_id=chat_id or member.chat_id, urgency=urgency,
                       dedupe_key=dedupe_key, asked_at=now)  # fmt: skip
    session.add(order)
    await session.flush()
    return order


async def waiting_orders(session: AsyncSession, kinds: Collection[str], limit: int = 5) -> list[PaperOrder]:
    """What is to be made next of these kinds: what a person waits for before what goes to many."""
    query = select(PaperOrder).where(PaperOrder.state == OrderState.WAITING, PaperOrder.kind.in_(kinds))
    return list(await session.scalars(query.order_by(PaperOrder.urgency, PaperOrder.id).limit(limit)))
