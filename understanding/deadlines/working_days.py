"""Working days of Indonesian civil servants, and the named holidays.

The calendar is the `holidays` package's for Indonesia, categories `public` and `government` (joint leave). It is
loaded on first use and kept year by year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=64)
def days_off(year: int) -> dict[date, str]:
    """The holidays and joint-leave days of one year, with their English names."""
    from holidays.countries.indonesia import Indonesia  # the package takes 80 ms to load

    calendar = Indonesia(years=year, categories=("public", "government"), language="en_US", expand=False)
    return {day: name for day, name in calendar.items() if day.year == year}


def is_working_day(day: date) -> bool:
    """Tell whether civil servants work on `day`: Monday to Friday, no public holiday, no joint leave."""
    return day.weekday() < 5 and day not in days_off(day.year)


def add_working_days(day: date, n: int) -> date:
    """The `n`-th working day after `day` (before it where `n` is negative); 0 gives `day` itself.

    Raises OverflowError beyond the years a date can hold.
    """
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def next_working_day(day: date) -> date:
    """The first working day on or after `day`."""
    return day if is_working_day(day) else add_working_days(day, 1)


def last_working_day(last: date) -> date:
    """The last working day on or before `last`."""
    return last if is_working_day(last) else add_working_days(last, -1)


def _named(start: str) -> Callable[[int], list[date]]:
    def in_year(year: int) -> list[date]:
        return sorted(day for day, name in days_off(year).items() if _is_called(name, start))

    return in_year


def _is_called(names: str, start: str) -> bool:
    """Several holidays on one day are joined by "; "; joint leave and later days of a feast do not count."""
    return any(name.startswith(start) and "Joint" not in name and "Second" not in name for name in names.split("; "))


NAMED_HOLIDAYS: dict[str, Callable[[int], list[date]]] = {
    "idulfitri": _named("Eid al-Fitr"),
    "iduladha": _named("Eid al-Adha"),
    "natal": _named("Christmas Day"),
    "tahun baru": _named("New Year's Day"),
    "imlek": _named("Lunar New Year"),
    "nyepi": _named("Day of Silence"),
    "waisak": _named("Vesak"),
    "hut ri": _named("Independence Day"),
    "tahun baru islam": _named("Islamic New Year"),
    "maulid": _named("Prophet's Birthday"),
    "isra": _named("Isra'"),
    "paskah": _named("Easter"),
    "jumat agung": _named("Good Friday"),
}


def holiday_dates(name: str, year: int) -> list[date]:
    """The dates of a named holiday in one year (Idul Fitri may come twice)."""
    return NAMED_HOLIDAYS[name](year)


def upcoming_holiday(name: str, day: date) -> list[date]:
    """The dates of a named holiday on or after `day`, this year and the next two, in order."""
    in_year = NAMED_HOLIDAYS[name]
    return [feast for year in range(day.year, day.year + 3) for feast in in_year(year) if feast >= day]
