"""`parse_mode=HTML`: Telegram's small HTML to text and entities, with Telegram's complaints about what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.bot_api.errors import ApiError, bad_request
from simulator.entities import utf16_length

Json = dict[str, Any]

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_ATTRIBUTE_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACES = re.compile(r"\s*")
_LINK = re.compile(r"(?:https?|tg|ton|mailto|tel)://?\S+", re.I)
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?", re.I)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    at: int


@dataclass(slots=True)
class _Parser:
    source: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    """UTF-16 units written so far."""
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        source, at = self.source, 0
        while at < len(source):
            stop = source.find("<", at)
            if stop < 0:
                stop = len(source)
            if stop > at:
                self._write(decode_references(source[at:stop]))
            if stop == len(source):
                break
            at = self._end_tag(stop) if source.startswith("</", stop) else self._start_tag(stop)
        if self.open:
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.pieces), _tidy(self.entities)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _start_tag(self, begin: int) -> int:
        source = self.source
        name = _match(_NAME, source, begin + 1)
        tag = name.lower()
        at = begin + 1 + len(name)
        if at >= len(source):
            raise _complaint(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _ENTITY_OF_TAG:
            raise _complaint(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes, at = self._attributes(tag, begin, at)
        argument = ""
        if tag == "a":
            argument = attributes.get("href", "")
        elif tag == "code":
            argument = attributes.get("class", "").removeprefix("language-")
        elif tag == "blockquote":
            argument = "expandable" if "expandable" in attributes else ""
        elif tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _complaint(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, argument, self.length, len(self.pieces)))
        return at

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[dict[str, str], int]:
        source = self.source
        attributes: dict[str, str] = {}
        unclosed = f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}'
        while True:
            at += len(_match(_SPACES, source, at))
            if at >= len(source):
                raise _complaint(unclosed)
            if source[at] == ">":
                return attributes, at + 1
            name = _match(_ATTRIBUTE_NAME, source, at)
            if not name:
                raise _complaint(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            at += len(name)
            at += len(_match(_SPACES, source, at))
            if source[at : at + 1] != "=":
                attributes[name.lower()] = ""
                continue
            at += 1
            at += len(_match(_SPACES, source, at))
            if at >= len(source):
                raise _complaint(unclosed)
            value, at = self._attribute_value(begin, at)
            attributes[name.lower()] = value

    def _attribute_value(self, begin: int, at: int) -> tuple[str, int]:
        source, quote = self.source, self.source[at]
        if quote in "\"'":
            end = source.find(quote, at + 1)
            if end < 0:
                raise _complaint(f"Unclosed start tag at byte offset {self._byte(begin)}")
            return decode_references(source[at + 1 : end]), end + 1
        token = _match(_ATTRIBUTE_TOKEN, source, at)
        end = at + len(token)
        if end >= len(source) or not (source[end].isspace() or source[end] == ">"):
            raise _complaint(f"Unexpected end of name token at byte offset {self._byte(at)}")
        return token.lower(), end

    def _end_tag(self, begin: int) -> int:
        source = self.source
        if not self.open:
            raise _complaint(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = _match(_NAME, source, begin + 2)
        at = begin + 2 + len(name)
        at += len(_match(_SPACES, source, at))
        if source[at : at + 1] != ">":
            raise _complaint(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag = name.lower()
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise _complaint(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if length == 0:
            return
        kind = _ENTITY_OF_TAG[opened.tag]
        entity: Json = {"type": kind, "offset": opened.offset, "length": length}
        if opened.tag == "a":
            link = _link_entity(opened.argument or "".join(self.pieces[opened.at :]))
            if link is None:
                return
            entity |= link
        elif opened.tag == "code" and opened.argument and self.open and self.open[-1].tag == "pre":
            self.open[-1].argument = opened.argument
            return
        elif opened.tag == "pre" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its MessageEntity objects (offsets in UTF-16 units).

    Raises ApiError "Bad Request: can't parse entities: …" for what Telegram would not accept.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).run()


def decode_references(text: str) -> str:
    """Decode &lt; &gt; &amp; &quot; and numeric references; anything else stays as written."""
    if "&" not in text:
        return text

    def decoded(match: re.Match[str]) -> str:
        if match["name"]:
            return _NAMED[match["name"]]
        code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
        if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            return match[0]
        return chr(code)

    return _REFERENCE.sub(decoded, text)


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    match = pattern.match(text, at)
    return match[0] if match else ""


def _complaint(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _link_entity(target: str) -> Json | None:
    """What a link points to; None when it is no address at all, and then Telegram drops the link silently."""
    target = target.strip()
    user = _USER_LINK.fullmatch(target)
    if user:
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
    if _LINK.fullmatch(target):
        return {"url": target}
    if _DOMAIN.fullmatch(target):
        return {"url": f"http://{target}"}
    return None


def _tidy(entities: list[Json]) -> list[Json]:
    """Sort, drop what Telegram drops: anything inside code and pre, and an entity inside one of its own kind."""
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"], entity["type"] not in ("pre", "code")))
    kept: list[Json] = []
    for entity in entities:
        end = entity["offset"] + entity["length"]
        inside = [
            other for other in kept if other["offset"] <= entity["offset"] and end <= other["offset"] + other["length"]
        ]
        if any(other["type"] in ("pre", "code") or _same_kind(other, entity) for other in inside):
            continue
        kept.append(entity)
    return kept


def _same_kind(one: Json, other: Json) -> bool:
    return bool(one["type"].removeprefix("expandable_") == other["type"].removeprefix("expandable_"))
