"""Teguran and berita acara: the secretariat's letters in the chat, and the data of the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.letters import WarningLetter
from models.people import Member
from models.reports import Verification
from models.units import Unit
from presentation import words
from presentation.chat import render
from presentation.keyboards import Keyboard, button, pages, rows
from presentation.mail import Content
from presentation.print import warning_letter
from presentation.print.formats import roman
from presentation.print.letterhead import Letterhead, Signatory
from presentation.print.salutation import Addressee, Rank
from presentation.print.verification_record import VerificationRecord, VerifiedItem

PER_PAGE = 8
RANKS = {"kecamatan": Rank.DISTRICT_HEAD, "puskesmas": Rank.HEALTH_CENTRE_HEAD, "pimpinan": Rank.ASSISTANT}
DOTTED = "." * 24


def letters_list(
    late: Sequence[tuple[Unit, int]], letters: Mapping[str, int], page: int, now: datetime, zone: ZoneInfo
) -> Content:
    """Units with late tasks, the most first, with the level of the last letter; a button to each."""
    last = max(0, (len(late) - 1) // PER_PAGE)
    page = min(page, last)
    shown = late[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines = [(unit, count, roman(letters[unit.code]) if letters.get(unit.code) else "") for unit, count in shown]
    text = render("letters_list", lines=lines, total=len(late), now=now, zone=zone)
    open_one = [button(f"✉️ {unit.short_name}", "letters_of", unit.code) for unit, _ in shown]
    return Content(text, [*rows(open_one, 2), pages("letters", page, last)])


def letters_of_unit(
    unit: Unit,
    late: int,
    letters: Sequence[WarningLetter],
    next_level: int,
    again: bool,
    now: datetime,
    zone: ZoneInfo,
    *,
    joined: bool,
) -> Content:
    """What was written to a unit, and what can be written now. `again`: the last letter is printed once more."""
    text = render("letters_of", unit=unit, joined=joined, late=late, letters=[(roman(one.level), one) for one in letters], now=now,
                  zone=zone)  # fmt: skip
    keyboard: Keyboard = []
    if late and next_level:
        keyboard.append([button(f"✉️ {'Cetak ulang ' if again else ''}Teguran {roman(next_level)}", "warn", unit.code)])
    if letters and letters[-1].number is None:
        keyboard.append([button("🔢 Catat nomor surat", "letter_number", letters[-1].id)])
    keyboard.append([button("📝 Berita acara verifikasi", "record", unit.code)])
    return Content(text, [*keyboard, [button("⬅️ Tugas unit", "unit", unit.code, 0), button("⬅️ Surat", "letters", 0)]])


def printed_warning(
    letter: WarningLetter,
    earlier: Sequence[WarningLetter],
    tasks: Sequence[Assignment],
    kop: Letterhead,
    signatory: Signatory,
    place: str,
    copies: Sequence[str],
    now: datetime,
    zone: ZoneInfo,
) -> warning_letter.WarningLetter:
    """The data of a teguran about the tasks of it that are late still."""
    newest = max(tasks, key=lambda task: task.directive.meeting.held_at).directive.meeting
    several = len({task.directive.meeting_id for task in tasks}) > 1
    return warning_letter.WarningLetter(
        letterhead=kop,
        level=letter.level,
        dated=letter.dated,
        place=place,
        addressee=Addressee(letter.unit.head, "Tempat", RANKS.get(letter.unit.kind, Rank.AGENCY_HEAD)),
        meeting=f"beberapa rapat, terakhir {newest.title}" if several else newest.title,
        meeting_date=newest.held_at.astimezone(zone).date(),
        tasks=[_overdue(task, now, zone) for task in tasks if task.due_at is not None],
        answer_by=letter.answer_by,
        signatory=signatory,
        signed_by=rank_of(signatory.post),
        number=letter.number or "",
        earlier=[warning_letter.EarlierLetter(one.number or DOTTED, one.dated) for one in earlier],
        copies=copies,
    )


def rank_of(post: str) -> Rank:
    """The rank that a signature speaks with, by the post above it; "a.n. Bupati … Sekretaris Daerah" is the latter."""
    lower = post.lower()
    for word, rank in (("asisten", Rank.ASSISTANT), ("sekretaris daerah", Rank.REGIONAL_SECRETARY),
                       ("wakil bupati", Rank.VICE_REGENT), ("bupati", Rank.REGENT)):  # fmt: skip
        if word in lower:
            return rank
    return Rank.REGIONAL_SECRETARY


def printed_record(
    unit: Unit,
    verifications: Sequence[Verification],
    evidence: Mapping[int, str],
    kop: Letterhead,
    place: str,
    acknowledged_by: Signatory | None,
    responsible: str,
    today: date,
) -> VerificationRecord:
    """The data of a berita acara; of each task the last decision counts."""
    latest = {one.assignment_id: one for one in verifications}
    meetings = {one.assignment.directive.meeting_id: one.assignment.directive.meeting for one in latest.values()}
    only = next(iter(meetings.values())) if len(meetings) == 1 else None
    verifiers = {one.member_id: one.member for one in latest.values()}
    return VerificationRecord(
        letterhead=kop,
        held_on=today,
        place=kop.office,
        meeting=only.title if only else "rapat koordinasi pemerintahan",
        unit=unit.name,
        items=[_verified(one, evidence.get(one.assignment_id, "")) for one in latest.values()],
        verifiers=[Signatory(_verifier(member, kop), member.name) for member in verifiers.values()],
        responsible=Signatory(unit.head, responsible),
        acknowledged_by=acknowledged_by,
        city=place,
    )


def _verifier(member: Member, kop: Letterhead) -> str:
    """The post that a verifier signs with; "Sekretariat" alone is a role in the bot, not a post."""
    return f"Verifikator {kop.office}" if member.title == "Sekretariat" else member.title


def _verified(one: Verification, evidence: str) -> VerifiedItem:
    task = one.assignment
    status = Status(task.status)
    result = words.STATUS_WORDS[status if one.approved and status in FINISHED else Status.RETURNED]
    return VerifiedItem(
        number=task.directive.number or "",
        directive=task.directive.text,
        progress=100 if one.approved else task.percent or 0,
        evidence=evidence,
        result=result,
        note=one.reason or "",
    )


def _overdue(task: Assignment, now: datetime, zone: ZoneInfo) -> warning_letter.OverdueTask:
    assert task.due_at is not None
    return warning_letter.OverdueTask(
        number=task.directive.number or "",
        directive=task.directive.text,
        due=task.due_at.astimezone(zone).date(),
        days_late=max(1, -words.days_left(task.due_at, now, zone)),
        progress=task.percent,
    )
