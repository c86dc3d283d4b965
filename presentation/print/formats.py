"""Dates, times and numbers as Indonesian officials write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "id_ID"
NBSP = "\u00a0"

_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT", timedelta(0): "UTC"}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_date(day: date) -> str:
    """`Jumat, 30 Januari 2026`."""
    return format_date(day, "EEEE, d MMMM y", locale=LOCALE)


def plain_date(day: date) -> str:
    """`30 Januari 2026`, as in letters."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def short_date(day: date) -> str:
    """`Jum, 30 Jan`, for tables and small pictures."""
    return format_date(day, "EEE, d MMM", locale=LOCALE)


def clock_time(moment: datetime) -> str:
    """`07.00 WIB`; the zone is named from the moment's own offset. Raises ValueError for a naive moment."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a printed time must know its time zone")
    zone = _ZONES.get(offset) or moment.strftime("%z")
    return f"{moment:%H.%M}{NBSP}{zone}"


def number(value: float) -> str:
    """`1.398,13`; whole numbers without decimals."""
    return format_decimal(value, format="#,##0.##", locale=LOCALE)


def percent(value: float) -> str:
    """`36,18 %` from 36.18; the space does not break."""
    return f"{number(value)}{NBSP}%"


def share(part: int, whole: int) -> int:
    """Whole percent of `part` in `whole`, rounded half up, 0 when there is nothing; 100 only when all of it."""
    if whole <= 0:
        return 0
    rounded = (200 * part + whole) // (2 * whole)
    return min(rounded, 99) if part < whole else min(rounded, 100)


def roman(value: int) -> str:
    """1 → `I` up to 12 → `XII`. Raises ValueError outside that range."""
    if not 1 <= value <= 12:
        raise ValueError(f"no Roman numeral kept for {value}")
    return _ROMAN[value]
