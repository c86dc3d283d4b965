"""Each unit sees its colour before pimpinan do, with the right of reply: once for every summary."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from jobs.reminders import in_quiet_hours
from jobs.weekly import had_directives
from models.mailbox import Urgency
from models.people import members_of_units
from models.records import Occasion, first_time
from models.report_cards import ReportCard
from models.standing import standing
from models.units import all_units
from models.weeks import next_planned, reply_until, week_name
from presentation.mail import Mail
from presentation.rapor import preview_message
from understanding.deadlines.working_days import add_working_days


async def preview(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Tell every unit with tasks its colour, `preview_days` working days before the summary; returns how many people."""
    local = now.astimezone(settings.zone)
    planned = next_planned(local, settings)
    day = add_working_days(planned.date(), -settings.summary.preview_days)
    told_at = datetime.combine(day, settings.reminders.at, settings.zone)
    key = f"previews:{week_name(planned)}"
    if not settings.summary.preview_days or local < told_at or in_quiet_hours(local.time(), settings):
        return 0
    if await session.get(Occasion, key) is not None or not await had_directives(session, planned):
        return 0
    await first_time(session, key, now)
    return await _tell(session, settings, planned, now)


async def _tell(session: AsyncSession, settings: Settings, planned: datetime, now: datetime) -> int:
    week, until, people = week_name(planned), reply_until(planned), 0
    counts = await standing(session, now, settings.zone)
    known = {card.unit_code: card for card in await session.scalars(select(ReportCard).where(ReportCard.week == week))}
    for unit in await all_units(session):
        tally = counts.units.get(unit.code)
        if tally is None:
            continue
        card = known.get(unit.code)
        if card is None:
            session.add(ReportCard(unit=unit, unit_code=unit.code, week=week, as_of=now, figures=asdict(tally)))
        content = preview_message(unit, tally, planned, until, now, settings.zone)
        for member in await members_of_units(session, {unit.code}):
            await Mail(session, now).say(member, content, kind="preview", urgency=Urgency.REMINDER,
                                         dedupe_key=f"rapor:{week}:{unit.code}:{member.id}")  # fmt: skip
            people += 1
    return people
