"""The weekly summary for pimpinan and pemantau: all it shows is kept, and everyone's picture is ordered, once a week.

One that was missed by more than a day is not made up for: the next one tells more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from jobs.papers.summary import gather
from jobs.reminders import PUNCTUAL, in_quiet_hours
from models.directives import Directive, DirectiveState
from models.mailbox import Urgency
from models.papers import order_paper
from models.people import Role, members_in
from models.records import Summary
from models.weeks import ONE_DAY, planned_in_week_of, week_name
from presentation.kept import as_kept
from presentation.weekly import summary_view


async def summarise(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Order this week's summary when its time has come; returns for how many people."""
    local = now.astimezone(settings.zone)
    planned = planned_in_week_of(local, settings)
    if not planned <= local < planned + ONE_DAY or in_quiet_hours(local.time(), settings):
        return 0
    week = week_name(planned)
    known = select(Summary.id).where(Summary.week == week)
    if await session.scalar(known) is not None or not await had_directives(session, planned):
        return 0
    gathered = await gather(session, settings, now, week=week, compared_before=now)
    monday = (planned - timedelta(days=planned.weekday())).date()
    session.add(
        Summary(week=week, as_of=now, monday=monday, figures=gathered.standing.snapshot(),
                view=as_kept(summary_view(gathered)))
    )  # fmt: skip
    await session.flush()
    readers = await members_in(session, Role.PIMPINAN, Role.PEMANTAU)
    for member in readers:
        await order_paper(session, "summary", member, now=now, urgency=Urgency.BULK, week=week,
                          belated=local - planned > PUNCTUAL, dedupe_key=f"summary:{week}:{member.id}")  # fmt: skip
    return len(readers)


async def had_directives(session: AsyncSession, before: datetime) -> bool:
    """Whether there was anything to sum up: a bot installed on a Wednesday owes nothing for Monday."""
    sent = select(Directive.id).where(Directive.state == DirectiveState.SENT, Directive.sent_at < before)
    return await session.scalar(sent.limit(1)) is not None
