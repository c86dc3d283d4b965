"""Inline keyboards: their labels, and the data their buttons carry.

A button's data is `1:verb:argument:…`, at most 64 bytes. The leading number is the format's version; the data is a
request, never a permission, so everything is checked again when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from presentation.chat import brief, fit

VERSION = "1"
Button = dict[str, str]
Keyboard = list[list[Button]]
LONGEST_LABEL = 100


def button(label: str, verb: str, *arguments: object) -> Button:
    """A button that sends `verb` and its arguments back when pressed."""
    data = ":".join([VERSION, verb, *(str(argument) for argument in arguments)])
    if len(data.encode()) > 64:
        raise ValueError(f"a button carries at most 64 bytes: {data}")
    return {"text": _label(label), "callback_data": data}


def link(label: str, url: str) -> Button:
    return {"text": _label(label), "url": url}


def _label(words: str) -> str:
    # Telegram refuses the whole message when a label is empty.
    return brief(fit(words), LONGEST_LABEL) or "…"


def rows(buttons: Iterable[Button], per_row: int = 2) -> Keyboard:
    every = list(buttons)
    return [every[start : start + per_row] for start in range(0, len(every), per_row)]


def markup(keyboard: Keyboard) -> dict[str, Any]:
    return {"inline_keyboard": [row for row in keyboard if row]}


def pages(verb: str, page: int, last: int, *arguments: object) -> list[Button]:
    """Buttons to the page before and after; pages count from 0."""
    found = []
    if page > 0:
        found.append(button("⬅️ Sebelumnya", verb, *arguments, page - 1))
    if page < last:
        found.append(button("Berikutnya ➡️", verb, *arguments, page + 1))
    return found
