"""One-tap corrections of what was understood of a report."""

from __future__ import annotations

import re

from handlers.filing import handed_in_with, recount, show_receipt, take_in
from handlers.reports import own_filed_report, unprompted
from handlers.turn import Refused, Turn
from models.assignments import NotAllowed, Status
from models.lookups import filed_reports, open_assignments
from models.reports import ReportState
from presentation.cards import redraw_assignment
from presentation.desk import send_verification
from presentation.keyboards import button
from presentation.receipts import choose_task, report_subject

LONGEST_ANSWER = 3
"""Words that may stand beside a percentage that was asked for: "sekitar 60 persen"."""
_NUMBER = re.compile(
    r"(?:\w+\s+)?(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|persen|prosen)?(?:\s*(?:ya|pak|bu|bapak|ibu))*[\s.!]*", re.I
)


async def ask_percent(turn: Turn) -> None:
    """`✏️ Persentase`: offer the usual percentages; a number may also be written."""
    report, assignment = await own_filed_report(turn)
    await turn.wait_for("percent", report=report.id)
    await show_receipt(turn, report, assignment, ask_percent=True)
    turn.answer("Pilih persentasenya, atau tulis angkanya.")


async def percent_is(turn: Turn) -> None:
    """A percentage was tapped."""
    given = turn.arguments[1] if len(turn.arguments) > 1 else ""
    if not given.isdecimal() or int(given) > 100:
        raise Refused("Persentase adalah angka 0 sampai 100.")
    await _set_percent(turn, int(given))


async def percent_written(turn: Turn) -> None:
    """A percentage was written after `✏️ Persentase`; what says more than a number is a report of its own."""
    number = _NUMBER.fullmatch(turn.words.strip())
    if number is None and (turn.message.effective_attachment is not None or len(turn.words.split()) > LONGEST_ANSWER):
        await turn.stop_waiting()
        await unprompted(turn)
        return
    if number is None or float(number.group(1).replace(",", ".")) > 100:
        raise Refused("Mohon tulis persentasenya dengan angka 0 sampai 100, misalnya: 60. Untuk meninggalkan: /batal")
    turn.arguments = (str((turn.dialogue.about if turn.dialogue else {}).get("report", "")),)
    await _set_percent(turn, int(float(number.group(1).replace(",", "."))))


async def no_obstacle(turn: Turn) -> None:
    """`🚧 Bukan kendala`: what was read as an obstacle is none."""
    report, assignment = await own_filed_report(turn)
    turn.audit("correct_report", report_subject(report), before={"obstacle": report.obstacle}, after={"obstacle": None})
    report.obstacle = report.help_from = None
    report.heard = "proses"
    await recount(turn, report, assignment)


async def back(turn: Turn) -> None:
    """`⬅️ Kembali` from choosing a percentage."""
    report, assignment = await own_filed_report(turn)
    await turn.stop_waiting()
    await show_receipt(turn, report, assignment)


async def other_task(turn: Turn) -> None:
    """`➡️ Tugas lain`: the report belongs elsewhere."""
    report, assignment = await own_filed_report(turn)
    every = await open_assignments(turn.session, turn.member.unit_codes)
    others = [one for one in every if one.id != assignment.id]
    keyboard = choose_task("move_to", others[:15], report.id)
    keyboard.append([button("⬅️ Kembali", "receipt", report.id)])
    await turn.edit_here(turn.content("move_report", keyboard, report=report))


async def move_to(turn: Turn) -> None:
    """The task was chosen that the report belongs to."""
    report, old = await own_filed_report(turn)
    new = await turn.assignment(turn.arguments[1] if len(turn.arguments) > 1 else "")
    handed_in = handed_in_with(report, old)
    report.assignment, report.assignment_id = new, new.id
    turn.audit("move_report", report_subject(report), before={"assignment": old.id}, after={"assignment": new.id})
    await turn.session.flush()
    if handed_in:
        old.withdraw_submission()
    old.recount(await filed_reports(turn.session, old.id))
    await redraw_assignment(turn.mail, old, turn.zone)
    if handed_in or old.status == Status.SUBMITTED:
        await send_verification(turn.mail, old, [], turn.zone)
    await take_in(turn, new, report)


async def withdraw(turn: Turn) -> None:
    """`🗑 Tarik laporan`: as if it had not been sent; it is kept on record."""
    report, assignment = await own_filed_report(turn)
    handed_in = handed_in_with(report, assignment)
    report.state = ReportState.WITHDRAWN
    turn.audit("withdraw_report", report_subject(report), before={"text": report.text, "percent": report.percent})
    await recount(turn, report, assignment, takes_back=handed_in)


async def unfinish(turn: Turn) -> None:
    """`↩️ Belum selesai`: take back what was handed in by mistake."""
    report, assignment = await own_filed_report(turn)
    if assignment.status != Status.SUBMITTED:
        raise NotAllowed("not_submitted")
    await recount(turn, report, assignment, takes_back=True)


async def _set_percent(turn: Turn, percent: int) -> None:
    report, assignment = await own_filed_report(turn)
    await turn.stop_waiting()
    turn.audit("correct_report", report_subject(report), before={"percent": report.percent}, after={"percent": percent})
    handed_in = handed_in_with(report, assignment)
    report.percent = percent
    report.heard = "selesai" if percent == 100 else "proses" if report.obstacle is None else "terkendala"
    await recount(turn, report, assignment, takes_back=handed_in and percent < 100)
    turn.answer(f"Dicatat {percent} %.")
