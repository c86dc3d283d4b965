"""The client that speaks the Bot API, and the judgement of what an error means for a message."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

import httpx
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from delivery.transport import LeanRequest, NotSent

LONG_POLL_SECONDS = 25
READ_SECONDS = 20.0
CALL_SECONDS = 60.0
"""A call that has not ended by then counts as lost, however much of a response trickled in."""


class KawalBot(Bot):
    """The library's bot with one more method, for calls whose parameters are data already."""

    def __init__(self, *, patience: float = CALL_SECONDS, **given: Any) -> None:
        super().__init__(**given)
        self._patience = patience

    def __repr__(self) -> str:
        return "KawalBot[token=…]"

    async def call(
        self,
        method: str,
        parameters: Mapping[str, Any],
        *,
        files: Mapping[str, InputFile] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """Call a method of the Bot API by its name and return the raw result.

        `files` go under the name of their parameter, or of the attach:// address that refers to them. Raises
        `telegram.error.TelegramError`, also when there is no end after `seconds` (the bot's patience by default).
        """
        seconds = seconds or self._patience
        request = self._request[0] if method == "getUpdates" else self._request[1]
        data = [RequestParameter(name=name, value=value, input_files=None) for name, value in parameters.items()]
        data += [RequestParameter(name=name, value=None, input_files=[file]) for name, file in (files or {}).items()]
        try:
            async with asyncio.timeout(seconds):
                return await request.post(f"{self.base_url}/{method}", RequestData(data))
        except TimeoutError as error:
            raise NetworkError(f"no end of {method} within {seconds:.0f} s") from error


def build_bot(
    token: str,
    api_url: str = "https://api.telegram.org",
    *,
    request: BaseRequest | None = None,
    patience: float = CALL_SECONDS,
) -> KawalBot:
    """A client for the Bot API at `api_url`, files included.

    A call without an end after `patience` seconds counts as lost. `request` replaces the transport, for tests.
    """
    root = api_url.rstrip("/")
    # Reading the certificates takes longer than the rest of a start: once, and only when it is needed.
    context = lru_cache(httpx.create_ssl_context)
    return KawalBot(
        patience=patience,
        token=token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request or LeanRequest(context, read_timeout=READ_SECONDS),
        get_updates_request=request or LeanRequest(context, read_timeout=LONG_POLL_SECONDS + 10),
    )


class Outcome(Enum):
    """What became of a call."""

    SENT = auto()
    UNCHANGED = auto()
    """An edit to what is shown already: as good as sent."""
    UNSENT = auto()
    """It provably never reached Telegram, or Telegram would not look at it: to be tried again."""
    UNKNOWN = auto()
    """Telegram may have acted on it."""
    LATER = auto()
    """Too many requests."""
    REFUSED = auto()
    """Definitely not delivered, and trying again would not help."""
    BLOCKED = auto()
    """Refused because this person or group can't be reached."""
    MOVED = auto()
    """The group has become a supergroup."""
    MISSING = auto()
    """The message to act on isn't there any more."""
    UNPARSABLE = auto()
    """Its formatting is wrong: a defect of ours."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a call and what is needed to act on it. `retry_after` is in seconds."""

    outcome: Outcome
    reason: str = ""
    retry_after: float = 0.0
    new_chat_id: int | None = None
    result: Any = None


_BY_WORDS = (
    ("message is not modified", Outcome.UNCHANGED),
    ("can't parse entities", Outcome.UNPARSABLE),
    ("message to edit not found", Outcome.MISSING),
    ("message can't be edited", Outcome.MISSING),
    ("message to delete not found", Outcome.MISSING),
    ("message_id_invalid", Outcome.MISSING),
    ("chat not found", Outcome.BLOCKED),
    ("user is deactivated", Outcome.BLOCKED),
    ("peer_id_invalid", Outcome.BLOCKED),
)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def judge(error: Exception) -> Verdict:
    """What an error of a call means. Only what proves that nothing was delivered counts as unsent or refused."""
    reason = str(error)
    match error:
        case RetryAfter():
            return Verdict(Outcome.LATER, reason, retry_after=_seconds(error))
        case ChatMigrated():
            return Verdict(Outcome.MOVED, reason, new_chat_id=error.new_chat_id)
        case Forbidden():
            return Verdict(Outcome.BLOCKED, reason)
        case BadRequest():  # a subclass of NetworkError, so it comes first
            words = reason.lower()
            return Verdict(next((outcome for part, outcome in _BY_WORDS if part in words), Outcome.REFUSED), reason)
        case InvalidToken() | Conflict():
            return Verdict(Outcome.UNSENT, reason)
        case NotSent():
            return Verdict(Outcome.UNSENT, reason)
        case NetworkError():
            never_left = isinstance(error.__cause__, _NEVER_LEFT)
            return Verdict(Outcome.UNSENT if never_left else Outcome.UNKNOWN, reason or type(error).__name__)
        case TelegramError():
            return Verdict(Outcome.UNKNOWN, reason or type(error).__name__)
        case _:
            return Verdict(Outcome.REFUSED, f"{type(error).__name__}: {reason}")


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
