"""Directives: what the Bupati asked for, first as drafts that the secretariat corrects, then as numbered tasks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Numeric,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from models.base import Base
from models.meetings import Meeting, Minutes
from models.people import Member, Role
from models.units import Programme

if TYPE_CHECKING:
    from models.assignments import Assignment


class DirectiveState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    """The sifat of a lembar disposisi."""

    BIASA = "biasa"
    SEGERA = "segera"
    SANGAT_SEGERA = "sangat segera"
    RAHASIA = "rahasia"


class Directive(Base):
    """One thing asked for. `number` ("2026-01-07": year, month of the meeting, running number) is given on sending.

    While it is a draft, `proposal` holds what was understood but isn't settled: `assignees` (unit codes in order),
    `lead`, `groups`, `doubts` (see understanding.minutes.Doubt, as dicts).
    """

    __tablename__ = "directives"
    __table_args__ = (UniqueConstraint("meeting_year", "meeting_month", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    position: Mapped[int]
    meeting_year: Mapped[int | None]
    meeting_month: Mapped[int | None]
    sequence: Mapped[int | None]
    text: Mapped[str]
    programme_tag: Mapped[str | None] = mapped_column(ForeignKey("programmes.tag"), index=True)
    priority: Mapped[str] = mapped_column(default=Priority.BIASA)
    due_at: Mapped[datetime | None]
    due_has_time: Mapped[bool] = mapped_column(default=False)
    due_words: Mapped[str | None]
    recurrence: Mapped[str | None]
    target_quantity: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    target_unit: Mapped[str | None]
    proposal: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=DirectiveState.DRAFT)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="joined")
    minutes: Mapped[Minutes] = relationship(lazy="raise")
    programme: Mapped[Programme | None] = relationship(lazy="joined")
    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="directive", lazy="raise", order_by="Assignment.id"
    )

    @property
    def number(self) -> str | None:
        if self.sequence is None:
            return None
        return f"{self.meeting_year}-{self.meeting_month:02d}-{self.sequence:02d}"

    @property
    def is_secret(self) -> bool:
        return self.priority == Priority.RAHASIA


async def next_sequence(session: AsyncSession, meeting: Meeting, zone: ZoneInfo) -> tuple[int, int, int]:
    """Year, month and the next running number of directives for meetings of that month."""
    held = meeting.held_at.astimezone(zone)
    taken = select(func.max(Directive.sequence)).where(
        Directive.meeting_year == held.year, Directive.meeting_month == held.month
    )
    return held.year, held.month, (await session.scalar(taken) or 0) + 1


def visible_to(viewer: Member | None) -> ColumnElement[bool]:
    """Which directives a person may see at all; None stands for a picture, paper or group that many people see.

    A confidential one is seen by the posts it names, by the secretariat that keeps it, and by the Bupati who gave it.
    """
    from models.assignments import Assignment, Status

    if viewer is None:
        return Directive.priority != Priority.RAHASIA
    if viewer.has(Role.SEKRETARIAT) or any(post.unit_code == "bupati" for post in viewer.posts):
        return true()
    if not viewer.unit_codes:
        return Directive.priority != Priority.RAHASIA
    # An alias: the query around it may be about assignments itself.
    given = aliased(Assignment)
    ever = select(given.directive_id).where(given.unit_code.in_(viewer.unit_codes))
    # A unit that was taken off it is named no more. What is cancelled as a whole stays with those it named.
    named = or_(
        Directive.id.in_(ever.where(given.status != Status.CANCELLED)),
        and_(Directive.state == DirectiveState.CANCELLED, Directive.id.in_(ever)),
    )
    return or_(Directive.priority != Priority.RAHASIA, named)
