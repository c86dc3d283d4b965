"""Pressed buttons: callback queries, their answers, and their expiry."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True, frozen=True)
class Answer:
    """What the bot said to a press. No text means the button only stops spinning."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


class NoAnswer(AssertionError):
    """The bot left the button spinning."""


@dataclass(slots=True)
class Press:
    """One press on a button. `pressed_at` is real monotonic time in seconds."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    pressed_at: float
    answer: Answer | None = None
    answered_at: float | None = None
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, within: float = 10.0) -> Answer:
        """Wait for the bot's answer. Raises NoAnswer after `within` real seconds."""
        try:
            await asyncio.wait_for(self._done.wait(), within)
        except TimeoutError:
            raise NoAnswer(f"Bot tidak menjawab tombol “{self.data}” dalam {within} detik.") from None
        assert self.answer is not None
        return self.answer

    def settle(self, answer: Answer) -> None:
        self.answer = answer
        self.answered_at = time.monotonic()
        self._done.set()


class PressBook:
    """Presses by callback id. A query is valid for `seconds` of real time and for one answer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.chat_instance = str(secrets.randbelow(2**62))
        self.all: list[Press] = []
        self._open: dict[str, Press] = {}

    def open(self, user_id: int, chat_id: int, message_id: int, data: str) -> Press:
        press = Press(str(secrets.randbelow(2**62)), user_id, chat_id, message_id, data, time.monotonic())
        self._open[press.id] = press
        self.all.append(press)
        return press

    def close(self, callback_id: str) -> Press | None:
        """Take the press out to be answered; None when it is unknown, answered or too old."""
        press = self._open.pop(callback_id, None)
        if press is None or time.monotonic() - press.pressed_at > self.seconds:
            return None
        return press

    @property
    def unanswered(self) -> list[Press]:
        """Presses whose buttons still spin."""
        return [press for press in self.all if press.answer is None]
