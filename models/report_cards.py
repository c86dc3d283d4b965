"""Rapor of a unit: the figures behind its colour, as it was told before pimpinan are, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, UniqueConstraint, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.assignments import CLOSED, FINISHED, Assignment
from models.base import Base
from models.directives import Directive
from models.lookups import BY_URGENCY, counted
from models.people import Member
from models.reports import Evidence, Report, ReportState
from models.standing import FIRST_REPORT_WITHIN, Tally, standing
from models.units import Unit


class ReportCard(Base):
    """A unit's rapor for the summary of one week: the figures it was told, and its answer (hak jawab).

    `week` is the summary's, "2026-W05". `figures` are a Tally's, fixed when the unit was told or answered first.
    """

    __tablename__ = "report_cards"
    __table_args__ = (UniqueConstraint("unit_code", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("units.code"))
    week: Mapped[str]
    as_of: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    reply: Mapped[str | None]
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    replied_as: Mapped[str | None]
    """The post that the answer was given for, as it was called then."""
    replied_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(lazy="joined")
    member: Mapped[Member | None] = relationship(lazy="joined")


@dataclass(frozen=True)
class Figures:
    """What a rapor shows. The pairs are (how many, of how many); `tasks` come open and most urgent first."""

    tally: Tally
    on_time: tuple[int, int] = (0, 0)
    reported_in_time: tuple[int, int] = (0, 0)
    evidence: int = 0
    tasks: Sequence[Assignment] = field(default_factory=list)


async def figures_of(session: AsyncSession, unit_code: str, now: datetime, zone: ZoneInfo) -> Figures:
    """This year's figures of a unit; nothing confidential, since pimpinan see the same."""
    own = Assignment.unit_code == unit_code
    query = select(Assignment).join(Directive).where(counted(None, now, zone), own)
    tasks = (await session.scalars(query.order_by(Assignment.status.in_(CLOSED), *BY_URGENCY))).all()
    ids = [task.id for task in tasks]
    first = await _first_reports(session, unit_code)
    evidence = (
        select(func.count())
        .select_from(Evidence)
        .join(Report)
        .where(Report.assignment_id.in_(ids), Report.state == ReportState.FILED)
    )
    return Figures(
        tally=(await standing(session, now, zone, only=own)).overall,
        on_time=_share([in_time for task in tasks if (in_time := _finished_in_time(task, now)) is not None]),
        reported_in_time=_share(
            [in_time for task in tasks if (in_time := _reported_in_time(task, first.get(task.id), now)) is not None]
        ),
        evidence=await session.scalar(evidence) or 0,
        tasks=tasks,
    )


def _share(judged: Sequence[bool]) -> tuple[int, int]:
    return sum(judged), len(judged)


def _finished_in_time(task: Assignment, now: datetime) -> bool | None:
    """None while its deadline lies ahead, or without one."""
    if task.due_at is None:
        return None
    if task.status in FINISHED:
        handed_in = task.submitted_at or task.closed_at
        return handed_in is not None and handed_in <= task.due_at
    return False if task.is_late(now) else None


def _reported_in_time(task: Assignment, first: datetime | None, now: datetime) -> bool | None:
    """None while there is still time for the first report, which an earlier deadline shortens."""
    limit = task.sent_at + FIRST_REPORT_WITHIN
    if task.due_at is not None and task.sent_at < task.due_at < limit:
        limit = task.due_at
    if first is not None:
        return first <= limit
    return False if now > limit else None


async def _first_reports(session: AsyncSession, unit_code: str) -> dict[int, datetime]:
    """Assignment → when something was reported first; a mere acknowledgement is no report."""
    query = (
        select(Assignment.id, func.min(Report.created_at))
        .join(Report, Report.assignment_id == Assignment.id)
        .where(Assignment.unit_code == unit_code, Report.state == ReportState.FILED)
        .where(or_(Report.heard != "ack", Report.percent.is_not(None)))
        .group_by(Assignment.id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def card_of(session: AsyncSession, unit_code: str, week: str) -> ReportCard | None:
    query = select(ReportCard).where(ReportCard.unit_code == unit_code, ReportCard.week == week)
    return (await session.scalars(query)).one_or_none()


async def reply(
    session: AsyncSession, unit: Unit, week: str, text: str, *, by: Member, now: datetime, zone: ZoneInfo
) -> ReportCard:
    """Put the unit's answer beside its colour; a later answer takes the earlier one's place."""
    card = await card_of(session, unit.code, week)
    if card is None:
        tally = (await standing(session, now, zone, only=Assignment.unit_code == unit.code)).overall
        card = ReportCard(unit=unit, unit_code=unit.code, week=week, as_of=now, figures=asdict(tally))
        session.add(card)
    card.reply, card.member, card.replied_as, card.replied_at = text, by, by.title, now
    await session.flush()
    return card


async def last_reply(session: AsyncSession, unit_code: str, weeks: Sequence[str]) -> ReportCard | None:
    """The newest answer of a unit within these weeks."""
    query = (
        select(ReportCard)
        .where(ReportCard.unit_code == unit_code, ReportCard.week.in_(weeks), ReportCard.reply.is_not(None))
        .order_by(ReportCard.week.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def replies_for(session: AsyncSession, week: str) -> Sequence[ReportCard]:
    """Every answer that stands beside a colour of this week's summary, in the order of the units."""
    query = (
        select(ReportCard)
        .join(Unit, Unit.code == ReportCard.unit_code)
        .where(ReportCard.week == week, ReportCard.reply.is_not(None))
        .order_by(Unit.position)
    )
    return (await session.scalars(query)).all()
