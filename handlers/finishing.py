"""Handing a finished task in: evidence is asked for when there is none, then the secretariat is told."""

from __future__ import annotations

from typing import Any

from handlers.turn import Turn
from models.assignments import Assignment, NotAllowed, Status
from models.lookups import evidence_of
from models.people import Role, members_in
from presentation.cards import redraw_assignment
from presentation.chat import render
from presentation.desk import send_verification
from presentation.keyboards import button
from presentation.mail import Content


async def finish(turn: Turn) -> None:
    """`🏁 Selesai` on a card."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    _may_be_handed_in(assignment)
    if await evidence_of(turn.session, assignment.id):
        if turn.dialogue is not None and turn.dialogue.step == "finish":
            await turn.stop_waiting()
        await submit(turn, assignment)
        turn.answer("Diajukan untuk diverifikasi.")
    else:
        await ask_evidence(turn, assignment)


async def finish_without_evidence(turn: Turn) -> None:
    """`📤 Ajukan tanpa bukti`: the secretariat decides whether that will do."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    _may_be_handed_in(assignment)
    await turn.stop_waiting()
    await submit(turn, assignment)
    await turn.edit_here(turn.content("submitted", assignment=assignment, directive=assignment.directive))


async def ask_evidence(turn: Turn, assignment: Assignment) -> None:
    """Ask for a photo or document; the next message with one hands the task in."""
    await turn.wait_for("finish", assignment=assignment.id)
    keyboard = [[button("📤 Ajukan tanpa bukti", "finish_bare", assignment.id)]]
    await turn.say("ask_evidence", keyboard, assignment=assignment, directive=assignment.directive)


async def submit(turn: Turn, assignment: Assignment) -> None:
    """Hand the task in and put it on the secretariat's desk."""
    assignment.submit(by=turn.member.id, at=turn.now)
    turn.audit("submit", f"assignment:{assignment.id}")
    await turn.session.flush()
    await redraw_assignment(turn.mail, assignment, turn.zone)
    verifiers = [one for one in await members_in(turn.session, Role.SEKRETARIAT) if one.id != turn.member.id]
    await send_verification(turn.mail, assignment, verifiers, turn.zone)


async def tell_secretariat(turn: Turn, template: str, keyboard: Any = None, **data: Any) -> None:
    """A notice to everyone in the secretariat but the person who acts."""
    content = Content(render(template, now=turn.now, zone=turn.zone, **data), keyboard or [])
    for member in await members_in(turn.session, Role.SEKRETARIAT):
        if member.id != turn.member.id:
            await turn.mail.say(member, content, kind="notice")


def _may_be_handed_in(assignment: Assignment) -> None:
    if assignment.status == Status.SUBMITTED:
        raise NotAllowed("already_submitted")
    if not assignment.is_open:
        raise NotAllowed("cancelled" if assignment.status == Status.CANCELLED else "already_done")
