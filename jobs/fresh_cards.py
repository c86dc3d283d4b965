"""Every morning the newest cards are brought up to date: days left, and what became late overnight."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from jobs.reminders import in_quiet_hours
from models.assignments import Assignment
from models.directives import Directive
from models.lookups import assignments_of, is_open
from models.mailbox import Urgency
from models.records import first_time
from presentation.cards import assignment_card, assignment_subject, rollup_card, rollup_subject
from presentation.mail import Mail


async def freshen(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Edit the cards of open tasks and directives, once a day after the quiet hours; returns how many were looked at."""
    local = now.astimezone(settings.zone)
    if in_quiet_hours(local.time(), settings) or not await first_time(session, f"cards:{local.date()}", now):
        return 0
    mail = Mail(session, now)
    open_ones = (await session.scalars(select(Assignment).where(is_open()))).all()
    for assignment in open_ones:
        content = assignment_card(assignment, now, settings.zone)
        await mail.redraw(assignment_subject(assignment), content, urgency=Urgency.BULK)
    for identity in sorted({assignment.directive_id for assignment in open_ones}):
        directive = await session.get_one(Directive, identity)
        content = rollup_card(directive, await assignments_of(session, directive), now, settings.zone)
        await mail.redraw(rollup_subject(directive), content, urgency=Urgency.BULK)
    return len(open_ones)
