"""The weekly summary for pimpinan and pemantau: its figures are kept, and everyone's picture is ordered, once a week.

One that was missed by more than a day is not made up for: the next one tells more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from config import WEEKDAYS, Settings
from jobs.reminders import PUNCTUAL, in_quiet_hours
from models.directives import Directive, DirectiveState
from models.mailbox import Urgency
from models.papers import order_paper
from models.people import Role, members_in
from models.records import Summary
from models.standing import standing


async def summarise(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Order this week's summary when its time has come; returns for how many people."""
    local = now.astimezone(settings.zone)
    planned = planned_in_week_of(local, settings)
    if not planned <= local < planned + timedelta(days=1) or in_quiet_hours(local.time(), settings):
        return 0
    week = f"{planned.isocalendar().year}-W{planned.isocalendar().week:02d}"
    known = select(Summary.id).where(Summary.week == week)
    if await session.scalar(known) is not None or not await _had_directives(session, planned):
        return 0
    figures = await standing(session, now, settings.zone)
    monday = (planned - timedelta(days=planned.weekday())).date()
    session.add(Summary(week=week, as_of=now, monday=monday, figures=figures.snapshot()))
    await session.flush()
    readers = await members_in(session, Role.PIMPINAN, Role.PEMANTAU)
    for member in readers:
        await order_paper(session, "summary", member, now=now, urgency=Urgency.BULK, week=week,
                          belated=local - planned > PUNCTUAL, dedupe_key=f"summary:{week}:{member.id}")  # fmt: skip
    return len(readers)


def planned_in_week_of(local: datetime, settings: Settings) -> datetime:
    """When the summary of this moment's week is due, in the organisation's time."""
    ahead = WEEKDAYS.index(settings.summary.day) - local.weekday()
    at = settings.summary.at
    return (local + timedelta(days=ahead)).replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


async def _had_directives(session: AsyncSession, planned: datetime) -> bool:
    """Whether there was anything to sum up: a bot installed on a Wednesday owes nothing for Monday."""
    sent = select(Directive.id).where(Directive.state == DirectiveState.SENT, Directive.sent_at < planned)
    return await session.scalar(sent.limit(1)) is not None
