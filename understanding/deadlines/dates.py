"""Calendar dates over tokens: `23 Januari 2026`, `tgl 5`, `2-6 Februari`, `5/2/26`, `2026-02-05T14:00`."""

from __future__ import annotations

from typing import NamedTuple

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.model import Clock, Item, Kind, Rule
from understanding.deadlines.numbers import cluster_numbers, one_slip, read_number, read_words
from understanding.deadlines.surroundings import LABELS
from understanding.deadlines.tokens import CLUSTER, END, NUMBER, SIGN, WORD, Token
from understanding.deadlines.words import FORGIVEN_MONTHS, MONTHS, NOT_A_SLIP, WEEKDAYS, words

_JOINS_DAYS = frozenset({"-", "sampai", "atau", "dan", "&", ",", "/"})
_MOST_DAYS = 31
_JOINS_PARTS = frozenset({"-", "/", "."})
_NEXT = frozenset({"depan", "berikutnya", "berikut", "mendatang"})
_THIS = frozenset({"ini", "berjalan"})
_AFTER_SHORT_YEAR = frozenset({"pukul", "jam", "wib", "paling", "mendatang", "dan"})


class Year(NamedTuple):
    """A year as said: a number, or relative to this one."""

    number: int | None = None
    ahead: int | None = None


def coming_suffix(tokens: list[Token], at: int) -> int:
    """Skip `mendatang`, `yang akan datang`, `nanti`."""
    word = tokens[at].word
    if word in ("mendatang", "nanti"):
        return at + 1
    index = at + (word == "yang")
    if tokens[index].word == "akan" and tokens[index + 1].word == "datang":
        return index + 2
    return at


def read_month(tokens: list[Token], at: int, *, beside_day: bool) -> tuple[int, int] | None:
    """Read a month's name; beside a day number one slip is forgiven. Returns (month, index after it)."""
    token = tokens[at]
    if token.kind != WORD:
        return None
    month = MONTHS.get(token.word)
    if month is None and beside_day and 4 <= len(token.word) <= 10 and token.word not in NOT_A_SLIP:
        month = next((number for name, number in FORGIVEN_MONTHS.items() if one_slip(token.word, name)), None)
    if month is None:
        return None
    dotted = tokens[at + 1].raw == "." and tokens[at + 1].glued and len(token.raw) <= 5
    return month, at + 1 + dotted


def read_year(tokens: list[Token], at: int) -> tuple[Year, int] | None:
    """Read the year after a day and month or after a month: `2026`, `'26`, `tahun depan`, in words."""
    index = at
    joined = tokens[index].kind == SIGN and tokens[index].raw in ",-/." and tokens[index + 1].kind == NUMBER
    glued = joined and tokens[index].glued and tokens[index + 1].glued
    if joined and (glued or tokens[index].raw == ","):
        index += 1
    said = tokens[index].word == "tahun"
    index += said
    token = tokens[index]
    if said and token.word in _THIS:
        return Year(ahead=0), index + 1
    if said and token.word in _NEXT:
        return Year(ahead=1), index + 1
    if said and token.word == "anggaran" and tokens[index + 1].kind == NUMBER:
        index += 1
        token = tokens[index]
    if token.raw == "'" and tokens[index + 1].kind == NUMBER and len(tokens[index + 1].raw) == 2:
        return Year(2000 + tokens[index + 1].value), index + 2
    if token.kind == NUMBER and len(token.raw) == 4 and 1900 <= token.value < 2200:
        return Year(token.value), index + 1
    if token.kind == NUMBER and len(token.raw) == 2 and (glued or said or _may_end_date(tokens[index + 1])):
        if index > at and not (glued or said):
            return None
        return Year(2000 + token.value), index + 1
    in_words = read_words(tokens, index) if token.kind == WORD else None
    if in_words is not None and 1900 <= in_words[0] < 2200:
        return Year(in_words[0]), in_words[1]
    return None


def _may_end_date(token: Token) -> bool:
    return token.kind == END or (token.kind == SIGN and token.raw not in "%/-") or token.word in _AFTER_SHORT_YEAR


def month_reference(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read `bulan ini` as 0, `bulan depan` as 1 and `bulan lalu` as -1 month on."""
    if tokens[at].word != "bulan":
        return None
    word = tokens[at + 1].word
    if word in _THIS:
        return 0, at + 2
    if word in _NEXT:
        return 1, at + 2
    if word in ("lalu", "kemarin"):
        return -1, at + 2
    after = coming_suffix(tokens, at + 1)
    return (1, after) if after > at + 1 and tokens[at + 1].word != "nanti" else None


def read_date(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """A date that begins at `tanggal` or at its day number."""
    said = tokens[at].word == "tanggal"
    index = at + said
    while said and tokens[index].kind == SIGN and tokens[index].raw in ".:-":
        index += 1
    item = read_numeric(tokens, index, said=said) or _read_written(tokens, index, said=said)
    if item is None:
        return None
    item.start = at
    item.end = coming_suffix(tokens, item.end)
    return item


# In figures


def read_numeric(tokens: list[Token], at: int, *, said: bool) -> Item | None:
    """`23/1/2026`, `5-2-26`, `2026-02-05T14:00`, and with `tanggal` or a cue also `5/2`."""
    found = _figures(tokens, at)
    if found is None or _is_part_of_code(tokens, at, found[2]):
        return None
    numbers, signs, end = found
    is_range = False
    if len(numbers) > 3 and "-" in signs and signs.strip("-") != "":
        numbers, signs = _last_of_range(numbers, signs)
        is_range = True
    if len(numbers) == 3 and signs[0] == signs[1]:
        item = _full_figures(tokens, numbers, signs[0], at, end)
        if item is not None:
            item.is_range = is_range
        if item is not None and signs[0] == "." and numbers[2] < 100 and not said:
            item.needs_cue = True
        return item
    return _day_and_month(tokens, numbers, signs, at, end, said=said) if len(numbers) == 2 else None


_COUNTED = words(
    """desa kelurahan kecamatan dari bagian unit paket ha km orang kk titik sekolah puskesmas opd rumah kelompok
    camat dusun kegiatan persen lokasi responden ton hektar nelayan petani"""
)


def _day_and_month(tokens: list[Token], numbers: list[int], sign: str, at: int, end: int, *, said: bool) -> Item | None:
    """`tgl 5/2`; without `tgl` it may be a fraction, so it needs a cue or a time and must not count anything."""
    day, month = numbers
    backwards = sign == "-" and month <= 12 and day > month  # `tgl 30-1`; `tgl 2-6` is a range
    if max(numbers) > 99 or month < 1 or read_month(tokens, end, beside_day=False) is not None:
        return None
    if not (sign == "/" or (said and (sign == "." or backwards))):
        return None
    counts = tokens[end].kind == WORD and tokens[end].raw in _COUNTED
    if not said and (month > 12 or not 1 <= day <= 31 or counts):
        return None
    item = Item(Kind.DAY, at, end, rule=rules.on_day_and_month(month, day), family="date", repeat=_yearly(month, day))
    item.needs_cue = not said and tokens[end].word not in ("pukul", "jam")
    return item


def _figures(tokens: list[Token], at: int) -> tuple[list[int], str, int] | None:
    token = tokens[at]
    if token.kind == CLUSTER:
        if any(len(part) > 4 for part in _split(token.raw)):
            return None
        parsed = cluster_numbers(token)
        return None if parsed is None else (*parsed, at + 1)
    # With spaces: `23 / 1 / 2026`.
    sign = tokens[at + 1].raw
    spaced = token.kind == NUMBER and sign in ("/", "-") and tokens[at + 3].raw == sign
    if spaced and tokens[at + 2].kind == NUMBER and tokens[at + 4].kind == NUMBER:
        numbers = [token.value, tokens[at + 2].value, tokens[at + 4].value]
        return (numbers, sign * 2, at + 5) if min(numbers) >= 0 else None
    return None


def _split(raw: str) -> list[str]:
    for sign in "/-:,":
        raw = raw.replace(sign, ".")
    return raw.split(".")


def _is_part_of_code(tokens: list[Token], at: int, end: int) -> bool:
    """Letter numbers: `B-12/1/2026`, `12/1/2026/DPRD`."""
    if (
        at >= 2
        and tokens[at].glued
        and tokens[at - 1].kind == SIGN
        and tokens[at - 1].raw in "/-."
        and tokens[at - 1].glued
    ):
        before = tokens[at - 2]
        if before.kind == WORD and before.word not in ("tanggal", "lambat", "deadline") and before.word not in WEEKDAYS:
            return True
    after = tokens[end]
    return (
        after.kind == SIGN
        and after.raw in "/-"
        and after.glued
        and tokens[end + 1].glued
        and tokens[end + 1].kind == WORD
    )


def _last_of_range(numbers: list[int], signs: str) -> tuple[list[int], str]:
    """`2-6/2/2026` and `28/1/2026-3/2/2026`: what stands after the dash."""
    dash = signs.rfind("-")
    return numbers[dash + 1 :], signs[dash + 1 :]


def _full_figures(tokens: list[Token], numbers: list[int], sign: str, at: int, end: int) -> Item | None:
    if sign not in "/-.":
        return None
    day, month, year = numbers
    first = _split(tokens[at].raw)[0]
    if len(first) == 4 and sign in "/-":
        year, month, day = numbers
    elif len(first) > 2 or month > 99:
        return None
    elif len(str(year)) <= 2 and len(_split(tokens[end - 1].raw)[-1]) == 2:
        year += 2000
    if not 1900 <= year < 2200:
        return None
    item = Item(Kind.DAY, at, end, rule=rules.on_date(year, month, day), family="date")
    clock = _iso_time(tokens, end) if len(first) == 4 else None
    if clock is not None:
        item.clock, item.end = clock
    return item


def _iso_time(tokens: list[Token], at: int) -> tuple[Clock, int] | None:
    index = at + 1 if tokens[at].raw == "t" and tokens[at].glued else at
    parsed = cluster_numbers(tokens[index])
    if parsed is None or set(parsed[1]) != {":"}:
        return None
    return Clock(parsed[0][0], parsed[0][1]), index + 1


# In words


def _read_days(tokens: list[Token], at: int) -> tuple[list[int], int, bool] | None:
    """Read one day number or several joined ones: (the days, of a range its end; index after them; was it a range)."""
    index = at
    token = tokens[at]
    is_range = "-" in token.raw
    if token.kind == CLUSTER:
        parsed = cluster_numbers(token)
        if parsed is None or not set(parsed[1]) <= set("-/,") or max(parsed[0]) > 99:
            return None
        days, index = parsed[0], at + 1
    else:
        found = read_number(tokens, at)
        if found is None or found[0] > 99 or (token.kind == NUMBER and len(token.raw) > 2):
            return None
        days, index = [found[0]], found[1]
    while len(days) < _MOST_DAYS and (tokens[index].raw in _JOINS_DAYS or tokens[index].word in _JOINS_DAYS):
        step = index + 1
        step += tokens[step].word == "dengan"
        step += tokens[step].raw == "/"
        step += tokens[step].word in ("atau", "dan") and tokens[index].raw in ",/"
        step += tokens[step].word == "tanggal"
        following = read_number(tokens, step)
        if following is None or following[0] > 99 or not _continues(tokens, following[1]):
            break
        is_range = is_range or tokens[index].word in ("-", "sampai")
        days.append(following[0])
        index = following[1]
    return days[-1:] if is_range else days, index, is_range


def _continues(tokens: list[Token], at: int) -> bool:
    """Tell whether a day number that ends here is still part of a date, not the start of something counted."""
    token = tokens[at]
    if token.kind == END or token.kind == SIGN:
        return True
    return (
        token.word in MONTHS
        or token.word in ("bulan", "pukul", "jam", "atau", "dan", "sampai", "setiap")
        or (read_month(tokens, at, beside_day=True) is not None)
    )


def _read_written(tokens: list[Token], at: int, *, said: bool) -> Item | None:
    days = _read_days(tokens, at)
    if days is None:
        return None
    numbers, index, is_range = days
    item = _with_day(tokens, numbers, at, index, said=said)
    if item is not None:
        item.is_range = is_range
    return item


def _with_day(tokens: list[Token], days: list[int], at: int, index: int, *, said: bool) -> Item | None:
    step = index
    if tokens[step].kind == SIGN and tokens[step].raw in _JOINS_PARTS and tokens[step].glued and tokens[step + 1].glued:
        step += 1
    named = tokens[step].word == "bulan"
    month = read_month(tokens, step + named, beside_day=True)
    if month is None and named and said:
        number = read_number(tokens, step + 1)
        month = number if number is not None and 1 <= number[0] <= 12 else None
    if month is not None:
        return _with_month(tokens, days[-1], month[0], at, month[1])
    if not said:
        return None
    relative = month_reference(tokens, index)
    if relative is not None and relative[0] < 0:
        return Item(Kind.BLOCKED, at, relative[1])
    each = [rules.on_day(day) if relative is None else rules.on_day_of(day, relative[0]) for day in days]
    item = Item(Kind.DAY, at, index if relative is None else relative[1], rule=each[-1], family="date")
    item.repeat = f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}"
    if len(each) > 1:
        item.rule, item.first_rule = rules.latest_of(each), rules.earliest_of(each)
    return item


def _with_month(tokens: list[Token], day: int, month: int, at: int, end: int) -> Item:
    year = read_year(tokens, end)
    rule: Rule
    if year is None:
        rule = rules.on_day_and_month(month, day)
    elif year[0].number is not None:
        rule, end = rules.on_date(year[0].number, month, day), year[1]
    else:
        rule, end = rules.in_year_on(month, day, year[0].ahead or 0), year[1]
    return Item(Kind.DAY, at, end, rule=rule, family="date", repeat=_yearly(month, day))


def _yearly(month: int, day: int) -> str:
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def is_label(tokens: list[Token], at: int) -> bool:
    """Tell whether the word before `at` makes the number there a label (`Pasal 3`)."""
    return at > 0 and tokens[at - 1].word in LABELS
