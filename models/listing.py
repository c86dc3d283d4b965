"""The lists behind the numbers: tasks by state and scope, and directives with their roll-up, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import CLOSED, FINISHED, Assignment, Status
from models.directives import Directive, DirectiveState, visible_to
from models.lookups import BY_URGENCY, counted, is_late
from models.meetings import Meeting
from models.people import Member
from models.scopes import Scope
from models.standing import Tally, tally_columns
from models.units import Unit

STATES = ("all", "late", "blocked", "waiting", "silent", "going", "done")
"""The numbers of a Tally under the names that buttons use."""


@dataclass(frozen=True)
class Viewer:
    """Who looks, when, and whether only at the tasks of some units."""

    member: Member | None
    now: datetime
    zone: ZoneInfo
    only: ColumnElement[bool] = field(default_factory=true)


def in_state(state: str, now: datetime) -> ColumnElement[bool]:
    """The assignments that a number of a Tally counts."""
    match state:
        case "late":
            return is_late(now)
        case "blocked":
            return Assignment.status == Status.BLOCKED
        case "waiting":
            return Assignment.status == Status.SUBMITTED
        case "silent":
            return Assignment.status == Status.SENT
        case "going":
            return Assignment.status.in_((Status.ACCEPTED, Status.IN_PROGRESS, Status.RETURNED))
        case "done":
            return Assignment.status.in_(FINISHED)
        case _:
            return true()


def tasks_in(viewer: Viewer, state: str, scope: Scope) -> Select[Assignment]:
    """What a number counts, in the order in which it presses."""
    order: Sequence[Any] = (Assignment.status.in_(CLOSED), *BY_URGENCY)
    if state == "blocked":
        order = (Assignment.reported_at, Assignment.id)
    elif state == "done":
        order = (Assignment.closed_at.desc(), Assignment.id)
    return (
        select(Assignment)
        .join(Directive)
        .where(counted(viewer.member, viewer.now, viewer.zone), viewer.only, in_state(state, viewer.now))
        .where(scope.conditions(viewer.zone))
        .order_by(*order)
    )


def tasks_with(viewer: Viewer, words: str) -> Select[Assignment]:
    """Assignments in which every word occurs, newest first: in the directive, what holds it up, its unit or meeting."""
    query = (
        select(Assignment)
        .join(Directive)
        .join(Meeting, Meeting.id == Directive.meeting_id)
        .join(Unit, Unit.code == Assignment.unit_code)
        .where(visible_to(viewer.member), viewer.only, Directive.state == DirectiveState.SENT)
    )
    for word in words.split()[:8]:
        places = (Directive.text, Unit.name, Meeting.title, Assignment.obstacle, Assignment.help_from)
        query = query.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    return query.order_by(Directive.id.desc(), Assignment.id)


async def page_of(
    session: AsyncSession, query: Select[Assignment], page: int, per_page: int
) -> tuple[int, int, Sequence[Assignment]]:
    """(how many in all, the page that exists, its assignments)."""
    total = await session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = max(0, min(page, (total - 1) // per_page))
    rows = (await session.scalars(query.limit(per_page).offset(page * per_page))).all()
    return total, page, rows


async def directives_in(
    session: AsyncSession, viewer: Viewer, scope: Scope, page: int, per_page: int
) -> tuple[int, int, list[tuple[Directive, Tally]]]:
    """(how many directives, the page that exists, its directives with their counts), most late first, then newest."""
    figures = (
        select(Assignment.directive_id.label("directive"), *tally_columns(viewer.now))
        .join(Directive)
        .where(counted(viewer.member, viewer.now, viewer.zone), viewer.only, scope.conditions(viewer.zone))
        .group_by(Assignment.directive_id)
        .subquery()
    )
    total = await session.scalar(select(func.count()).select_from(figures)) or 0
    page = max(0, min(page, (total - 1) // per_page))
    query = (
        select(Directive, figures)
        .join(figures, figures.c.directive == Directive.id)
        .order_by(figures.c.late.desc(), figures.c.done == figures.c.total, Directive.id.desc())
        .limit(per_page)
        .offset(page * per_page)
    )
    rows = (await session.execute(query)).all()
    return total, page, [(row[0], Tally(*row[2:])) for row in rows]
