"""Recurring wordings over tokens: `setiap Senin`, `tiap tanggal 5`, `dua minggu sekali`, `bulanan`.

`setiap` before a wording gives that wording's date; alone with a unit it gives the end of the present one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.clocks import read_clock
from understanding.deadlines.dates import read_month
from understanding.deadlines.lengths import read_length
from understanding.deadlines.model import Anchor, Clock, Item, Kind, Length, Rule
from understanding.deadlines.numbers import read_number, read_ordinal
from understanding.deadlines.periods import read_working_day
from understanding.deadlines.surroundings import NOT_RECURRING_AFTER, NOT_RECURRING_BEFORE
from understanding.deadlines.tokens import Token
from understanding.deadlines.weeks import FRIDAY, WEEK, read_week, weekday_at
from understanding.deadlines.words import ADJECTIVES, ONE_OF, PARTS, RRULE_DAYS, UNITS_OF_TEN

Reader = Callable[[list[Token], int, list[Item]], Item | None]
WORKING_WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def _first_ahead(anchor: Anchor) -> date:
    return anchor.floor


def _quarter_end(months: int) -> Rule:
    return rules.in_part_of_year(lambda year, first: rules.last_day(year, first + months - 1), months, None)


# What each unit alone means: its first due date, and its RRULE.
UNITS: dict[str, tuple[Rule, str]] = {
    "day": (_first_ahead, "FREQ=DAILY"),
    "week": (rules.first_from_today(FRIDAY), "FREQ=WEEKLY;BYDAY=FR"),
    "month": (rules.in_any_month(rules.last_day), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    "quarter": (_quarter_end(3), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
    "half": (_quarter_end(6), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    "year": (rules.in_year(lambda year: rules.exact(year, 12, 31)), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
}
_UNIT_WORDS = {
    "hari": "day",
    "minggu": "week",
    "pekan": "week",
    "bulan": "month",
    "triwulan": "quarter",
    "semester": "half",
    "tahun": "year",
}


def _every(unit: str, at: int, end: int) -> Item:
    rule, repeat = UNITS[unit]
    item = Item(Kind.DAY, at, end, rule=rule, family="every", repeat=repeat, recurring=True)
    item.marks.add(unit)
    return item


def _repeating(item: Item | None, at: int) -> Item | None:
    if item is None or item.kind is not Kind.DAY:
        return None
    item.start, item.recurring, item.needs_cue = at, True, False
    item.rule = item.first_rule or item.rule
    return item


def read_every(tokens: list[Token], at: int, items: list[Item], read_item: Reader) -> Item | None:
    """`setiap` with what repeats."""
    index = at + 1
    if tokens[index].raw == "-" and tokens[index + 1].word == "setiap":
        index += 2
    item = _every_at(tokens, at, index, items, read_item)
    if item is not None and tokens[item.end].word == "sekali":
        item.end += 1
    return item


def _every_at(tokens: list[Token], at: int, index: int, items: list[Item], read_item: Reader) -> Item | None:
    word = tokens[index].word
    if word == "malam":
        evening = _every_evening_before(tokens, at, index + 1)
        if evening is not None:
            return evening
    if word in PARTS:
        item = _every("day", at, index + 1)
        item.clock = Clock(None, part=word)
        return item
    if word in ("pukul", "jam"):
        clock = read_clock(tokens, index, items)
        if clock is not None:
            item = _every("day", at, clock.end)
            item.clock = clock.clock
            return item
        return _every_length(at, index + 1, Length(((60, "minute"),), anchored=True)) if word == "jam" else None
    if word == "hari" and weekday_at(tokens, index + 1, after_day=True) is None:
        return _every_day(tokens, at, index)
    if word in WEEK:
        return _every_week(tokens, at, index)
    if word in ("akhir", "penghujung") and tokens[index + 1].word in WEEK:
        return _every("week", at, index + 2)
    if word in _UNIT_WORDS and word != "hari":
        return _every_unit(tokens, at, index, read_item)
    length = read_length(tokens, index, [])
    if length is not None and length.length is not None:
        return _every_length(at, length.end, length.length)
    return _repeating(read_item(tokens, index, []), at)


def _every_day(tokens: list[Token], at: int, index: int) -> Item | None:
    if tokens[index + 1].word in ("libur", "besar", "raya", "jadi", "ulang", "h"):
        return None
    if tokens[index + 1].word != "kerja":
        return _every("day", at, index + 1)
    chosen = _repeating(read_working_day(tokens, index + 2), at)
    if chosen is not None and chosen.family != "relative":
        return chosen
    item = _every("day", at, index + 2)
    item.rule, item.repeat = rules.working_day, WORKING_WEEK
    return item


def _every_evening_before(tokens: list[Token], at: int, index: int) -> Item | None:
    """`setiap malam Jumat` is every Thursday evening."""
    weekday = weekday_at(tokens, index, after_day=True)
    if weekday is None:
        return None
    item = _every("day", at, index + 1)
    item.rule, item.repeat = rules.eve(rules.coming(weekday)), f"FREQ=WEEKLY;BYDAY={RRULE_DAYS[weekday - 1]}"
    item.clock = Clock(None, part="malam")
    return item


def _every_week(tokens: list[Token], at: int, index: int) -> Item | None:
    nth = read_ordinal(tokens, index + 1, plain=False)
    if nth is not None and read_month(tokens, nth[1], beside_day=False) is None:
        end, rule = nth[1], rules.in_any_month(rules.nth_weekday(nth[0], FRIDAY))
        end += tokens[end].word in ("di", "pada", "dalam")
        end += tokens[end].word == "setiap"
        if tokens[end].word == "bulan":
            end += 1
            if tokens[end].word in ("berikutnya", "depan"):
                rule = rules.in_month(rules.nth_weekday(nth[0], FRIDAY), 1)
            end += tokens[end].word in ("berjalan", "ini", "berikutnya", "depan")
        repeat = f"FREQ=MONTHLY;BYDAY={nth[0]}FR"
        return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=repeat, recurring=True)
    if tokens[index + 1].word not in ("ini", "depan"):
        sunday = _repeating(read_week(tokens, index), at)
        if sunday is not None:
            return sunday
    return _every("week", at, index + 1)


def _every_unit(tokens: list[Token], at: int, index: int, read_item: Reader) -> Item | None:
    """`setiap bulan`, `setiap triwulan`; but `setiap bulan Maret` and `setiap triwulan II` once a year."""
    named = read_item(tokens, index, [])
    relative = tokens[index + 1].word in ("ini", "depan", "berjalan")
    if (
        named is not None
        and not relative
        and (named.family == "date" or "month" in named.marks or read_ordinal(tokens, index + 1, plain=True))
    ):
        return _repeating(named, at)
    end = index + 1
    end += tokens[end].word in ("berjalan", "anggaran")
    return _every(_UNIT_WORDS[tokens[index].word], at, end)


def _every_length(at: int, end: int, length: Length) -> Item:
    rule = rules.after(length)
    item = Item(Kind.DAY, at, end, rule=rule, family="length", repeat=_repeat_of(length), recurring=True)
    if length.is_moment:
        item.length = length
    return item


def _repeat_of(length: Length) -> str | None:
    if len(length.parts) > 1 or length.working:
        return None
    number, unit = length.parts[0]
    if unit == "minute" and number % 60 == 0:
        return f"FREQ=HOURLY;INTERVAL={number // 60}"
    if unit == "day" and number % 7 == 0:
        return f"FREQ=WEEKLY;INTERVAL={number // 7}"
    frequency = {"day": "DAILY", "month": "MONTHLY", "minute": "MINUTELY"}[unit]
    return f"FREQ={frequency};INTERVAL={number}"


def read_once_in(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`dua minggu sekali`, `seminggu sekali`, `sebulan satu kali`."""
    length = read_length(tokens, at, [])
    if length is None or length.length is None or length.length.anchored:
        return None
    index = length.end
    once = tokens[index].word == "sekali"
    if not once:
        number = read_number(tokens, index)
        if number is None or number[0] != 1 or tokens[number[1]].word != "kali":
            return None
        index = number[1]
    if tokens[at].word in ONE_OF and ONE_OF[tokens[at].word] in UNITS:
        return _every(ONE_OF[tokens[at].word], at, index + 1)
    return _every_length(at, index + 1, length.length)


def read_once(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`sekali seminggu`, `satu kali dalam sebulan`; more often than once has no first date."""
    index, times = at, 1
    if tokens[at].word != "sekali":
        number = read_number(tokens, at)
        if number is None or tokens[number[1]].word not in ("kali", "x"):
            return None
        times, index = number
    index += 1
    index += tokens[index].word in ("dalam", "setiap")
    unit = ONE_OF.get(tokens[index].word)
    if unit is None or unit not in UNITS:
        length = (
            read_length(tokens, index, []) if times == 1 and tokens[index - 1].word in ("dalam", "setiap") else None
        )
        return None if length is None or length.length is None else _every_length(at, length.end, length.length)
    return _every(unit, at, index + 1) if times == 1 else Item(Kind.BLOCKED, at, index + 1)


def read_adjective(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`laporan bulanan`: recurring, unless something else in the text is a deadline."""
    before = tokens[at - 1].word if at else ""
    if before in NOT_RECURRING_BEFORE or tokens[at + 1].word in NOT_RECURRING_AFTER:
        return None
    unit = ADJECTIVES[tokens[at].word]
    if before in UNITS_OF_TEN or (at and tokens[at - 1].kind == "number"):
        number = read_number(tokens, at - 1)
        if number is None or unit not in ("day", "week", "month") or number[0] < 1:
            return Item(Kind.BLOCKED, at, at + 1)
        parts = ((number[0] * (7 if unit == "week" else 1), "month" if unit == "month" else "day"),)
        item = _every_length(at - 1, at + 1, Length(parts))
    else:
        item = _every(unit, at, at + 1)
    item.weak = True
    return item
