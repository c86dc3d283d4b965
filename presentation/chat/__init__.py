"""The bot's words: Jinja2 templates in this folder, escaped by construction, and fitted to Telegram's limits."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from presentation import words

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must never reach a message: control characters, marks that turn the reading direction around, half pairs."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.filters["brief"] = brief
    return environment


def render(template: str, **data: Any) -> str:
    """The message of `template` ("task_card") as Telegram HTML. Everything put in is escaped."""
    text = fit(_templates().get_template(f"{template}.j2").render(**data))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def fit(text: str) -> str:
    """The text without what Telegram refuses or what would make it read as something else."""
    return _UNFIT.sub("", text)


def brief(text: str, length: int = 120) -> str:
    """At most `length` characters of a text, on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def visible_length(html: str) -> int:
    """The length Telegram counts: UTF-16 units after the tags are parsed."""
    plain = re.sub(r"<[^>]+>", "", html)
    plain = re.sub(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);", "x", plain)
    return len(plain.encode("utf-16-le")) // 2


def pieces(html: str, limit: int) -> list[str]:
    """The text in parts that Telegram takes, cut between lines; a single line that is too long is shortened.

    The templates close every tag on the line that opens it, so a cut between lines leaves no tag open.
    """
    parts: list[str] = []
    current: list[str] = []
    length = 0
    for line in html.split("\n"):
        size = visible_length(line)
        if size > limit:
            line = escape(brief(unescape(re.sub(r"<[^>]+>", "", line)), limit // 2), quote=False)
            size = visible_length(line)
        if current and length + size + 1 > limit:
            parts.append("\n".join(current))
            current, length = [], 0
        current.append(line)
        length += size + 1
    parts.append("\n".join(current))
    return [part for part in parts if part.strip()] or ["…"]
