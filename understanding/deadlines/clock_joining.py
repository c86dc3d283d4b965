"""Times find their day: `besok jam 9`, `pukul 10.00 hari Senin`, `pukul 09.00 s.d. 12.00`, `malam Jumat`."""

from __future__ import annotations

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.clocks import refine
from understanding.deadlines.model import Clock, Item, Kind
from understanding.deadlines.tokens import Token
from understanding.deadlines.words import CHOICE_SIGNS, RANGE_SIGNS

_TIME_FILLERS = frozenset({",", "(", "|", "-", "pada", "sekitar", "tepat", "di", "tanggal", "yaitu"})
_TIME_CUES = frozenset({"sebelum", "sampai", "paling", "maksimal", "selambatnya", "batas", "selesai", "tenggat"})


def gap_between(tokens: list[Token], start: int, end: int) -> str | None:
    """The one sign or word between two items; "" where they touch, None where more is said."""
    if start == end:
        return ""
    if start + 1 == end:
        return tokens[start].word
    if start + 2 == end and tokens[start].word == "sampai" and tokens[start + 1].word in ("dengan", "pada"):
        return "sampai"
    if start + 2 == end and tokens[start].raw == "," and tokens[start + 1].word in ("dan", "atau"):
        return tokens[start + 1].word
    if start + 3 == end and tokens[start].word == "dan" and tokens[start + 1].raw == "/":
        return "atau"
    return None


def next_joined(tokens: list[Token], items: list[Item], index: int) -> tuple[str, int] | None:
    """The sign between item `index` and the next day, time or length, and where that one is in the list."""
    here = items[index]
    if index + 1 >= len(items):
        return None
    follower = items[index + 1]
    if follower.kind is Kind.CUE and follower.family == "sampai" and index + 2 < len(items):
        touching = follower.start == here.end and items[index + 2].start == follower.end
        return ("sampai", index + 2) if touching else None
    gap = gap_between(tokens, here.end, follower.start)
    return None if gap is None else (gap, index + 1)


def join_clocks(tokens: list[Token], items: list[Item]) -> list[Item]:
    """`pukul 09.00 s.d. 12.00`, `jam 2 atau 3 sore`: the later."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        found = next_joined(tokens, items, index) if item.kind is Kind.CLOCK else None
        if found is not None and found[0] in RANGE_SIGNS | CHOICE_SIGNS and items[found[1]].kind is Kind.CLOCK:
            other = items[found[1]]
            first, second = item.clock, other.clock
            if first is not None and second is not None and not second.is_part:
                zone = second.zone or first.zone
                part = second.part or (first.part if not first.is_part else None)
                other.clock = Clock(second.hour, second.minute, second.shift, second.bare, part, zone)
            other.start = item.start
            index = found[1]
            continue
        joined.append(item)
        index += 1
    return joined


def attach_clocks(tokens: list[Token], items: list[Item]) -> list[Item]:
    """A time belongs to the day beside it, whichever comes first; a cue may stand between."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if item.kind is Kind.CLOCK and index + 1 < len(items) and _takes_clock(items[index + 1]):
            day = items[index + 1]
            if day.clock is None and _only_fillers(tokens, item.end, day.start, is_part=_is_part(item)):
                _give_clock_before(item, day)
                index += 1
                continue
        joined.append(item)
        index += 1
        if _takes_clock(item):
            index = _take_following_clocks(tokens, items, index, item)
    return joined


def _is_part(item: Item) -> bool:
    return item.clock is not None and item.clock.is_part


def _takes_clock(item: Item) -> bool:
    if item.kind is Kind.DAY:
        return not (item.length is not None and item.length.is_moment)
    return item.kind is Kind.LENGTH and item.length is not None and not item.length.is_moment


def _give_clock_before(clock: Item, day: Item) -> None:
    """`pukul 10.00 hari Senin`, `malam Jumat` (the evening before)."""
    day.clock = clock.clock
    if clock.clock is not None and clock.clock.is_part and clock.clock.part == "malam" and day.family == "weekday":
        assert day.rule is not None
        day.rule = rules.eve(day.rule)
        day.marks.add("eve")
    day.start = clock.start
    day.needs_cue = False


def _take_following_clocks(tokens: list[Token], items: list[Item], index: int, day: Item) -> int:
    """Attach the times right behind `day`; returns the index of the first item that is not one of them."""
    while index < len(items):
        follower, cue = items[index], None
        if follower.kind is Kind.CUE and follower.family in _TIME_CUES and index + 1 < len(items):
            cue, follower = follower, items[index + 1]
        if follower.kind is not Kind.CLOCK or follower.clock is None:
            return index
        start = day.end if cue is None else cue.end
        if cue is not None and not _only_fillers(tokens, day.end, cue.start):
            return index
        if not _only_fillers(tokens, start, follower.start, is_part=_is_part(follower)):
            return index
        if not _merge_clock(day, follower.clock):
            return index
        if cue is None and _names_evening(follower, items, index):
            index += 1
            follower = items[index]
        day.end, day.needs_cue = follower.end, False
        day.forced = day.forced or cue is not None
        index += 1 if cue is None else 2
    return index


def _names_evening(part: Item, items: list[Item], index: int) -> bool:
    """`Kamis malam Jumat`: the day after is only the name of the evening."""
    follower = items[index + 1] if index + 1 < len(items) else None
    return (
        part.clock == Clock(None, part="malam")
        and follower is not None
        and follower.family == "weekday"
        and follower.start == part.end
    )


def _merge_clock(day: Item, clock: Clock) -> bool:
    if day.clock is None:
        day.clock = clock
    elif day.clock.is_part and not clock.is_part:
        day.clock = refine(day.clock, clock)
    elif clock.is_part and not day.clock.is_part and day.clock.part is None:
        day.clock = refine(clock, day.clock)
    else:
        return False
    return True


def _only_fillers(tokens: list[Token], start: int, end: int, *, is_part: bool = False) -> bool:
    if end - start > 2:
        return False
    if is_part:
        return start == end or (start + 1 == end and tokens[start].word in ("pada", "hari", "di"))
    return all(tokens[index].word in _TIME_FILLERS for index in range(start, end))
