"""More time: asked for with a date and a reason, decided by the secretariat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from handlers.turn import Over, Refused, Turn
from models.assignments import Assignment, NotAllowed, Status
from models.people import Member, Role, members_in, members_of_units
from models.reports import Extension
from presentation.cards import redraw_assignment
from presentation.desk import extension_card, extension_subject
from presentation.keyboards import button
from understanding.deadlines import Deadline, ImpossibleDate, find_deadline

LONGEST_REASON = 600
"""Characters, so that the whole reason stands on the card of whoever decides."""


async def ask(turn: Turn) -> None:
    """`⏳ Perpanjangan` on a card: ask until when, and why."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    await _may_ask(turn, assignment)
    await turn.wait_for("extension", assignment=assignment.id)
    await turn.say("ask_extension", assignment=assignment, directive=assignment.directive)


async def receive(turn: Turn) -> None:
    """The date, with the reason or without."""
    assignment = await turn.assignment((turn.dialogue.about if turn.dialogue else {}).get("assignment", 0))
    await _may_ask(turn, assignment)
    turn.brief_words(LONGEST_REASON, "sampai kapan dan alasannya")
    found = _date_in(turn, assignment)
    reason = _reason_in(turn.words, found)
    if not reason:
        await turn.wait_for(
            "extension_reason", assignment=assignment.id, until=found.due.isoformat(), has_time=found.has_time
        )
        await turn.say("ask_extension_reason", until=found.due, has_time=found.has_time)
        return
    await _request(turn, assignment, found.due, found.has_time, reason)


async def receive_reason(turn: Turn) -> None:
    """The reason, after the date was given alone."""
    about = turn.dialogue.about if turn.dialogue else {}
    assignment = await turn.assignment(about.get("assignment", 0))
    await _may_ask(turn, assignment)
    reason = turn.brief_words(LONGEST_REASON, "alasannya")
    await _request(turn, assignment, datetime.fromisoformat(about["until"]), about["has_time"], reason)


async def offer(turn: Turn, assignment: Assignment, until: datetime | None, words: str) -> None:
    """A report asked for more time: offer to put it to the secretariat, or ask until when."""
    if await _pending(turn, assignment) is not None:
        return
    if until is None or until <= turn.now or (assignment.due_at is not None and until <= assignment.due_at):
        await turn.wait_for("extension", assignment=assignment.id)
        await turn.say("ask_extension", assignment=assignment, directive=assignment.directive)
        return
    await turn.wait_for("extension_offered", assignment=assignment.id, until=until.isoformat(), reason=words)
    keyboard = [
        [button("✅ Ajukan", "extension_yes", assignment.id), button("❌ Tidak", "extension_no", assignment.id)]
    ]
    await turn.say("offer_extension", keyboard, assignment=assignment, until=until, directive=assignment.directive)


async def accept_offer(turn: Turn) -> None:
    """`✅ Ajukan` under the offer."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    await _may_ask(turn, assignment)
    about = turn.dialogue.about if turn.dialogue and turn.dialogue.step == "extension_offered" else {}
    if about.get("assignment") != assignment.id:
        raise Refused("Tawaran ini sudah lewat. Silakan pakai tombol ⏳ Perpanjangan pada kartu tugas.")
    await turn.edit_here(turn.content("plain", text="Baik, perpanjangan diajukan."))
    await _request(turn, assignment, datetime.fromisoformat(about["until"]), False, about["reason"])


async def decline_offer(turn: Turn) -> None:
    """`❌ Tidak` under the offer."""
    await turn.stop_waiting()
    await turn.edit_here(turn.content("plain", text="Baik, tenggat tetap."))


async def grant(turn: Turn) -> None:
    """`✅ Izinkan`: the deadline moves, and the unit is told."""
    extension = await _undecided(turn)
    assignment = extension.assignment
    before = assignment.due_at
    assignment.extend(extension.until, has_time=extension.until_has_time)
    _decide(turn, extension, granted=True)
    turn.audit("grant_extension", f"assignment:{assignment.id}",
               before={"due": before.isoformat() if before else None}, after={"due": extension.until.isoformat()})  # fmt: skip
    turn.answer("Diizinkan.")
    await _tell(turn, extension)


async def ask_refusal(turn: Turn) -> None:
    """`❌ Tolak`: ask why, so that the unit learns it."""
    extension = await _undecided(turn)
    await turn.wait_for("extension_refusal", extension=extension.id)
    await turn.say("ask_refusal", extension=extension, assignment=extension.assignment)


async def refuse(turn: Turn) -> None:
    """The reason of a refusal."""
    turn.arguments = (str((turn.dialogue.about if turn.dialogue else {}).get("extension", "")),)
    extension = await _undecided(turn)
    extension.answer = turn.brief_words(LONGEST_REASON, "alasannya")
    _decide(turn, extension, granted=False)
    turn.audit("refuse_extension", f"assignment:{extension.assignment_id}", after={"reason": extension.answer})
    await turn.stop_waiting()
    await turn.say("plain", text="Penolakan dicatat dan disampaikan kepada unit.")
    await turn.say_left_out()
    await _tell(turn, extension)


async def _request(turn: Turn, assignment: Assignment, until: datetime, has_time: bool, reason: str) -> None:
    extension = Extension(
        assignment=assignment, asked_by=turn.member.id, asked_at=turn.now, until=until, until_has_time=has_time,
        due_before=assignment.due_at, reason=reason[:LONGEST_REASON],
    )  # fmt: skip
    turn.session.add(extension)
    await turn.session.flush()
    await turn.stop_waiting()
    turn.audit(
        "ask_extension", f"assignment:{assignment.id}", after={"until": until.isoformat(), "reason": reason[:200]}
    )
    await turn.say("extension_asked", extension=extension, assignment=assignment, directive=assignment.directive)
    if turn.update.callback_query is None:
        await turn.say_left_out(as_report=True)
    content = extension_card(extension, turn.member, turn.now, turn.zone)
    for member in await members_in(turn.session, Role.SEKRETARIAT):
        await turn.mail.show(extension_subject(extension), member, content)


async def _may_ask(turn: Turn, assignment: Assignment) -> None:
    if not assignment.is_open:
        raise NotAllowed("cancelled" if assignment.status == Status.CANCELLED else "already_done")
    if assignment.status == Status.SUBMITTED:
        raise NotAllowed("already_submitted")
    if assignment.due_at is None:
        raise Over("Tugas ini tanpa tenggat, jadi perpanjangan tidak diperlukan.")
    if await _pending(turn, assignment) is not None:
        raise Over("Permohonan perpanjangan sebelumnya masih menunggu keputusan Sekretariat.")


async def _pending(turn: Turn, assignment: Assignment) -> Extension | None:
    query = select(Extension).where(Extension.assignment_id == assignment.id, Extension.granted.is_(None))
    return (await turn.session.scalars(query.limit(1))).first()


def _date_in(turn: Turn, assignment: Assignment) -> Deadline:
    try:
        found = find_deadline(turn.words, turn.now.astimezone(turn.zone))
    except ImpossibleDate as problem:
        raise Refused(f"{problem.why} Mohon tulis tanggalnya lagi, misalnya: sampai 10 Februari.") from None
    if found is None:
        raise Refused(
            "Tanggalnya belum kami temukan. Mohon tulis sampai kapan dan alasannya, misalnya: "
            "sampai 10 Februari karena lahan masih tergenang. Untuk meninggalkan: /batal"
        )
    if found.due <= turn.now or (assignment.due_at is not None and found.due <= assignment.due_at):
        raise Refused("Tanggal itu belum melewati tenggat yang sekarang. Mohon tulis tanggal yang lebih lambat.")
    return found


def _reason_in(words: str, found: Deadline) -> str:
    """What is left of the words without the date and the words of asking; empty when that says nothing."""
    start, end = found.span
    rest = f"{words[:start]} {words[end:]}".split()
    while rest and rest[0].lower().strip(".,:;-") in _ASKING:
        rest.pop(0)
    while rest and rest[-1].lower().strip(".,:;-") in _ASKING:
        rest.pop()
    return " ".join(rest)


_ASKING = frozenset(
    "sampai hingga dengan mohon minta perpanjangan diperpanjang perpanjang waktu tenggat izin ijin pak bu bapak ibu sd s.d "
    "s.d. s/d ke menjadi jadi saja ya mhn sampe pada karena krn karna sebab alasan alasannya dikarenakan tugas ini kami".split()
)
"""Words around a date that ask for time but give no reason."""


async def _undecided(turn: Turn) -> Extension:
    identity = turn.arguments[0] if turn.arguments else ""
    extension = await turn.session.get(Extension, int(identity)) if identity.isdecimal() else None
    if extension is None:
        raise Over("Permohonan ini tidak ditemukan. Yang menunggu: /verifikasi.")
    assignment = await turn.assignment(extension.assignment_id)
    if extension.granted is not None:
        raise Over("Permohonan ini sudah diputuskan.")
    if extension.asked_by == turn.member.id or assignment.unit_code in turn.member.unit_codes:
        raise Over("Permohonan sendiri tidak dapat diputuskan sendiri. Mohon anggota Sekretariat yang lain.")
    return extension


def _decide(turn: Turn, extension: Extension, *, granted: bool) -> None:
    extension.granted, extension.decided_by, extension.decided_at = granted, turn.member.id, turn.now


async def _tell(turn: Turn, extension: Extension) -> None:
    await turn.session.flush()
    assignment = extension.assignment
    asker = await turn.session.get(Member, extension.asked_by)
    assert asker is not None
    await turn.mail.redraw(extension_subject(extension), extension_card(extension, asker, turn.now, turn.zone))
    await redraw_assignment(turn.mail, assignment, turn.zone)
    content = turn.content(
        "extension_decided", extension=extension, assignment=assignment, directive=assignment.directive
    )
    for member in await members_of_units(turn.session, {assignment.unit_code}):
        await turn.mail.say(member, content, kind="decision")
