"""Rapor of one unit on one page, seen by its head before pimpinan sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from presentation.print.formats import clock_time, long_date, number, percent, share, short_date
from presentation.print.matrix_view import FINISHED_STATUSES
from presentation.print.summary_view import Counts, Grade
from presentation.print.text import printable
from presentation.print.typesetting import shortened, typeset_pdf

_TASKS = 22  # on a page with nothing else to tell


@dataclass(frozen=True, slots=True)
class CardTask:
    """One assignment of the unit; `status` is the official word, `days_late` 0 when it is not late."""

    number: str
    directive: str
    due: date | None
    status: str
    progress: int | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class RightOfReply:
    """The unit's hak jawab: open until a moment, and what it answered, if it did."""

    until: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A unit's rapor. Moments are aware and in the organisation's time zone.

    `reasons` say in the published formula's terms why the colour is what it is. The pairs are (how many, of how many):
    `on_time` of the assignments due, `reported_in_time` of the reports expected. `tasks` come most urgent first.
    """

    organisation: str
    unit: str
    post: str
    period: str
    as_of: datetime
    grade: Grade
    counts: Counts
    on_time: tuple[int, int]
    reported_in_time: tuple[int, int]
    evidence: int
    previous_grade: Grade | None = None
    reasons: Sequence[str] = ()
    tasks: Sequence[CardTask] = ()
    obstacles: Sequence[str] = ()
    reply: RightOfReply | None = None


def render_report_card(card: ReportCard) -> bytes:
    """PDF, A4, always one page."""
    data: dict[str, object] = {
        "organisation": printable(card.organisation, 90),
        "unit": printable(card.unit, 120, longest_word=20),
        "post": printable(card.post, 120),
        "period": printable(card.period, 90),
        "as_of": f"Keadaan {long_date(card.as_of)}, pukul {clock_time(card.as_of)}",
        "grade": card.grade.value,
        "previous": None if card.previous_grade is None else card.previous_grade.value,
        "figures": _figures(card),
        "reasons": shortened(card.reasons, 4, _sentence),
        "tasks": shortened(card.tasks, _room(card), _task),
        "obstacles": shortened(card.obstacles, 3, _sentence),
        "reply": None if card.reply is None else _reply(card.reply),
    }
    return typeset_pdf("report_card.typ", data, made_at=card.as_of)


def _room(card: ReportCard) -> int:
    """How many tasks, of two lines each, the page holds beside the reasons, obstacles and the answer."""
    others = 2 * min(len(card.reasons), 4) + 2 * min(len(card.obstacles), 3) + (1 if card.obstacles else 0)
    answer = 4 if card.reply is not None and card.reply.answer else 0
    return _TASKS - -(-(others + answer) * 13 // 23)


def _figures(card: ReportCard) -> list[dict[str, str]]:
    counts = card.counts
    return [
        {"label": "Tugas selesai", **_share(counts.done, counts.total)},
        {"label": "Selesai tepat waktu", **_share(*card.on_time)},
        {"label": "Melapor tepat waktu", **_share(*card.reported_in_time)},
        {"label": "Terlambat", "value": number(counts.late), "of": f"dari {number(counts.total)} tugas"},
        {"label": "Terkendala", "value": number(counts.blocked), "of": f"dari {number(counts.total)} tugas"},
        {"label": "Bukti dukung", "value": number(card.evidence), "of": "berkas tersimpan"},
    ]


def _share(part: int, whole: int) -> dict[str, str]:
    if whole == 0:
        return {"value": "–", "of": "belum dinilai"}
    return {"value": percent(share(part, whole)), "of": f"{number(part)} dari {number(whole)}"}


def _task(task: CardTask) -> dict[str, str]:
    return {
        "number": printable(task.number, 24),
        "directive": printable(task.directive, 200),
        "due": short_date(task.due) if task.due else "–",
        "late": f"✗ {number(task.days_late)} hari" if task.days_late else "",
        "status": printable(task.status, 40),
        "progress": "" if task.progress is None or task.status in FINISHED_STATUSES else percent(task.progress),
    }


def _reply(reply: RightOfReply) -> dict[str, str]:
    until = f"{long_date(reply.until)}, pukul {clock_time(reply.until)}"
    who = printable(reply.answered_by, 90)
    when = f", {long_date(reply.answered_at)}" if reply.answered_at else ""
    return {"until": until, "answer": printable(reply.answer, 700), "by": f"{who}{when}"}


def _sentence(words: str) -> str:
    return printable(words, 220)
