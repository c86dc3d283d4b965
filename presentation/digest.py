"""The daily digest of a post: its tasks that press, with buttons to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment
from models.reports import Note
from presentation.chat import render
from presentation.keyboards import button, rows
from presentation.mail import Content
from presentation.notes import head_of

LISTED = 12
BUTTONS = 6
QUESTIONS = 3


@dataclass(frozen=True)
class Due:
    """A task to be reminded of. `belated`: its day passed while the bot was down."""

    assignment: Assignment
    belated: bool


def digest(tasks: Sequence[Due], questions: Sequence[Note], *, now: datetime, zone: ZoneInfo, delayed: bool) -> Content:
    """The digest of one unit: what pimpinan asked, then its tasks. `delayed`: it comes later in the day than it should."""
    asked = [note.assignment.unit for note in questions if note.assignment is not None]
    text = render(
        "digest",
        unit=tasks[0].assignment.unit if tasks else asked[0],
        questions=[(head_of(note), note) for note in questions[:QUESTIONS]],
        tasks=tasks[:LISTED],
        more=len(tasks) - LISTED,
        late=sum(1 for one in tasks if one.assignment.is_late(now)),
        delayed=delayed or any(one.belated for one in tasks),
        now=now,
        zone=zone,
    )
    report = [button(f"📝 Lapor {one.assignment.directive.number}", "report", one.assignment.id) for one in tasks]
    answer = [[button(f"✍️ Jawab {note.directive.number}", "answer", note.id)] for note in questions[:QUESTIONS]]
    return Content(text, [*answer, *rows(report[:BUTTONS]), [button("📋 Semua tugas", "tasks", 0)]])
