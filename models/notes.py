"""The words of pimpinan: notes, questions that want an answer, and praise, with the rules of answering."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment, NotAllowed
from models.reports import Note, NoteKind

ANSWER_DAYS = 2
"""Working days a unit has to answer a question of pimpinan."""
ANSWER_UNTIL = time(16)
"""When on the last of these days; the end of office hours, in the organisation's time."""


def answer(note: Note, text: str, *, by: int, at: datetime) -> None:
    """The unit answers a question, once."""
    if note.kind != NoteKind.QUESTION:
        raise NotAllowed("not_a_question")
    if note.answer is not None:
        raise NotAllowed("already_answered")
    note.answer, note.answered_by, note.answered_at = text, by, at


async def unanswered(session: AsyncSession, unit_codes: Collection[str] | None = None) -> Sequence[Note]:
    """Questions that nobody answered yet, the most urgent first; None: of every unit."""
    query = (
        select(Note)
        .join(Assignment, Assignment.id == Note.assignment_id)
        .where(Note.kind == NoteKind.QUESTION, Note.answer.is_(None))
        .order_by(Note.answer_due_at, Note.id)
    )
    if unit_codes is not None:
        query = query.where(Assignment.unit_code.in_(unit_codes))
    return (await session.scalars(query)).all()


async def open_question(session: AsyncSession, assignment_id: int) -> Note | None:
    """The question on this task that still waits for its answer."""
    query = select(Note).where(
        Note.assignment_id == assignment_id, Note.kind == NoteKind.QUESTION, Note.answer.is_(None)
    )
    return (await session.scalars(query.order_by(Note.id.desc()).limit(1))).first()


async def notes_on(session: AsyncSession, assignment: Assignment) -> Sequence[Note]:
    """What pimpinan said on this task, or on its directive as a whole, oldest first."""
    mine = or_(Note.assignment_id == assignment.id, Note.assignment_id.is_(None))
    query = select(Note).where(Note.directive_id == assignment.directive_id, mine).order_by(Note.id)
    return (await session.scalars(query)).all()
