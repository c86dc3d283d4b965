"""A unit answers what pimpinan asked: by the button, or by replying to the question's card."""

from __future__ import annotations

from sqlalchemy import select

from handlers.turn import Over, Refused, Turn
from models.assignments import Assignment
from models.mailbox import Card
from models.notes import answer
from models.people import Role, members_in
from models.reports import Note
from presentation.keyboards import button
from presentation.notes import LONGEST, answer_card, answer_subject, note_card


async def ask(turn: Turn) -> None:
    """`✍️ Jawab` on the card of a question."""
    note, task = await _question(turn, turn.arguments[0] if turn.arguments else "")
    if note.answer is not None:
        raise Refused("Pertanyaan ini sudah dijawab.")
    await turn.wait_for("answer", note=note.id)
    await turn.say("answer_ask", note=note, directive=task.directive)


async def receive(turn: Turn) -> None:
    """The words of the answer."""
    about = turn.dialogue.about if turn.dialogue else {}
    note, task = await _question(turn, await _replied_question(turn) or str(about.get("note", "")))
    await _answer(turn, note, task)


async def reply(turn: Turn) -> bool:
    """Whether this message replies to the card of a question: then it is its answer."""
    identity = await _replied_question(turn)
    if identity is None:
        return False
    note, task = await _question(turn, identity)
    if note.answer is not None:
        # Another word on it is a report on the task.
        return False
    await _answer(turn, note, task)
    return True


async def _answer(turn: Turn, note: Note, task: Assignment) -> None:
    text = turn.words.strip()
    if not text:
        raise Refused(
            "Mohon jawab dengan kata-kata. Foto atau berkas pendukung dapat dikirim sebagai laporan tugasnya."
        )
    if len(text) > LONGEST:
        raise Refused(f"Jawaban ini {len(text)} huruf; mohon diringkas menjadi paling banyak {LONGEST} huruf.")
    answer(note, text, by=turn.member.id, at=turn.now)
    turn.audit("answer", f"assignment:{task.id}", after={"note": note.id})
    await turn.session.flush()
    await turn.stop_waiting()
    await turn.mail.redraw(f"question:{note.id}", note_card(note, task, turn.now, turn.zone))
    content = answer_card(note, task, turn.member.title, turn.now, turn.zone)
    await turn.mail.show(answer_subject(note), note.member, content, kind="answer_to_question")
    for member in await members_in(turn.session, Role.SEKRETARIAT):
        if member.id != note.member_id:
            await turn.mail.say(member, content.text, kind="answer_to_question")
    attached = turn.message.effective_attachment is not None
    keyboard = [[button("📝 Lapor", "report", task.id)]] if task.is_open else []
    await turn.say("answer_sent", keyboard, note=note, attached=attached)


async def _replied_question(turn: Turn) -> str | None:
    replied = turn.message.reply_to_message
    if replied is None:
        return None
    known = select(Card.subject).where(
        Card.chat_id == turn.chat_id, Card.message_id == replied.message_id, Card.subject.startswith("question:")
    )
    subject = await turn.session.scalar(known.limit(1))
    return subject.removeprefix("question:") if subject else None


async def _question(turn: Turn, identity: str) -> tuple[Note, Assignment]:
    note = await turn.session.get(Note, int(identity)) if identity.isdecimal() and len(identity) < 10 else None
    if note is None or note.assignment_id is None:
        raise Over("Pertanyaan ini tidak ditemukan.")
    return note, await turn.assignment(note.assignment_id)
