"""Where a view was opened from, so that it has a way back: a list, a unit, a programme, with the page."""

from __future__ import annotations

from dataclasses import dataclass

from models.scopes import Scope
from presentation.keyboards import Button, button

_LONGEST = 40
"""Bytes of a place in a button's data; what is longer (long search words) has the overview as its way back."""
_VERBS = frozenset({"status", "unit", "programme", "meeting", "search", "look_directive", "letters"})


@dataclass(frozen=True)
class Place:
    """A view that a button opens: its verb and arguments. As text: "status~late~u.12.09.09~2"."""

    verb: str
    arguments: tuple[str, ...]

    @property
    def code(self) -> str:
        code = "~".join((self.verb, *self.arguments))
        return code if len(code.encode()) <= _LONGEST else ""

    def back(self, label: str = "⬅️ Kembali") -> Button:
        return button(label, self.verb, *self.arguments)


OVERVIEW = Place("overview", ())


def place(verb: str, *arguments: object) -> Place:
    return Place(verb, tuple(str(argument) for argument in arguments))


def read_place(code: str) -> Place:
    """The place of a button's text; the overview when it is none."""
    verb, *arguments = code.split("~")
    return Place(verb, tuple(arguments)) if verb in _VERBS and arguments else OVERVIEW


def above(scope: Scope) -> Place:
    """The view that something about a scope belongs to."""
    if scope.unit:
        return place("unit", scope.unit, 0)
    if scope.programme:
        return place("programme", scope.programme, 0)
    return place("meeting", scope.meeting, 0) if scope.meeting else OVERVIEW
