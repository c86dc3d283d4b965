"""Text into tokens, each knowing where it stood in the original text.

Folding (case, full-width and "bold" letters, curly quotes, dashes, invisible characters) never loses the original
offsets, so a phrase can be shown exactly as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from understanding.deadlines.words import SPELLING

WORD: Final = "word"
NUMBER: Final = "number"  # digits alone
CLUSTER: Final = "cluster"  # digits joined by . , : / - without a space
SIGN: Final = "sign"
END: Final = "end"

# `s.d.` is one word; then words (with an inner apostrophe), clusters of digits, and any other sign. Line ends and tabs
# are signs of their own where they end a paragraph or a table cell.
_TOKEN = re.compile(
    r"s ?[./] ?d(?![a-z0-9])\.?|sd\.(?=\s*[0-9])"
    r"|[a-z]+(?:'[a-z]+)?"
    r"|[0-9]+(?:[.,:/-][0-9]+)*"
    r"|\t|\n[ \r]*\n\s*"
    r"|[^\s]"
)
_PADDING = 12
_KEYCAP = "\u20e3"
_EMPHASIS = frozenset("*_")
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc\u02b9", "'")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_SPECIAL = _QUOTES | _DASHES | {"\u00d7": "x", "\u2028": "\n", "\u2029": "\n"}


class Token:
    """One word, number or sign. `start` and `end` are offsets into the original text."""

    __slots__ = ("capitals", "end", "glued", "kind", "new_line", "raw", "start", "title", "value", "word")

    def __init__(self, kind: str, raw: str, start: int, end: int) -> None:
        self.kind = kind
        self.raw = raw
        self.word = raw
        self.start = start
        self.end = end
        self.value = -1
        self.glued = False
        self.new_line = False
        self.capitals = False
        self.title = False

    def __repr__(self) -> str:
        return f"{self.kind}:{self.raw}"


def _fold(text: str) -> tuple[str, list[int] | None]:
    """Return the folded text and, unless each character kept its place, the original offset of each character."""
    if text.isascii():
        return text.replace("`", "'").lower(), None
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if char < "\x80":
            folded = char.lower() if char != "`" else "'"
        elif char in _SPECIAL:
            folded = _SPECIAL[char]
        elif char == _KEYCAP and pieces and pieces[-1].isdigit():
            pieces[-1] = "\u2022"  # a numbered bullet made of an emoji: not a number of anything
            continue
        elif unicodedata.category(char) in {"Cf", "Mn", "Me"}:
            continue
        else:
            folded = unicodedata.normalize("NFKC", char).lower()
        pieces.append(folded)
        offsets.extend([offset] * len(folded))
    return "".join(pieces), offsets


def tokenize(text: str) -> list[Token]:
    """Split `text` into tokens, followed by a few `END` tokens so that the grammar may look ahead freely."""
    folded, offsets = _fold(text)
    shouting = not any(char.islower() for char in text)
    tokens: list[Token] = []
    previous_end = -1
    for match in _TOKEN.finditer(folded):
        raw = match.group()
        begin, finish = match.span()
        if raw in _EMPHASIS:
            if begin == previous_end:
                previous_end = finish
            continue
        start, end = (begin, finish) if offsets is None else (offsets[begin], offsets[finish - 1] + 1)
        token = _make(raw, start, end)
        token.glued = begin == previous_end
        token.new_line = previous_end >= 0 and not token.glued and "\n" in folded[previous_end:begin]
        if token.kind == WORD:
            token.title = not shouting and text[start].isupper()
            token.capitals = token.title and len(raw) > 1 and text[start:end].isupper()
        previous_end = finish
        tokens.append(token)
    if "~" in folded:
        tokens = _without_struck_out(tokens)
    size = len(text)
    tokens.extend(Token(END, "", size, size) for _ in range(_PADDING))
    return tokens


def _without_struck_out(tokens: list[Token]) -> list[Token]:
    """Drop what WhatsApp shows as struck out: `~Senin~ Selasa`."""
    tildes = [index for index, token in enumerate(tokens) if token.raw == "~"]
    dropped: set[int] = set(tildes)
    opened = -1
    for index in tildes:
        opens = index + 1 < len(tokens) and tokens[index + 1].glued
        if opened < 0:
            opened = index if opens else -1
        elif tokens[index].glued:
            dropped.update(range(opened, index))
            opened = -1
    return [token for index, token in enumerate(tokens) if index not in dropped]


def _make(raw: str, start: int, end: int) -> Token:
    first = raw[0]
    if "a" <= first <= "z":
        token = Token(WORD, raw, start, end)
        token.word = SPELLING.get(raw, raw)
        if token.word is raw and (len(raw) < 6 and raw[:1] == "s" and (" " in raw or "." in raw or "/" in raw)):
            token.word = "sampai"
        return token
    if "0" <= first <= "9":
        if raw.isdigit():
            token = Token(NUMBER, raw, start, end)
            token.value = int(raw) if len(raw) <= 4 else -1
            return token
        return Token(CLUSTER, raw, start, end)
    return Token(SIGN, raw if first not in "\n" else "\n\n", start, end)
