"""One directive and one task, opened up: every unit's status, every report, every word of pimpinan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.reports import Note, Report, Verification
from presentation.chat import brief, render
from presentation.keyboards import Keyboard, button, pages, rows
from presentation.lookups import PER_PAGE, last_page
from presentation.mail import Content
from presentation.notes import head_of
from presentation.places import OVERVIEW, Place, place
from presentation.receipts import evidence_words

NEWEST = 4
"""Reports that a task's view shows; the others are counted."""


def directive_view(
    directive: Directive,
    assignments: Sequence[Assignment],
    page: int,
    now: datetime,
    zone: ZoneInfo,
    back: Place = OVERVIEW,
    *,
    may_manage: bool = False,
) -> Content:
    """A directive with every unit's status, and a button to each unit's task."""
    active = [one for one in assignments if one.status != Status.CANCELLED]
    active.sort(key=lambda one: (not one.is_late(now), one.status in FINISHED, one.id))
    page = min(page, last_page(len(active)))
    shown = active[page * PER_PAGE : (page + 1) * PER_PAGE]
    text = render("directive_view", directive=directive, tasks=shown, total=len(active),
                  finished=sum(1 for one in active if one.status in FINISHED), now=now, zone=zone)  # fmt: skip
    here = place("look_directive", directive.id, page).code
    keyboard = rows([button(one.unit.short_name, "look_task", one.id, here) for one in shown], 2)
    turning = pages("look_directive", page, last_page(len(active)), directive.id)
    manage = [button("⚙️ Kelola", "issued", directive.id)] if may_manage else []
    return Content(text, [*keyboard, turning, manage, _ways_back(directive, back)])


def _ways_back(directive: Directive, back: Place) -> list[dict[str, str]]:
    if back != OVERVIEW:
        return [back.back()]
    found = []
    if directive.programme is not None and directive.programme.tag != "lainnya":
        found.append(button(f"⬅️ {brief(directive.programme.name, 28)}", "programme", directive.programme.tag, 0))
    return [*found, button(f"⬅️ {brief(directive.meeting.title, 28)}", "meeting", directive.meeting_id, 0)]


@dataclass(frozen=True)
class TaskStory:
    """What a task's view tells besides the task: its standing reports, its verifications, what pimpinan said."""

    reports: Sequence[Report]
    verifications: Sequence[Verification] = ()
    notes: Sequence[Note] = ()


def task_view(
    assignment: Assignment, story: TaskStory, now: datetime, zone: ZoneInfo, back: Place = OVERVIEW, *, may_note: bool
) -> Content:
    """A unit's task: what was asked, where it stands, what was reported, who verified it, what pimpinan said."""
    evidence = [one for report in story.reports for one in report.evidence]
    text = render("task_view", assignment=assignment, directive=assignment.directive, reports=story.reports[-NEWEST:],
                  more=len(story.reports) - NEWEST, evidence=evidence_words(evidence), now=now, zone=zone,
                  verification=story.verifications[-1] if story.verifications else None,
                  notes=[(head_of(note), note) for note in story.notes[-2:]])  # fmt: skip
    keyboard: Keyboard = []
    if evidence:
        keyboard.append([button(f"🖼 Lihat bukti ({len(evidence)})", "evidence", assignment.id)])
    if may_note:
        keyboard.append(
            [button("❓ Minta penjelasan", "explain", assignment.id), button("👏 Apresiasi", "praise", assignment.id)]
        )
        keyboard.append([button("💬 Beri catatan", "note", assignment.id)])
    up = [button(f"⬆️ Arahan {assignment.directive.number}", "look_directive", assignment.directive_id, 0)]
    if back.verb != "look_directive":
        up.insert(0, back.back())
    else:
        up = [back.back(f"⬅️ Arahan {assignment.directive.number}")]
    return Content(text, [*keyboard, up])
