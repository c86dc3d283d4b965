"""The words of pimpinan as units, the secretariat and pimpinan see them: cards, the answer, and the way to it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment, Status
from models.people import Member
from models.reports import Note, NoteKind
from presentation.chat import render
from presentation.keyboards import Keyboard, button
from presentation.mail import Content

LONGEST = 2000
PRAISE = "Terima kasih atas kerja baik Bapak/Ibu beserta jajaran. Mohon dipertahankan."
_HEADS = {NoteKind.NOTE: "Catatan", NoteKind.QUESTION: "Permintaan penjelasan", NoteKind.PRAISE: "Apresiasi"}
_SIGNS = {NoteKind.NOTE: "💬", NoteKind.QUESTION: "❓", NoteKind.PRAISE: "👏"}


def speaker(member: Member) -> str:
    """ "Bapak Bupati", "Bapak Wakil Bupati", "Sekretaris Daerah Kabupaten Asahan" """
    codes = {post.unit_code for post in member.posts}
    if "bupati" in codes:
        return "Bapak Bupati"
    return "Bapak Wakil Bupati" if "wabup" in codes else member.title


def head_of(note: Note) -> str:
    """ "💬 Catatan Bapak Bupati", "❓ Permintaan penjelasan Bapak Bupati" """
    kind = NoteKind(note.kind)
    return f"{_SIGNS[kind]} {_HEADS[kind]} {speaker(note.member)}"


def note_subject(note: Note, task: Assignment) -> str:
    """What a reply to the card is about: a question is answered, praise thanked for, anything else reported on."""
    if note.kind == NoteKind.QUESTION:
        return f"question:{note.id}"
    return f"praise:{task.id}" if note.kind == NoteKind.PRAISE else f"assignment_note:{task.id}"


def answer_subject(note: Note) -> str:
    """What a reply to the card of an answer is about."""
    return f"answer:{note.id}"


def usual_question(assignment: Assignment, now: datetime) -> str:
    """What is most likely asked about a task in this state."""
    if assignment.is_late(now):
        return "Mohon penjelasan sebab keterlambatan tugas ini, dan kapan akan diselesaikan."
    if assignment.status == Status.BLOCKED:
        return "Mohon penjelasan kendala tugas ini, upaya yang sudah dilakukan, dan bantuan yang diperlukan."
    if assignment.status in (Status.SUBMITTED, Status.DONE, Status.SUSTAINED):
        return "Mohon penjelasan hasil tugas ini, dan manfaatnya di lapangan."
    return "Mohon penjelasan perkembangan tugas ini, dan kapan akan diselesaikan."


def note_card(note: Note, task: Assignment, now: datetime, zone: ZoneInfo) -> Content:
    """What the unit sees, with the button to answer or to report."""
    keyboard: Keyboard = []
    if note.kind == NoteKind.QUESTION and note.answer is None:
        keyboard = [[button("✍️ Jawab", "answer", note.id)]]
    elif note.kind == NoteKind.NOTE and task.is_open:
        keyboard = [[button("📝 Lapor", "report", task.id)]]
    return Content(_card(note, task, now, zone, for_unit=True), keyboard)


def note_copy(note: Note, task: Assignment | None, now: datetime, zone: ZoneInfo) -> Content:
    """What the secretariat sees of it."""
    return Content(_card(note, task, now, zone, for_unit=False))


def answer_card(note: Note, task: Assignment, answered_by: str, now: datetime, zone: ZoneInfo) -> Content:
    """The answer as it comes back to whoever asked."""
    text = render("answer_card", note=note, task=task, directive=note.directive, answered_by=answered_by, now=now,
                  zone=zone)  # fmt: skip
    keyboard = [
        [button("🔎 Lihat tugas", "look_task", task.id)],
        [button("💬 Beri catatan", "note", task.id), button("👏 Apresiasi", "praise", task.id)],
    ]
    return Content(text, keyboard)


def _card(note: Note, task: Assignment | None, now: datetime, zone: ZoneInfo, *, for_unit: bool) -> str:
    return render("note_card", note=note, head=head_of(note), directive=note.directive,
                  unit=task.unit if task else None, for_unit=for_unit, now=now, zone=zone)  # fmt: skip
