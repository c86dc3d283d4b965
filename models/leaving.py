"""Leaving a post: what the person's posts no longer show is neither sent any more, nor kept up to date in the chat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment
from models.dialogues import Dialogue
from models.mailbox import Card, OutboxState, Outgoing
from models.papers import OrderState, PaperOrder
from models.people import Member, Role
from models.reports import Note, Report

LEFT = "left:"
"""What the subject of a card begins with that nobody brings up to date any more."""
OF_UNITS = frozenset({"assignment", "assignment_note", "report", "question"})
"""Cards about one task of a unit."""
OWN = frozenset({"order", "which_task"})
"""Cards about what the person asked for or wrote. All others are the secretariat's."""
WHY = "the person has left the post"


async def let_go(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Withdraw what waits for the person, and the cards in the chat, as far as no post entitles to them any more."""
    await session.flush()
    kept = await _subjects_of(session, member)
    cards = list(await session.scalars(select(Card).where(Card.chat_id == member.chat_id)))
    gone = [card for card in cards if not _keeps(member, card.subject, kept)]
    waiting = update(Outgoing).where(Outgoing.state == OutboxState.READY).values(state=OutboxState.FAILED, error=WHY)
    if member.roles:
        for start in range(0, len(gone), 500):
            numbers = [card.id for card in gone[start : start + 500]]
            await session.execute(waiting.where(Outgoing.card_id.in_(numbers)))
    else:
        await session.execute(waiting.where(Outgoing.chat_id == member.chat_id))
        await session.execute(delete(Dialogue).where(Dialogue.member_id == member.id))
    for card in gone:
        card.subject = f"{LEFT}{card.subject}"
    # Whoever still may have the paper asks again.
    orders = update(PaperOrder).where(PaperOrder.member_id == member.id, PaperOrder.state == OrderState.WAITING)
    await session.execute(orders.values(state=OrderState.CANCELLED, done_at=now))
    await session.flush()


def _keeps(member: Member, subject: str, kept: set[str]) -> bool:
    kind = subject.partition(":")[0]
    if kind in OF_UNITS:
        return subject in kept
    return f"{kind}:" == LEFT or member.has(Role.SEKRETARIAT) or (kind in OWN and bool(member.roles))


async def _subjects_of(session: AsyncSession, member: Member) -> set[str]:
    """The subjects of the cards about tasks that are this person's to deal with."""
    if not member.roles:
        return set()
    of_units = Assignment.unit_code.in_(member.unit_codes)
    tasks = list(await session.scalars(select(Assignment.id).where(of_units)))
    reports = await session.scalars(select(Report.id).join(Assignment).where(of_units))
    questions = await session.scalars(select(Note.id).join(Assignment).where(of_units))
    return (
        {f"{kind}:{task}" for task in tasks for kind in ("assignment", "assignment_note")}
        | {f"report:{report}" for report in reports}
        | {f"question:{question}" for question in questions}
    )
