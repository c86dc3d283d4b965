"""How the directives stand: counts over programmes and units, and the lists behind them, for anyone's eyes or all's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive, visible_to
from models.lookups import counted, is_late, is_open
from models.people import Member
from models.records import Summary
from models.reports import Extension, Report, ReportState


@dataclass
class Tally:
    """Assignments by status: the five after `total` make it up. `late` and `silent` count again some of the others;
    `silent` are those not reported on though there was time for it."""

    total: int = 0
    done: int = 0
    in_progress: int = 0
    blocked: int = 0
    waiting: int = 0
    not_reported: int = 0
    late: int = 0
    silent: int = 0

    def add(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


class Colour(StrEnum):
    """The published colour of a unit; docs/penilaian.md states the same rule in Indonesian."""

    BLUE = "biru"
    GREEN = "hijau"
    YELLOW = "kuning"
    RED = "merah"
    GREY = "abu"


RED_FROM = 0.25
"""A unit is red when more than this share of its tasks is late."""
SILENT_FROM = 0.5
"""A unit is yellow when more than this share of its tasks has not been reported on though there was time for it."""
FIRST_REPORT_WITHIN = timedelta(days=7)
"""The time for the first report, from when the task was sent."""


def colour_of(tally: Tally) -> Colour:
    """The colour of a unit with these tasks."""
    if tally.total == 0:
        return Colour.GREY
    if tally.late / tally.total > RED_FROM:
        return Colour.RED
    if tally.late or tally.silent / tally.total > SILENT_FROM:
        return Colour.YELLOW
    return Colour.BLUE if tally.done and not tally.not_reported else Colour.GREEN


@dataclass
class Standing:
    """The counts at one moment: overall, by programme tag, by unit code."""

    at: datetime
    overall: Tally = field(default_factory=Tally)
    programmes: dict[str, Tally] = field(default_factory=dict)
    units: dict[str, Tally] = field(default_factory=dict)

    def snapshot(self) -> dict[str, Any]:
        """As a Summary keeps it."""
        return {
            "overall": asdict(self.overall),
            "programmes": {tag: asdict(tally) for tag, tally in self.programmes.items()},
            "units": {code: asdict(tally) for code, tally in self.units.items()},
        }


def tally_columns(now: datetime) -> tuple[ColumnElement[int], ...]:
    """The numbers of a Tally in its order, for a query over Assignment that groups."""

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(cast(condition, Integer)), 0)

    return (
        func.count().label("total"),
        number(Assignment.status.in_(FINISHED)).label("done"),
        number(Assignment.status.in_((Status.ACCEPTED, Status.IN_PROGRESS, Status.RETURNED))).label("in_progress"),
        number(Assignment.status == Status.BLOCKED).label("blocked"),
        number(Assignment.status == Status.SUBMITTED).label("waiting"),
        number(Assignment.status == Status.SENT).label("not_reported"),
        number(is_open() & Assignment.due_at.is_not(None) & is_late(now)).label("late"),
        number((Assignment.status == Status.SENT) & (Assignment.sent_at < now - FIRST_REPORT_WITHIN)).label("silent"),
    )


async def standing(
    session: AsyncSession, now: datetime, zone: ZoneInfo, *, viewer: Member | None = None, only: Any = None
) -> Standing:
    """Count in the database, by unit and programme. `only` narrows it, for a meeting or a unit."""

    query = (
        select(Assignment.unit_code, Directive.programme_tag, *tally_columns(now))
        .join(Directive)
        .where(counted(viewer, now, zone))
        .group_by(Assignment.unit_code, Directive.programme_tag)
    )
    if only is not None:
        query = query.where(only)
    found = Standing(at=now)
    programmes: dict[str, Tally] = defaultdict(Tally)
    units: dict[str, Tally] = defaultdict(Tally)
    for unit, programme, *figures in await session.execute(query):
        tally = Tally(*figures)
        found.overall.add(tally)
        programmes[programme or "lainnya"].add(tally)
        units[unit].add(tally)
    found.programmes, found.units = dict(programmes), dict(units)
    return found


async def last_summary(session: AsyncSession, before: datetime) -> Summary | None:
    """The summary sent last before a moment: what this week is compared with."""
    query = select(Summary).where(Summary.as_of < before).order_by(Summary.as_of.desc()).limit(1)
    return (await session.scalars(query)).first()


def tally_from(kept: Mapping[str, int]) -> Tally:
    return Tally(**kept)


async def blocked_assignments(session: AsyncSession, viewer: Member | None) -> Sequence[Assignment]:
    """What is blocked and visible, longest since its last report first."""
    query = (
        select(Assignment)
        .join(Directive)
        .where(Assignment.status == Status.BLOCKED, visible_to(viewer))
        .order_by(Assignment.reported_at, Assignment.id)
    )
    return (await session.scalars(query)).all()


async def closed_since(session: AsyncSession, since: datetime) -> Sequence[Assignment]:
    """What was verified as done since then, newest first; nothing confidential."""
    query = (
        select(Assignment)
        .join(Directive)
        .where(Assignment.status.in_(FINISHED), Assignment.closed_at >= since, visible_to(None))
        .order_by(Assignment.closed_at.desc())
    )
    return (await session.scalars(query)).all()


async def reporting_units(session: AsyncSession, since: datetime) -> list[tuple[str, int]]:
    """Unit code and number of reports since then, most first; nothing confidential."""
    number = func.count(Report.id)
    query = (
        select(Assignment.unit_code, number)
        .join(Report, Report.assignment_id == Assignment.id)
        .join(Directive, Directive.id == Assignment.directive_id)
        .where(Report.created_at >= since, Report.state == ReportState.FILED, visible_to(None))
        .group_by(Assignment.unit_code)
        .order_by(number.desc(), Assignment.unit_code)
    )
    return [(unit, count) for unit, count in await session.execute(query)]


async def due_within(session: AsyncSession, now: datetime, length: timedelta) -> Sequence[Assignment]:
    """Open tasks whose deadline comes within this time, soonest first; nothing confidential."""
    query = (
        select(Assignment)
        .join(Directive)
        .where(is_open(), Assignment.due_at > now, Assignment.due_at <= now + length, visible_to(None))
        .order_by(Assignment.due_at, Assignment.directive_id, Assignment.id)
    )
    return (await session.scalars(query)).all()


async def undecided(session: AsyncSession, viewer: Member | None) -> Sequence[Extension]:
    """Requests for more time that wait for a decision."""
    query = (
        select(Extension)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .join(Directive, Directive.id == Assignment.directive_id)
        .where(Extension.granted.is_(None), is_open(), visible_to(viewer))
        .order_by(Extension.asked_at)
    )
    return (await session.scalars(query)).all()


def by_directive(assignments: Iterable[Assignment]) -> list[tuple[Directive, list[Assignment]]]:
    """The same assignments gathered under their directives, in the order in which these come first."""
    found: dict[int, tuple[Directive, list[Assignment]]] = {}
    for assignment in assignments:
        found.setdefault(assignment.directive_id, (assignment.directive, []))[1].append(assignment)
    return list(found.values())
