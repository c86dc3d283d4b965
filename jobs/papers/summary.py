"""The weekly summary: a picture with its caption, and the same as a paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.making import Draft, Sheet
from models.lookups import late_assignments
from models.papers import PaperOrder
from models.people import Role
from models.records import Summary
from models.standing import (
    blocked_assignments,
    closed_since,
    due_within,
    last_summary,
    reporting_units,
    standing,
    tally_from,
    undecided,
)
from models.units import Programme, Unit
from presentation.chat import render
from presentation.mail import Content
from presentation.print.summary import SummaryView, render_summary_pdf, render_summary_picture
from presentation.weekly import Week, caption, summary_buttons, summary_view

A_WEEK = timedelta(days=7)


async def picture(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The picture for one person: about `week` when it is the weekly one, `belated` when it comes late."""
    week = await gather(session, settings, clock)
    kept = await _kept(session, order.about.get("week"))
    if kept is not None:
        # The figures sent are the figures kept.
        standing_then = replace(week.standing, overall=tally_from(kept.figures["overall"]))
        week = replace(week, standing=standing_then)
    text = caption(week, belated=bool(order.about.get("belated")))
    buttons = summary_buttons(may_note=order.member.has(Role.PIMPINAN))
    return Draft(partial(_picture, summary_view(week)), Content(text, buttons), "summary")


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The same as an A4 paper."""
    week = await gather(session, settings, clock)
    text = render("paper_caption", title="Ringkasan tindak lanjut arahan", now=clock.now(), zone=settings.zone)
    return Draft(partial(_paper, summary_view(week)), Content(text), "paper")


async def gather(session: AsyncSession, settings: Settings, clock: Clock) -> Week:
    """Look everything up that the summary shows. Nothing confidential: many people see it."""
    now, zone = clock.now(), settings.zone
    before = await last_summary(session, now - timedelta(days=1))
    return Week(
        organisation=settings.organisation.name,
        now=now,
        zone=zone,
        standing=await standing(session, now, zone),
        previous=tally_from(before.figures["overall"]) if before else None,
        units=(await session.scalars(select(Unit).order_by(Unit.position))).all(),
        programmes={one.tag: one for one in await session.scalars(select(Programme))},
        closed=await closed_since(session, now - A_WEEK),
        reporting=await reporting_units(session, now - A_WEEK),
        late=await late_assignments(session, None, now),
        blocked=await blocked_assignments(session, None),
        extensions=await undecided(session, None),
        coming=await due_within(session, now, A_WEEK),
    )


async def _kept(session: AsyncSession, week: str | None) -> Summary | None:
    if week is None:
        return None
    return (await session.scalars(select(Summary).where(Summary.week == week))).one_or_none()


def _picture(view: SummaryView) -> list[Sheet]:
    return [Sheet(render_summary_picture(view), "ringkasan.png", "sendPhoto")]


def _paper(view: SummaryView) -> list[Sheet]:
    return [Sheet(render_summary_pdf(view), f"ringkasan-{view.as_of:%Y-%m-%d}.pdf")]
