"""/bahan and /surat: the papers that only the secretariat writes: meeting pack, teguran, berita acara verifikasi."""

from __future__ import annotations

from sqlalchemy import func, select

from handlers.finding import near_units
from handlers.turn import Over, Refused, Turn
from models.assignments import Assignment
from models.letters import HIGHEST, WarningLetter, chain, letters_to, standing_draft
from models.listing import Viewer, tasks_in
from models.meetings import latest_meetings
from models.papers import order_paper
from models.people import members_of_units
from models.reports import Verification
from models.scopes import Scope
from models.standing import standing
from models.units import Unit, all_units
from presentation.keyboards import button
from presentation.letters import letters_list, letters_of_unit
from presentation.mail import Content
from presentation.print.formats import roman
from understanding.deadlines.working_days import add_working_days
from understanding.meetings import ImpossibleMeetingDate, read_meeting
from understanding.spans import Span, read_span

ANSWER_WITHIN = 5
"""Working days a teguran gives."""
LONGEST_NUMBER = 60
NEXT_MEETING = "Rapat Koordinasi Pemerintahan berikutnya"


async def pack(turn: Turn) -> None:
    """`/bahan [judul, tanggal, tempat]`: the pack for the next meeting; alone for the one that lies ahead, if any."""
    title, starts, place = NEXT_MEETING, None, ""
    if turn.words.strip():
        try:
            details = read_meeting(turn.words, turn.now.astimezone(turn.zone))
        except ImpossibleMeetingDate as problem:
            raise Refused(f"Tanggal “{problem.words}” tidak ada. Mohon periksa tanggalnya.") from None
        title, starts, place = details.title or title, details.held_at, details.place or ""
    else:
        ahead = [one for one in await latest_meetings(turn.session) if one.held_at > turn.now]
        if ahead:
            meeting = min(ahead, key=lambda one: one.held_at)
            title, starts, place = meeting.title, meeting.held_at, meeting.place or ""
    await order_paper(turn.session, "meeting_pack", turn.member, now=turn.now, meeting=title[:140],
                      starts=starts.isoformat() if starts else None, place=place[:120])  # fmt: skip
    await turn.say("pack_ordered", title=title, starts=starts)


async def letters(turn: Turn) -> None:
    """`/surat [unit] [periode]`: letters to the units that are late, or everything of one unit."""
    words = turn.words.strip()
    if not words:
        await turn.mail.say(turn.member, await _list(turn, 0))
        return
    span, rest = read_span(words, turn.now.astimezone(turn.zone).date())
    code = turn.office.units.find(rest).code
    if code is None:
        choices = [[button(label, "letters_of", found.unit)] for label, found in near_units(turn, rest)]
        await turn.say("unit_which", choices, wanted=rest, near=choices, example="/surat Air Joman")
        return
    unit = await _unit(turn, code)
    if span is not None:
        await _order_record(turn, unit, span)
        await turn.say("being_made", what="Berita acara")
        return
    await turn.mail.say(turn.member, await _of_unit(turn, unit))


async def letters_page(turn: Turn) -> None:
    """Another page of the units that are late."""
    page = turn.arguments[0] if turn.arguments else ""
    await turn.edit_here(await _list(turn, int(page) if page.isdecimal() and len(page) < 6 else 0))


async def letters_of(turn: Turn) -> None:
    """What was written to one unit, and what can be written."""
    await turn.edit_here(await _of_unit(turn, await _unit(turn, _first(turn))))


async def warn(turn: Turn) -> None:
    """`✉️ Teguran …`: the letter that is due now; one whose time to answer runs is printed again."""
    unit = await _unit(turn, _first(turn))
    late = await _late(turn, unit)
    if not late:
        raise Refused("Unit ini tidak memiliki tugas yang terlambat.")
    following = chain(await letters_to(turn.session, unit.code), late)
    today = turn.now.astimezone(turn.zone).date()
    letter = standing_draft(following, today)
    if letter is None:
        if len(following) >= HIGHEST:
            raise Refused(
                "Teguran III sudah lewat batas jawabannya. Mohon dilaporkan kepada pimpinan untuk diputuskan."
            )
        letter = WarningLetter(
            unit=unit, unit_code=unit.code, level=len(following) + 1, dated=today,
            answer_by=add_working_days(today, ANSWER_WITHIN), assignment_ids=[task.id for task in late],
            drafted_by=turn.member.id, drafted_at=turn.now,
        )  # fmt: skip
        turn.session.add(letter)
        await turn.session.flush()
        turn.audit("draft_warning", f"unit:{unit.code}", after={"letter": letter.id, "level": letter.level})
    await _order(turn, letter)
    await turn.edit_here(await _of_unit(turn, unit))


async def ask_number(turn: Turn) -> None:
    """`🔢 Catat nomor surat`."""
    letter = await _letter(turn, _first(turn))
    await turn.wait_for("letter_number", letter=letter.id)
    await turn.say("letter_number_ask", level=roman(letter.level), unit=letter.unit)


async def receive_number(turn: Turn) -> None:
    """The number of the register: the letter is printed with it, without the mark of a draft."""
    letter = await _letter(turn, str((turn.dialogue.about if turn.dialogue else {}).get("letter", "")))
    number = " ".join(turn.words.split())
    if not number or len(number) > LONGEST_NUMBER:
        raise Refused("Mohon tulis nomor suratnya saja, misalnya: 700/123/Setda/2026")
    letter.number = number
    turn.audit("number_warning", f"unit:{letter.unit_code}", after={"letter": letter.id, "number": number})
    await turn.stop_waiting()
    await turn.session.flush()
    await _order(turn, letter)


async def record(turn: Turn) -> None:
    """`📝 Berita acara verifikasi`: of the unit's verifications this year."""
    unit = await _unit(turn, _first(turn))
    span, _ = read_span("tahun ini", turn.now.astimezone(turn.zone).date())
    assert span is not None
    await _order_record(turn, unit, span)
    turn.answer("Berita acara sedang dibuat.")


async def _order_record(turn: Turn, unit: Unit, span: Span) -> None:
    verified = (
        select(func.count())
        .select_from(Verification)
        .join(Assignment, Assignment.id == Verification.assignment_id)
        .where(Assignment.unit_code == unit.code)
    )
    if not await turn.session.scalar(verified):
        raise Refused("Belum ada tugas unit ini yang diverifikasi.")
    scope = Scope(unit=unit.code, period=(span.first, span.last))
    await order_paper(turn.session, "verification_record", turn.member, now=turn.now, scope=scope.code)


async def _order(turn: Turn, letter: WarningLetter) -> None:
    await order_paper(turn.session, "warning_letter", turn.member, now=turn.now, letter=letter.id)
    await turn.say("letter_ordered", level=roman(letter.level), unit=letter.unit, letter=letter)


async def _list(turn: Turn, page: int) -> Content:
    counts = await standing(turn.session, turn.now, turn.zone)
    late = [
        (unit, counts.units[unit.code].late)
        for unit in await all_units(turn.session)
        if unit.code in counts.units and counts.units[unit.code].late and unit.kind != "pimpinan"
    ]
    late.sort(key=lambda pair: -pair[1])
    newest = {letter.unit_code: letter.level for letter in await _every_letter(turn)}
    return letters_list(late, newest, page, turn.now, turn.zone)


async def _every_letter(turn: Turn) -> list[WarningLetter]:
    return list(await turn.session.scalars(select(WarningLetter).order_by(WarningLetter.id)))


async def _of_unit(turn: Turn, unit: Unit) -> Content:
    every, late = await letters_to(turn.session, unit.code), await _late(turn, unit)
    following = chain(every, late)
    again = standing_draft(following, turn.now.astimezone(turn.zone).date())
    level = again.level if again else len(following) + 1
    joined = bool(await members_of_units(turn.session, {unit.code}))
    return letters_of_unit(unit, len(late), every, level if level <= HIGHEST else 0, again is not None, turn.now, turn.zone,
                           joined=joined)  # fmt: skip


async def _late(turn: Turn, unit: Unit) -> list[Assignment]:
    query = tasks_in(Viewer(None, turn.now, turn.zone), "late", Scope(unit=unit.code))
    return list(await turn.session.scalars(query))


async def _unit(turn: Turn, code: str) -> Unit:
    unit = await turn.session.get(Unit, code)
    if unit is None or unit.kind == "pimpinan":
        raise Refused("Unit ini tidak ditemukan. Contoh: /surat Air Joman")
    return unit


async def _letter(turn: Turn, identity: str) -> WarningLetter:
    known = identity.isdecimal() and len(identity) < 10
    letter = await turn.session.get(WarningLetter, int(identity)) if known else None
    if letter is None:
        raise Over("Surat ini tidak ditemukan. Silakan mulai lagi dengan /surat.")
    return letter


def _first(turn: Turn) -> str:
    return turn.arguments[0] if turn.arguments else ""
