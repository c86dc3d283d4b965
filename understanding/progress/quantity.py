"""Amounts of work: "12 dari 20 ha", "3/5 desa", "sisa 8 dari 20 ha", "target 20 ha, realisasi 12 ha"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from understanding.progress import words as w
from understanding.progress.tokens import Token

_REACH = 7
_SMALL_PARTS = 20  # "2/3 pekerjaan", not "77/2020 sudah disusun"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is done of how much: `done`, `total` (None where not told) and the `unit` as written, or ""."""

    done: Decimal
    total: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number of things: token index, value, the plain unit word ("" if none) and the index after the unit."""

    index: int
    value: Decimal
    unit: str
    after: int


def _is_ordinal(tokens: Sequence[Token], index: int) -> bool:
    """`rapat ke 3`, `tanggal 5`, `Rp 60`: a number that counts nothing; `disalurkan ke 12 desa` does."""
    before = tokens[index - 1] if index else None
    if before is None:
        return False
    if before.word == "ke" and index > 1 and tokens[index - 2].word.startswith("di"):
        return False
    shortened = before.word == "." and index > 1 and tokens[index - 2].word in w.NO_AMOUNT_BEFORE
    return before.word in w.NO_AMOUNT_BEFORE or shortened


def _amount_at(tokens: Sequence[Token], index: int, text: str) -> _Amount | None:
    token = tokens[index]
    if token.kind != "number" or token.value is None:
        return None
    if _is_ordinal(tokens, index):
        return None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.kind != "word":
        return (
            None
            if following is not None and following.kind in ("percent", "code")
            else _Amount(index, token.value, "", index + 1)
        )
    if following.word in w.MONTHS | w.UNCOUNTED | w.PARTS.keys():
        return None
    raw = text[following.start : following.end]
    if following.word in w.UNITS or (following.word == "meter" and raw != "M"):
        return _Amount(index, token.value, following.word, index + 2)
    return _Amount(index, token.value, "", index + 1)


def _same_unit(one: str, other: str) -> bool:
    if not one or not other or one == other:
        return True
    return any(one in same and other in same for same in w.SAME_UNITS)


def _between(tokens: Sequence[Token], start: int, end: int) -> list[str]:
    return [token.word for token in tokens[start:end]]


def _is_left(tokens: Sequence[Token], amount: _Amount, end: int) -> bool:
    """Whether the amount is what remains: "sisa 8", "kurang 2", "tinggal 2", "masih 3 yang belum", "3 belum"."""
    clause = tokens[amount.index].clause
    start = amount.index
    while (
        start > 0
        and amount.index - start < 3
        and tokens[start - 1].kind == "word"
        and tokens[start - 1].clause == clause
    ):
        start -= 1
    before = _between(tokens, start, amount.index)
    if any(word in w.REMAINING for word in before) and "lebih" not in before:
        return True
    for token in tokens[end : end + 5]:
        if token.clause != clause or token.kind == "number" or token.word in ("sudah", "telah", "baru", "selesai"):
            return False
        if token.word in ("belum", "lagi"):
            return True
    return False


def _attends(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether people are counted as guests or voters rather than served."""
    clause = tokens[first].clause
    near = tokens[max(0, first - 4) : last + 4]
    return any(token.word in w.ATTENDING and token.clause == clause for token in near)


def _skip_whole_words(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].word in w.WHOLES:
        index += 1
    return index


@dataclass(frozen=True, slots=True)
class _Ratio:
    quantity: Quantity
    people: bool
    exact: bool  # False where the two numbers were only put side by side


def _make(
    part: _Amount, whole: _Amount, left: bool, text: str, tokens: Sequence[Token], over: bool = False
) -> Quantity | None:
    if whole.value <= 0 or (part.value > whole.value and not over) or not _same_unit(part.unit, whole.unit):
        return None
    unit = ""
    for amount in (whole, part):
        if amount.unit:
            token = tokens[amount.index + 1]
            unit = text[token.start : token.end]
            break
    return Quantity(whole.value - part.value if left else part.value, whole.value, unit)


def _part_of_whole(tokens: Sequence[Token], amounts: dict[int, _Amount], part: _Amount, text: str) -> _Ratio | None:
    """`12 (ha) … dari (total) 20 ha`."""
    limit = min(len(tokens), part.after + _REACH)
    for place in range(part.after, limit):
        token = tokens[place]
        if token.kind in ("number", "stop", "code", "percent"):
            return None
        if token.word != "dari" and not (token.word in w.MEASURES and tokens[place - 1].kind == "comma"):
            continue
        whole = amounts.get(_skip_whole_words(tokens, place + 1))
        if whole is None or (tokens[whole.after : whole.after + 1] and tokens[whole.after].word in ("jadi", "ke")):
            return None
        left = _is_left(tokens, part, part.after) or _belum_follows(tokens, whole)
        over = _skip_whole_words(tokens, place + 1) > place + 1
        made = _make(part, whole, left, text, tokens, over)
        people = bool({part.unit, whole.unit} & w.PEOPLE)
        if made is None or (people and _attends(tokens, part.index, whole.after)):
            return None
        return _Ratio(made, people, True)
    return None


def _belum_follows(tokens: Sequence[Token], whole: _Amount) -> bool:
    clause = tokens[whole.index].clause
    for token in tokens[whole.after : whole.after + 3]:
        if token.clause != clause or token.word in ("sudah", "telah"):
            return False
        if token.word == "belum":
            return True
    return False


def _whole_then_part(tokens: Sequence[Token], amounts: dict[int, _Amount], whole: _Amount, text: str) -> _Ratio | None:
    """`dari (total) 20 ha (, …) baru 12 ha`, `target 20 ha, realisasi 12 ha`."""
    back = whole.index - 1
    while back >= 0 and (tokens[back].word in w.WHOLES or tokens[back].kind == "colon"):
        back -= 1
    opened = back >= 0 and tokens[back].word == "dari"
    clause = tokens[whole.index].clause
    near = tokens[max(0, whole.index - 3) : whole.index]
    named = any(token.word in w.MEASURES and token.clause == clause for token in near)
    if not opened and not named:
        return None
    if opened and back > 0 and tokens[back - 1].word in ("naik", "meningkat", "bertambah", "turun"):
        return None
    for place in range(whole.after, min(len(tokens), whole.after + _REACH + 2)):
        if tokens[place].kind == "code" or (tokens[place].kind == "stop" and not _tells_result(tokens, place)):
            return None
        part = amounts.get(place)
        if part is None:
            if tokens[place].kind == "number":
                return None
            continue
        if tokens[place - 1].word in ("jadi", "ke") or not (
            part.unit or opened or w.SAID_REACHED & set(_between(tokens, whole.after, place))
        ):
            return None
        left = _is_left(tokens, part, part.after)
        made = _make(part, whole, left, text, tokens, over=named)
        people = bool({part.unit, whole.unit} & w.PEOPLE)
        if made is None or (people and _attends(tokens, part.index, part.after)):
            return None
        return _Ratio(made, people, True)
    return None


def _tells_result(tokens: Sequence[Token], place: int) -> bool:
    """Whether the stop at `place` is followed by what came of a target: "Target: 20 ha. Realisasi: 12 ha"."""
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return tokens[place].word == "\n" or following in w.RESULTS or following in ("sudah", "tercapai")


def _slashed(tokens: Sequence[Token], amounts: dict[int, _Amount], part: _Amount, text: str) -> _Ratio | None:
    """`3/5 desa`, `12 ha / 20 ha`; a bare `3/4` only after a word of progress, since it may be 3 April."""
    if part.after >= len(tokens) or tokens[part.after].kind != "slash":
        return None
    whole = amounts.get(part.after + 1)
    if whole is None:
        return None
    earlier = [token.word for token in tokens[max(0, part.index - 4) : part.index]]
    before = earlier[-1] if earlier else ""
    after = tokens[whole.after].word if whole.after < len(tokens) else ""
    told = before == ":" or (after in w.PLACES_OF_WORK and whole.value <= _SMALL_PARTS)
    told = told or any(word in w.DOING | w.DONE | w.OVERALL | w.UNITS for word in earlier)
    if before in w.WEEKDAYS | {"tanggal", "hari", "rapat", "surat", "besok"} or not (whole.unit or part.unit or told):
        return None
    made = _make(part, whole, _is_left(tokens, part, whole.after) or _belum_follows(tokens, whole), text, tokens)
    return _Ratio(made, bool({part.unit, whole.unit} & w.PEOPLE), True) if made else None


def _is_under_way(tokens: Sequence[Token], amount: _Amount) -> bool:
    clause = tokens[amount.index].clause
    later = tokens[amount.after : amount.after + 2]
    return bool(amount.unit) and any(token.word in w.UNDER_WAY and token.clause == clause for token in later)


def _told_done(tokens: Sequence[Token], amount: _Amount, reach: int = 2) -> bool:
    clause = tokens[amount.index].clause
    nearby = [*tokens[max(0, amount.index - reach) : amount.index], *tokens[amount.after : amount.after + 3]]
    return any(token.word in w.TOLD_DONE and token.clause == clause for token in nearby)


def _whole_and_done(tokens: Sequence[Token], amounts: dict[int, _Amount], text: str) -> _Ratio | None:
    """`10 rumah, 7 sudah selesai`, `jalan 3 km, selesai 2 km`."""
    whole: _Amount | None = None
    for amount in amounts.values():
        told = _told_done(tokens, amount)
        if whole is not None and told and tokens[amount.index].clause == tokens[whole.after].clause:
            made = _make(amount, whole, False, text, tokens) if 0 < amount.value < whole.value else None
            return _Ratio(made, False, False) if made else None
        plain = bool(amount.unit) and amount.unit not in w.PEOPLE and not told
        ends_clause = amount.after < len(tokens) and tokens[amount.after].kind == "comma"
        whole = amount if plain and ends_clause else None
    return None


def _done_and_left(tokens: Sequence[Token], amounts: dict[int, _Amount], text: str) -> _Ratio | None:
    """`4 desa sudah, 6 desa belum`, `sudah 12 ha, sisa 8 ha`: the whole is their sum."""
    done: _Amount | None = None
    for amount in amounts.values():
        if amount.value == 0:
            continue
        if _is_left(tokens, amount, amount.after) or _is_under_way(tokens, amount):
            if done is not None and amount.index - done.index <= 12 and (done.unit or amount.unit):
                whole = _Amount(done.index, done.value + amount.value, done.unit, done.after)
                made = _make(done, whole, False, text, tokens) if _same_unit(done.unit, amount.unit) else None
                people = bool({done.unit, amount.unit} & w.PEOPLE)
                if made is not None and not (people and _attends(tokens, done.index, amount.after)):
                    return _Ratio(made, people, False)
            done = None
        else:
            done = amount if _told_done(tokens, amount) else None
    return None


def _all_of_them(tokens: Sequence[Token], amounts: dict[int, _Amount], text: str) -> _Ratio | None:
    """`semua 10 dusun sudah didata`."""
    for amount in amounts.values():
        before = tokens[amount.index - 1].word if amount.index else ""
        if before not in w.ALL_OF or not amount.unit or amount.unit in w.PEOPLE:
            continue
        later = _between(tokens, amount.after, amount.after + 4)
        earlier = _between(tokens, max(0, amount.index - 4), amount.index)
        if any(word in ("sudah", "telah", *w.DONE) for word in later + earlier) and "belum" not in later + earlier:
            made = _make(amount, amount, False, text, tokens)
            return _Ratio(made, False, True) if made else None
    return None


def _ratios(tokens: Sequence[Token], amounts: dict[int, _Amount], text: str) -> Iterator[_Ratio]:
    for amount in amounts.values():
        for read in (_part_of_whole, _slashed, _whole_then_part):
            ratio = read(tokens, amounts, amount, text)
            if ratio is not None:
                yield ratio
                break


def find_quantity(tokens: Sequence[Token], text: str) -> Quantity | None:
    """The amount of work the message tells, things before people; a plain "sudah 12 ha" has no total."""
    amounts: dict[int, _Amount] = {}
    for index in range(len(tokens)):
        amount = _amount_at(tokens, index, text)
        if amount is not None:
            amounts[index] = amount
    found = list(_ratios(tokens, amounts, text))
    for extra in (_done_and_left, _whole_and_done, _all_of_them):
        ratio = extra(tokens, amounts, text) if not found else None
        if ratio is not None:
            found.append(ratio)
    if found:
        return min(found, key=lambda ratio: ratio.people).quantity
    return _plain_amount(tokens, amounts, text)


def _plain_amount(tokens: Sequence[Token], amounts: dict[int, _Amount], text: str) -> Quantity | None:
    for amount in amounts.values():
        before = _between(tokens, max(0, amount.index - 3), amount.index)
        told = any(word in ("sudah", "telah", "baru", "realisasi", "selesai", "tuntas") for word in before)
        if told and amount.unit and amount.unit not in w.PEOPLE and not _is_left(tokens, amount, amount.after):
            unit = tokens[amount.index + 1]
            return Quantity(amount.value, None, text[unit.start : unit.end])
    return None
