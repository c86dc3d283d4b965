"""Ten years of a regency by number of assignments: 300 are open, the others were verified, with a report and a message each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from jobs.housekeeping import WIPED
from models.assignments import Assignment, Status
from models.base import Base
from models.database import Database
from models.directives import Directive, DirectiveState
from models.mailbox import OutboxState, Outgoing
from models.meetings import Meeting, Minutes, MinutesState
from models.people import Member
from models.reports import Report, ReportState
from models.units import Programme, Unit

NOW = datetime(2026, 12, 21, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
"""A Monday, an hour after the weekly summary and half an hour after the reminders."""
SPAN, LIFE = timedelta(days=3652), timedelta(days=20)
UNITS = 25
"""Units that each directive is given to."""
NEWEST, LEFT_OPEN = 20, 15
"""So many directives, given last, have so many open assignments: 300."""
OPEN = (Status.SENT, Status.ACCEPTED, Status.IN_PROGRESS, Status.BLOCKED, Status.SUBMITTED)
BATCH = 20_000
Row = dict[str, Any]


async def fill(database: Database, count: int) -> None:
    """Write so many assignments into a database that has the units and nothing else."""
    async with database.reading() as session:
        units = list(await session.scalars(select(Unit.code).where(Unit.kind != "pimpinan").order_by(Unit.position)))
        tags = list(await session.scalars(select(Programme.tag).order_by(Programme.position)))
    directives = list(_directives(count // UNITS, tags))
    assignments = [_assignment(number, directives, units) for number in range(count)]
    months = sorted({one["meeting_id"]: one["sent_at"] for one in directives}.items())
    await _insert(
        database, Member, [{"id": 1, "telegram_id": 1, "chat_id": 1, "name": "Camat", "joined_at": NOW - SPAN}]
    )
    await _insert(
        database, Meeting, ({"id": month, "title": "Rakorpem", "held_at": at, "opened_at": at} for month, at in months)
    )
    await _insert(database, Minutes, ({"id": month, "meeting_id": month, "author_id": 1, "text": "", "created_at": at,
                                       "sent_at": at, "state": MinutesState.SENT} for month, at in months))  # fmt: skip
    await _insert(database, Directive, directives)
    await _insert(database, Assignment, assignments)
    await _insert(database, Report, (_report(one) for one in assignments if one["closed_at"]))
    await _insert(database, Outgoing, (_message(one) for one in assignments))
    # As the database would be after years: on PostgreSQL its statistics are kept by itself; SQLite has none.
    tidy = ("COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)") if database.is_sqlite else ("ANALYZE", "COMMIT")
    async with database.engine.connect() as connection:
        for statement in tidy:
            await connection.exec_driver_sql(statement)


async def _insert(database: Database, table: type[Base], rows: Iterable[Row]) -> None:
    rows = iter(rows)
    async with database.engine.begin() as connection:
        while batch := list(islice(rows, BATCH)):
            await connection.execute(cast(Table, table.__table__).insert(), batch)


def _directives(count: int, tags: list[str]) -> Iterator[Row]:
    """One after another from ten years ago to three weeks ago, numbered anew in each month."""
    sequence: dict[int, int] = {}
    for number in range(count):
        sent = NOW - SPAN - LIFE + SPAN * number / count
        month = 12 * (sent.year - 2016) + sent.month
        sequence[month] = sequence.get(month, 0) + 1
        yield {
            "id": number + 1, "meeting_id": month, "minutes_id": month, "position": sequence[month],
            "meeting_year": sent.year, "meeting_month": sent.month, "sequence": sequence[month],
            "text": f"Laporkan perkembangan kegiatan nomor {number}.", "programme_tag": tags[number % len(tags)],
            "proposal": {}, "due_at": sent + LIFE, "state": DirectiveState.SENT, "created_at": sent, "sent_at": sent,
        }  # fmt: skip


def _assignment(number: int, directives: list[Row], units: list[str]) -> Row:
    at, place = divmod(number, UNITS)
    directive = directives[at]
    sent = directive["sent_at"]
    left_open = at >= len(directives) - NEWEST and place < LEFT_OPEN
    status = OPEN[number % len(OPEN)] if left_open else Status.DONE
    closed = None if left_open else sent + LIFE * 0.95
    submitted = NOW - timedelta(days=12) if status == Status.SUBMITTED else closed and closed - timedelta(days=1)
    return {
        "id": number + 1, "directive_id": directive["id"], "unit_code": units[number % len(units)],
        "is_lead": place == 0, "status": status, "percent": 100 if closed else 40, "sent_at": sent,
        "due_at": NOW + timedelta(days=number % 31 - 10, hours=1) if left_open else directive["due_at"],
        "reported_at": submitted, "submitted_at": submitted, "closed_at": closed,
        "obstacle": "Menunggu anggaran" if status == Status.BLOCKED else None,
    }  # fmt: skip


def _report(assignment: Row) -> Row:
    return {
        "assignment_id": assignment["id"], "member_id": 1, "chat_id": 1, "message_id": assignment["id"],
        "text": "Sudah selesai 100%", "heard": "selesai", "percent": 100, "state": ReportState.FILED,
        "created_at": assignment["submitted_at"],
    }  # fmt: skip


def _message(assignment: Row) -> Row:
    """The task card as it was sent; after three months its wording is wiped."""
    at = assignment["sent_at"]
    old = at < NOW - timedelta(days=90)
    return {
        "chat_id": 1, "member_id": 1, "kind": "task, wiped" if old else "task", "method": "sendMessage",
        "payload": WIPED if old else {"text": "Tugas baru"}, "created_at": at, "sent_at": at,
        "message_id": assignment["id"], "state": OutboxState.SENT,
    }  # fmt: skip
