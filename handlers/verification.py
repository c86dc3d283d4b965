"""The secretariat's desk: finished tasks are accepted or returned, evidence is looked at."""

from __future__ import annotations

from handlers.filing import must_be_open
from handlers.turn import Refused, Turn
from models.assignments import Assignment, NotAllowed, Status
from models.lookups import evidence_of, filed_reports, undecided_extensions, waiting_for_verification
from models.people import Member, members_of_units
from models.recurrence import next_round
from models.reports import Verification
from presentation.cards import redraw_assignment, send_card
from presentation.desk import (
    RETURN_REASONS,
    desk_list,
    extension_card,
    extension_subject,
    send_verification,
    verification_card,
    verification_subject,
)
from presentation.evidence import send_evidence
from presentation.keyboards import button

LONGEST_REASON = 800


async def show_desk(turn: Turn) -> None:
    """`/verifikasi`: what waits for verification or for a decision on more time."""
    waiting = await waiting_for_verification(turn.session)
    extensions = await undecided_extensions(turn.session)
    await turn.mail.say(turn.member, desk_list(waiting, extensions, 0, turn.now, turn.zone))


async def desk_page(turn: Turn) -> None:
    """Another page of the desk."""
    page = turn.arguments[0] if turn.arguments else ""
    waiting = await waiting_for_verification(turn.session)
    extensions = await undecided_extensions(turn.session)
    number = int(page) if page.isdecimal() else 0
    await turn.edit_here(desk_list(waiting, extensions, number, turn.now, turn.zone))


async def open_one(turn: Turn) -> None:
    """One of the desk's list: its card, with what was reported."""
    assignment = await turn.assignment(_first(turn))
    reports = await filed_reports(turn.session, assignment.id)
    content = verification_card(assignment, reports, turn.now, turn.zone)
    await turn.mail.show(verification_subject(assignment), turn.member, content)


async def open_extension(turn: Turn) -> None:
    """A request for more time from the desk's list."""
    every = {extension.id: extension for extension in await undecided_extensions(turn.session)}
    extension = every.get(int(_first(turn))) if _first(turn).isdecimal() else None
    if extension is None:
        raise Refused("Permohonan ini sudah diputuskan.")
    asker = await turn.session.get(Member, extension.asked_by)
    assert asker is not None
    await turn.mail.show(
        extension_subject(extension), turn.member, extension_card(extension, asker, turn.now, turn.zone)
    )


async def approve(turn: Turn) -> None:
    """`✅ Setujui`: the task is done; what recurs is done and goes on."""
    assignment = await turn.assignment(_first(turn))
    assignment.approve(by=turn.member, reporters=await _reporters(turn, assignment), at=turn.now,
                       goes_on=assignment.directive.recurrence is not None)  # fmt: skip
    turn.session.add(Verification(assignment=assignment, member=turn.member, approved=True, at=turn.now))
    turn.audit("approve", f"assignment:{assignment.id}")
    turn.answer("Disetujui.")
    await _tell(turn, assignment, None)
    following = await next_round(turn.session, assignment, now=turn.now, zone=turn.zone)
    if following is not None:
        for member in await members_of_units(turn.session, {following.unit_code}):
            await send_card(turn.mail, following, member, turn.zone)


async def ask_reason(turn: Turn) -> None:
    """`↩️ Kembalikan`: ask for the reason, by tap or in words."""
    assignment = await turn.assignment(_first(turn))
    must_be_open(assignment)
    if assignment.status != Status.SUBMITTED:
        raise NotAllowed("not_submitted")
    await turn.wait_for("return_reason", assignment=assignment.id)
    keyboard = [[button(reason, "return_for", assignment.id, index)] for index, reason in enumerate(RETURN_REASONS)]
    await turn.say("ask_return_reason", keyboard, assignment=assignment, directive=assignment.directive)


async def return_for(turn: Turn) -> None:
    """One of the usual reasons was tapped."""
    index = turn.arguments[1] if len(turn.arguments) > 1 else ""
    if not index.isdecimal() or int(index) >= len(RETURN_REASONS):
        raise Refused("Alasan ini tidak dikenal. Mohon tulis alasannya.")
    await _send_back(turn, await turn.assignment(_first(turn)), RETURN_REASONS[int(index)])
    await turn.edit_here(turn.content("plain", text="Dikembalikan kepada unit."))


async def return_in_words(turn: Turn) -> None:
    """The reason in words."""
    assignment = await turn.assignment((turn.dialogue.about if turn.dialogue else {}).get("assignment", 0))
    await _send_back(turn, assignment, turn.brief_words(LONGEST_REASON, "alasannya"))
    await turn.say("plain", text="Dikembalikan kepada unit, dengan alasannya.")
    await turn.say_left_out()


async def show_evidence(turn: Turn) -> None:
    """`🖼 Lihat bukti`: every photo and file of the task, as Telegram has them."""
    assignment = await turn.assignment(_first(turn))
    every = await evidence_of(turn.session, assignment.id)
    if not every:
        raise Refused("Belum ada bukti pada tugas ini.")
    await send_evidence(turn.mail, turn.chat_id, every)


async def _send_back(turn: Turn, assignment: Assignment, reason: str) -> None:
    assignment.send_back(by=turn.member, reporters=await _reporters(turn, assignment), at=turn.now)
    turn.session.add(
        Verification(assignment=assignment, member=turn.member, approved=False, reason=reason, at=turn.now)
    )
    turn.audit("return", f"assignment:{assignment.id}", after={"reason": reason})
    await turn.stop_waiting()
    await _tell(turn, assignment, reason)


async def _reporters(turn: Turn, assignment: Assignment) -> set[int]:
    return {report.member_id for report in await filed_reports(turn.session, assignment.id)}


async def _tell(turn: Turn, assignment: Assignment, reason: str | None) -> None:
    """Show the decision on every card, and tell the unit."""
    await turn.session.flush()
    await send_verification(turn.mail, assignment, [], turn.zone)
    await redraw_assignment(turn.mail, assignment, turn.zone)
    content = turn.content("verified", assignment=assignment, directive=assignment.directive, reason=reason)
    for member in await members_of_units(turn.session, {assignment.unit_code}):
        await turn.mail.say(member, content, kind="decision")


def _first(turn: Turn) -> str:
    return turn.arguments[0] if turn.arguments else ""
