"""Rapor of one unit as a paper."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.making import Draft, Sheet
from models.papers import PaperOrder
from models.rapor import rapor_of
from models.units import Unit
from presentation.archive import safe
from presentation.chat import render
from presentation.mail import Content
from presentation.print.report_card import ReportCard, render_report_card
from presentation.rapor import printed


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The rapor of about `unit`, on one page."""
    now, unit = clock.now(), await session.get_one(Unit, order.about["unit"])
    card = printed(await rapor_of(session, unit, settings, now), settings.organisation.name, now, settings.zone)
    text = render("paper_caption", title=f"Rapor {unit.name}", now=now, zone=settings.zone)
    return Draft(
        partial(_draw, card, f"rapor-{safe(unit.short_name)}-{card.as_of:%Y-%m-%d}.pdf"), Content(text), "paper"
    )


def _draw(card: ReportCard, name: str) -> list[Sheet]:
    return [Sheet(render_report_card(card), name)]
