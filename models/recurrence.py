"""Directives that recur: when one round is done, the next begins, due on the next date of the rule."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment, Status
from models.directives import DirectiveState


def next_due(rule: str, last: datetime, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first date of the RRULE behind both `last` (a due date of the series) and `after`, at the same local time.

    The calendar is reckoned in the office's zone, so that a Monday stays a Monday. None when the series has ended.
    """
    start = last.astimezone(zone).replace(tzinfo=None)
    beyond = max(start, after.astimezone(zone).replace(tzinfo=None))
    following = rrulestr(rule, dtstart=start).after(beyond)
    return following.replace(tzinfo=zone) if following is not None else None


async def next_round(session: AsyncSession, done: Assignment, *, now: datetime, zone: ZoneInfo) -> Assignment | None:
    """The unit's next round of a recurring directive; None when it doesn't recur, has ended, or goes on already."""
    directive = done.directive
    if directive.recurrence is None or done.due_at is None or directive.state != DirectiveState.SENT:
        return None
    due = next_due(directive.recurrence, directive.due_at or done.due_at, max(now, done.due_at), zone)
    later = select(Assignment.id).where(
        Assignment.directive_id == directive.id,
        Assignment.unit_code == done.unit_code,
        Assignment.period > done.period,
    )
    if due is None or await session.scalar(later) is not None:
        return None
    following = Assignment(
        directive=directive,
        unit=done.unit,
        is_lead=done.is_lead,
        period=done.period + 1,
        status=Status.SENT,
        due_at=due,
        due_has_time=directive.due_has_time,
        sent_at=now,
    )
    session.add(following)
    await session.flush()
    return following
