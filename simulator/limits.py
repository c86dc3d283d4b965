"""Telegram's sending limits: overall, to one private chat, and to one group. Measured in real time, not the simulated one."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limits:
    """What may be sent. A limit of 0 is switched off; `Limits.off()` switches off all of them."""

    per_second: int = 30
    per_group_minute: int = 20
    private_burst: int = 3
    private_per_second: float = 1.0
    monotonic: Callable[[], float] = time.monotonic
    _recent: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _private: dict[int, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def off(cls) -> Limits:
        return cls(per_second=0, per_group_minute=0, private_burst=0)

    def take(self, chat_id: int, count: int = 1) -> int:
        """Take `count` messages to `chat_id` out of the allowance. Return 0, or the seconds to wait (nothing is taken)."""
        now = self.monotonic()
        wait = self._overall_wait(now, count)
        if not wait and chat_id < 0:
            wait = self._group_wait(chat_id, now, count)
        elif not wait:
            wait = self._private_wait(chat_id, now, count)
        if wait:
            return max(1, math.ceil(wait))
        if self.per_second:
            self._recent.extend([now] * count)
        if chat_id < 0 and self.per_group_minute:
            self._groups[chat_id].extend([now] * count)
        return 0

    def _overall_wait(self, now: float, count: int) -> float:
        return _window_wait(self._recent, now, count, self.per_second, 1.0)

    def _group_wait(self, chat_id: int, now: float, count: int) -> float:
        return _window_wait(self._groups.setdefault(chat_id, deque()), now, count, self.per_group_minute, 60.0)

    def _private_wait(self, chat_id: int, now: float, count: int) -> float:
        if not self.private_burst:
            return 0.0
        tokens, since = self._private.get(chat_id, (float(self.private_burst), now))
        tokens = min(float(self.private_burst), tokens + (now - since) * self.private_per_second)
        # An album longer than the burst is let through by a full bucket, and paid for afterwards.
        if tokens < min(count, self.private_burst):
            return (min(count, self.private_burst) - tokens) / self.private_per_second
        self._private[chat_id] = (tokens - count, now)
        return 0.0


def _window_wait(sent: deque[float], now: float, count: int, limit: int, seconds: float) -> float:
    if not limit:
        return 0.0
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    if not sent or len(sent) + count <= limit:
        return 0.0
    return sent[min(len(sent), len(sent) + count - limit) - 1] + seconds - now
