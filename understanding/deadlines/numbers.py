"""Numbers in digits and in Indonesian words, over tokens."""

from __future__ import annotations

from functools import lru_cache

from understanding.deadlines.tokens import CLUSTER, NUMBER, WORD, Token
from understanding.deadlines.words import MULTIPLIERS, NUMBER_WORDS, ORDINALS, ROMAN, UNITS_OF_TEN


@lru_cache(maxsize=512)
def _written_together(word: str) -> int | None:
    """`duabelas` and `tigapuluh`, written as one word."""
    for ending, factor in MULTIPLIERS.items():
        stem = word.removesuffix(ending)
        if stem != word and stem in UNITS_OF_TEN:
            return UNITS_OF_TEN[stem] + 10 if ending == "belas" else UNITS_OF_TEN[stem] * factor
    return None


def _read_group(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read one group of a number: `dua ribu`, `seratus`, `dua puluh`, `dua belas`, `enam`."""
    word = tokens[at].word
    if word not in UNITS_OF_TEN:
        number = NUMBER_WORDS.get(word)
        if number is None and 7 < len(word) < 14:
            number = _written_together(word)
        return None if number is None else (number, at + 1)
    number, follower = UNITS_OF_TEN[word], tokens[at + 1].word
    if follower == "belas":
        return number + 10, at + 2
    if follower in MULTIPLIERS:
        return number * MULTIPLIERS[follower], at + 2
    return number, at + 1


def _span_of(number: int) -> tuple[int, int]:
    """The decimal places a group fills, from the highest to the lowest (11 to 19 fill tens and units)."""
    if number < 10:
        return 1, 1
    if number < 20:
        return 10, 1
    place = 10 if number < 100 else 100 if number < 1000 else 1000
    return place, place


def read_words(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read a number in words up to the thousands: (number, index after it)."""
    total, lowest, index = 0, 10_000, at
    while True:
        group = _read_group(tokens, index)
        if group is None:
            break
        high, low = _span_of(group[0])
        if high >= lowest:
            break
        total, lowest, index = total + group[0], low, group[1]
    return (total, index) if index > at else None


def read_number(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Read a number in digits or words, with its repetition in brackets: `14 (empat belas)`."""
    token = tokens[at]
    found: tuple[int, int] | None
    if token.kind == NUMBER:
        found = (token.value, at + 1) if token.value >= 0 else None
    else:
        found = read_words(tokens, at) if token.kind == WORD else None
    if found is None or tokens[found[1]].raw != "(":
        return found
    number, index = found
    inner = read_words(tokens, index + 1)
    if inner is None and tokens[index + 1].kind == NUMBER:
        inner = (0, index + 2)
    if inner is not None and tokens[inner[1]].raw == ")":
        return number, inner[1] + 1
    return found


def read_ordinal(tokens: list[Token], at: int, *, plain: bool) -> tuple[int, int] | None:
    """Read `kedua`, `ke-2`, `ke 2`, `II`, and with `plain` also `2` and `dua`; -1 is `terakhir`."""
    token = tokens[at]
    if token.word in ORDINALS:
        return ORDINALS[token.word], at + 1
    if token.word == "ke":
        index = at + 1
        if tokens[index].raw == "-":
            index += 1
        return read_ordinal(tokens, index, plain=True)
    if token.word in ROMAN:
        return ROMAN[token.word], at + 1
    if plain and token.kind == NUMBER and 0 <= token.value < 100:
        return token.value, at + 1
    if plain and token.word in UNITS_OF_TEN:
        return UNITS_OF_TEN[token.word], at + 1
    return None


def read_ordinals(tokens: list[Token], at: int, *, plain: bool) -> tuple[int, int] | None:
    """Read one ordinal or several (`I-II`, `kedua dan ketiga`, `I s.d. III`); the last counts."""
    found = read_ordinal(tokens, at, plain=plain)
    for _ in range(6):
        if found is None or tokens[found[1]].word not in _JOINS:
            break
        step = found[1] + 1
        step += tokens[step].word in ("dengan", "dan", "minggu", "triwulan", "semester")
        following = read_ordinal(tokens, step, plain=plain and tokens[step].kind != NUMBER)
        if following is None or found[0] == -1:
            break
        found = following
    return found


_JOINS = frozenset({"-", "/", "&", ",", "dan", "atau", "sampai"})


def cluster_numbers(token: Token) -> tuple[list[int], str] | None:
    """The numbers and the signs between them of a cluster such as `23/1/2026`; None where it is something else."""
    if token.kind != CLUSTER or len(token.raw) > 20:
        return None
    numbers: list[int] = []
    signs: list[str] = []
    digits = ""
    for char in token.raw:
        if char.isdigit():
            digits += char
        else:
            numbers.append(int(digits))
            signs.append(char)
            digits = ""
    numbers.append(int(digits))
    return numbers, "".join(signs)


@lru_cache(maxsize=4096)
def one_slip(written: str, meant: str) -> bool:
    """Tell whether one wrong, missing, extra or swapped letter separates the two words."""
    if abs(len(written) - len(meant)) > 1 or written == meant:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    left, right = written[start:], meant[start:]
    if len(left) == len(right):
        swapped = len(left) > 1 and left[0] == right[1] and left[1] == right[0] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right or left == right[1:]
