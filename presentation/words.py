"""Dates, amounts and statuses as Indonesian officials write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from models.assignments import Assignment, Status

STATUS_WORDS = {
    Status.SENT: "Belum dilaporkan",
    Status.ACCEPTED: "Diterima",
    Status.IN_PROGRESS: "Dalam proses",
    Status.BLOCKED: "Terkendala",
    Status.SUBMITTED: "Menunggu verifikasi",
    Status.RETURNED: "Dikembalikan",
    Status.DONE: "Selesai",
    Status.SUSTAINED: "Selesai berkelanjutan",
    Status.CANCELLED: "Dibatalkan",
}
STATUS_SIGNS = {
    Status.SENT: "⚪",
    Status.ACCEPTED: "🔵",
    Status.IN_PROGRESS: "🔵",
    Status.BLOCKED: "🚧",
    Status.SUBMITTED: "🟡",
    Status.RETURNED: "↩️",
    Status.DONE: "🟢",
    Status.SUSTAINED: "🟢",
    Status.CANCELLED: "✖️",
}
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@lru_cache(maxsize=2048)
def long_date(day: date) -> str:
    """ "Jumat, 30 Januari 2026" """
    return format_date(day, "EEEE, d MMMM y", locale="id")


@lru_cache(maxsize=2048)
def short_date(day: date) -> str:
    """ "30 Jan 2026" """
    return format_date(day, "d MMM y", locale="id")


def deadline(due_at: datetime | None, has_time: bool, zone: ZoneInfo) -> str:
    """ "Jumat, 30 Januari 2026", with "pukul 14.00 WIB" where a time was given; "tanpa tenggat" for None."""
    if due_at is None:
        return "tanpa tenggat"
    local = due_at.astimezone(zone)
    return long_date(local.date()) + (f" pukul {clock_time(local, zone)}" if has_time else "")


def clock_time(local: datetime, zone: ZoneInfo) -> str:
    return f"{local:%H.%M} {ZONE_NAMES.get(str(zone), f'{local:%Z}')}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """ "Jumat, 23 Januari 2026 pukul 10.02 WIB" """
    local = at.astimezone(zone)
    return f"{long_date(local.date())} pukul {clock_time(local, zone)}"


def days_left(due_at: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Whole calendar days from today to the deadline; negative when it is past."""
    return (due_at.astimezone(zone).date() - now.astimezone(zone).date()).days


def time_left(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """ "3 hari lagi", "hari ini", "terlambat 2 hari"; empty without a deadline."""
    if due_at is None:
        return ""
    days = days_left(due_at, now, zone)
    if now > due_at:
        return f"terlambat {-days} hari" if days < 0 else "terlambat hari ini"
    return {0: "hari ini", 1: "besok"}.get(days, f"{days} hari lagi")


def status(assignment: Assignment, now: datetime) -> str:
    """ "🔵 Dalam proses, 60 %"; late ones say so."""
    current = Status(assignment.status)
    words = f"{STATUS_SIGNS[current]} {STATUS_WORDS[current]}"
    if current in (Status.IN_PROGRESS, Status.BLOCKED, Status.RETURNED) and assignment.percent is not None:
        words += f", {assignment.percent} %"
    return f"🔴 Terlambat · {words}" if assignment.is_late(now) else words


def amount(value: Decimal) -> str:
    """ "1.398,13" """
    return format_decimal(value.normalize(), locale="id", decimal_quantization=False)


def quantity(done: Decimal | None, total: Decimal | None, unit: str | None) -> str:
    """ "12 dari 20 ha"; empty when nothing was counted."""
    if done is None:
        return ""
    of = f" dari {amount(total)}" if total is not None else ""
    return f"{amount(done)}{of} {unit or ''}".strip()
