"""Dates, times and numbers as Indonesian officials write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

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


@lru_cache(maxsize=4096)
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


_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def spelled(value: int) -> str:
    """A whole number from 0 to 9,999 in words: 2026 → `dua ribu dua puluh enam`. Raises ValueError outside."""
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} is not spelled out")
    if value < 12:
        return _UNITS[value]
    if value < 20:
        return f"{_UNITS[value - 10]} belas"
    for size, one, word in ((1000, "seribu", "ribu"), (100, "seratus", "ratus"), (10, "", "puluh")):
        if value >= size:
            count, rest = divmod(value, size)
            head = one if count == 1 else f"{_UNITS[count]} {word}"
            return f"{head} {spelled(rest)}" if rest else head
    raise AssertionError("every value from 12 up is at least one ten")


def spelled_date(day: date) -> str:
    """As berita acara begin: `Jumat, tanggal tiga puluh, bulan Januari, tahun dua ribu dua puluh enam (30-01-2026)`."""
    weekday = format_date(day, "EEEE", locale=LOCALE)
    month = format_date(day, "MMMM", locale=LOCALE)
    figures = f"{day:%d-%m}-{day.year}"
    return f"{weekday}, tanggal {spelled(day.day)}, bulan {month}, tahun {spelled(day.year)} ({figures})"
