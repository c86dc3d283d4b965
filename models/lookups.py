"""Questions asked of the assignments: which are open, whose, and in which order they press."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import FINISHED, OPEN, WORKING, Assignment, Status
from models.directives import Directive, DirectiveState, visible_to
from models.meetings import Meeting
from models.people import Member
from models.reports import Evidence, Extension, Report, ReportState, Verification

BY_URGENCY = (Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)


def is_open() -> ColumnElement[bool]:
    """Names the states rather than leaving out the others, so that the index on them serves it."""
    return Assignment.status.in_(OPEN)


def is_late(now: datetime) -> ColumnElement[bool]:
    """The same as Assignment.is_late, for queries."""
    waiting = and_(Assignment.status == Status.SUBMITTED, Assignment.submitted_at > Assignment.due_at)
    working = and_(Assignment.status.in_(WORKING), Assignment.due_at < now)
    return or_(waiting, working)


async def open_assignments(session: AsyncSession, unit_codes: Collection[str]) -> Sequence[Assignment]:
    """The open tasks of these units, most urgent first."""
    query = select(Assignment).where(Assignment.unit_code.in_(unit_codes), is_open()).order_by(*BY_URGENCY)
    return (await session.scalars(query)).all()


async def late_assignments(session: AsyncSession, viewer: Member | None, now: datetime) -> Sequence[Assignment]:
    """What is late and visible to the viewer, longest first."""
    query = (
        select(Assignment)
        .join(Directive)
        .where(is_late(now), visible_to(viewer))
        .order_by(Assignment.due_at, Assignment.id)
    )
    return (await session.scalars(query)).all()


async def assignments_of(session: AsyncSession, directive: Directive) -> Sequence[Assignment]:
    """Every assignment of a directive that was sent, in the order of sending."""
    query = select(Assignment).where(Assignment.directive_id == directive.id).order_by(Assignment.id)
    return (await session.scalars(query)).all()


async def directive_by_number(session: AsyncSession, number: str, viewer: Member | None) -> Directive | None:
    """The directive "2026-01-07", if the viewer may see it."""
    parts = number.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 10 for part in parts):
        return None
    year, month, sequence = map(int, parts)
    query = select(Directive).where(
        Directive.meeting_year == year,
        Directive.meeting_month == month,
        Directive.sequence == sequence,
        Directive.state != DirectiveState.DRAFT,
        visible_to(viewer),
    )
    return (await session.scalars(query)).one_or_none()


async def filed_reports(session: AsyncSession, assignment_id: int) -> Sequence[Report]:
    """The reports that stand, oldest first."""
    query = (
        select(Report)
        .where(Report.assignment_id == assignment_id, Report.state == ReportState.FILED)
        .order_by(Report.id)
    )
    return (await session.scalars(query)).all()


async def evidence_of(session: AsyncSession, assignment_id: int) -> Sequence[Evidence]:
    """The evidence on the reports that stand, in the order it came."""
    query = (
        select(Evidence)
        .join(Report)
        .where(Report.assignment_id == assignment_id, Report.state == ReportState.FILED)
        .order_by(Evidence.id)
    )
    return (await session.scalars(query)).all()


async def verifications_of(session: AsyncSession, assignment_id: int) -> Sequence[Verification]:
    """Every decision of the secretariat on a finished task, oldest first."""
    query = select(Verification).where(Verification.assignment_id == assignment_id).order_by(Verification.id)
    return (await session.scalars(query)).all()


async def waiting_for_verification(session: AsyncSession) -> Sequence[Assignment]:
    """Finished assignments that the secretariat has to look at, the longest waiting first."""
    query = select(Assignment).where(Assignment.status == Status.SUBMITTED).order_by(Assignment.submitted_at)
    return (await session.scalars(query)).all()


async def undecided_extensions(session: AsyncSession) -> Sequence[Extension]:
    """Requests for more time that nobody has decided yet, for tasks that are still open."""
    query = (
        select(Extension).join(Assignment).where(Extension.granted.is_(None), is_open()).order_by(Extension.asked_at)
    )
    return (await session.scalars(query)).all()


async def directives_of_meeting(session: AsyncSession, meeting: Meeting, viewer: Member | None) -> Sequence[Directive]:
    """The directives of a meeting that were sent and are visible to the viewer, by number."""
    query = (
        select(Directive)
        .where(Directive.meeting_id == meeting.id, Directive.state == DirectiveState.SENT, visible_to(viewer))
        .order_by(Directive.sequence)
    )
    return (await session.scalars(query)).all()


def counted(viewer: Member | None, now: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """What counts for this year's picture: everything open, and what was closed since 1 January; cancelled never."""
    new_year = now.astimezone(zone).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    finished = and_(Assignment.status.in_(FINISHED), Assignment.closed_at >= new_year)
    return and_(or_(is_open(), finished), visible_to(viewer))
