"""Times of the day over tokens: `pukul 14.00 WIB`, `jam setengah 3 sore`, `akhir jam kerja`, `pagi`."""

from __future__ import annotations

from dataclasses import replace

from understanding.deadlines.calendar_rules import in_days
from understanding.deadlines.model import Clock, Item, Kind
from understanding.deadlines.numbers import cluster_numbers, read_number, read_words
from understanding.deadlines.surroundings import ACTIVITIES
from understanding.deadlines.tokens import CLUSTER, END, NUMBER, SIGN, WORD, Token
from understanding.deadlines.words import PART_AFTERNOON, PARTS, ZONES

END_OF_OFFICE = 16
_ENDS_WORK = frozenset({"berakhir", "usai", "selesai", "habis", "tutup"})
_WORK = frozenset({"kerja", "kantor", "dinas"})
_AFTER_MINUTES = frozenset({"hari", "besok", "lusa", "tanggal", "nanti", "paling", "di"})
_ABOUT = frozenset({"sekitar", "tepat", "sekira", "kira"})


class WrongTime(Exception):
    """An hour above 24 or a minute above 59."""


def minute_of_day(clock: Clock) -> int:
    """Minutes after midnight, WIB, of the day it is said of; negative or above a day after a change of zone.

    Raises WrongTime for a time that does not exist.
    """
    if clock.hour is None:
        return PARTS[clock.part or "pagi"] * 60
    hour = clock.hour
    if hour > 24 or clock.minute > 59 or (hour == 24 and clock.minute):
        raise WrongTime
    if clock.part == "malam" and hour == 12:
        hour = 24 if not clock.minute else 0
    elif (clock.part is not None and hour in PART_AFTERNOON[clock.part]) or (
        clock.part is None and clock.bare and 1 <= hour <= 6
    ):
        hour += 12
    minutes = hour * 60 + clock.minute + clock.shift - clock.zone
    return minutes - 1 if minutes == 24 * 60 else minutes


def refine(day_part: Clock, clock: Clock) -> Clock:
    """`besok pagi` with `jam 9`: the part of the day said before the time."""
    return replace(clock, part=day_part.part) if clock.part is None and clock.hour is not None else clock


def read_clock(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """A time that begins with `pukul`, `jam`, `akhir jam kerja`, `tengah hari` or `pulang kantor`."""
    office = _end_of_office(tokens, at)
    if office:
        return Item(Kind.CLOCK, at, office, clock=Clock(END_OF_OFFICE))
    if tokens[at].word in ("tengah", "pertengahan"):
        return _middle(tokens, at)
    if tokens[at].word not in ("pukul", "jam", "jm"):
        return None
    index = at + 1
    while (tokens[index].kind == SIGN and tokens[index].raw in ".:") or tokens[index].word in _ABOUT | {"jam", "pukul"}:
        index += 1
        if index > at + 4:
            return None
    return _spoken(tokens, at, index)


def _middle(tokens: list[Token], at: int) -> Item | None:
    if tokens[at + 1].word == "hari":
        end = at + 2
        clock = Clock(12)
    elif tokens[at + 1].word == "malam":
        end = at + 2
        clock = Clock(24)
    else:
        return None
    return Item(Kind.CLOCK, at, end, clock=clock)


def _end_of_office(tokens: list[Token], at: int) -> int:
    """The index after `akhir jam kerja`, `jam kerja berakhir` or `jam pulang kantor`, or 0."""
    word, index = tokens[at].word, at
    if word in ("akhir", "selesai", "usai", "berakhirnya", "tutup"):
        if tokens[at + 1].word == "jam" and tokens[at + 2].word in _WORK:
            return at + 3 + (tokens[at + 3].word in _WORK)
        return 0
    if word == "pulang" and tokens[at + 1].word in _WORK and at and tokens[at - 1].word in ("sebelum", "sampai"):
        return at + 2
    if word != "jam":
        return 0
    index += 1
    if tokens[index].word == "pulang":
        return index + 1 + (tokens[index + 1].word in _WORK)
    if tokens[index].word in _WORK:
        index += 1 + (tokens[index + 1].word in _WORK)
        return index + 1 if tokens[index].word in _ENDS_WORK else 0
    return 0


def _spoken(tokens: list[Token], at: int, index: int) -> Item | None:
    """What is said after `pukul` or `jam`: an hour, half an hour to it, minutes past or to it."""
    half = tokens[index].word == "setengah"
    index += half
    token = tokens[index]
    if token.kind == CLUSTER:
        return _figures(tokens, at, index)
    number = read_number(tokens, index)
    if number is None:
        return None
    hour, end = number
    if hour > 99 or (tokens[at].capitals and tokens[at].raw == "pk"):
        return None  # PK: perjanjian kinerja
    bare = not (token.kind == NUMBER and token.raw.startswith("0"))
    if half:
        return _with_part(tokens, at, end, Clock(hour, shift=-30, bare=bare))
    minutes = _minutes_in_words(tokens, end) if token.kind == WORD else None
    if minutes is not None:
        return _with_part(tokens, at, minutes[1], Clock(hour, minutes[0]))
    shift, end = _minutes_about(tokens, end)
    return _with_part(tokens, at, end, Clock(hour, shift=shift, bare=bare))


def _minutes_in_words(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """`pukul delapan tiga puluh`; not the number of what follows (`jam dua dua puluh orang`)."""
    found = read_words(tokens, at)
    if found is None or not 10 <= found[0] <= 59:
        return None
    after = tokens[found[1]]
    ends = after.kind in (SIGN, END) or after.word in PARTS or after.word in ZONES
    return found if ends or after.word in _AFTER_MINUTES else None


def _minutes_about(tokens: list[Token], at: int) -> tuple[int, int]:
    """`lewat 15`, `kurang seperempat`, `30 menit`: minutes to add, and the index after them."""
    word = tokens[at].word
    if word not in ("lewat", "lebih", "kurang"):
        return 0, at
    index = at + 1
    if tokens[index].word in ("seperempat", "setengah"):
        minutes, end = (15 if tokens[index].word == "seperempat" else 30), index + 1
    else:
        number = read_number(tokens, index)
        if number is None or number[0] > 59:
            return 0, at
        minutes, end = number
        end += tokens[end].word == "menit"
    return (-minutes if word == "kurang" else minutes), end


def _figures(tokens: list[Token], at: int, index: int) -> Item | None:
    """`10.00`, `10:00`, `08.00-12.00`, `9-11`: of a span, its end."""
    parsed = cluster_numbers(tokens[index])
    if parsed is None:
        return None
    signs = parsed[1]
    pieces = tokens[index].raw.replace(":", ".").split("-")[-1].split(".")
    if not set(signs) <= set(".:-") or len(pieces) > 3 or any(len(piece) > 2 for piece in pieces):
        return None
    hour, minute = int(pieces[0]), int(pieces[1]) if len(pieces) > 1 else 0
    bare = len(pieces) == 1 and not pieces[0].startswith("0")
    return _with_part(tokens, at, index + 1, Clock(hour, minute, bare=bare))


def _with_part(tokens: list[Token], at: int, index: int, clock: Clock) -> Item:
    """Take in the part of the day and the time zone behind a time, in any order."""
    for _ in range(2):
        word = tokens[index].word
        if word in ZONES:
            clock = replace(clock, zone=ZONES[word])
            index += 1
        elif word in PARTS and clock.part is None:
            clock = replace(clock, part=word)
            index += 1 + (tokens[index + 1].word == "hari" and tokens[index + 2].kind in (SIGN, END))
        elif word == "dini" and tokens[index + 1].word == "hari":
            clock = replace(clock, part="pagi")
            index += 2
        elif word == "subuh":
            clock = replace(clock, part="pagi")
            index += 1
    if tokens[index].word == "nanti" or (tokens[index].word == "ini" and clock.part is not None):
        return Item(Kind.DAY, at, index + 1, rule=in_days(0), clock=clock, family="relative")  # `jam 8 malam ini`
    return Item(Kind.CLOCK, at, index, clock=clock)


def read_unsaid_clock(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """A time without `pukul`: before WIB, or right behind a day (`besok 10.00`, `Senin 9 pagi`)."""
    token = tokens[at]
    if token.kind == CLUSTER:
        pieces = token.raw.replace(":", ".").split("-")[-1].split(".")
        if len(pieces) != 2 or len(pieces[1]) != 2 or len(pieces[0]) > 2 or "/" in token.raw or "," in token.raw:
            return None
    after = tokens[at + 1].word
    if items and _continues_clock(tokens, at, items):
        return _spoken(tokens, at, at)
    if token.kind == CLUSTER and _opens_span(tokens, at):
        return _figures(tokens, at, at)
    beside = bool(items) and items[-1].kind is Kind.DAY and _only_comma(tokens, items[-1].end, at)
    beside = beside or _behind_cue(token, at, items)
    if after not in ZONES and not (after in PARTS and (beside or token.kind == CLUSTER)):
        unit = tokens[at + 1]
        free = unit.kind not in ("word", NUMBER, CLUSTER) or unit.word in ("paling", "di", "sampai", "dan")
        if not (beside and token.kind == CLUSTER and free and unit.raw != "%"):
            return None
    if token.kind == CLUSTER:
        return _figures(tokens, at, at)
    number = read_number(tokens, at)
    if number is None or (tokens[number[1]].word not in ZONES and tokens[number[1]].word not in PARTS):
        return None
    bare = not token.raw.startswith("0")
    return _with_part(tokens, at, number[1], Clock(number[0], bare=bare))


def _opens_span(tokens: list[Token], at: int) -> bool:
    """`08.00 s.d. 16.00 WIB`: the zone stands behind the second time only."""
    step = at + 1
    if tokens[step].word not in ("sampai", "-"):
        return False
    step += 1 + (tokens[step + 1].word == "dengan")
    return tokens[step].kind in (CLUSTER, NUMBER) and tokens[step + 1].word in ZONES


def _behind_cue(token: Token, at: int, items: list[Item]) -> bool:
    """`besok paling lambat 10.00`, `sebelum 10:00`: between a cue and nothing else, a colon says it is a time."""
    if not items or items[-1].kind is not Kind.CUE or items[-1].end != at or token.kind != CLUSTER:
        return False
    after_day = len(items) > 1 and items[-2].kind is Kind.DAY and items[-1].start - items[-2].end <= 1
    return after_day or ":" in token.raw


def _continues_clock(tokens: list[Token], at: int, items: list[Item]) -> bool:
    """The second time of `jam 9 sampai 11`, `jam 2 atau 3 sore`."""
    before = items[-1]
    if before.kind is Kind.CUE and before.family == "sampai" and len(items) > 1 and before.end == at:
        return items[-2].kind is Kind.CLOCK and items[-2].end == before.start
    joined = before.kind is Kind.CLOCK and before.end == at - 1 and tokens[at - 1].word in ("-", "atau", "dan", "/")
    after = tokens[at + 1]
    return joined and (after.kind in (SIGN, END) or after.word in ZONES or after.word in PARTS or after.word == "besok")


def read_half_hour(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`setengah 3 sore` without `jam`: only with its part of the day."""
    item = _spoken(tokens, at, at)
    return item if item is not None and item.clock is not None and item.clock.part is not None else None


def _only_comma(tokens: list[Token], start: int, end: int) -> bool:
    return start == end or (start + 1 == end and tokens[start].raw in (",", "|", "(", "-"))


def read_part_of_day(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`pagi`, `malam ini`, `sore nanti`; not the part of an activity (`apel pagi`)."""
    part = tokens[at].word
    if at and tokens[at - 1].word == "tadi":
        return Item(Kind.BLOCKED, at, at + 1)
    follower = tokens[at + 1].word
    clock = Clock(None, part=part)
    if follower == "nanti" and items and items[-1].kind is Kind.DAY and items[-1].end == at:
        return Item(Kind.CLOCK, at, at + 2, clock=clock)  # `Senin pagi nanti`
    if follower in ("ini", "nanti"):
        return Item(Kind.DAY, at, at + 2, rule=in_days(0), clock=clock, family="relative")
    if follower in ("tadi", "kemarin"):
        return Item(Kind.BLOCKED, at, at + 2)
    if at and tokens[at - 1].word in ACTIVITIES:
        return Item(Kind.BLOCKED, at, at + 1)
    end = at + 1
    if follower == "hari" and tokens[at + 2].word in ("", ",", ".", "nya"):
        end += 1
    item = Item(Kind.CLOCK, at, end, clock=clock)
    return item


def read_later_today(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`nanti` before a part of the day or a time is today."""
    word = tokens[at + 1].word
    if word in PARTS or (word in ("pukul", "jam") and read_clock(tokens, at + 1, items) is not None):
        return Item(Kind.DAY, at, at + 1, rule=in_days(0), family="relative", needs_cue=False)
    return None
