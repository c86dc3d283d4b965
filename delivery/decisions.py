"""What becomes of an outbox row after a call: pure, so that every case can be read and tested in one place."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from delivery.telegram import Outcome, Verdict
from models.mailbox import OutboxState

REPEATS = {"toast": 0, "action": 0}
"""By kind: how often a call whose outcome is unknown is made again. Not again where a second one only confuses."""
REPEATS_ORDINARY = 3
"""A missing reminder is worse than a second one; a fifth, when Telegram's answers keep getting lost, is not better."""
REPEATS_AFTER_DEATH = 20
"""The bound when processes end during the call: most of the calls they had taken up were never made."""
UNSENT_TRIES = 100
UNKNOWN_TOKEN_TRIES = 5
"""Telegram answers 404 both to a malformed token and to a method it does not have."""


@dataclass(frozen=True, slots=True)
class Due:
    """An outbox row that is about to be called. `message_id` is its card's; `attempts` counts this call; `since` is
    when it became due."""

    id: int
    chat_id: int
    member_id: int | None
    card_id: int | None
    kind: str
    method: str
    payload: dict[str, Any]
    attempts: int
    possible_repeat: bool
    message_id: int | None
    since: datetime

    @property
    def is_send(self) -> bool:
        return self.method.startswith("send") and self.method != "sendChatAction"

    @property
    def needs_message(self) -> bool:
        """Whether it acts on the message of its card."""
        return self.card_id is not None and not self.is_send and "message_id" not in self.payload

    @property
    def has_chat(self) -> bool:
        """Whether the method takes a chat: answers to presses and settings of the bot itself don't."""
        return not self.method.startswith(("answer", "setMy", "deleteMy", "getMy"))

    @property
    def counts_for_chat(self) -> bool:
        """Whether Telegram counts it as a message to the chat."""
        return self.is_send or self.method.startswith(("edit", "copy", "forward"))


@dataclass(frozen=True, slots=True)
class Change:
    """What to write on the row, and what follows for its card, its person, its group."""

    state: OutboxState
    error: str | None = None
    message_id: int | None = None
    attempts: int = 0
    possible_repeat: bool = False
    payload: dict[str, Any] | None = None
    card_message: int | None = None
    forget_card_message: bool = False
    unreachable: bool = False
    new_chat_id: int | None = None
    defect: bool = False


def decide(row: Due, verdict: Verdict, tries: int = 1) -> Change:
    """The change that a call's verdict asks for. `tries` counts the calls of this row that never left."""
    why = verdict.reason[:500]
    kept = {"attempts": row.attempts, "possible_repeat": row.possible_repeat}
    uncounted = {"attempts": max(0, row.attempts - 1), "possible_repeat": row.possible_repeat}
    failed = Change(OutboxState.FAILED, why, **kept)  # type: ignore[arg-type]
    match verdict.outcome:
        case Outcome.SENT | Outcome.UNCHANGED:
            return _sent(row, verdict.result)
        case Outcome.MISSING if row.method == "deleteMessage":
            return _sent(row, None)
        case Outcome.MISSING:
            return Change(OutboxState.FAILED, why, forget_card_message=True, **kept)  # type: ignore[arg-type]
        case Outcome.LATER:
            return Change(OutboxState.READY, why, **uncounted)  # type: ignore[arg-type]
        case Outcome.UNSENT:
            bound = UNKNOWN_TOKEN_TRIES if "not found" in why.lower() else UNSENT_TRIES
            return failed if tries >= bound else Change(OutboxState.READY, why, **uncounted)  # type: ignore[arg-type]
        case Outcome.UNKNOWN:
            return after_unknown(row.kind, row.attempts, why)
        case Outcome.MOVED:
            return Change(OutboxState.READY, why, new_chat_id=verdict.new_chat_id, **uncounted)  # type: ignore[arg-type]
        case Outcome.BLOCKED:
            return Change(OutboxState.FAILED, why, unreachable=True, **kept)  # type: ignore[arg-type]
        case Outcome.UNPARSABLE:
            plain = as_plain_text(row.payload)
            if plain == row.payload:
                return failed
            return Change(OutboxState.READY, why, payload=plain, defect=True, **uncounted)  # type: ignore[arg-type]
        case Outcome.REFUSED:
            return failed


def after_unknown(kind: str, attempts: int, why: str, *, ordinary: int = REPEATS_ORDINARY) -> Change:
    """The policy when Telegram may or may not have acted on a call: by kind, it is made again and marked so."""
    if attempts > REPEATS.get(kind, ordinary):
        return Change(OutboxState.UNCERTAIN, why, attempts=attempts, possible_repeat=attempts > 1)
    return Change(OutboxState.READY, why, attempts=attempts, possible_repeat=True)


def _sent(row: Due, result: Any) -> Change:
    first = result[0] if isinstance(result, list) and result else result
    message_id = first.get("message_id") if isinstance(first, dict) else None
    return Change(
        OutboxState.SENT,
        message_id=message_id,
        attempts=row.attempts,
        possible_repeat=row.possible_repeat,
        card_message=message_id if row.is_send and row.card_id is not None else None,
        forget_card_message=row.method == "deleteMessage" and row.needs_message,
    )


def as_plain_text(value: Any) -> Any:
    """The payload without formatting: what to send when Telegram can't parse it."""
    if isinstance(value, list):
        return [as_plain_text(part) for part in value]
    if not isinstance(value, dict):
        return value
    formatted = value.get("parse_mode") is not None
    return {
        key: _without_tags(part) if formatted and key in ("text", "caption") else as_plain_text(part)
        for key, part in value.items()
        if key != "parse_mode"
    }


def _without_tags(text: Any) -> Any:
    return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text)) if isinstance(text, str) else text
