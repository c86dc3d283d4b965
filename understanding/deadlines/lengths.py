"""Lengths of time over tokens: `3 hari lagi`, `2x24 jam`, `satu setengah bulan`, `14 (empat belas) hari kerja`, `H+3`."""

from __future__ import annotations

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.model import Item, Kind, Length
from understanding.deadlines.numbers import cluster_numbers, read_number
from understanding.deadlines.periods import read_working_day
from understanding.deadlines.tokens import CLUSTER, NUMBER, Token
from understanding.deadlines.words import LENGTH_UNITS, ONE_OF, WEEKDAYS, words

Parts = tuple[tuple[int, str], ...]
_MOST_WORKING_DAYS = 1000
_AGO = frozenset({"pertama", "lalu", "silam", "kemarin", "terakhir", "belakangan", "sebelumnya"})
_NOW = frozenset({"sekarang"})
_FROM = words("sejak setelah dari terhitung mulai semenjak sesudah")
_UNIT_ORDER = {"year": 5, "month": 4, "week": 3, "day": 2, "hour": 1, "minute": 0}


def _as_parts(number: int, half: bool, unit: str) -> Parts:
    """A number (and a half) of a unit in the units rules count with: month, day, minute."""
    if unit == "year":
        return ((12 * number + (6 if half else 0), "month"),)
    if unit == "month":
        return ((number, "month"), *(((15, "day"),) if half else ())) if number else ((15, "day"),)
    if unit == "week":
        return ((7 * number + (4 if half else 0), "day"),)
    if unit == "day":
        return ((number, "day"),)
    scale = 60 if unit == "hour" else 1
    return ((number * scale + (scale // 2 if half else 0), "minute"),)


def read_length(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """A length of time that begins at its number or at a word like `seminggu`."""
    found = _read_one(tokens, at)
    if found is None:
        return None
    parts, unit, index = found
    if not any(number for number, _ in parts):
        return None
    while unit not in ("minute",):
        step = index + (tokens[index].word == "dan")
        more = _read_one(tokens, step)
        if (
            more is None
            or _UNIT_ORDER[more[1]] >= _UNIT_ORDER[unit]
            or (parts[-1][1] == "minute") != (more[0][-1][1] == "minute")
        ):
            break
        parts, unit, index = parts + more[0], more[1], more[2]
    if unit == "day" and tokens[index].word in WEEKDAYS and tokens[index].word not in ("sen",):
        return None  # `tahap 2 hari Senin`
    if unit in ("week", "month", "year", "day") and tokens[index].word == "depan":
        return None if unit == "day" else _finish(tokens, at, index + 1, parts, anchored=True)
    working = False
    if unit == "day" and tokens[index].word == "kerja":
        working, index = True, index + 1
        if parts[-1][0] > _MOST_WORKING_DAYS:
            return None
    calendar = tokens[index].word == "kalender"
    return _finish(tokens, at, index + calendar, parts, working=working, anchored=calendar)


def _finish(
    tokens: list[Token], at: int, index: int, parts: Parts, *, working: bool = False, anchored: bool = False
) -> Item:
    length = Length(parts, working)
    end, lagi = counts_from_now(tokens, index)
    length = Length(parts, working, anchored or lagi)
    word = tokens[index].word
    if word in _AGO or (word == "yang" and tokens[index + 1].word in _AGO):
        return Item(Kind.BLOCKED, at, index + 1 + (word == "yang"))
    item = Item(Kind.LENGTH, at, end, length=length, rule=rules.after(length), family="length")
    if length.anchored and not working and len(parts) == 1 and parts[0][1] == "day" and _is_week(tokens, at, index):
        item.weeks_on = parts[0][0] // 7
    return item


def _is_week(tokens: list[Token], at: int, end: int) -> bool:
    return any(LENGTH_UNITS.get(tokens[index].word) == "week" for index in range(at, end)) or (
        ONE_OF.get(tokens[at].word) == "week"
    )


def counts_from_now(tokens: list[Token], index: int) -> tuple[int, bool]:
    """Skip `lagi`, `ke depan`, `mendatang`, `dari sekarang`, `terhitung sejak hari ini`."""
    word = tokens[index].word
    if word in ("lagi", "kedepan", "mendatang"):
        end = index + 1
        if tokens[end].word == "dari" and tokens[end + 1].word == "sekarang":
            end += 2
        return end, True
    if word == "ke" and tokens[index + 1].word == "depan":
        return index + 2, True
    if word == "yang" and tokens[index + 1].word == "akan" and tokens[index + 2].word == "datang":
        return index + 3, True
    if word in _FROM:
        step = index + 1
        while tokens[step].word in _FROM or tokens[step].word == "tanggal":
            step += 1
        if tokens[step].word in _NOW or (tokens[step].word == "saat" and tokens[step + 1].word == "ini"):
            return step + (1 if tokens[step].word in _NOW else 2), True
        if tokens[step].word == "hari" and tokens[step + 1].word == "ini":
            return step + 2, True
    return index, False


def _read_one(tokens: list[Token], at: int) -> tuple[Parts, str, int] | None:
    """One number with its unit: (parts, unit, index after it)."""
    token = tokens[at]
    if token.word in ONE_OF:
        half = tokens[at + 1].word == "setengah"
        return _as_parts(1, half, ONE_OF[token.word]), ONE_OF[token.word], at + 1 + half
    if token.word in ("setengah", "seperempat"):
        unit = LENGTH_UNITS.get(tokens[at + 1].word, "")
        if unit not in ("month", "year", "hour") or (token.word == "seperempat" and unit != "hour"):
            return None
        parts: Parts = ((15, "minute"),) if token.word == "seperempat" else _as_parts(0, True, unit)
        return parts, unit, at + 2
    if token.kind == CLUSTER:
        return _from_cluster(tokens, at)
    number = read_number(tokens, at)
    if number is None:
        return None
    value, index = number
    index, value = _larger_of_two(tokens, index, value)
    times = _times_hours(tokens, index, value)
    if times is not None:
        return times
    half = tokens[index].word == "setengah"
    index += half
    unit_word = LENGTH_UNITS.get(tokens[index].word)
    if unit_word is None or not _is_unit(tokens, index) or (tokens[index].raw == "mg" and value > 52):
        return None
    index += 1
    if tokens[index].word == "setengah":
        half, index = True, index + 1
    return _as_parts(value, half, unit_word), unit_word, index


def _is_unit(tokens: list[Token], at: int) -> bool:
    """`2 jam 10` is a label before a time; `2 minggu ini` a label before a week; `3 hari Senin` before a weekday."""
    word, after = tokens[at].word, tokens[at + 1]
    if word == "jam":
        return after.kind not in (NUMBER, CLUSTER) or tokens[at + 2].word == "menit"
    if word in ("minggu", "pekan", "bulan", "tahun") and after.word == "ini":
        return any(token.word == "dalam" for token in tokens[max(0, at - 3) : at])
    return not (word == "minggu" and after.word in ("pagi", "siang", "sore", "malam"))


def _larger_of_two(tokens: list[Token], index: int, value: int) -> tuple[int, int]:
    """`2 - 3 hari`, `dua tiga hari`, `2 atau 3 hari`: the later."""
    step = index
    token = tokens[step]
    if token.raw in ("-", "/") or token.word in ("atau", "sampai"):
        step += 1
        step += tokens[step].word == "dengan"
    second = read_number(tokens, step)
    if second is None or (second[0] <= value and step == index):
        return index, value
    unit = tokens[second[1]].word
    if unit in LENGTH_UNITS and not (unit in ("jam", "hari") and step == index and tokens[index].kind == NUMBER):
        return second[1], max(value, second[0])
    return index, value


def _times_hours(tokens: list[Token], index: int, times: int) -> tuple[Parts, str, int] | None:
    """`2 x 24 jam`, `dua kali dua puluh empat jam`."""
    if tokens[index].word not in ("x", "kali") and tokens[index].raw != "*":
        return None
    hours = read_number(tokens, index + 1)
    if hours is None or LENGTH_UNITS.get(tokens[hours[1]].word) not in ("hour", "minute"):
        return None
    unit = LENGTH_UNITS[tokens[hours[1]].word]
    return _as_parts(times * hours[0], False, unit), unit, hours[1] + 1


def _from_cluster(tokens: list[Token], at: int) -> tuple[Parts, str, int] | None:
    """`2-3 hari`, `1,5 jam`."""
    parsed = cluster_numbers(tokens[at])
    unit = LENGTH_UNITS.get(tokens[at + 1].word)
    if parsed is None or unit is None or not _is_unit(tokens, at + 1) or len(parsed[0]) != 2:
        return None
    numbers, sign = parsed
    if sign in ("-", "/") and max(numbers) < 1000:
        return _as_parts(max(numbers), False, unit), unit, at + 2
    if sign in (",", ".") and numbers[1] == 5 and tokens[at].raw[-2] in ",." and unit != "day":
        return _as_parts(numbers[0], True, unit), unit, at + 2
    return None


def read_working_day_phrase(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`hari ini`, and `hari kerja` with the one that is meant."""
    word = tokens[at + 1].word
    if word == "ini":
        end = at + 2 + (tokens[at + 2].word == "juga")
        return Item(Kind.DAY, at, end, rule=rules.in_days(0), family="relative")
    if word == "kerja":
        item = read_working_day(tokens, at + 2)
        if item is not None:
            item.start = at
        return item
    return None
