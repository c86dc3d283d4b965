"""Numbers as Indonesians write them: 1.398,13, "tujuh puluh lima", "60 (enam puluh)"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understanding.progress.tokens import Token

_MOST_DIGITS = 15

_ONES: dict[str, int] = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "lapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
_TIMES: dict[str, int] = {"puluh": 10, "ratus": 100, "ribu": 1000}
_THOUSANDS = ("ribu", "rb")
_WHOLE: dict[str, int] = {"seratus": 100, "seribu": 1000}
# "Simpang Empat" and "Sei Dua Hulu" are places, "salah satu" counts nothing.
_NAMES_BEFORE = frozenset(["simpang", "sei", "sungai", "salah", "pulau", "kota"])


def decimal_of(written: str) -> Decimal | None:
    """The value of digits with Indonesian separators; None for what is no single number (23.1.2026, 40 digits)."""
    if sum(map(str.isdigit, written)) > _MOST_DIGITS:
        return None
    whole, comma, cents = written.rpartition(",")
    if comma:
        if "," in whole or "." in cents:
            return None
        return Decimal(f"{whole.replace('.', '')}.{cents}")
    groups = written.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        return Decimal("".join(groups))
    return Decimal(written) if len(groups) <= 2 else None


def _glued(word: str) -> list[str]:
    """`enampuluh` as two words, `limabelas` too."""
    for tail in ("puluh", "belas", "ratus"):
        if word.endswith(tail) and word[: -len(tail)] in _ONES:
            return [word[: -len(tail)], tail]
    return [word]


def _spoken(words: list[str]) -> tuple[Decimal, int] | None:
    """The number that `words` begin with and how many of them it takes."""
    total = group = 0
    taken = 0
    pending: int | None = None
    for word in words:
        if word in _ONES and pending is None:
            pending = _ONES[word]
        elif word == "belas" and pending is not None and 1 < pending < 10:
            pending += 10
        elif word in ("puluh", "ratus") and pending is not None and 0 < pending < 10:
            group, pending = group + pending * _TIMES[word], None
        elif word == "ribu" and (group or pending):
            total, group, pending = total + (group + (pending or 0)) * 1000, 0, None
        elif word in _WHOLE and pending is None and not group:
            group += _WHOLE[word]
        else:
            break
        taken += 1
    if not taken:
        return None
    return Decimal(total + group + (pending or 0)), taken


def _number_at(tokens: list[Token], index: int) -> tuple[Decimal, int] | None:
    """The spoken number at `index` and how many tokens it takes."""
    if index and tokens[index - 1].word in _NAMES_BEFORE:
        return None
    words: list[str] = []
    owners: list[int] = []
    for offset, token in enumerate(tokens[index : index + 9]):
        if token.kind != "word":
            break
        for part in _glued(token.word):
            words.append(part)
            owners.append(offset)
    read = _spoken(words)
    if read is None:
        return None
    value, taken = read
    if taken + 1 < len(words) and words[taken] == "koma" and words[taken + 1] in _ONES:
        cents = _ONES[words[taken + 1]]
        value, taken = value + Decimal(cents) / (10 if cents < 10 else 100), taken + 2
    return value, owners[taken - 1] + 1


def _may_be_thousands(token: Token) -> bool:
    return token.kind == "number" and token.value is not None and token.value < 1_000_000


def join_number_words(tokens: list[Token]) -> list[Token]:
    """The tokens with every run of number words made one number, and "60 (enam puluh)" kept as the one number it is."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.word in _THOUSANDS and joined and _may_be_thousands(joined[-1]):
            joined[-1] = replace(joined[-1], word="", end=token.end, value=(joined[-1].value or Decimal(0)) * 1000)
            index += 1
            continue
        read = _number_at(tokens, index) if token.kind == "word" else None
        if read is None:
            joined.append(token)
            index += 1
            continue
        value, taken = read
        last = tokens[index + taken - 1]
        index += taken
        closed = index < len(tokens) and tokens[index].word == ")"
        if closed and len(joined) >= 2 and joined[-1].word == "(" and joined[-2].value == value:
            del joined[-1]
            index += 1
            continue
        joined.append(replace(token, kind="number", word="", end=last.end, value=value))
    return joined
