"""Reminders: one digest for each post and day, with its tasks by urgency.

A task is due for reminding `days_before` its deadline, and on every working day once it is late. A day that is a
public holiday is passed on to the next one that isn't, unless it is the deadline itself. What was missed while the
bot was down joins the next digest, which says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from models.assignments import WORKING, Assignment
from models.mailbox import Urgency
from models.notes import unanswered
from models.people import members_of_units
from models.records import Occasion, first_time
from models.reports import Note
from presentation.digest import Due, digest
from presentation.mail import Mail
from understanding.deadlines.working_days import days_off, is_working_day

LOOKED_BACK = 14
"""Days of an outage that are caught up with; what is older has become late and is listed anyway."""
PUNCTUAL = timedelta(minutes=30)


@dataclass(frozen=True)
class Digests:
    """What a tick did: how many units had something due, and how many people were written to."""

    units: int = 0
    people: int = 0


async def remind(session: AsyncSession, settings: Settings, now: datetime) -> Digests:
    """Write today's digests when their time has come and they are not written yet."""
    local = now.astimezone(settings.zone)
    today = local.date()
    planned = datetime.combine(today, _sending_time(settings), settings.zone)
    if local < planned or in_quiet_hours(local.time(), settings) or await _done(session, today):
        return Digests()
    missed = await _missed_days(session, today)
    await first_time(session, _key(today), now)
    due = await _due_tasks(session, settings, today, missed, now)
    asked = await _questions(session, today)
    delayed = now - planned > PUNCTUAL
    people = 0
    for unit_code in {**due, **asked}:
        tasks, questions = due.get(unit_code, []), asked.get(unit_code, [])
        content = digest(tasks, questions, now=now, zone=settings.zone, delayed=delayed)
        for member in await members_of_units(session, {unit_code}):
            key = f"reminder:{unit_code}:{today}:{member.id}"
            await Mail(session, now).say(member, content, kind="reminder", urgency=Urgency.REMINDER, dedupe_key=key)
            people += 1
    return Digests(len({**due, **asked}), people)


def in_quiet_hours(at: time, settings: Settings) -> bool:
    """Whether nothing may be sent unasked at this local time. The quiet span may cross midnight."""
    start, end = settings.reminders.quiet
    if start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def reminder_days(due: date, days_before: Iterable[int]) -> set[date]:
    """The days on which a task due that day is reminded of, before it is late."""
    return {_off_holidays(due - timedelta(days=before), due) for before in days_before}


def _off_holidays(day: date, due: date) -> date:
    while day < due and day in days_off(day.year):
        day += timedelta(days=1)
    return day


def _sending_time(settings: Settings) -> time:
    at = settings.reminders.at
    return settings.reminders.quiet[1] if in_quiet_hours(at, settings) else at


async def _due_tasks(
    session: AsyncSession, settings: Settings, today: date, missed: Sequence[date], now: datetime
) -> dict[str, list[Due]]:
    """Unit code → its tasks to be reminded of today, most urgent first."""
    horizon = now + timedelta(days=max(settings.reminders.days_before, default=0) + 2)
    query = (
        select(Assignment)
        .where(Assignment.status.in_(WORKING), Assignment.due_at.is_not(None), Assignment.due_at < horizon)
        .order_by(Assignment.due_at, Assignment.id)
    )
    found: dict[str, list[Due]] = defaultdict(list)
    for assignment in await session.scalars(query):
        assert assignment.due_at is not None
        due = assignment.due_at.astimezone(settings.zone).date()
        sent = assignment.sent_at.astimezone(settings.zone).date()
        days = {day for day in reminder_days(due, settings.reminders.days_before) if day > sent or day == due == today}
        if assignment.is_late(now) and due < today:
            if is_working_day(today):
                found[assignment.unit_code].append(Due(assignment, belated=False))
        elif today in days:
            found[assignment.unit_code].append(Due(assignment, belated=False))
        elif not days.isdisjoint(missed):
            found[assignment.unit_code].append(Due(assignment, belated=True))
    return found


async def _questions(session: AsyncSession, today: date) -> dict[str, list[Note]]:
    """Unit code → what pimpinan asked of it and still waits for. On working days, since it is due on one."""
    found: dict[str, list[Note]] = defaultdict(list)
    for note in await unanswered(session) if is_working_day(today) else ():
        if note.assignment is not None:
            found[note.assignment.unit_code].append(note)
    return found


async def _missed_days(session: AsyncSession, today: date) -> list[date]:
    """The days since the last digests on which none went out, at most two weeks back."""
    last = await session.scalar(select(func.max(Occasion.key)).where(Occasion.key.like("digests:%")))
    if last is None:
        return []
    first = max(date.fromisoformat(last.removeprefix("digests:")), today - timedelta(days=LOOKED_BACK))
    return [first + timedelta(days=ahead) for ahead in range(1, (today - first).days)]


async def _done(session: AsyncSession, today: date) -> bool:
    return await session.get(Occasion, _key(today)) is not None


def _key(today: date) -> str:
    return f"digests:{today}"
