"""The word of pimpinan: a note on a task reaches its units as a card."""

from __future__ import annotations

from handlers.turn import Refused, Turn
from models.assignments import Assignment
from models.directives import Directive
from models.lookups import assignments_of, directive_by_number, late_assignments
from models.people import Member, Role, members_in, members_of_units
from models.reports import Note
from models.standing import blocked_assignments
from presentation.chat import brief
from presentation.keyboards import button

LONGEST = 2000
OFFERED = 8


async def choose(turn: Turn) -> None:
    """`💬 Beri catatan` under a summary: on which directive? The late and the blocked are offered."""
    pressing = [*await late_assignments(turn.session, turn.member, turn.now)]
    pressing += [one for one in await blocked_assignments(turn.session, turn.member) if one not in pressing]
    keyboard = [
        [button(brief(f"{one.directive.number} · {one.unit.short_name}: {one.directive.text}", 55), "note", one.id)]
        for one in pressing[:OFFERED]
    ]
    await turn.wait_for("note_number")
    await turn.say("note_choose", keyboard, offered=bool(keyboard))


async def number_written(turn: Turn) -> None:
    """The number of a directive was written: the note goes to all its units."""
    directive = await directive_by_number(turn.session, turn.words.strip(), turn.member)
    if directive is None:
        raise Refused("Nomor arahan ini tidak ditemukan. Contoh: 2026-01-07. Untuk meninggalkan: /batal")
    await turn.wait_for("note", directive=directive.id)
    await turn.say("note_ask", directive=directive, unit=None)


async def ask(turn: Turn) -> None:
    """`💬 Beri catatan` on a unit's task."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    await turn.wait_for("note", assignment=assignment.id, directive=assignment.directive_id)
    await turn.say("note_ask", directive=assignment.directive, unit=assignment.unit)


async def receive(turn: Turn) -> None:
    """The words of the note."""
    text = turn.words.strip()
    if not text:
        raise Refused("Mohon tulis catatannya dengan kata-kata. Untuk meninggalkan: /batal")
    about = turn.dialogue.about if turn.dialogue else {}
    directive = await turn.directive(about.get("directive", 0))
    assignment = await turn.assignment(about["assignment"]) if about.get("assignment") else None
    note = Note(directive=directive, assignment=assignment, member=turn.member, text=text[:LONGEST], at=turn.now)
    turn.session.add(note)
    await turn.session.flush()
    await turn.stop_waiting()
    turn.audit("note", f"directive:{directive.id}", after={"note": note.id, "assignment": about.get("assignment")})
    reached = await _deliver(turn, note, directive, assignment)
    await turn.say("note_sent", directive=directive, reached=reached)


async def _deliver(turn: Turn, note: Note, directive: Directive, assignment: Assignment | None) -> int:
    """Send the card to everyone of the units, and a copy to the secretariat; returns how many of the units' people."""
    tasks = [assignment] if assignment is not None else [one for one in await assignments_of(turn.session, directive)]
    told: set[int] = set()
    for task in tasks:
        content = turn.content("note_card", [[button("📝 Lapor", "report", task.id)]] if task.is_open else [],
                               note=note, directive=directive, unit=task.unit, title=title_of(note.member))  # fmt: skip
        for member in await members_of_units(turn.session, {task.unit_code}):
            if member.id not in told:
                told.add(member.id)
                await turn.mail.show(f"assignment_note:{task.id}", member, content, kind="note")
    copy = turn.content("note_card", note=note, directive=directive, unit=assignment.unit if assignment else None,
                        title=title_of(note.member))  # fmt: skip
    for member in await members_in(turn.session, Role.SEKRETARIAT):
        if member.id not in told and member.id != turn.member.id:
            await turn.mail.say(member, copy, kind="note")
    return len(told)


def title_of(member: Member) -> str:
    """ "Catatan Bapak Bupati", "Catatan Sekretaris Daerah Kabupaten Asahan" """
    codes = {post.unit_code for post in member.posts}
    if "bupati" in codes:
        return "Catatan Bapak Bupati"
    return "Catatan Bapak Wakil Bupati" if "wabup" in codes else f"Catatan {member.title}"
