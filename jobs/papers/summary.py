"""The weekly summary: a picture with its caption, and the same as a paper."""

from __future__ import annotations

from datetime import datetime, timedelta
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
from models.report_cards import replies_for
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
from models.weeks import ONE_DAY, planned_in_week_of, week_name
from presentation.chat import render
from presentation.kept import from_kept
from presentation.mail import Content
from presentation.print.summary import SummaryView, render_summary_pdf, render_summary_picture
from presentation.weekly import Week, caption, summary_buttons, summary_view

A_WEEK = timedelta(days=7)


async def picture(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The picture for one person: about `week` when it is the weekly one, `belated` when it comes late."""
    week = str(order.about.get("week") or "")
    view = await _view(session, week, settings, clock)
    text = caption(view, settings.zone, planned=bool(week), belated=bool(order.about.get("belated")))
    may_export = order.member.has(Role.SEKRETARIAT, Role.PIMPINAN)
    buttons = summary_buttons(view, week, may_note=order.member.has(Role.PIMPINAN), may_export=may_export)
    return Draft(partial(_picture, view), Content(text, buttons), "summary")


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The same as an A4 paper; of the summary that was sent in about `week`, or of now."""
    view = await _view(session, str(order.about.get("week") or ""), settings, clock)
    text = render("paper_caption", title="Ringkasan tindak lanjut arahan", now=view.as_of, zone=settings.zone)
    return Draft(partial(_paper, view), Content(text), "paper")


async def gather(
    session: AsyncSession, settings: Settings, now: datetime, *, week: str, compared_before: datetime
) -> Week:
    """Look everything up that the summary shows. Nothing confidential: many people see it.

    `week` is the summary whose right of reply is shown; the figures are compared with the last summary sent before.
    """
    zone = settings.zone
    before = await last_summary(session, compared_before)
    return Week(
        organisation=settings.organisation.name,
        now=now,
        zone=zone,
        standing=await standing(session, now, zone),
        previous=tally_from(before.figures["overall"]) if before else None,
        compared_at=before.as_of if before else None,
        units=(await session.scalars(select(Unit).order_by(Unit.position))).all(),
        programmes={one.tag: one for one in await session.scalars(select(Programme))},
        closed=await closed_since(session, now - A_WEEK),
        reporting=await reporting_units(session, now - A_WEEK),
        late=await late_assignments(session, None, now),
        blocked=await blocked_assignments(session, None),
        extensions=await undecided(session, None),
        coming=await due_within(session, now, A_WEEK),
        replies=await replies_for(session, week),
    )


async def _view(session: AsyncSession, week: str, settings: Settings, clock: Clock) -> SummaryView:
    """What was sent that week, to the letter; without a week, how things stand now."""
    kept = (await session.scalars(select(Summary).where(Summary.week == week))).one_or_none() if week else None
    view = from_kept(kept.view) if kept is not None else None
    if view is not None:
        return view
    now = clock.now()
    local = now.astimezone(settings.zone)
    current = week_name(planned_in_week_of(local, settings))
    # On the day of a summary its own figures would show no change at all.
    return summary_view(await gather(session, settings, now, week=current, compared_before=now - ONE_DAY))


def _picture(view: SummaryView) -> list[Sheet]:
    return [Sheet(render_summary_picture(view), "ringkasan.png", "sendPhoto")]


def _paper(view: SummaryView) -> list[Sheet]:
    return [Sheet(render_summary_pdf(view), f"ringkasan-{view.as_of:%Y-%m-%d}.pdf")]
