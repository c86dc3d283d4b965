"""Entities that Telegram finds by itself in any text: commands, mentions, hashtags, links, e-mail addresses."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"(?:https?://|(?<![\w@./])t\.me/)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{2,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}\b")),
)
_MAY_HOLD = re.compile(r"[/@#]|t\.me", re.I)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the measure of every Telegram limit and offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def detect(text: str) -> list[Json]:
    """MessageEntity objects in order of offset; none overlap."""
    if not _MAY_HOLD.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other or start >= until for other, until, _ in found):
                found.append((start, end, kind))
    return [
        {"type": kind, "offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def with_detected(text: str, given: list[Json]) -> list[Json]:
    """Add detected entities where no code, pre or link was given, sorted as Telegram sorts them."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in given
        if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    added = [
        entity
        for entity in detect(text)
        if all(entity["offset"] + entity["length"] <= start or entity["offset"] >= end for start, end in taken)
    ]
    return sorted([*given, *added], key=lambda entity: (entity["offset"], -entity["length"])) if added else given
