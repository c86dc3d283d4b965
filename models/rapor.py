"""A unit's rapor looked up whole: figures, the colour published last, and the answer that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from models.report_cards import Figures, ReportCard, figures_of, last_reply
from models.standing import Colour, colour_of, last_summary, tally_from
from models.units import Unit
from models.weeks import next_planned, reply_until, week_name


@dataclass(frozen=True)
class Rapor:
    """One unit's rapor at a moment. `planned` is the next summary, `until` when the right of reply to it ends."""

    unit: Unit
    figures: Figures
    previous: Colour | None
    reply: ReportCard | None
    planned: datetime
    until: datetime

    @property
    def week(self) -> str:
        return week_name(self.planned)


async def rapor_of(session: AsyncSession, unit: Unit, settings: Settings, now: datetime) -> Rapor:
    """The rapor now. An answer stays beside the colour until the summary after the one it was written for."""
    planned = next_planned(now.astimezone(settings.zone), settings)
    summary = await last_summary(session, now + timedelta(seconds=1))
    published = summary.figures["units"].get(unit.code) if summary is not None else None
    weeks = await published_weeks(session, settings, now)
    return Rapor(
        unit=unit,
        figures=await figures_of(session, unit.code, now, settings.zone),
        previous=colour_of(tally_from(published)) if published else None,
        reply=await last_reply(session, unit.code, weeks),
        planned=planned,
        until=reply_until(planned),
    )


async def published_weeks(session: AsyncSession, settings: Settings, now: datetime) -> list[str]:
    """The weeks whose answers are shown: that of the next summary, and that of the last one sent."""
    summary = await last_summary(session, now + timedelta(seconds=1))
    coming = week_name(next_planned(now.astimezone(settings.zone), settings))
    return [coming, *([summary.week] if summary is not None else [])]
