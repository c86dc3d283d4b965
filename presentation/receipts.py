"""What the reporter gets back: what was understood of a report, and one-tap corrections of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from models.assignments import Assignment, Status
from models.reports import Evidence, Report, ReportState
from presentation.chat import brief as shortened
from presentation.chat import render
from presentation.keyboards import Keyboard, button, rows
from presentation.mail import Content

EVIDENCE_WORDS = {
    "photo": "foto",
    "document": "berkas",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "voice": "pesan suara",
    "audio": "rekaman",
    "location": "lokasi",
}
OFFERED = 12
"""Tasks among which one is chosen for a report by a tap."""
PERCENTAGES = (0, 10, 25, 50, 75, 90, 100)


def report_subject(report: Report) -> str:
    return f"report:{report.id}"


def evidence_words(evidence: Sequence[Evidence]) -> str:
    """ "3 foto, 1 berkas"; empty without evidence."""
    return evidence_counted(Counter(one.kind for one in evidence))


def evidence_counted(kinds: Mapping[str, int]) -> str:
    """The same from how many there are of each kind."""
    counted: Counter[str] = Counter()
    for kind, number in kinds.items():
        counted[EVIDENCE_WORDS[kind]] += number
    return ", ".join(f"{number} {word}" for word, number in counted.items())


def receipt(
    report: Report,
    assignment: Assignment,
    now: datetime,
    zone: ZoneInfo,
    *,
    other_tasks: bool,
    ask_percent: bool = False,
) -> Content:
    """What was understood of the report, with the buttons that correct it."""
    text = render(
        "receipt",
        report=report,
        is_question=is_question(report),
        assignment=assignment,
        directive=assignment.directive,
        evidence=evidence_words(report.evidence),
        now=now,
        zone=zone,
    )
    if not assignment.is_open or report.state == ReportState.WITHDRAWN:
        return Content(text)
    if ask_percent:
        choices = [button(f"{percent} %", "percent_is", report.id, percent) for percent in PERCENTAGES]
        return Content(text, [*rows(choices, 4), [button("⬅️ Kembali", "receipt", report.id)]])
    return Content(text, _corrections(report, assignment, other_tasks))


def _corrections(report: Report, assignment: Assignment, other_tasks: bool) -> Keyboard:
    correct = [button("✏️ Persentase", "percent", report.id)]
    if report.obstacle is not None:
        correct.append(button("🚧 Bukan kendala", "no_obstacle", report.id))
    if other_tasks:
        correct.append(button("➡️ Tugas lain", "other_task", report.id))
    correct.append(button("🗑 Tarik laporan", "withdraw", report.id))
    keyboard = rows(correct)
    if assignment.percent == 100 and assignment.status != Status.SUBMITTED:
        keyboard.insert(0, [button("🏁 Selesai", "finish", assignment.id)])
    if assignment.status == Status.SUBMITTED:
        keyboard.insert(0, [button("↩️ Belum selesai", "unfinish", assignment.id)])
    return keyboard


def is_question(report: Report) -> bool:
    """Whether the unit asks rather than reports: "lahan yang mana, Pak?" """
    return report.heard == "ack" and ends_asking(report.text)


def ends_asking(text: str) -> bool:
    """Whether a text ends with a question mark, whatever stands behind it for politeness."""
    return text.rstrip(" \n.!)”🙏").endswith("?")


def which_task(report: Report, assignments: Sequence[Assignment], now: datetime, zone: ZoneInfo) -> Content:
    """Which task a report is about, the likeliest first: its words against those of each directive."""
    words = report.text.lower()
    likeliest = sorted(assignments, key=lambda one: -fuzz.token_set_ratio(words, one.directive.text.lower()))
    keyboard = choose_task("is_about", likeliest[:OFFERED], report.id)
    keyboard.append([button("❌ Bukan laporan", "is_none", report.id)])
    text = render("which_task", report=report, evidence=evidence_words(report.evidence),
                  more=len(assignments) - OFFERED, now=now, zone=zone)  # fmt: skip
    return Content(text, keyboard)


def choose_task(verb: str, assignments: Sequence[Assignment], *arguments: object) -> Keyboard:
    """One button for each task, as "2026-01-07 · Mendata lahan …"."""
    return [
        [button(f"{one.directive.number} · {shortened(one.directive.text, 45)}", verb, *arguments, one.id)]
        for one in assignments
    ]
