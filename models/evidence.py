"""Evidence as it is handed over: each file with the task, report and verification that it belongs to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment, Status
from models.directives import Directive, DirectiveState, visible_to
from models.people import Member
from models.reports import Evidence, EvidenceState, Report, ReportState, Verification
from models.scopes import Scope, moments
from models.units import Programme, Unit


@dataclass(frozen=True)
class EvidenceItem:
    """One photo, file or place. `path` is relative to files.directory, None when nothing is stored; times are local."""

    number: str
    directive: str
    unit: str
    programme: str
    goal: str
    report_id: int
    reported_at: datetime
    reporter: str
    words: str
    kind: str
    path: str | None
    size: int
    sha256: str | None
    latitude: float | None
    longitude: float | None
    status: Status
    verified_by: str
    state: EvidenceState


async def evidence_items(session: AsyncSession, scope: Scope, zone: ZoneInfo) -> list[EvidenceItem]:
    """All evidence of a scope that many may see, by directive, unit and time. The period is that of the reports."""
    verifiers = await _verifiers(session)
    return [_item(row, verifiers, zone) for row in await session.execute(_query(scope, zone))]


async def weight(session: AsyncSession, scope: Scope, zone: ZoneInfo) -> tuple[int, int]:
    """(how many stored files, their bytes together)."""
    stored = _query(scope, zone).where(Evidence.path.is_not(None)).order_by(None).subquery()
    row = (
        await session.execute(select(func.count(), func.coalesce(func.sum(stored.c.size), 0)).select_from(stored))
    ).one()
    return int(row[0]), int(row[1])


async def counted_by_assignment(session: AsyncSession, ids: Collection[int]) -> dict[int, Counter[str]]:
    """Assignment → kind of evidence → how many, on the reports that stand."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    query = (
        select(Report.assignment_id, Evidence.kind, func.count())
        .join(Evidence, Evidence.report_id == Report.id)
        .where(Report.state == ReportState.FILED, Report.assignment_id.is_not(None))
        .group_by(Report.assignment_id, Evidence.kind)
    )
    wanted = set(ids)
    for assignment_id, kind, number in await session.execute(query):
        if assignment_id in wanted:
            found[assignment_id][kind] = number
    return found


def _query(scope: Scope, zone: ZoneInfo) -> Any:
    query = (
        select(
            Directive.meeting_year.label("year"),
            Directive.meeting_month.label("month"),
            Directive.sequence.label("sequence"),
            Directive.text.label("directive"),
            Unit.name.label("unit"),
            Programme.name.label("programme"),
            Programme.goal.label("goal"),
            Report.id.label("report_id"),
            Report.created_at.label("reported_at"),
            Member.name.label("reporter"),
            Report.text.label("words"),
            Evidence.kind.label("kind"),
            Evidence.path.label("path"),
            func.coalesce(Evidence.size, 0).label("size"),
            Evidence.sha256.label("sha256"),
            Evidence.latitude.label("latitude"),
            Evidence.longitude.label("longitude"),
            Evidence.state.label("state"),
            Assignment.id.label("assignment_id"),
            Assignment.status.label("status"),
        )
        .select_from(Evidence)
        .join(Report, Report.id == Evidence.report_id)
        .join(Member, Member.id == Report.member_id)
        .join(Assignment, Assignment.id == Report.assignment_id)
        .join(Directive, Directive.id == Assignment.directive_id)
        .join(Unit, Unit.code == Assignment.unit_code)
        .join(Programme, Programme.tag == Directive.programme_tag, isouter=True)
        .where(Report.state == ReportState.FILED, Directive.state == DirectiveState.SENT, visible_to(None))
        .where(replace(scope, period=None).conditions(zone))
        .order_by(Directive.meeting_year, Directive.meeting_month, Directive.sequence, Unit.position, Evidence.id)
    )
    if scope.period is not None:
        begin, end = moments(scope.period, zone)
        query = query.where(Report.created_at >= begin, Report.created_at < end)
    return query


def _item(row: Any, verifiers: dict[int, str], zone: ZoneInfo) -> EvidenceItem:
    return EvidenceItem(
        number=f"{row.year}-{row.month:02d}-{row.sequence:02d}",
        directive=row.directive,
        unit=row.unit,
        programme=row.programme or "Lainnya",
        goal=row.goal or "",
        report_id=row.report_id,
        reported_at=row.reported_at.astimezone(zone),
        reporter=row.reporter,
        words=row.words,
        kind=row.kind,
        path=row.path,
        size=row.size,
        sha256=row.sha256,
        latitude=row.latitude,
        longitude=row.longitude,
        status=Status(row.status),
        verified_by=verifiers.get(row.assignment_id, ""),
        state=EvidenceState(row.state),
    )


async def _verifiers(session: AsyncSession) -> dict[int, str]:
    query = (
        select(Verification.assignment_id, Member.name)
        .join(Member, Member.id == Verification.member_id)
        .where(Verification.approved)
        .order_by(Verification.id)
    )
    return {assignment_id: name for assignment_id, name in await session.execute(query)}
