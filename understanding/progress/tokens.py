"""A message cut into words, numbers and signs, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from understanding.progress.numerals import decimal_of, join_number_words
from understanding.progress.spelling import plain_word, words_of

_PIECE = re.compile(
    r"(?P<item>^[ \t]*[0-9]{1,2}[.)](?=\s))"
    r"|(?P<until>\bs\.\s?d\.?|\bs/d\b)"
    r"|(?P<code>[0-9]+(?:/[\w.-]+){2,}|[0-9]+(?:-[0-9]+){2,}|[0-9]+(?:\.[0-9]+){0,9}/[A-Za-z]+[\w./-]*[0-9])"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<fraction>[½¼¾⅓⅔])"
    r"|(?P<word>[^\W\d_½¼¾⅓⅔]+(?:['’-][^\W\d_½¼¾⅓⅔]+)*)"
    r"|(?P<percent>[%℅٪％])"
    r"|(?P<arrow>-+>|=>|→|➡)"
    r"|(?P<stop>[.!?…]+|\n)"
    r"|(?P<comma>[,;()\[\]])"
    r"|(?P<mark>[^\s*_~`\u200b-\u200f\u2060\ufeff])",
    re.IGNORECASE | re.MULTILINE,
)
_SHORTENED = words_of("kec kel no kab jl jln bpk yth tgl sdr ds dr hr kep kasi dll dst rp bp ttd an prov st ir h hj")
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
# A clause also begins at these words.
_TURNS = words_of("tapi namun sedangkan sementara cuma cuman sehingga karena dikarenakan sebab akibat maka")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: `kind` is word, number, percent, fraction, code, stop, comma, colon, dash, slash, arrow or mark.

    `word` is the plain spelling in lower case, `value` the amount of a number or fraction.
    """

    kind: str
    word: str
    start: int
    end: int
    value: Decimal | None = None
    clause: int = 0
    sentence: int = 0


def _kind_and_word(text: str, match: re.Match[str], last_word: str) -> tuple[str, str]:
    kind, raw = match.lastgroup or "mark", match.group()
    if kind == "until":
        return "word", "sampai"
    if kind == "item":
        return "mark", raw
    if kind == "word":
        if raw == "BPK" and not text.isupper():
            return "word", "bpk"  # the auditors, not "bapak"
        return "word", plain_word(raw.casefold().replace("’", "'"))
    if kind == "stop":
        return ("mark" if raw == "." and last_word in _SHORTENED else "stop"), raw
    if kind == "mark" and raw in ":=":
        return "colon", raw
    if kind == "mark" and raw in "-–—":
        return "dash", raw
    if kind == "mark" and raw == "/":
        return "slash", raw
    return kind, raw


def _cut(text: str) -> list[Token]:
    found: list[Token] = []
    last_word = ""
    for match in _PIECE.finditer(text):
        kind, word = _kind_and_word(text, match, last_word)
        last_word = match.group().casefold() if kind == "word" else ""
        value = decimal_of(match.group()) if kind == "number" else _FRACTIONS.get(match.group())
        if kind == "number" and value is None:
            kind = "code"
        found.append(Token(kind, word, match.start(), match.end(), value))
    return found


def _is_spaced(text: str, token: Token) -> bool:
    return text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order, number words joined to numbers, with their clause and sentence counted from 0."""
    joined = join_number_words(_cut(text))
    tokens: list[Token] = []
    clause = sentence = 0
    for index, token in enumerate(joined):
        numbers = 0 < index < len(joined) - 1 and {joined[index - 1].kind, joined[index + 1].kind} <= {
            "number",
            "percent",
        }
        opened = joined[index - 1].kind == "colon" if index else False
        # What stands on the line below "Kendala:" belongs to it.
        if opened and token.word == "\n":
            joined[index] = token = replace(token, kind="colon")
        dash = token.kind == "dash" and not numbers and not opened and _is_spaced(text, token)
        if token.kind in ("stop", "comma") or dash or (token.kind == "word" and token.word in _TURNS):
            clause += 1
        if token.kind == "stop":
            sentence += 1
        kind = "comma" if dash else token.kind
        tokens.append(Token(kind, token.word, token.start, token.end, token.value, clause, sentence))
    return tokens
