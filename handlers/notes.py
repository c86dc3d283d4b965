"""The word of pimpinan on a task: a note, a question that wants an answer, or praise. It reaches the unit as a card."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from handlers.evidence import pass_on
from handlers.finding import directive_numbered
from handlers.rights import Deed, scope_of
from handlers.turn import Refused, Turn
from models.assignments import Assignment, NotAllowed, Status
from models.directives import Directive
from models.lookups import assignments_of, late_assignments
from models.mailbox import Card
from models.notes import ANSWER_DAYS, ANSWER_UNTIL, open_question
from models.people import Role, members_in, members_of_units
from models.reports import Note, NoteKind
from models.standing import blocked_assignments
from presentation.chat import brief
from presentation.keyboards import button
from presentation.notes import (
    LONGEST,
    PRAISE,
    note_card,
    note_copy,
    note_subject,
    usual_question,
)
from understanding.deadlines.working_days import add_working_days

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
    directive = await directive_numbered(turn, " ".join(turn.words.split()))
    if directive is None:
        raise Refused("Nomor arahan ini tidak ditemukan. Contoh: 2026-01-07. Untuk meninggalkan: /batal")
    await turn.wait_for("note", directive=directive.id)
    await turn.say("note_ask", directive=directive, unit=None, kind=NoteKind.NOTE, due=None)


async def ask(turn: Turn) -> None:
    """`💬 Beri catatan` on a unit's task."""
    assignment = await _task(turn)
    await _wait(turn, assignment, NoteKind.NOTE)
    await turn.say("note_ask", directive=assignment.directive, unit=assignment.unit, kind=NoteKind.NOTE, due=None)


async def ask_question(turn: Turn) -> None:
    """`❓ Minta penjelasan`: the usual question by one tap, or another one in words."""
    assignment = await _task(turn)
    await _must_not_be_asked(turn, assignment)
    await _wait(turn, assignment, NoteKind.QUESTION)
    keyboard = [[button("📤 Kirim pertanyaan ini", "explain_usual", assignment.id)]]
    await turn.say("note_ask", keyboard, directive=assignment.directive, unit=assignment.unit, kind=NoteKind.QUESTION,
                   due=_answer_due(turn), usual=usual_question(assignment, turn.now))  # fmt: skip


async def ask_usual(turn: Turn) -> None:
    """`📤 Kirim pertanyaan ini`: the question as it was offered."""
    assignment = await _task(turn)
    await _must_not_be_asked(turn, assignment)
    await _write(turn, assignment.directive, assignment, NoteKind.QUESTION, usual_question(assignment, turn.now))


async def praise(turn: Turn) -> None:
    """`👏 Apresiasi`: the usual words by one tap, or others."""
    assignment = await _task(turn)
    await _wait(turn, assignment, NoteKind.PRAISE)
    keyboard = [[button("📤 Kirim apresiasi ini", "praise_usual", assignment.id)]]
    await turn.say("note_ask", keyboard, directive=assignment.directive, unit=assignment.unit, kind=NoteKind.PRAISE,
                   due=None, usual=PRAISE)  # fmt: skip


async def praise_usual(turn: Turn) -> None:
    """`📤 Kirim apresiasi ini`."""
    assignment = await _task(turn)
    if turn.dialogue is None or turn.dialogue.about.get("kind") != NoteKind.PRAISE:
        raise Refused("Apresiasi ini sudah dikirim. Untuk yang lain, buka tugasnya lagi lewat /pantau.")
    await _write(turn, assignment.directive, assignment, NoteKind.PRAISE, PRAISE)


async def reply(turn: Turn) -> bool:
    """Whether pimpinan reply to the answer of a unit: then it is a note on the same task."""
    replied = turn.message.reply_to_message
    if replied is None or scope_of(turn.member, Deed.NOTE) is None:
        return False
    known = select(Card.subject).where(
        Card.chat_id == turn.chat_id, Card.message_id == replied.message_id, Card.subject.startswith("answer:")
    )
    subject = await turn.session.scalar(known.limit(1))
    answered = await turn.session.get(Note, int(subject.removeprefix("answer:"))) if subject else None
    if answered is None or answered.assignment_id is None:
        return False
    turn.deed = Deed.NOTE
    assignment = await turn.assignment(answered.assignment_id)
    await _write(turn, assignment.directive, assignment, NoteKind.NOTE, turn.brief_words(LONGEST, "catatannya"))
    return True


async def receive(turn: Turn) -> None:
    """The words of the note, question or praise."""
    text = turn.brief_words(LONGEST, "pesannya")
    about = turn.dialogue.about if turn.dialogue else {}
    directive = await turn.directive(about.get("directive", 0))
    assignment = await turn.assignment(about["assignment"]) if about.get("assignment") else None
    kind = NoteKind(about.get("kind", NoteKind.NOTE))
    if kind == NoteKind.QUESTION and assignment is not None:
        await _must_not_be_asked(turn, assignment)
    await _write(turn, directive, assignment, kind, text)


async def _task(turn: Turn) -> Assignment:
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    if assignment.status == Status.CANCELLED:
        raise NotAllowed("cancelled")
    return assignment


async def _wait(turn: Turn, assignment: Assignment, kind: NoteKind) -> None:
    await turn.wait_for("note", assignment=assignment.id, directive=assignment.directive_id, kind=kind)


async def _must_not_be_asked(turn: Turn, assignment: Assignment) -> None:
    if await open_question(turn.session, assignment.id) is not None:
        raise NotAllowed("already_asked")


async def _write(turn: Turn, directive: Directive, assignment: Assignment | None, kind: NoteKind, text: str) -> None:
    due = _answer_due(turn) if kind == NoteKind.QUESTION else None
    note = Note(directive=directive, assignment=assignment, member=turn.member, kind=kind, text=text, at=turn.now,
                answer_due_at=due)  # fmt: skip
    turn.session.add(note)
    await turn.session.flush()
    await turn.stop_waiting()
    turn.audit(kind, f"directive:{directive.id}",
               after={"note": note.id, "assignment": assignment.id if assignment else None})  # fmt: skip
    reached = await _deliver(turn, note, directive, assignment)
    await turn.say("note_sent", directive=directive, note=note, reached=reached)


async def _deliver(turn: Turn, note: Note, directive: Directive, assignment: Assignment | None) -> int:
    """Send the card to everyone of the units, and a copy to the secretariat; returns how many of the units' people."""
    every = [assignment] if assignment is not None else await assignments_of(turn.session, directive)
    tasks = [task for task in every if task.status != Status.CANCELLED]
    told: set[int] = set()
    for task in tasks:
        content = note_card(note, task, turn.now, turn.zone)
        for member in await members_of_units(turn.session, {task.unit_code}):
            if member.id not in told:
                told.add(member.id)
                await turn.mail.show(note_subject(note, task), member, content, kind="note")
                await pass_on(turn, member)
    copy = note_copy(note, assignment, turn.now, turn.zone)
    for member in await members_in(turn.session, Role.SEKRETARIAT):
        if member.id not in told and member.id != turn.member.id:
            await turn.mail.say(member, copy, kind="note")
            await pass_on(turn, member)
    return len(told)


def _answer_due(turn: Turn) -> datetime:
    day = add_working_days(turn.now.astimezone(turn.zone).date(), ANSWER_DAYS)
    return datetime.combine(day, ANSWER_UNTIL, turn.zone)
