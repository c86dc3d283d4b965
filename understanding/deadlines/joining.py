"""Items that belong together become one: times with days, ranges, alternatives, lengths counted from a day."""

from __future__ import annotations

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.clock_joining import attach_clocks, gap_between, join_clocks, next_joined
from understanding.deadlines.clocks import refine
from understanding.deadlines.model import Item, Kind, Length
from understanding.deadlines.surroundings import UNDATED_STARTS
from understanding.deadlines.tokens import Token
from understanding.deadlines.words import CHOICE_SIGNS, RANGE_SIGNS, words

_RELATIONS = words("sejak setelah sesudah semenjak terhitung mulai dari pasca stlh")
_UNKNOWN_BASE = words("tanggal saat waktu diterima diterimanya penerimaan terbit terbitnya surat berakhirnya")


def join(tokens: list[Token], items: list[Item]) -> list[Item]:
    """Join what belongs together, in the order in which the rules need it."""
    items = join_clocks(tokens, items)
    items = attach_clocks(tokens, items)
    items = _place_in_week(tokens, _absorb_weekdays(tokens, items))
    items = _join_every(tokens, items)
    items = _join_ranges(tokens, items)
    return _count_lengths(tokens, items)


def _absorb_weekdays(tokens: list[Token], items: list[Item]) -> list[Item]:
    """`hari ini, Jumat` and `besok (Sabtu)`: the weekday is only said for clarity."""
    joined: list[Item] = []
    for item in items:
        day = joined[-1] if joined else None
        if day is not None and day.family == "relative" and day.clock is None and "plain" in item.marks:
            gap = gap_between(tokens, day.end, item.start)
            if gap in ("", ",", "(", "/") and not item.recurring:
                bracket = gap == "(" and tokens[item.end].raw == ")"
                day.end, day.weekday, day.clock = item.end + bracket, item.names, item.clock
                continue
        joined.append(item)
    return joined


def _places_in_week(tokens: list[Token], weeks: Item, day: Item) -> bool:
    """`2 minggu lagi, Senin`: that day of the week so many weeks on."""
    if weeks.kind is not Kind.LENGTH or weeks.weeks_on is None or day.names is None or "plain" not in day.marks:
        return False
    if gap_between(tokens, weeks.end, day.start) not in ("", ","):
        return False
    day.rule, day.start = rules.in_week(day.names, weeks.weeks_on), weeks.start
    day.marks.discard("plain")
    return True


def _place_in_week(tokens: list[Token], items: list[Item]) -> list[Item]:
    """`Senin pukul 10.00 minggu depan`: the week said behind the time."""
    joined: list[Item] = []
    for item in items:
        day = joined[-1] if joined else None
        if day is not None and _places_in_week(tokens, day, item):
            joined[-1] = item
            continue
        if day is None or item.weeks_on is None or day.names is None or "plain" not in day.marks:
            joined.append(item)
            continue
        if (
            day.clock is None
            or item.start - day.end > 1
            or gap_between(tokens, day.end, item.start) not in ("", ",", "pada")
        ):
            joined.append(item)
            continue
        day.rule = rules.this_week(day.names) if item.weeks_on == 0 else rules.in_week(day.names, item.weeks_on)
        day.end = item.end
        day.marks.discard("plain")
        if item.clock is not None and day.clock.is_part:
            day.clock = refine(day.clock, item.clock)
    return joined


# Recurring wordings that name their day apart


def _join_every(tokens: list[Token], items: list[Item]) -> list[Item]:
    """`setiap bulan paling lambat tanggal 5`, `tanggal 10 setiap bulan`, `Jumat setiap minggu`."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if item.family == "every" and not item.weak:
            if joined and _names_day_of(joined[-1], item, again=True) and _near(tokens, joined[-1].end, item.start):
                joined[-1].recurring, joined[-1].end = True, item.end
                index += 1
                continue
            step = index + 1
            cue = items[step] if step < len(items) and items[step].kind is Kind.CUE else None
            step += cue is not None
            start = item.end if cue is None else cue.end
            day = items[step] if step < len(items) else None
            clear = cue is None or (_near(tokens, item.end, cue.start) and cue.family != "sampai")
            if day is not None and clear and _names_day_of(day, item) and _near(tokens, start, day.start):
                _follow_part_of_year(tokens, item, day)
                day.start, day.recurring, day.needs_cue = item.start, True, False
                day.clock = day.clock or item.clock
                day.forced = day.forced or cue is not None
                joined.append(day)
                index = step + 1
                continue
        joined.append(item)
        index += 1
    return joined


def _follow_part_of_year(tokens: list[Token], every: Item, day: Item) -> None:
    """`setiap triwulan paling lambat tanggal 10 bulan berikutnya`: the month after the quarter."""
    months = 3 if "quarter" in every.marks else 6 if "half" in every.marks else 0
    if not months or day.family != "date" or tokens[day.end - 1].word not in ("berikutnya", "depan"):
        return
    number = int((day.repeat or "=0").rpartition("=")[2])
    day.rule = rules.in_part_of_year(lambda year, first: rules.exact(year, first, number), months, None)
    firsts = ",".join(str(first) for first in range(1, 13, months))
    day.repeat = f"FREQ=YEARLY;BYMONTH={firsts};BYMONTHDAY={number}"


def _names_day_of(day: Item, every: Item, *, again: bool = False) -> bool:
    return (
        day.kind is Kind.DAY
        and (again or not day.recurring)
        and day.repeat is not None
        and "day" not in every.marks
        and day.family in ("date", "weekday", "period")
    )


def _near(tokens: list[Token], start: int, end: int) -> bool:
    return end - start <= 2 and all(tokens[index].word in (",", "pada", "di", "(") for index in range(start, end))


# Ranges and alternatives


def _join_ranges(tokens: list[Token], items: list[Item]) -> list[Item]:
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        found = next_joined(tokens, items, index)
        if found is not None and _joinable(item, items[found[1]]):
            sign, position = found
            listed = sign == "," and _is_list(tokens, items, position)
            until = item.recurring and sign == "sampai" and "plain" not in items[position].marks
            until = until or (item.family == "every" and sign == "sampai")
            if (sign in RANGE_SIGNS | CHOICE_SIGNS or listed) and not until:
                items[position] = _combine(item, items[position], is_range=sign in RANGE_SIGNS)
                index = position
                continue
        joined.append(item)
        index += 1
    return joined


def _joinable(first: Item, second: Item) -> bool:
    if first.weak or second.weak:
        return False
    if first.kind is Kind.LENGTH and second.kind is Kind.LENGTH:
        return (
            first.length is not None
            and second.length is not None
            and (first.length.is_moment == second.length.is_moment)
        )
    return first.kind is Kind.DAY and second.kind is Kind.DAY and first.length is None and second.length is None


def _is_list(tokens: list[Token], items: list[Item], position: int) -> bool:
    """`Senin, Selasa atau Rabu`: a comma joins where the last of the list says how."""
    for _ in range(6):
        found = next_joined(tokens, items, position)
        if found is None or not _joinable(items[position], items[found[1]]):
            return False
        if found[0] in ("atau", "dan"):
            return True
        if found[0] != ",":
            return False
        position = found[1]
    return False


def _combine(first: Item, second: Item, *, is_range: bool) -> Item:
    assert first.rule is not None
    assert second.rule is not None
    second.start = first.start
    second.forced = first.forced
    second.needs_cue = first.needs_cue and second.needs_cue
    second.is_range = is_range
    second.clock = second.clock or first.clock
    if first.recurring and not is_range:
        second.recurring, second.rule = True, rules.earliest_of([first.rule, second.rule])
        second.repeat = _both(first.repeat, second.repeat)
    elif is_range:
        second.recurring = second.recurring or first.recurring
        second.rule = rules.range_end(first.rule, second.rule, counts_from_start="plain" in second.marks)
    else:
        second.rule = rules.latest_of([first.rule, second.rule])
        second.unsure = True
    if first.length is not None and second.length is not None:
        first_sum, second_sum = first.length.delta, second.length.delta
        anchored = first.length.anchored or second.length.anchored
        longer = second.length if second_sum >= first_sum else first.length
        second.length = Length(longer.parts, longer.working, anchored)
    return second


def _both(first: str | None, second: str | None) -> str | None:
    """The RRULE of `setiap Senin dan Kamis`."""
    if first is None or second is None:
        return None
    start, _, before = first.rpartition("=")
    other, _, after = second.rpartition("=")
    return f"{start}={before},{after}" if start == other else None


# Lengths counted from a day


def _count_lengths(tokens: list[Token], items: list[Item]) -> list[Item]:
    """`14 hari sejak 1 Februari` is counted from that day; from something unknown it is no deadline."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        joined.append(item)
        index += 1
        if item.kind is not Kind.LENGTH or item.length is None:
            continue
        relation, base = _base_of(tokens, items, index, item)
        if base is not None and base.rule is not None and not item.length.is_moment:
            sign = -1 if relation == "sebelum" else 1
            length = item.length
            if base.feast:
                item.rule = rules.around_holiday(base.feast, -length.parts[0][0])
                if len(length.parts) > 1 or length.parts[0][1] != "day" or length.working:
                    item.rule = rules.length_from(rules.around_holiday(base.feast, 0), length, -1, is_open=False)
            else:
                is_open = base.family == "date" or (base.family == "weekday" and sign < 0)
                item.rule = rules.length_from(base.rule, length, sign, is_open=is_open)
            item.kind, item.end, item.length, item.family = Kind.DAY, base.end, None, "counted"
            item.clock = base.clock
            index = items.index(base, index) + 1
        elif relation:
            item.kind = Kind.BLOCKED
    return joined


def _base_of(tokens: list[Token], items: list[Item], index: int, length: Item) -> tuple[str, Item | None]:
    """The word that ties a length to a day ("sejak", "sebelum"; "" where none does), and that day."""
    follower = items[index] if index < len(items) else None
    if length.family == "h-day":
        return _base_of_h_day(tokens, items, index, length)
    if follower is not None and follower.start == length.end and follower.feast:
        return "sebelum", follower
    if follower is not None and follower.family == "sebelum" and follower.start == length.end:
        base = items[index + 1] if index + 1 < len(items) else None
        touching = base is not None and base.kind is Kind.DAY and base.start == follower.end
        return "sebelum", base if touching else None
    end = length.end
    while tokens[end].word in _RELATIONS and end < length.end + 3:
        end += 1
    word = tokens[length.end].word
    if end == length.end:
        return ("sejak", None) if word in UNDATED_STARTS else ("", None)
    if follower is not None and follower.kind is Kind.DAY and follower.start == end:
        return "sejak", follower
    if word == "dari" and tokens[end].word not in _UNKNOWN_BASE:
        return "", None
    return "sejak", None


def _base_of_h_day(tokens: list[Token], items: list[Item], index: int, length: Item) -> tuple[str, Item | None]:
    relation = "sebelum" if "before" in length.marks else "sejak"
    if index >= len(items):
        return relation, None
    follower = items[index]
    if follower.kind is Kind.CUE and follower.family == "sebelum" and follower.start == length.end:
        base = items[index + 1] if index + 1 < len(items) else None
        end = follower.end
    else:
        base, end = follower, length.end + (tokens[length.end].word in _RELATIONS | {"dari"})
    touching = base is not None and base.kind is Kind.DAY and base.start == end and base.family == "date"
    return relation, base if touching else None
