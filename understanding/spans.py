"""A stretch of time as it is named when papers are asked for: a month, a quarter, a year, "bulan lalu"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from understanding.meetings import MONTHS

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMES = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:\s+(?:tahun\s+)?(?P<year>20\d\d))?"
_END = r"(?![\w-])"
_BEGIN = r"(?<![\w-])"
_PATTERNS = tuple(
    (kind, re.compile(_BEGIN + pattern + _END, re.IGNORECASE))
    for kind, pattern in (
        ("quarter", rf"(?:triwulan|tw\.?|kuartal)\s*(?P<part>iv|i{{1,3}}|[1-4]){_YEAR}"),
        ("half", rf"semester\s*(?P<part>i{{1,2}}|[12]){_YEAR}"),
        ("months", rf"(?P<from>{_MONTH})\.?(?:\s+(?P<from_year>20\d\d))?\s*(?:s\.?/?d\.?|sampai(?:\s+dengan)?|hingga|-|–)"
                   rf"\s*(?P<to>{_MONTH})\.?{_YEAR}"),
        ("month", rf"(?:bulan\s+)?(?P<from>{_MONTH})\.?{_YEAR}"),
        ("named", r"(?P<what>minggu|pekan|bulan|triwulan|tahun)\s+(?P<which>ini|lalu|kemarin)"),
        ("year", r"(?:tahun\s+)?(?P<year>20\d\d)"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both included. `label` is how papers name it: "Triwulan I 2026"."""

    label: str
    first: date
    last: date


def read_span(words: str, today: date) -> tuple[Span | None, str]:
    """The stretch of time in the words, and the words without it.

    A month or quarter without a year that has not begun yet is that of the year before.
    """
    for kind, pattern in _PATTERNS:
        found = pattern.search(words)
        if found is None:
            continue
        rest = " ".join((words[: found.start()] + " " + words[found.end() :]).split())
        return _read(kind, found, today), rest
    return None, " ".join(words.split())


def quarter_of(day: date) -> Span:
    """The quarter that a day lies in."""
    return _quarter((day.month + 2) // 3, day.year)


def _read(kind: str, found: re.Match[str], today: date) -> Span:
    groups = found.groupdict()
    match kind:
        case "quarter" | "half":
            part = _ROMAN.get(groups["part"].lower()) or int(groups["part"])
            length = 3 if kind == "quarter" else 6
            year = _year(groups["year"], date(today.year, (part - 1) * length + 1, 1), today)
            return _quarter(part, year) if kind == "quarter" else _half(part, year)
        case "months":
            return _months(groups, today)
        case "month":
            number = MONTHS[groups["from"].lower()]
            year = _year(groups["year"], date(today.year, number, 1), today)
            return Span(f"{_NAMES[number - 1]} {year}", date(year, number, 1), _month_end(year, number))
        case "named":
            return _named(groups["what"].lower(), groups["which"].lower() == "ini", today)
        case _:
            year = int(groups["year"])
            return Span(f"Tahun {year}", date(year, 1, 1), date(year, 12, 31))


def _months(groups: dict[str, str], today: date) -> Span:
    begin, end = MONTHS[groups["from"].lower()], MONTHS[groups["to"].lower()]
    year = int(groups["year"] or groups["from_year"] or today.year)
    first_year = int(groups["from_year"] or (year if begin <= end else year - 1))
    label = f"{_NAMES[begin - 1]}{f' {first_year}' if first_year != year else ''} s.d. {_NAMES[end - 1]} {year}"
    return Span(label, date(first_year, begin, 1), _month_end(year, end))


def _named(what: str, this: bool, today: date) -> Span:
    if what in ("minggu", "pekan"):
        monday = today - timedelta(days=today.weekday() + (0 if this else 7))
        return Span(f"{what.capitalize()} {'ini' if this else 'lalu'}", monday, monday + timedelta(days=6))
    if what == "tahun":
        year = today.year if this else today.year - 1
        return Span(f"Tahun {year}", date(year, 1, 1), date(year, 12, 31))
    if what == "triwulan":
        current = quarter_of(today)
        return current if this else quarter_of(current.first - timedelta(days=1))
    day = today if this else today.replace(day=1) - timedelta(days=1)
    return Span(f"{_NAMES[day.month - 1]} {day.year}", day.replace(day=1), _month_end(day.year, day.month))


def _year(written: str | None, begins: date, today: date) -> int:
    if written:
        return int(written)
    return today.year if begins <= today else today.year - 1


def _quarter(part: int, year: int) -> Span:
    roman = next(name for name, number in _ROMAN.items() if number == part).upper()
    return Span(f"Triwulan {roman} {year}", date(year, 3 * part - 2, 1), _month_end(year, 3 * part))


def _half(part: int, year: int) -> Span:
    return Span(f"Semester {'I' * part} {year}", date(year, 6 * part - 5, 1), _month_end(year, 6 * part))


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
