"""Weekdays and weeks over tokens: `Jumat depan`, `hari Minggu`, `minggu kedua Februari`, `Kamis dua minggu lagi`."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.dates import coming_suffix, month_reference, read_date, read_month, read_year
from understanding.deadlines.model import Item, Kind, Rule
from understanding.deadlines.numbers import one_slip, read_number, read_ordinal, read_ordinals
from understanding.deadlines.tokens import END, NUMBER, SIGN, WORD, Token
from understanding.deadlines.words import FORGIVEN_WEEKDAYS, NOT_A_SLIP, PARTS, RISKY_WEEKDAYS, RRULE_DAYS, WEEKDAYS

FRIDAY, SUNDAY = 4, 6
WEEK = frozenset({"minggu", "pekan"})
_NEXT = frozenset({"depan", "berikutnya", "berikut", "mendatang"})
_AHEAD = frozenset({"lagi", "kedepan", "mendatang"})
_IN = frozenset({"di", "pada", "dalam", "bulan", ","})
_BESIDE_RISKY = frozenset(["hari", "setiap", "lambat", "lama", "selambatnya", "maksimal", "sebelum", "sampai", "besok"])
_AFTER_RISKY = frozenset(
    ["depan", "ini", "mendatang", "minggu", "pekan", "pagi", "siang", "sore", "malam", "pukul", "jam", "tanggal"]
)


def weekday_at(tokens: list[Token], at: int, *, after_day: bool) -> int | None:
    """The weekday named at `at`; after `hari` a slip is forgiven and `minggu` is Sunday."""
    token = tokens[at]
    if token.kind != WORD:
        return None
    weekday = WEEKDAYS.get(token.word)
    if weekday is None:
        if after_day and token.word == "minggu":
            return SUNDAY
        if after_day or tokens[at + 1].word == "depan":
            return _slip_of_weekday(token.word)
        return None
    if token.word in RISKY_WEEKDAYS and not after_day and not _stands_as_weekday(tokens, at):
        return None
    return weekday


def _slip_of_weekday(word: str) -> int | None:
    if not 4 <= len(word) <= 7 or word in NOT_A_SLIP:
        return None
    return next((number for name, number in FORGIVEN_WEEKDAYS.items() if one_slip(word, name)), None)


def _stands_as_weekday(tokens: list[Token], at: int) -> bool:
    before, after = tokens[at - 1] if at else None, tokens[at + 1]
    if tokens[at].capitals or (before is not None and before.kind == NUMBER):
        return False
    if after.word in _AFTER_RISKY or after.kind == NUMBER:
        return True
    if before is None or before.kind == SIGN or before.word in _BESIDE_RISKY:
        return after.kind == END or after.kind == SIGN
    return False


def read_weekday(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`Jumat`, `hari Jumat depan`, `besok Senin`; a date beside the weekday wins."""
    index = at
    tomorrow = tokens[index].word == "besok"
    index += tomorrow
    named = tokens[index].word == "hari"
    index += named
    weekday = weekday_at(tokens, index, after_day=named)
    if weekday is None:
        return None
    index += 1
    if tokens[index].raw == "." and tokens[index].glued and len(tokens[index - 1].raw) <= 3:
        index += 1
    if tomorrow:
        return _weekday_item(at, index, weekday, rules.coming(weekday))
    item = _qualified(tokens, at, index, weekday)
    return _date_beside(tokens, item, weekday) or item


def _weekday_item(at: int, end: int, weekday: int, rule: Rule) -> Item:
    repeat = f"FREQ=WEEKLY;BYDAY={RRULE_DAYS[weekday]}"
    return Item(Kind.DAY, at, end, rule=rule, family="weekday", repeat=repeat, names=weekday)


def _qualified(tokens: list[Token], at: int, index: int, weekday: int) -> Item:
    """A weekday with what follows it: `ini`, `depan`, `minggu depan`, `dua minggu lagi`, `pertama bulan depan`."""
    word = tokens[index].word
    if word == "ini":
        return _weekday_item(at, index + 1, weekday, rules.this_week(weekday))
    if word == "depan":
        item = _weekday_item(at, index + 1, weekday, rules.in_week(weekday, 1))
        item.weekday, item.unsure = weekday, True
        return item
    if word in ("besok", "berikutnya", "berikut"):
        return _weekday_item(at, index + 1, weekday, rules.coming(weekday))
    after = coming_suffix(tokens, index)
    if after > index:
        return _weekday_item(at, after, weekday, rules.coming(weekday))
    step = index + (word in ("di", "pada", "dalam"))
    week = week_reference(tokens, step)
    if week is not None and week[0] >= 0:
        rule = rules.this_week(weekday) if week[0] == 0 else rules.in_week(weekday, week[0])
        return _weekday_item(at, week[1], weekday, rule)
    nth = read_ordinal(tokens, index, plain=False)
    month = None if nth is None else _month_of(tokens, nth[1], rules.nth_weekday(nth[0], weekday))
    if nth is not None and month is not None:
        item = Item(Kind.DAY, at, month[1], rule=month[0], family="period")
        item.repeat = f"FREQ=MONTHLY;BYDAY={nth[0]}{RRULE_DAYS[weekday]}"
        return item
    if tokens[step].word in WEEK:
        week_item = read_week(tokens, step, offset=weekday - FRIDAY)
        if week_item is not None and week_item.family == "period":
            week_item.start = at
            return week_item
    item = _weekday_item(at, index, weekday, rules.coming(weekday))
    item.marks.add("plain")
    return item


def week_reference(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read `minggu ini` as 0, `pekan depan` as 1, `dua minggu lagi` as 2, `minggu lalu` as -1 weeks on."""
    if tokens[at].word in WEEK:
        word = tokens[at + 1].word
        if word in ("ini", "berjalan"):
            return 0, at + 2
        if word in _NEXT:
            return 1, at + 2
        if word in ("lalu", "kemarin"):
            return -1, at + 2
        after = coming_suffix(tokens, at + 1)
        return (1, after) if after > at + 1 and word != "nanti" else None
    if tokens[at].word in ("seminggu", "sepekan"):
        weeks, index = 1, at + 1
    else:
        number = read_number(tokens, at)
        if number is None or tokens[number[1]].word not in WEEK:
            return None
        weeks, index = number[0], number[1] + 1
    if tokens[index].word in _AHEAD:
        return weeks, index + 1
    if tokens[index].word == "ke" and tokens[index + 1].word == "depan":
        return weeks, index + 2
    if tokens[index].word == "dari" and tokens[index + 1].word == "sekarang":
        return weeks, index + 2
    return None


def _date_beside(tokens: list[Token], item: Item, weekday: int) -> Item | None:
    """The date that follows a weekday, if one does; the weekday is then only checked, never counted."""
    index = item.end
    if tokens[index].kind == SIGN and tokens[index].raw in ",/(-:":
        index += 1
    token = tokens[index]
    if token.word != "tanggal" and token.kind not in (NUMBER, "cluster") and token.kind != WORD:
        return None
    date = read_date(tokens, index, [])
    if date is None or date.kind is not Kind.DAY:
        return None
    end = date.end
    if tokens[item.end].raw == "(" and tokens[end].raw == ")":
        end += 1
    date.start, date.end, date.needs_cue = item.start, end, False
    date.weekday = weekday
    return date


def weekday_after_date(tokens: list[Token], date: Item) -> Item:
    """Take in a weekday behind a date: `30 Januari 2026 (Jumat)`, `5 Februari hari Kamis`."""
    index = date.end
    opened = tokens[index].raw in ("(", ",")
    index += opened
    named = tokens[index].word == "hari"
    is_sunday = tokens[index + named].word == "minggu" and tokens[index + named + 1].word in PARTS
    weekday = weekday_at(tokens, index + named, after_day=named or is_sunday)
    if weekday is None:
        return date
    end = index + named + 1
    follower = tokens[end]
    if tokens[date.end].raw == "(" and follower.raw == ")":
        end += 1
    elif (
        (opened and follower.kind not in (END, SIGN) and follower.word not in ("pukul", "jam", *PARTS))
        or follower.word in ("depan", "ini", "minggu", "mendatang", "atau", "sampai")
        or follower.raw == "/"
    ):
        return date
    date.end, date.weekday = end, weekday
    return date


# Weeks


def read_week(tokens: list[Token], at: int, items: Sequence[Item] = (), offset: int | None = None) -> Item | None:
    """`minggu depan`, `minggu kedua Februari`; `offset` moves the day from the Friday (awal: -4)."""
    if offset is None and tokens[at].word == "minggu" and _is_evening_before(tokens, at, items):
        return _qualified(tokens, at, at + 1, SUNDAY)
    reference = week_reference(tokens, at)
    if reference is not None and tokens[at].word in WEEK:
        return _relative_week(tokens, at, reference, offset)
    if tokens[at].word not in WEEK:
        return None
    nth = read_ordinals(tokens, at + 1, plain=True)
    if nth is not None:
        pick = rules.nth_weekday(nth[0], FRIDAY, offset or 0)
        month = _month_of(tokens, nth[1], pick)
        if month is not None and not (tokens[at + 1].kind == NUMBER and _names_month(tokens, nth[1])):
            item = Item(Kind.DAY, at, month[1], rule=month[0], family="period")
            item.repeat = None if offset else f"FREQ=MONTHLY;BYDAY={nth[0]}FR"
            return item
    if tokens[at].word == "minggu" and offset is None:
        sunday = _sunday(tokens, at, items)
        if sunday is not None:
            return sunday
    if nth is not None and tokens[at + 1].kind != NUMBER:
        item = Item(Kind.DAY, at, nth[1], rule=rules.in_any_month(rules.nth_weekday(nth[0], FRIDAY, offset or 0)))
        item.family, item.needs_cue = "period", True
        item.repeat = None if offset else f"FREQ=MONTHLY;BYDAY={nth[0]}FR"
        return item
    return None


def _names_month(tokens: list[Token], at: int) -> bool:
    return read_month(tokens, at, beside_day=True) is not None


def _is_evening_before(tokens: list[Token], at: int, items: Sequence[Item]) -> bool:
    """`malam Minggu`, but not `Jumat malam minggu depan`."""
    if at == 0 or tokens[at - 1].word != "malam":
        return False
    return len(items) < 2 or items[-2].end != at - 1 or items[-2].kind is not Kind.DAY


def _sunday(tokens: list[Token], at: int, items: Sequence[Item]) -> Item | None:
    """`Minggu` before a date, a part of the day or a time, or after a weekday (`Sabtu-Minggu`), is the day."""
    item = _weekday_item(at, at + 1, SUNDAY, rules.coming(SUNDAY))
    date = _date_beside(tokens, item, SUNDAY)
    if date is not None:
        return date
    follower = tokens[at + 1].word
    if follower in PARTS or follower in ("pukul", "jam"):
        return item
    joined = tokens[at - 1].raw in "-/&" or tokens[at - 1].word in ("sampai", "dan", "atau") if at else False
    days = [before for before in items[-2:] if before.kind is Kind.DAY]
    if joined and days and days[-1].family == "weekday" and days[-1].end == at - 1:
        item.marks.add("plain")
        return item
    return None


def _relative_week(tokens: list[Token], at: int, reference: tuple[int, int], offset: int | None) -> Item:
    weeks, end = reference
    if weeks < 0:
        return Item(Kind.BLOCKED, at, end)
    index = end + (tokens[end].raw == ",")
    named = tokens[index].word == "hari"
    weekday = weekday_at(tokens, index + named, after_day=named)
    if weekday is not None and offset is None and tokens[index + named + 1].word not in ("depan", "ini"):
        rule = rules.this_week(weekday) if weeks == 0 else rules.in_week(weekday, weeks)
        item = _weekday_item(at, index + named + 1, weekday, rule)
        return _date_beside(tokens, item, weekday) or item
    rule = rules.week_end if weeks == 0 else rules.in_week(FRIDAY, weeks)
    if offset is not None:
        rule = rules.in_week(FRIDAY + offset, weeks) if offset else rule
    item = Item(Kind.DAY, at, end, rule=rule, family="week", repeat="FREQ=WEEKLY;BYDAY=FR")
    item.weeks_on = weeks if offset is None else None
    if tokens[end].word == "tanggal" or tokens[end].raw == "(":
        return _date_beside(tokens, item, FRIDAY) or item
    return item


def _month_of(tokens: list[Token], at: int, pick: rules.InMonth) -> tuple[Rule, int] | None:
    """The month after `minggu kedua`: a name with or without its year, `bulan ini`, `bulan depan`."""
    index = at
    while tokens[index].word in _IN and index < at + 3:
        relative = month_reference(tokens, index)
        if relative is not None:
            return rules.in_month(pick, relative[0]), relative[1]
        index += 1
    if tokens[index].word == "setiap" and tokens[index + 1].word == "bulan":
        return rules.in_any_month(pick), index + 2
    month = read_month(tokens, index, beside_day=False)
    if month is None:
        return None
    return named_month_rule(tokens, pick, *month)


def named_month_rule(tokens: list[Token], pick: rules.InMonth, month: int, end: int) -> tuple[Rule, int]:
    """The rule for a pick in a named month, with the year that may follow it."""
    year = read_year(tokens, end)
    if year is None:
        after = coming_suffix(tokens, end)
        if tokens[end].word == "ini":
            return rules.in_named_month(pick, month, years_on=0), end + 1
        return rules.in_named_month(pick, month), after
    return rules.in_named_month(pick, month, year[0].number, year[0].ahead), year[1]


def month_then_week(tokens: list[Token], at: int) -> Item | None:
    """`Februari minggu II`, `Februari minggu II 2026`, `bulan depan minggu kedua`."""
    index = at + (tokens[at].word == "bulan")
    month = read_month(tokens, index, beside_day=False)
    relative = month_reference(tokens, at)
    end = relative[1] if relative is not None else month[1] if month is not None else at
    year = read_year(tokens, end) if month is not None else None
    week = year[1] if year is not None else end
    week += tokens[week].raw == ","
    nth = read_ordinals(tokens, week + 1, plain=True) if tokens[week].word in WEEK else None
    if nth is None or (relative is None and month is None) or nth[0] == 0:
        return None
    if tokens[week + 1].kind == NUMBER and _names_month(tokens, week + 2):
        return None
    pick, end = rules.nth_weekday(nth[0], FRIDAY), nth[1]
    if relative is not None:
        rule = rules.in_month(pick, relative[0])
    elif month is not None:
        behind = read_year(tokens, end) if year is None else None
        year, end = (behind, behind[1]) if behind is not None else (year, end)
        number, ahead = (year[0].number, year[0].ahead) if year is not None else (None, None)
        rule = rules.in_named_month(pick, month[0], number, ahead)
    return Item(Kind.DAY, at, end, rule=rule, family="period", repeat=f"FREQ=MONTHLY;BYDAY={nth[0]}FR")
