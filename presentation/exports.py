"""What can be taken home: the choice of formats for a scope, and how a scope is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.meetings import Meeting
from models.scopes import Scope
from models.units import Programme, Unit
from presentation import words
from presentation.archive import Layout
from presentation.chat import brief, render
from presentation.keyboards import Keyboard, button, rows
from presentation.mail import Content
from presentation.places import above
from understanding.spans import read_span

EVERYTHING = "Semua arahan tahun berjalan"


def scope_label(scope: Scope, unit: Unit | None, programme: Programme | None, meeting: Meeting | None) -> str:
    """ "Kecamatan Air Joman · Triwulan I 2026", as papers name it."""
    parts = [unit.name if unit else "", programme.name if programme else "", meeting.title if meeting else "",
             period_label(scope.period) if scope.period else ""]  # fmt: skip
    return " · ".join(part for part in parts if part) or EVERYTHING


def period_label(period: tuple[date, date]) -> str:
    """ "Januari 2026", "Triwulan I 2026"; else both days."""
    first, last = period
    year, month, quarter = first.year, (first.month - 1), (first.month + 2) // 3
    for name in (words.long_date(first).split(" ", 2)[2], f"triwulan {quarter} {year}",
                 f"semester {1 + month // 6} {year}", f"tahun {year}"):  # fmt: skip
        span, _ = read_span(name, last)
        if span is not None and (span.first, span.last) == period:
            return span.label
    same_day = last - first == timedelta(0)
    return words.short_date(first) if same_day else f"{words.short_date(first)} – {words.short_date(last)}"


def export_choice(
    scope: Scope,
    label: str,
    tasks: int,
    files: int,
    size: int,
    others: Sequence[tuple[str, Scope]],
    now: datetime,
    zone: ZoneInfo,
) -> Content:
    """The formats for one scope, and other scopes that are likely wanted."""
    text = render("export", label=label, tasks=tasks, files=files, size=f"{size / 1e6:.1f}".replace(".", ","), now=now,
                  zone=zone)  # fmt: skip
    keyboard: Keyboard = [
        [button("📊 Excel", "matrix", "xlsx", scope.code), button("📄 PDF", "matrix", "pdf", scope.code)]
    ]
    if files:
        keyboard.append(
            [
                button("📦 Bukti per arahan", "bundle", Layout.DIRECTIVE, scope.code),
                button("🗂 Bukti per program", "bundle", Layout.GOAL, scope.code),
            ]
        )
    choices = [button(f"🔁 {brief(name, 40)}", "export", other.code) for name, other in others]
    return Content(text, [*keyboard, *rows(choices, 2), [above(scope).back()]])
