"""When a call may be made: evenly spaced below Telegram's limits. Pure; every time is seconds of one steady clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's limits as we keep them. `overall` is calls in any second; None lifts every limit."""

    overall: int | None = 30
    private_seconds: float = 1.0
    """Sustained: one message in so many seconds to a person."""
    private_burst: int = 3
    """Messages to one person that may go at once when there was quiet before."""
    group_calls: int = 20
    group_seconds: float = 60.0
    group_gap: float = 1.0
    halt_window: float = 10.0
    """Refusals for two chats within so many seconds mean that all must wait."""


WINDOW = 1.02
"""Seconds that hold no more than the limit: a second, and what a timer may be late."""


@dataclass(slots=True)
class _Chat:
    """`level` is how full the person's bucket was at `at`; `calls` are a group's recent ones."""

    level: float = 0.0
    at: float = -inf
    calls: deque[float] = field(default_factory=deque)
    held_until: float = -inf


class Pacing:
    """Remembers what was called when, and tells when the next call may go, overall and to each chat."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._recent: deque[float] = deque(maxlen=limits.overall or 1)
        self._started: deque[float] = deque(maxlen=limits.overall or 1)
        self._chats: dict[int, _Chat] = {}
        self._halted_until = -inf
        self._refusals: deque[tuple[float, int]] = deque()

    def next_slot(self, now: float) -> float:
        """The earliest moment at which any call may go."""
        slot = max(now, self._halted_until)
        if self.limits.overall is None or not self._recent:
            return slot
        # Slots a little closer than the limit make up for a late timer; the window keeps the limit itself.
        spaced = self._recent[-1] + 1.0 / (self.limits.overall * 1.04)
        full = self._recent[0] + WINDOW if len(self._recent) == self.limits.overall else -inf
        return max(slot, spaced, full)

    def start(self, now: float) -> float:
        """Begin a call whose slot has come. Returns 0, or the seconds to wait when earlier ones were late to begin."""
        if self.limits.overall is not None and len(self._started) == self.limits.overall:
            wait = self._started[0] + WINDOW - now
            if wait > 0:
                return wait
        self._started.append(now)
        return 0.0

    def chat_free_at(self, chat_id: int, now: float) -> float:
        """The earliest moment at which a message to this chat may go."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return now
        free = max(now, chat.held_until)
        if self.limits.overall is None:
            return free
        if chat_id < 0:
            return max(free, self._group_free_at(chat))
        over = self._level(chat, free) - (self.limits.private_burst - 1)
        return free + max(0.0, over * self.limits.private_seconds)

    def blocked(self, now: float) -> list[int]:
        """The chats to which nothing may go now. Forgets chats that are long free."""
        busy = []
        for chat_id, chat in list(self._chats.items()):
            if self.chat_free_at(chat_id, now) > now:
                busy.append(chat_id)
            elif self._is_quiet(chat_id, chat, now):
                del self._chats[chat_id]
        return busy

    def next_change(self, now: float) -> float:
        """When the first of the blocked chats becomes free; infinity when none is blocked."""
        return min((free for chat in self._chats if (free := self.chat_free_at(chat, now)) > now), default=inf)

    def note_call(self, at: float, chat_id: int | None) -> None:
        """A call goes at this moment; `chat_id` when it counts against its chat, too."""
        self._recent.append(at)
        if chat_id is None:
            return
        chat = self._chats.setdefault(chat_id, _Chat())
        if chat_id < 0:
            chat.calls.append(at)
            while len(chat.calls) > self.limits.group_calls:
                chat.calls.popleft()
        else:
            chat.level = self._level(chat, at) + 1.0
            chat.at = at

    def hold_chat(self, chat_id: int, until: float) -> None:
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.held_until = max(chat.held_until, until)

    def note_refusal(self, now: float, chat_id: int, retry_after: float) -> None:
        """Telegram said "too many requests": this chat waits, and everyone when it says so for several chats."""
        self.hold_chat(chat_id, now + retry_after)
        self._refusals.append((now, chat_id))
        while self._refusals and self._refusals[0][0] < now - self.limits.halt_window:
            self._refusals.popleft()
        if len({chat for _, chat in self._refusals}) > 1:
            self._halted_until = max(self._halted_until, now + retry_after)

    def move_chat(self, old: int, new: int) -> None:
        """A group has a new id and keeps its past."""
        if old in self._chats:
            self._chats[new] = self._chats.pop(old)

    def _level(self, chat: _Chat, at: float) -> float:
        if chat.at == -inf:
            return 0.0
        return max(0.0, chat.level - (at - chat.at) / self.limits.private_seconds)

    def _group_free_at(self, chat: _Chat) -> float:
        if not chat.calls:
            return -inf
        full = len(chat.calls) >= self.limits.group_calls
        window = chat.calls[0] + self.limits.group_seconds + 1e-6 if full else -inf
        return max(window, chat.calls[-1] + self.limits.group_gap)

    def _is_quiet(self, chat_id: int, chat: _Chat, now: float) -> bool:
        if chat_id < 0:
            return not chat.calls or chat.calls[-1] < now - self.limits.group_seconds
        return self._level(chat, now) == 0.0
