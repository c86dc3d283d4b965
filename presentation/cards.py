"""Cards: the messages that stand for a task or a directive, and are edited in place as things change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.lookups import assignments_of
from models.mailbox import Card, Urgency
from models.people import Member
from presentation.chat import render
from presentation.keyboards import Keyboard, button
from presentation.mail import Content, Mail


def assignment_subject(assignment: Assignment) -> str:
    return f"assignment:{assignment.id}"


def rollup_subject(directive: Directive) -> str:
    return f"rollup:{directive.id}"


def assignment_card(assignment: Assignment, now: datetime, zone: ZoneInfo) -> Content:
    """What a unit sees of its task, with the buttons that make sense in its state."""
    text = render("task_card", assignment=assignment, directive=assignment.directive, now=now, zone=zone)
    return Content(text, assignment_buttons(assignment))


def assignment_buttons(assignment: Assignment) -> Keyboard:
    if not assignment.is_open:
        return []
    number = assignment.id
    working = [
        [button("📝 Lapor", "report", number), button("🚧 Kendala", "obstacle", number)],
        [button("⏳ Perpanjangan", "extension", number), button("🏁 Selesai", "finish", number)],
    ]
    if assignment.status == Status.SENT:
        return [[button("✅ Terima", "accept", number)], *working]
    if assignment.status == Status.SUBMITTED:
        return [[button("📝 Lapor", "report", number)]]
    return working


def rollup_card(directive: Directive, assignments: Sequence[Assignment], now: datetime, zone: ZoneInfo) -> Content:
    """How a directive stands over all its units: "18 dari 25 sudah melapor · 3 terkendala · belum: …"."""
    active = [one for one in assignments if one.status != Status.CANCELLED]
    silent = [one for one in active if one.reported_at is None and one.status not in FINISHED]
    counts = Counter(Status(one.status) for one in active)
    text = render(
        "rollup_card",
        directive=directive,
        total=len(active),
        reported=len(active) - len(silent),
        accepted=sum(1 for one in active if one.accepted_at is not None),
        silent=silent,
        blocked=[one for one in active if one.status == Status.BLOCKED],
        waiting=counts[Status.SUBMITTED],
        finished=counts[Status.DONE] + counts[Status.SUSTAINED],
        late=sum(1 for one in active if one.is_late(now)),
        due_at=min((one.due_at for one in active if one.due_at is not None), default=directive.due_at),
        extended=sum(1 for one in active if one.due_at and directive.due_at and one.due_at > directive.due_at),
        lead=next((one for one in active if one.is_lead), None),
        now=now,
        zone=zone,
    )
    return Content(
        text, [[button("🔎 Rincian", "look_directive", directive.id), button("⚙️ Kelola", "issued", directive.id)]]
    )


async def send_card(
    mail: Mail,
    assignment: Assignment,
    member: Member,
    zone: ZoneInfo,
    *,
    urgency: Urgency = Urgency.ANSWER,
    kind: str = "card",
    not_before: datetime | None = None,
) -> Card:
    """Send a task's card to one person of its unit."""
    content = assignment_card(assignment, mail.now, zone)
    return await mail.show(
        assignment_subject(assignment), member, content, kind=kind, urgency=urgency, not_before=not_before
    )


async def redraw_assignment(mail: Mail, assignment: Assignment, zone: ZoneInfo) -> None:
    """Bring the task's cards and its directive's roll-ups up to date."""
    await mail.redraw(assignment_subject(assignment), assignment_card(assignment, mail.now, zone))
    await redraw_rollup(mail, assignment.directive, zone)


async def redraw_rollup(mail: Mail, directive: Directive, zone: ZoneInfo) -> None:
    await mail.session.flush()
    content = rollup_card(directive, await assignments_of(mail.session, directive), mail.now, zone)
    # A roll-up changes with every report of 25 camat: it waits behind what people are waiting for.
    await mail.redraw(rollup_subject(directive), content, urgency=Urgency.BULK)
