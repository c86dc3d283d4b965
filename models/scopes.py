"""What a list or paper is about: a meeting, a programme, a unit, a period, or several of these at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment
from models.directives import Directive
from models.meetings import Meeting
from models.units import Programme, Unit


@dataclass(frozen=True)
class Scope:
    """All that is named must hold; nothing named is everything. The period is that of the meeting, both days included.

    As text, for a button or an order: "all", "u.12.09.09", "p.mbg+t.20260101.20260331".
    """

    unit: str | None = None
    programme: str | None = None
    meeting: int | None = None
    period: tuple[date, date] | None = None

    @property
    def code(self) -> str:
        parts = [
            f"u.{self.unit}" if self.unit else "",
            f"p.{self.programme}" if self.programme else "",
            f"m.{self.meeting}" if self.meeting else "",
            f"t.{self.period[0]:%Y%m%d}.{self.period[1]:%Y%m%d}" if self.period else "",
        ]
        return "+".join(part for part in parts if part) or "all"

    def conditions(self, zone: ZoneInfo) -> ColumnElement[bool]:
        """For a query over Assignment joined with Directive and its Meeting."""
        found: list[ColumnElement[bool]] = [true()]
        if self.unit is not None:
            found.append(Assignment.unit_code == self.unit)
        if self.programme is not None:
            found.append(Directive.programme_tag == self.programme)
        if self.meeting is not None:
            found.append(Directive.meeting_id == self.meeting)
        if self.period is not None:
            begin, end = moments(self.period, zone)
            held = select(Meeting.id).where(Meeting.held_at >= begin, Meeting.held_at < end)
            found.append(Directive.meeting_id.in_(held))
        return and_(*found)


def read_scope(code: str) -> Scope | None:
    """The scope of a button's text; None when it is none."""
    scope = Scope()
    for part in code.split("+") if code != "all" else []:
        kind, _, value = part.partition(".")
        try:
            match kind:
                case "u" if value:
                    scope = replace(scope, unit=value)
                case "p" if value:
                    scope = replace(scope, programme=value)
                case "m" if len(value) < 10:
                    scope = replace(scope, meeting=int(value))
                case "t":
                    first, last = (datetime.strptime(day, "%Y%m%d").date() for day in value.split("."))  # noqa: DTZ007
                    scope = replace(scope, period=(first, last))
                case _:
                    return None
        except ValueError:
            return None
    return scope


def moments(period: tuple[date, date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when to when (excluded) a period of whole days lasts."""
    return (datetime.combine(period[0], time(), zone), datetime.combine(period[1] + timedelta(days=1), time(), zone))


async def named(session: AsyncSession, scope: Scope) -> tuple[Unit | None, Programme | None, Meeting | None] | None:
    """The unit, programme and meeting of a scope; None when one of them doesn't exist."""
    unit = await session.get(Unit, scope.unit) if scope.unit else None
    programme = await session.get(Programme, scope.programme) if scope.programme else None
    meeting = await session.get(Meeting, scope.meeting) if scope.meeting else None
    if (scope.unit and not unit) or (scope.programme and not programme) or (scope.meeting and not meeting):
        return None
    return unit, programme, meeting
