"""Directives that were sent: whom they did not reach, a new deadline, more or fewer units, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.fields import require_clear
from handlers.sending import send_tasks
from handlers.turn import Over, Refused, Turn
from handlers.wording import read_due, read_units
from models import issuing
from models.assignments import Assignment
from models.directives import Directive, DirectiveState
from models.drafting import assignees_of
from models.lookups import assignments_of
from models.mailbox import Urgency
from models.units import units_by_code
from presentation.cards import assignment_card, assignment_subject, redraw_rollup
from presentation.drafts import whom
from presentation.issued import manage_card
from presentation.mail import Content
from presentation.words import deadline as deadline_words

LONGEST_REASON = 500


async def manage(turn: Turn) -> None:
    """`⚙️ Kelola` on a roll-up: who has not got the task, and what can be changed."""
    directive = await _sent(turn, _argument(turn))
    await turn.mail.show(_subject(directive), turn.member, await _card(turn, directive))


def _subject(directive: Directive) -> str:
    return f"manage:{directive.id}"


async def _card(turn: Turn, directive: Directive) -> Content:
    assignments = await assignments_of(turn.session, directive)
    people = await issuing.people_of_units(turn.session, {one.unit_code for one in assignments})
    undelivered = await issuing.not_delivered(turn.session, assignments)
    return manage_card(
        directive, assignments, people, undelivered, await units_by_code(turn.session), turn.now, turn.zone
    )


async def ask(turn: Turn) -> None:
    """A button that asks what the deadline, the units or the reason shall be."""
    directive = await _open(turn, _argument(turn))
    what = turn.arguments[1] if len(turn.arguments) > 1 else ""
    if what not in ("due", "more", "less", "cancel"):
        raise Refused("Pilihan ini tidak dikenal. Silakan sentuh ⚙️ Kelola lagi.")
    assignments = await assignments_of(turn.session, directive)
    current = whom([one.unit_code for one in assignments if one.is_open], await units_by_code(turn.session), named=12)
    await turn.wait_for("issued_change", directive=directive.id, what=what)
    await turn.say("ask_issued", what=what, directive=directive, whom=current)


async def receive(turn: Turn) -> None:
    """The answer to that."""
    about = turn.dialogue.about if turn.dialogue else {}
    directive = await _open(turn, about.get("directive", ""))
    change = {"due": _move, "more": _give, "less": _take, "cancel": _cancel}.get(about.get("what", ""))
    if change is None:
        raise Refused("Mohon sentuh ⚙️ Kelola lagi.")
    await change(turn, directive)
    await turn.stop_waiting()
    await redraw_rollup(turn.mail, directive, turn.zone)
    await turn.mail.redraw(_subject(directive), await _card(turn, directive))


async def _move(turn: Turn, directive: Directive) -> None:
    deadline = read_due(turn.words, turn.now.astimezone(turn.zone))
    if deadline is not None and deadline.due < turn.now:
        raise Refused("Tenggat itu sudah lewat. Mohon tulis tanggal yang masih akan datang.")
    before = directive.due_at
    moved = await issuing.move_deadline(
        turn.session, directive, deadline.due if deadline else None, has_time=bool(deadline and deadline.has_time)
    )
    directive.due_words = deadline.words if deadline else None
    turn.audit("move_deadline", f"directive:{directive.id}",
               before={"due_at": before.isoformat() if before else None},
               after={"due_at": directive.due_at.isoformat() if directive.due_at else None})  # fmt: skip
    now_due = deadline_words(directive.due_at, directive.due_has_time, turn.zone)
    told = await _notify(turn, moved, "task_due_changed", before=before)
    await turn.say("plain", text=f"✅ Tenggat arahan {directive.number} menjadi {now_due}. {told}")


async def _give(turn: Turn, directive: Directive) -> None:
    read = read_units(turn.words, turn.office.units)
    require_clear(read, turn)
    units = await units_by_code(turn.session)
    added = await issuing.give_to(
        turn.session, directive, [units[code] for code in read.codes if code in units], now=turn.now
    )
    if not added:
        raise Refused("Unit itu sudah menjadi pelaksana arahan ini.")
    directive.proposal = {
        **directive.proposal,
        "assignees": list(dict.fromkeys([*assignees_of(directive), *(one.unit_code for one in added)])),
    }
    people = await issuing.people_of_units(turn.session, {one.unit_code for one in added})
    await send_tasks(turn, added, people, Urgency.REMINDER)
    turn.audit("add_units", f"directive:{directive.id}", after={"units": [one.unit_code for one in added]})
    absent = [one.unit_code for one in added if not people[one.unit_code]]
    text = f"✅ Arahan {directive.number} juga diberikan kepada {whom([one.unit_code for one in added], units)}."
    if absent:
        text += f" Belum ada yang bergabung: {whom(absent, units)}."
    await turn.say("plain", text=text)


async def _take(turn: Turn, directive: Directive) -> None:
    read = read_units(turn.words, turn.office.units)
    require_clear(read, turn)
    taken = [
        one for one in await assignments_of(turn.session, directive) if one.is_open and one.unit_code in read.codes
    ]
    if not taken:
        raise Refused("Unit itu tidak sedang mengerjakan arahan ini.")
    for assignment in taken:
        assignment.cancel(at=turn.now)
    turn.audit("take_units", f"directive:{directive.id}", after={"units": [one.unit_code for one in taken]})
    told = await _notify(turn, taken, "task_taken")
    names = whom([one.unit_code for one in taken], await units_by_code(turn.session))
    await turn.say("plain", text=f"✅ Arahan {directive.number} tidak lagi menjadi tugas {names}. {told}")


async def _cancel(turn: Turn, directive: Directive) -> None:
    reason = " ".join(turn.words.split())
    if sum(letter.isalpha() for letter in reason) < 3:
        raise Refused("Alasannya belum terbaca. Mohon tulis mengapa arahan ini dibatalkan.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Alasannya paling panjang {LONGEST_REASON} huruf.")
    cancelled = await issuing.cancel(turn.session, directive, now=turn.now)
    directive.proposal = {**directive.proposal, "cancelled_because": reason}
    turn.audit("cancel_directive", f"directive:{directive.id}", after={"reason": reason})
    told = await _notify(turn, cancelled, "task_cancelled", reason=reason)
    await turn.say("plain", text=f"✅ Arahan {directive.number} dibatalkan. {told}")


async def _notify(turn: Turn, assignments: Sequence[Assignment], template: str, **data: Any) -> str:
    """Bring the units' cards up to date and tell their people what changed; returns whom that reaches, in words."""
    people = await issuing.people_of_units(turn.session, {one.unit_code for one in assignments})
    await turn.session.flush()
    for assignment in assignments:
        await turn.mail.redraw(assignment_subject(assignment), assignment_card(assignment, turn.now, turn.zone))
        content = turn.content(template, assignment=assignment, directive=assignment.directive, **data)
        for member in people[assignment.unit_code]:
            await turn.mail.say(member, content, kind="notice", urgency=Urgency.REMINDER)
    told = len({member.id for each in people.values() for member in each})
    return f"{told} orang diberi tahu." if told else "Unitnya belum ada yang bergabung."


async def _sent(turn: Turn, identity: str | int) -> Directive:
    directive = await turn.directive(identity)
    if directive.state not in (DirectiveState.SENT, DirectiveState.CANCELLED):
        raise Refused("Arahan ini belum dikirim.")
    return directive


async def _open(turn: Turn, identity: str | int) -> Directive:
    directive = await _sent(turn, identity)
    if directive.state == DirectiveState.CANCELLED:
        raise Over("Arahan ini sudah dibatalkan, jadi tidak berubah lagi.")
    return directive


def _argument(turn: Turn) -> str:
    return turn.arguments[0] if turn.arguments else ""
