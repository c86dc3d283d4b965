"""Which day a wording means: rules from an `Anchor` to a date.

A rule for an open wording gives the first fitting day from the anchor's floor on. A rule for a fixed one just gives its
day; that it may not be past is checked for all of them in one place (`resolve`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from understanding.deadlines.model import Anchor, CannotBe, Length, Rule
from understanding.deadlines.words import MONTH_NAMES
from understanding.deadlines.working_days import (
    add_working_days,
    holiday_dates,
    last_working_day,
    next_working_day,
    upcoming_holiday,
)

InMonth = Callable[[int, int], date]
InYear = Callable[[int], date]


def exact(year: int, month: int, day: int) -> date:
    """That day, or CannotBe where the calendar has none."""
    if not 1 <= month <= 12:
        raise CannotBe(f"Bulan {month} tidak ada. Mohon tulis tanggal, bulan, lalu tahun, misalnya 5/2/{year}.")
    if not 1 <= year <= 9000:
        raise CannotBe(f"Tahun {year} tidak dapat dipakai. Mohon tulis tahun dengan empat angka.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = MONTH_NAMES[month - 1]
        raise CannotBe(
            f"Tanggal {day} {name} {year} tidak ada; {name} {year} sampai tanggal {last}. "
            "Mohon tulis tanggal yang benar."
        )
    return date(year, month, day)


def last_day(year: int, month: int) -> date:
    return exact(year, month, monthrange(year, month)[1] if 1 <= month <= 12 else 0)


def next_month(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


# Dates


def on_date(year: int, month: int, day: int) -> Rule:
    return lambda anchor: exact(year, month, day)


def on_day_and_month(month: int, day: int) -> Rule:
    """Without a year: the year is chosen by the numbers alone, then the date is checked."""

    def rule(anchor: Anchor) -> date:
        year = anchor.floor.year
        if (month, day) < (anchor.floor.month, anchor.floor.day):
            year += 1
        return exact(year, month, day)

    return rule


def on_day(day: int) -> Rule:
    """The day of this month, or of the next where it has passed."""

    def rule(anchor: Anchor) -> date:
        floor = anchor.floor
        year, month = (floor.year, floor.month) if day >= floor.day else next_month(floor)
        return exact(year, month, day)

    return rule


def on_day_of(day: int, months_on: int) -> Rule:
    """The day of this month (0) or of a later one, never moved."""
    return in_month(lambda year, month: exact(year, month, day), months_on)


def in_year_on(month: int, day: int, years_on: int) -> Rule:
    return lambda anchor: exact(anchor.today.year + years_on, month, day)


# Weekdays and weeks; Monday is 0


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def coming(weekday: int) -> Rule:
    """The first such day after today."""
    return lambda anchor: anchor.today + timedelta(days=(weekday - anchor.today.weekday() - 1) % 7 + 1)


def first_from_today(weekday: int) -> Rule:
    """The first such day, today included."""
    return lambda anchor: anchor.floor + timedelta(days=(weekday - anchor.floor.weekday()) % 7)


def this_week(weekday: int) -> Rule:
    """That day of this week; of next week where it is past."""

    def rule(anchor: Anchor) -> date:
        day = monday(anchor.today) + timedelta(days=weekday)
        return day if day >= anchor.floor else day + timedelta(days=7)

    return rule


def in_week(weekday: int, weeks_on: int) -> Rule:
    return lambda anchor: monday(anchor.today) + timedelta(days=weekday + 7 * weeks_on)


def week_end(anchor: Anchor) -> date:
    """Friday of this week; on Saturday or Sunday, the Sunday."""
    return monday(anchor.today) + timedelta(days=4 if anchor.today.weekday() < 5 else 6)


def eve(rule: Rule) -> Rule:
    """The day before, the first that is still ahead (`malam Jumat`)."""

    def before(anchor: Anchor) -> date:
        one = timedelta(days=1)
        return rule(Anchor(anchor.floor, anchor.floor + one)) - one

    return before


# Months and years


def in_month(pick: InMonth, months_on: int) -> Rule:
    def rule(anchor: Anchor) -> date:
        ahead = anchor.today.year * 12 + anchor.today.month - 1 + months_on
        return pick(ahead // 12, ahead % 12 + 1)

    return rule


def in_any_month(pick: InMonth) -> Rule:
    """The first month, this one included, whose day is ahead."""

    def rule(anchor: Anchor) -> date:
        day = pick(anchor.floor.year, anchor.floor.month)
        return day if day >= anchor.floor else pick(*next_month(anchor.floor))

    return rule


def in_named_month(pick: InMonth, month: int, year: int | None = None, years_on: int | None = None) -> Rule:
    def rule(anchor: Anchor) -> date:
        if year is not None:
            return pick(year, month)
        if years_on is not None:
            return pick(anchor.today.year + years_on, month)
        chosen = anchor.floor.year + (month < anchor.floor.month)
        day = pick(chosen, month)
        return day if day >= anchor.floor else pick(chosen + 1, month)

    return rule


def in_year(pick: InYear, year: int | None = None, years_on: int | None = None) -> Rule:
    """The pick of that year, of a year relative to this one, or the first that is ahead."""

    def rule(anchor: Anchor) -> date:
        if year is not None:
            return pick(year)
        if years_on is not None:
            return pick(anchor.today.year + years_on)
        day = pick(anchor.floor.year)
        return day if day >= anchor.floor else pick(anchor.floor.year + 1)

    return rule


def in_part_of_year(pick: Callable[[int, int], date], months: int, parts_on: int | None) -> Rule:
    """The pick of a quarter (`months` 3) or half-year (6): `pick(year, first month)`.

    `parts_on` 0 is the present one, 1 the next; None the first one whose day is ahead.
    """

    def rule(anchor: Anchor) -> date:
        day = anchor.today if parts_on is not None else anchor.floor
        part = (day.year * 12 + day.month - 1) // months + (parts_on or 0)
        chosen = pick(part * months // 12, part * months % 12 + 1)
        if parts_on is None and chosen < anchor.floor:
            part += 1
            chosen = pick(part * months // 12, part * months % 12 + 1)
        return chosen

    return rule


def day_in_month(day: int) -> InMonth:
    return lambda year, month: exact(year, month, day)


def nth_weekday(nth: int, weekday: int, offset: int = 0) -> InMonth:
    """The n-th (or with -1 the last) such weekday of a month, moved by `offset` days."""

    def pick(year: int, month: int) -> date:
        first = exact(year, month, 1)
        if nth == -1:
            end = last_day(year, month)
            return end - timedelta(days=(end.weekday() - weekday) % 7 - offset)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
        if nth < 1 or day.month != month:
            raise CannotBe(f"{MONTH_NAMES[month - 1]} {year} tidak mempunyai minggu ke-{nth}. Mohon tulis tanggalnya.")
        return day + timedelta(days=offset)

    return pick


def last_working_of_month(year: int, month: int) -> date:
    return last_working_day(last_day(year, month))


def first_working_of_month(year: int, month: int) -> date:
    return next_working_day(exact(year, month, 1))


# Lengths of time


def add_months(day: date, months: int) -> date:
    """The same day number, or the last day of a month that has none."""
    ahead = day.year * 12 + day.month - 1 + months
    year, month = ahead // 12, ahead % 12 + 1
    return exact(year, month, min(day.day, monthrange(year, month)[1]))


def add_length(day: date, length: Length, sign: int = 1) -> date:
    for number, unit in length.parts:
        if unit == "day" and length.working:
            day = add_working_days(day, sign * number)
        elif unit == "day":
            day += timedelta(days=sign * number)
        elif unit == "month":
            day = add_months(day, sign * number)
    return day


def in_days(days: int) -> Rule:
    return lambda anchor: anchor.today + timedelta(days=days)


def after(length: Length) -> Rule:
    return lambda anchor: add_length(anchor.today, length)


def length_from(base: Rule, length: Length, sign: int, *, is_open: bool) -> Rule:
    """A length counted from (or with -1 back from) a day that is known.

    An open base is chosen so that the result, not the base, is the first that is ahead (`14 hari sejak 20 Januari`).
    """

    def rule(anchor: Anchor) -> date:
        if not is_open:
            return add_length(base(anchor), length, sign)
        shifted = add_length(anchor.today, length, -sign)
        return add_length(base(Anchor(shifted, shifted)), length, sign)

    return rule


def around_holiday(name: str, days: int, year: int | None = None) -> Rule:
    """So many days before (negative) or after the named holiday: that year's, or the next one whose result is ahead."""

    def rule(anchor: Anchor) -> date:
        if year is not None:
            for feast in holiday_dates(name, year)[:1]:
                return feast + timedelta(days=days)
        for feast in upcoming_holiday(name, anchor.today):
            day = feast + timedelta(days=days)
            if day >= anchor.floor:
                return day
        raise CannotBe("Hari raya itu belum ada di kalender. Mohon tulis tanggalnya.")

    return rule


def working_day(anchor: Anchor) -> date:
    """Today if it is a working day, else the next one."""
    return next_working_day(anchor.floor)


# Two days


def range_end(start: Rule, end: Rule, *, counts_from_start: bool) -> Rule:
    """The end of a range. The end of a weekday range is the first such weekday after its start."""

    def rule(anchor: Anchor) -> date:
        if not counts_from_start:
            return end(anchor)
        try:
            first = start(anchor)
        except CannotBe:
            return end(anchor)
        if first < anchor.today:
            return end(anchor)
        return end(Anchor(first, max(anchor.floor, first)))

    return rule


def latest_of(choices: list[Rule]) -> Rule:
    return lambda anchor: max(rule(anchor) for rule in choices)


def earliest_of(choices: list[Rule]) -> Rule:
    return lambda anchor: min(rule(anchor) for rule in choices)
