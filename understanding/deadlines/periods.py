"""Parts of months and years over tokens: `akhir Februari`, `pertengahan bulan depan`, `triwulan II`, `awal tahun`."""

from __future__ import annotations

from datetime import date

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.dates import coming_suffix, month_reference, read_month, read_year
from understanding.deadlines.model import Anchor, CannotBe, Item, Kind, Rule
from understanding.deadlines.numbers import read_ordinals, read_words
from understanding.deadlines.surroundings import YEAR_LABELS
from understanding.deadlines.tokens import END, NUMBER, SIGN, Token
from understanding.deadlines.weeks import WEEK, month_then_week, named_month_rule, read_week, week_reference
from understanding.deadlines.words import FULL_MONTHS
from understanding.deadlines.working_days import add_working_days, last_working_day, next_working_day

START, MIDDLE, CLOSE = "awal", "pertengahan", "akhir"
_PART_WORDS = {"awal": START, "pertengahan": MIDDLE, "tengah": MIDDLE, "akhir": CLOSE}
_DAY_OF_PART = {START: 5, MIDDLE: 15}
_WEEK_OFFSET = {START: -4, MIDDLE: -2, CLOSE: 0}
_NEXT = frozenset({"depan", "berikutnya", "mendatang"})
_THIS = frozenset({"ini", "berjalan"})
_MONTHLY = {START: "BYMONTHDAY=5", MIDDLE: "BYMONTHDAY=15", CLOSE: "BYMONTHDAY=-1"}


def _pick_of(part: str) -> rules.InMonth:
    return rules.last_day if part == CLOSE else rules.day_in_month(_DAY_OF_PART[part])


def read_part(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`awal`, `pertengahan` or `akhir` with what it is the part of."""
    part = _PART_WORDS[tokens[at].word]
    index = at + 1 + (tokens[at + 1].word == "setiap")
    item = _part_of_week(tokens, index, part) or _part_of_month(tokens, index, part)
    item = item or _part_of_fraction(tokens, index, part) or _part_of_year(tokens, index, part)
    if item is None:
        return None
    item.start = at
    return item


def _part_of_week(tokens: list[Token], at: int, part: str) -> Item | None:
    if tokens[at].word not in WEEK:
        return None
    item = read_week(tokens, at, offset=_WEEK_OFFSET[part])
    if item is not None:
        return item
    rule: Rule = rules.week_end if part == CLOSE else rules.first_from_today(0 if part == START else 2)
    repeat = f"FREQ=WEEKLY;BYDAY={'MO' if part == START else 'WE' if part == MIDDLE else 'FR'}"
    return Item(Kind.DAY, at, at + 1, rule=rule, family="week", repeat=repeat)


def _part_of_month(tokens: list[Token], at: int, part: str) -> Item | None:
    pick = _pick_of(part)
    relative = month_reference(tokens, at)
    repeat = f"FREQ=MONTHLY;{_MONTHLY[part]}"
    if relative is not None:
        if relative[0] < 0:
            return Item(Kind.BLOCKED, at, relative[1])
        return Item(Kind.DAY, at, relative[1], rule=rules.in_month(pick, relative[0]), family="period", repeat=repeat)
    said = tokens[at].word == "bulan"
    month = read_month(tokens, at + said, beside_day=False)
    if month is None and said and tokens[at + 1].kind == NUMBER and 1 <= tokens[at + 1].value <= 12:
        month = tokens[at + 1].value, at + 2
    if month is not None:
        rule, end = named_month_rule(tokens, pick, *month)
        yearly = f"FREQ=YEARLY;BYMONTH={month[0]};{_MONTHLY[part]}"
        return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=yearly)
    if said:
        return Item(Kind.DAY, at, at + 1, rule=rules.in_any_month(pick), family="period", repeat=repeat)
    return None


def read_bare_month(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`Februari 2026`, `bulan Maret`, `bulan depan`, `Maret minggu II`: its last day."""
    week = month_then_week(tokens, at)
    if week is not None:
        return week
    relative = month_reference(tokens, at)
    if relative is not None:
        return _relative_month(tokens, at, *relative)
    said = tokens[at].word == "bulan"
    month = read_month(tokens, at + said, beside_day=False)
    if month is None:
        return None
    if said and tokens[month[1]].word == "tanggal":
        return _day_of_named_month(tokens, at, *month)
    rule, end = named_month_rule(tokens, rules.last_day, *month)
    item = Item(Kind.DAY, at, end, rule=rule, family="period")
    item.repeat = f"FREQ=YEARLY;BYMONTH={month[0]};BYMONTHDAY=-1"
    item.marks.add("month")
    # An abbreviation on its own may be anything ("des", "mar").
    item.needs_cue = not said and tokens[at].word not in FULL_MONTHS and end == month[1]
    return item


def _relative_month(tokens: list[Token], at: int, months: int, end: int) -> Item:
    if months < 0:
        return Item(Kind.BLOCKED, at, end)
    index = end + (tokens[end].word == "pada" or tokens[end].raw == ",")
    if tokens[index].word == "tanggal" and tokens[index + 1].kind == NUMBER and 0 <= tokens[index + 1].value < 100:
        day = tokens[index + 1].value
        rule = rules.on_day_of(day, months)
        return Item(Kind.DAY, at, index + 2, rule=rule, family="date", repeat=f"FREQ=MONTHLY;BYMONTHDAY={day}")
    rule = rules.in_month(rules.last_day, months)
    return Item(Kind.DAY, at, end, rule=rule, family="period", repeat="FREQ=MONTHLY;BYMONTHDAY=-1")


def _day_of_named_month(tokens: list[Token], at: int, month: int, end: int) -> Item | None:
    number = tokens[end + 1]
    if number.kind != NUMBER or not 0 <= number.value < 100:
        return None
    rule = rules.on_day_and_month(month, number.value)
    return Item(Kind.DAY, at, end + 2, rule=rule, family="date")


# Quarters and half-years

_FRACTIONS = {"triwulan": 3, "semester": 6}


def read_fraction(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`triwulan II`, `semester ini`."""
    return _part_of_fraction(tokens, at, CLOSE, bare=True)


def _month_in_fraction(months: int, part: str) -> int:
    """Which month of a quarter or half-year the part is in, counted from 0."""
    if part == START:
        return 0
    return (months - 1) // 2 if part == MIDDLE else months - 1


def _fraction_pick(months: int, part: str) -> rules.InMonth:
    """From the first month of a quarter or half-year to the day meant."""
    offset = _month_in_fraction(months, part)

    def pick(year: int, first_month: int) -> date:
        month = first_month + offset
        return rules.exact(year, month, 15) if part == MIDDLE and months == 3 else rules.last_day(year, month)

    return pick


def _part_of_fraction(tokens: list[Token], at: int, part: str, *, bare: bool = False) -> Item | None:
    if tokens[at].word not in _FRACTIONS:
        return _glued_quarter(tokens, at, part)
    months = _FRACTIONS[tokens[at].word]
    pick = _fraction_pick(months, part)
    word = tokens[at + 1].word
    ahead = coming_suffix(tokens, at + 1)
    repeat = _fraction_repeat(months, part)
    if word in ("lalu", "kemarin") or (word == "yang" and tokens[at + 2].word == "lalu"):
        return Item(Kind.BLOCKED, at, at + 2)
    if word in _THIS or word in _NEXT or ahead > at + 1:
        rule = rules.in_part_of_year(pick, months, 0 if word in _THIS else 1)
        end = at + 2 if word in _THIS or word in _NEXT else ahead
        return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=repeat)
    index = at + 1
    if tokens[index].kind == SIGN and tokens[index].raw in "-." and tokens[index].glued:
        index += 1
    nth = read_ordinals(tokens, index, plain=True)
    if nth is not None and nth[0] != -1:
        return _numbered_fraction(tokens, at, nth, months, part)
    if bare:
        return None
    return Item(Kind.DAY, at, at + 1, rule=rules.in_part_of_year(pick, months, None), family="period", repeat=repeat)


def _glued_quarter(tokens: list[Token], at: int, part: str) -> Item | None:
    """`TWII`, written together."""
    numbers = {"twi": 1, "twii": 2, "twiii": 3, "twiv": 4}
    if tokens[at].word not in numbers:
        return None
    return _numbered_fraction(tokens, at, (numbers[tokens[at].word], at + 1), 3, part)


def _fraction_repeat(months: int, part: str) -> str:
    day = "15" if part == MIDDLE and months == 3 else "-1"
    in_part = [str(first + _month_in_fraction(months, part)) for first in range(1, 13, months)]
    return f"FREQ=YEARLY;BYMONTH={','.join(in_part)};BYMONTHDAY={day}"


def _numbered_fraction(tokens: list[Token], at: int, nth: tuple[int, int], months: int, part: str) -> Item:
    number, end = nth
    count, pick = 12 // months, _fraction_pick(months, part)
    name = "triwulan" if months == 3 else "semester"

    def in_year(year: int) -> date:
        if not 1 <= number <= count:
            raise CannotBe(f"Tidak ada {name} {number}; setahun mempunyai {count} {name}. Mohon tulis tanggalnya.")
        return pick(year, (number - 1) * months + 1)

    step = end + (tokens[end].raw == ",")
    if tokens[step].word in YEAR_LABELS:
        step += 1
    year = read_year(tokens, step)
    if year is not None and tokens[end].kind == NUMBER and len(tokens[end].raw) < 4:
        year = None
    if year is None:
        item = Item(Kind.DAY, at, coming_suffix(tokens, end), rule=rules.in_year(in_year), family="period")
        month = (number - 1) * months + 1 + _month_in_fraction(months, part)
        item.repeat = f"FREQ=YEARLY;BYMONTH={month};{_fraction_repeat(months, part).rpartition(';')[2]}"
        return item
    return Item(Kind.DAY, at, year[1], rule=rules.in_year(in_year, *year[0]), family="period")


# Years


def _year_pick(part: str) -> rules.InYear:
    if part == START:
        return lambda year: rules.exact(year, 1, 31)
    if part == MIDDLE:
        return lambda year: rules.exact(year, 6, 30)
    return lambda year: rules.exact(year, 12, 31)


_YEARLY = {
    START: "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31",
    MIDDLE: "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
    CLOSE: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
}


def _part_of_year(tokens: list[Token], at: int, part: str) -> Item | None:
    said = tokens[at].word == "tahun"
    budget = said and tokens[at + 1].word in ("anggaran", "buku")
    index = at + said + budget
    if not said:
        token = tokens[index]
        if token.word == "ta":
            index += 1
            token = tokens[index]
        if token.kind != NUMBER or len(token.raw) != 4 or not 1900 <= token.value < 2200:
            return None
        return _year_item(at, index + 1, part, rules.in_year(_year_pick(part), token.value))
    word = tokens[index].word
    if word in ("lalu", "kemarin"):
        return Item(Kind.BLOCKED, at, index + 1)
    if word in _THIS or word in _NEXT:
        return _year_item(at, index + 1, part, rules.in_year(_year_pick(part), None, 0 if word in _THIS else 1))
    token = tokens[index]
    if token.kind == NUMBER and len(token.raw) == 4 and 1900 <= token.value < 2200:
        return _year_item(at, index + 1, part, rules.in_year(_year_pick(part), token.value))
    after = coming_suffix(tokens, index)
    if after > index and word != "nanti":
        return _year_item(at, after, part, rules.in_year(_year_pick(part), None, 1))
    spoken = read_words(tokens, index)
    if spoken is not None and 1900 <= spoken[0] < 2200:
        return _year_item(at, spoken[1], part, rules.in_year(_year_pick(part), spoken[0]))
    return _year_item(at, index, part, rules.in_year(_year_pick(part)))


def _year_item(at: int, end: int, part: str, rule: Rule) -> Item:
    return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=_YEARLY[part])


def read_year_word(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`tahun depan` is its 31 December, `tahun ini` only where something asks for it; `tahun 2026` is a label."""
    word = tokens[at + 1].word
    if word in ("lalu", "kemarin") or tokens[at + 1].kind == NUMBER:
        return Item(Kind.BLOCKED, at, at + 2)
    if word in YEAR_LABELS:
        end = at + 2
        while tokens[end].word in ("depan", "ini", "lalu") or tokens[end].kind in (NUMBER, "cluster"):
            end += 1
        return Item(Kind.BLOCKED, at, end)
    if word not in _THIS and word not in _NEXT:
        return None
    before = tokens[at - 1].word if at else ""
    if before in YEAR_LABELS:
        return Item(Kind.BLOCKED, at, at + 2)
    item = _year_item(at, at + 2, CLOSE, rules.in_year(_year_pick(CLOSE), None, 0 if word in _THIS else 1))
    item.needs_cue = word in _THIS
    return item


# The last and first working day


def read_working_day(tokens: list[Token], at: int) -> Item | None:
    """`hari kerja berikutnya`, `hari kerja terakhir bulan ini`, `hari kerja pertama Februari`; `at` is after `kerja`."""
    word = tokens[at].word
    if word in ("berikutnya", "berikut", "selanjutnya", "depan", "mendatang"):
        return Item(Kind.DAY, at, at + 1, rule=_next_working, family="relative")
    if word not in ("terakhir", "pertama"):
        return None
    last = word == "terakhir"
    pick = rules.last_working_of_month if last else rules.first_working_of_month
    index = at + 1 + (tokens[at + 1].word in ("di", "pada", "dalam", "setiap"))
    repeat = f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={-1 if last else 1}"
    relative = month_reference(tokens, index)
    if relative is not None and relative[0] >= 0:
        return Item(Kind.DAY, at, relative[1], rule=rules.in_month(pick, relative[0]), family="period", repeat=repeat)
    week = week_reference(tokens, index)
    if week is not None and week[0] >= 0:
        return Item(Kind.DAY, at, week[1], rule=_working_of_week(week[0], last=last), family="period", repeat=repeat)
    said = tokens[index].word == "bulan"
    month = read_month(tokens, index + said, beside_day=False)
    if month is not None:
        rule, end = named_month_rule(tokens, pick, *month)
        return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=repeat)
    if tokens[index].word == "tahun":
        end = index + 1 + (tokens[index + 1].word in _THIS)
        year = in_year_rule(last=last)
        return Item(Kind.DAY, at, end, rule=year, family="period")
    end = index + said
    item = Item(Kind.DAY, at, end, rule=rules.in_any_month(pick), family="period", repeat=repeat)
    item.needs_cue = not said and tokens[end].kind is not END
    return item


def in_year_rule(*, last: bool) -> Rule:
    if last:
        return rules.in_year(lambda year: rules.last_working_of_month(year, 12))
    return rules.in_year(lambda year: rules.first_working_of_month(year, 1))


def _next_working(anchor: Anchor) -> date:
    return add_working_days(anchor.today, 1)


def _working_of_week(weeks: int, *, last: bool) -> Rule:
    edge = rules.in_week(6 if last else 0, weeks)
    step = last_working_day if last else next_working_day
    return lambda anchor: step(edge(anchor))
