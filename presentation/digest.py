"""The daily digest of a post: its tasks that press, with buttons to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment
from presentation.chat import render
from presentation.keyboards import button, rows
from presentation.mail import Content

LISTED = 12
BUTTONS = 6


@dataclass(frozen=True)
class Due:
    """A task to be reminded of. `belated`: its day passed while the bot was down."""

    assignment: Assignment
    belated: bool


def digest(tasks: Sequence[Due], *, now: datetime, zone: ZoneInfo, delayed: bool) -> Content:
    """The digest of one unit. `delayed` says that it comes later in the day than it should."""
    text = render(
        "digest",
        unit=tasks[0].assignment.unit,
        tasks=tasks[:LISTED],
        more=len(tasks) - LISTED,
        late=sum(1 for one in tasks if one.assignment.is_late(now)),
        delayed=delayed or any(one.belated for one in tasks),
        now=now,
        zone=zone,
    )
    report = [button(f"📝 Lapor {one.assignment.directive.number}", "report", one.assignment.id) for one in tasks]
    return Content(text, [*rows(report[:BUTTONS]), [button("📋 Semua tugas", "tasks", 0)]])
