"""Every percentage a message names, and which of them is how far the work is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from understanding.progress import words as w
from understanding.progress.tokens import Token

_HUNDRED = Decimal(100)
_UNDERSTOOD = Decimal(86)
_WINDOW = 9


@dataclass(frozen=True, slots=True)
class Mention:
    """A percentage and the tokens `[first, last]` that say it. `bare` where neither % nor "persen" was written."""

    value: Decimal
    first: int
    last: int
    bare: bool = False


def rounded(value: Decimal) -> int:
    """Half a percent goes up, as on paper."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _is_sign(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and (tokens[index].kind == "percent" or tokens[index].word == "persen")


def _after_sign(tokens: Sequence[Token], index: int) -> int:
    return index + 1 if _is_sign(tokens, index) else index


def _is_about(tokens: Sequence[Token], index: int) -> bool:
    """`60an persen`."""
    return index < len(tokens) and tokens[index].word == "an" and tokens[index].start == tokens[index - 1].end


def _joins_range(token: Token) -> bool:
    return token.kind == "dash" or token.word in ("sampai", "dengan", "atau", "ke", "dan", "hingga")


def _is_between(tokens: Sequence[Token], index: int) -> bool:
    """Whether "antara" opens the range at `index`, so that "dan" and "ke" join it."""
    return index > 0 and tokens[index - 1].word in ("antara", "kisaran", "sekitar")


def _read_number(tokens: Sequence[Token], index: int) -> Mention | None:
    """`60%`, `60 persen`, and the ranges `60-70%`, `60% s.d. 70%`, `antara 60 dan 70 persen` at their middle."""
    first = tokens[index].value
    if tokens[index].kind != "number" or first is None:
        return None
    after = _after_sign(tokens, index + 2 if _is_about(tokens, index + 1) else index + 1)
    signed = _is_sign(tokens, after - 1)
    if after + 2 < len(tokens) and tokens[after].word == "sampai" and tokens[after + 1].word == "dengan":
        after += 1
    joiner = tokens[after] if after + 1 < len(tokens) else None
    if (
        joiner is not None
        and tokens[after + 1].kind == "number"
        and _is_sign(tokens, after + 2)
        and _joins_range(joiner)
    ):
        second = tokens[after + 1].value
        loose = joiner.word in ("dan", "ke") and not _is_between(tokens, index)
        if second is not None and not loose and first <= second <= _HUNDRED:
            return Mention((first + second) / 2, index, after + 2)
    return Mention(first, index, index + 1 if _is_sign(tokens, index + 1) else index + 2) if signed else None


def _read_fraction(tokens: Sequence[Token], index: int) -> Mention | None:
    """`setengah`, `tiga perempat`, `¾`; not `setengah jam`, `jam setengah tiga`, `satu setengah`."""
    token = tokens[index]
    following = tokens[index + 1].word if index + 1 < len(tokens) else ""
    before = tokens[index - 1] if index else None
    if token.kind == "fraction" and token.value is not None:
        return Mention(token.value * _HUNDRED, index, index)
    if token.kind == "number" and following in w.PARTS and token.value is not None:
        part = w.PARTS[following]
        return Mention(token.value / part * _HUNDRED, index, index + 1) if token.value <= part else None
    if token.word not in w.FRACTION_WORDS:
        return None
    if following in w.NOT_HALVES or (
        before is not None and (before.kind == "number" or before.word in ("jam", "satu"))
    ):
        return None
    over, under = w.FRACTION_WORDS[token.word]
    return Mention(Decimal(over) / under * _HUNDRED, index, index)


def _ends_amount(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing that could be a unit follows a bare number."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    ends = (
        w.SALUTATION | w.FILLERS | w.LABELS | w.TARGET | w.AHEAD | w.GOES_ON | {"terkendala", "karena", "tapi", "jadi"}
    )
    return token.kind in ("stop", "comma", "mark", "arrow") or (token.kind == "word" and token.word in ends)


def _read_bare(tokens: Sequence[Token], index: int) -> Mention | None:
    """`progres 60`, `fisik: 80`: a number right after such a label and before no unit."""
    token = tokens[index]
    if token.kind != "number" or token.value is None or token.value > _HUNDRED:
        return None
    back = index - 1
    while back >= 0 and (tokens[back].kind == "colon" or tokens[back].word in w.BEFORE_A_FIGURE):
        back -= 1
    still_nothing = token.value == 0 and index > 0 and tokens[index - 1].word in w.STILL
    if (not still_nothing and (back < 0 or tokens[back].word not in w.LABELS)) or not _ends_amount(tokens, index + 1):
        return None
    return Mention(token.value, index, index, bare=True)


def _read_rise(tokens: Sequence[Token], index: int) -> list[Mention]:
    """`dari 45 jadi 65` without a sign: both ends, where no unit is named."""
    if tokens[index].word != "dari" or index + 3 >= len(tokens):
        return []
    old, to = tokens[index + 1], index + 2
    if tokens[to].word in w.CHANGE and to + 2 < len(tokens):
        to += 1
    new = tokens[to + 1]
    if tokens[to].word not in ("jadi", "ke") and tokens[to].kind != "arrow":
        return []
    bare = new.kind == "number" and not _is_sign(tokens, to + 2) and _ends_amount(tokens, to + 2)
    if old.value is None or new.value is None or old.kind != "number" or not max(old.value, new.value) <= _HUNDRED:
        return []
    if bare and new.value > 1:
        return [Mention(old.value, index + 1, index + 1, True), Mention(new.value, to + 1, to + 1, True)]
    return []


def _lone_number(tokens: Sequence[Token]) -> list[Mention]:
    """`50` as the whole answer; `86` only says "understood"."""
    said = [
        index
        for index, token in enumerate(tokens)
        if token.word not in w.VOCATIVES and token.kind in ("word", "number", "code")
    ]
    if len(said) != 1 or tokens[said[0]].kind != "number":
        return []
    value = tokens[said[0]].value
    return (
        [Mention(value, said[0], said[0], True)]
        if value is not None and value <= _HUNDRED and value != _UNDERSTOOD
        else []
    )


def find_percentages(tokens: Sequence[Token]) -> list[Mention]:
    """All percentages in order of appearance, none of them judged yet."""
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        rise = _read_rise(tokens, index)
        mention = _read_number(tokens, index) or _read_fraction(tokens, index) or _read_bare(tokens, index)
        if rise:
            found += rise
        elif mention is not None:
            found.append(mention)
        index = (rise[-1].last if rise else mention.last if mention is not None else index) + 1
    return found or _lone_number(tokens)


@dataclass(frozen=True, slots=True)
class Achieved:
    """A judged mention: the percentage reached and how much its label weighs (0 physical, 1 whole, 2 none, 3 money)."""

    value: Decimal
    label: int
    now: bool
    first: int
    in_series: bool


class _Context:
    """The words around one mention, up to its neighbours and the end of its clause."""

    def __init__(self, tokens: Sequence[Token], mention: Mention, floor: int, ceiling: int) -> None:
        clause = tokens[mention.first].clause
        start = mention.first
        while (
            start > floor
            and mention.first - start < _WINDOW
            and tokens[start - 1].clause == clause
            and tokens[start - 1].kind != "comma"
        ):
            start -= 1
        end = mention.last + 1
        while end < ceiling and end - mention.last <= _WINDOW and tokens[end].clause == clause:
            end += 1
        self.before = [token.word for token in tokens[start : mention.first]]
        self.after = [token.word for token in tokens[mention.last + 1 : end]]

    def has_before(self, words: frozenset[str]) -> bool:
        return any(word in words for word in self.before)

    def near_before(self, words: frozenset[str], reach: int = 3) -> bool:
        return any(word in words for word in self.before[-reach:])

    def near_after(self, words: frozenset[str], reach: int = 2) -> bool:
        return any(word in words for word in self.after[:reach])


def _label(context: _Context, position: int, labels_before: list[int]) -> int:
    """What the percentage is of; in "fisik dan keuangan 60% dan 45%" labels come in the order of the numbers."""
    named = list(
        dict.fromkeys(0 if word in w.PHYSICAL else 3 for word in context.before if word in w.PHYSICAL | w.FINANCIAL)
    )
    if len(named) >= 2 and position == 0:
        labels_before[:] = named
    if len(labels_before) >= 2 and position < len(labels_before):
        return labels_before[position]
    if named:
        return next(
            0 if word in w.PHYSICAL else 3 for word in reversed(context.before) if word in w.PHYSICAL | w.FINANCIAL
        )
    for word in context.after[:2]:
        if word in w.PHYSICAL:
            return 0
        if word in w.FINANCIAL:
            return 3
    return 1 if context.has_before(w.OVERALL) else 2


def _is_remaining(context: _Context, value: Decimal) -> bool:
    words = context.before[-3:]
    if "tinggal" in words and words[-1] != "tinggal" and words[-1].isalpha() and value > _HUNDRED / 2:
        return (
            not set(words[words.index("tinggal") + 1 :]) - w.BEFORE_A_FIGURE - w.SALUTATION
        )  # "tinggal finishing 88%"
    if context.near_before(w.REMAINING):
        if "kurang" in words:
            place = len(words) - 1 - words[::-1].index("kurang")
            beside = words[max(0, place - 1) : place + 2]
            if "lebih" in beside or "dari" in beside[1:]:
                return False
        return True
    if context.before[-2:] == ["yang", "belum"] or context.after[:2] == ["yang", "belum"]:
        return True
    return bool(context.after) and context.after[0] in ("lagi", "belum", "lainnya")


def _is_wished(context: _Context, value: Decimal) -> bool:
    """A target or a plan, not something reached: the last such word before the number that nothing takes back."""
    if "belum" in context.before[-2:] and not _is_remaining(context, value):
        return True  # "belum 100%", "belum sampai 80%"
    wish = previous = ""
    for word in context.before:
        if word in w.TARGET | w.AHEAD:
            wish = word
        elif (wish and (word in w.RESULTS and previous not in w.TARGET)) or (
            word in ("sudah", "telah") and wish in w.TAKEN_BACK
        ):
            wish = ""
        previous = word
    if wish in w.TARGET:
        met = frozenset(("sesuai", "memenuhi", "melampaui", "tercapai", "terpenuhi", "terlampaui"))
        missed = context.has_before(frozenset(("belum", "tidak")))
        return missed or not (context.has_before(met) or context.near_after(met))
    return bool(wish) or context.after[:1] == ["target"]


def _is_past(context: _Context) -> bool:
    """Said of an earlier day, or the start of a rise: "dari 45% jadi 65%"."""
    if context.has_before(w.BEHIND) and not context.has_before(w.NOW):
        return True
    if context.after[:1] and (
        context.after[0] in w.BEHIND or (context.after[0] in w.TIME_STEPS and context.after[1:2] == ["lalu"])
    ):
        return True
    after = context.after[1:] if context.after[:1] and context.after[0] in w.CHANGE else context.after
    return bool(after) and after[0] in w.CHANGE_TO | w.ARROWS and after[:2] != ["ke", "atas"]


def _is_change(context: _Context) -> bool:
    words = context.before[-3:]
    for place, word in enumerate(words):
        if word in w.CHANGE:
            return not any(later in w.CHANGE_TO for later in words[place:])
    return False


def judge(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[list[Achieved], list[Decimal]]:
    """The percentages reached, and those said to be left; targets, plans, past figures and mere rises fall away."""
    reached: list[Achieved] = []
    left: list[Decimal] = []
    labels: list[int] = []
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].last + 1 if position else 0
        ceiling = mentions[position + 1].first if position + 1 < len(mentions) else len(tokens)
        context = _Context(tokens, mention, floor, ceiling)
        label = _label(context, position, labels)
        past = _is_past(context) and not (mention.value == _HUNDRED and context.near_before(w.DONE))
        if _is_wished(context, mention.value) or past or _is_change(context) or context.near_before(w.NO_PROGRESS, 4):
            continue
        if _is_remaining(context, mention.value):
            left.append(mention.value)
            continue
        series = context.has_before(w.WEEKDAYS | w.MONTHS | w.TIME_STEPS)
        reached.append(Achieved(min(mention.value, _HUNDRED), label, context.has_before(w.NOW), mention.first, series))
    return reached, left


def choose(reached: Sequence[Achieved], left: Sequence[Decimal]) -> Decimal | None:
    """The one percentage of the report: physical before the whole before money; what is left only when nothing else is told.

    Of several parts of equal weight the lowest counts (an arahan is as far as its slowest part); of a series in time the last.
    """
    if reached:
        best = min(item.label for item in reached)
        rivals = [item for item in reached if item.label == best]
        current = [item for item in rivals if item.now] or rivals
        if any(item.in_series for item in current):
            return current[-1].value
        return min(item.value for item in current)
    fitting = [value for value in left if value <= _HUNDRED]
    return _HUNDRED - fitting[0] if fitting else None
