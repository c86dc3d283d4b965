"""Rapor of a unit, in the chat and as the data of its paper: colour, reasons, figures, and the right of reply."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment, Status
from models.rapor import Rapor
from models.report_cards import Figures
from models.standing import Tally, colour_of
from models.units import Unit
from presentation import words
from presentation.chat import render
from presentation.keyboards import Keyboard, button
from presentation.lookups import COLOUR_SIGNS
from presentation.mail import Content
from presentation.print import report_card
from presentation.units import COLOUR_NAMES, reasons
from presentation.weekly import GRADES, counts_of


def rapor_message(rapor: Rapor, now: datetime, zone: ZoneInfo, *, may_reply: bool, may_look: bool) -> Content:
    """What /rapor shows."""
    colour = colour_of(rapor.figures.tally)
    text = render("rapor", rapor=rapor, figures=rapor.figures, tally=rapor.figures.tally, sign=COLOUR_SIGNS[colour],
                  colour=COLOUR_NAMES[colour], reasons=reasons(rapor.figures.tally),
                  previous=f"{COLOUR_SIGNS[rapor.previous]} {COLOUR_NAMES[rapor.previous]}" if rapor.previous else "",
                  obstacles=obstacles(rapor.figures)[:3], now=now, zone=zone)  # fmt: skip
    keyboard: Keyboard = [[button("📄 Rapor (PDF)", "rapor_pdf", rapor.unit.code)]]
    if may_reply and rapor.figures.tally.total:
        label = "✍️ Ubah hak jawab" if rapor.reply and rapor.reply.reply else "✍️ Hak jawab"
        keyboard[0].append(button(label, "unit_reply", rapor.unit.code))
    if may_look:
        keyboard.append([button("⬅️ Tugas unit", "unit", rapor.unit.code, 0)])
    return Content(text, keyboard)


def preview_message(
    unit: Unit, tally: Tally, planned: datetime, until: datetime, now: datetime, zone: ZoneInfo
) -> Content:
    """What a unit is told before pimpinan are: its colour, why, and until when it may answer."""
    colour = colour_of(tally)
    text = render("rapor_preview", unit=unit, tally=tally, sign=COLOUR_SIGNS[colour], colour=COLOUR_NAMES[colour],
                  reasons=reasons(tally), planned=planned, until=until, now=now, zone=zone)  # fmt: skip
    return Content(
        text, [[button("📄 Rapor (PDF)", "rapor_pdf", unit.code), button("✍️ Hak jawab", "unit_reply", unit.code)]]
    )


def obstacles(figures: Figures) -> list[str]:
    """What holds the unit up, in its own words."""
    return [
        f"{task.directive.number}: {task.obstacle}{f' (perlu {task.help_from})' if task.help_from else ''}"
        for task in figures.tasks
        if task.obstacle and task.status == Status.BLOCKED
    ]


def printed(rapor: Rapor, organisation: str, now: datetime, zone: ZoneInfo) -> report_card.ReportCard:
    """The data of the paper."""
    figures, local = rapor.figures, now.astimezone(zone)
    return report_card.ReportCard(
        organisation=organisation,
        unit=rapor.unit.name,
        post=rapor.unit.head,
        period=f"Tahun {local.year}",
        as_of=local,
        grade=GRADES[colour_of(figures.tally)],
        counts=counts_of(figures.tally),
        on_time=figures.on_time,
        reported_in_time=figures.reported_in_time,
        evidence=figures.evidence,
        previous_grade=GRADES[rapor.previous] if rapor.previous else None,
        reasons=[reason[0].upper() + reason[1:] + "." for reason in reasons(figures.tally)],
        tasks=[_task(task, now, zone) for task in figures.tasks],
        obstacles=obstacles(figures),
        reply=_reply(rapor, zone),
    )


def _task(task: Assignment, now: datetime, zone: ZoneInfo) -> report_card.CardTask:
    late = task.due_at is not None and task.is_late(now)
    days = -words.days_left(task.due_at, now, zone) if task.due_at is not None and late else 0
    return report_card.CardTask(
        number=task.directive.number or "",
        directive=task.directive.text,
        due=task.due_at.astimezone(zone).date() if task.due_at else None,
        status=words.STATUS_WORDS[Status(task.status)],
        progress=task.percent,
        days_late=max(1, days) if late else 0,
    )


def _reply(rapor: Rapor, zone: ZoneInfo) -> report_card.RightOfReply:
    until, card = rapor.until.astimezone(zone), rapor.reply
    if card is None or card.reply is None or card.replied_at is None:
        return report_card.RightOfReply(until)
    return report_card.RightOfReply(until, card.reply, card.replied_as or "", card.replied_at.astimezone(zone))
