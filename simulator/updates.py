"""The queue of updates for the bot: numbering, allowed kinds, confirmation by offset, and the one long poll."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from simulator.bot_api.errors import ApiError

UPDATE_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "poll",
        "poll_answer",
        "chat_join_request",
    ]
)
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, frozen=True)
class QueuedUpdate:
    """One update, encoded once. `lane` is the chat or user whose order a webhook must keep."""

    id: int
    raw: bytes
    lane: int


class UpdateQueue:
    """Updates wait here until they are confirmed by `getUpdates` with a higher offset, or delivered to the webhook."""

    def __init__(self) -> None:
        self.waiting: deque[QueuedUpdate] = deque()
        self.allowed: frozenset[str] = UPDATE_KINDS - _NOT_BY_DEFAULT
        self.chosen: list[str] | None = None
        self.redirect: Callable[[QueuedUpdate], None] | None = None
        """Takes every new update while a webhook is set."""
        self.pushed = 0
        self._next_id = random.randint(100_000_000, 900_000_000)  # noqa: S311 - a number to count from
        self._poll: asyncio.Future[bool] | None = None

    @property
    def polling(self) -> bool:
        """Whether a long poll is open."""
        return self._poll is not None

    def push(self, kind: str, payload: dict[str, Any], lane: int) -> int | None:
        """Queue an update and return its id, or None when the bot does not want this kind."""
        if kind not in self.allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.pushed += 1
        raw = json.dumps({"update_id": update_id, kind: payload}, ensure_ascii=False, separators=(",", ":")).encode()
        update = QueuedUpdate(update_id, raw, lane)
        if self.redirect is not None:
            self.redirect(update)
            return update_id
        self.waiting.append(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        return update_id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set which kinds are queued from now on: None keeps the setting, an empty list restores the default."""
        if kinds is None:
            return
        chosen = [kind for kind in kinds if kind in UPDATE_KINDS]
        self.chosen = chosen or None
        self.allowed = frozenset(chosen) or UPDATE_KINDS - _NOT_BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget updates below `offset`; a negative one keeps only the last `-offset`."""
        waiting = self.waiting
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
            return
        while waiting and waiting[0].id < offset:
            waiting.popleft()

    def clear(self) -> None:
        self.waiting.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> bytes:
        """Confirm, then return up to `limit` updates as a JSON array, waiting up to `seconds` for the first.

        A poll that is still open is ended with 409, as Telegram does.
        """
        self.end_poll()
        self.confirm(offset)
        if not self.waiting and seconds > 0:
            self._poll = poll = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(poll, seconds)
            except TimeoutError:
                pass
            finally:
                if self._poll is poll:
                    self._poll = None
        return b"[" + b",".join(update.raw for update in islice(self.waiting, limit)) + b"]"

    def end_poll(self) -> None:
        """End the open long poll, if any, with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(
                ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            )
        self._poll = None

    def release_poll(self) -> None:
        """Let the open long poll return what there is."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
