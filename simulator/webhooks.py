"""Delivery of updates to the bot's webhook over real HTTP: in order within a chat, retried with growing pauses."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from simulator.updates import QueuedUpdate, UpdateQueue

Json = dict[str, Any]

_ANSWER_SECONDS = 60.0
_LONGEST_PAUSE = 60.0


class Webhook:
    """The webhook set by the bot, if any. Updates not yet delivered return to the queue when it is deleted."""

    def __init__(self, updates: UpdateQueue, timestamp: Callable[[], int]) -> None:
        self.url = ""
        self.max_connections = 40
        self.retry_seconds = 2.0
        """The first pause after an immediate retry; it doubles each time."""
        self._updates = updates
        self._timestamp = timestamp
        self._secret: str | None = None
        self._lanes: dict[int, deque[QueuedUpdate]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._free: asyncio.Semaphore = asyncio.Semaphore(self.max_connections)
        self._client: httpx.AsyncClient | None = None
        self._last_error: Json = {}

    @property
    def pending(self) -> int:
        return sum(map(len, self._lanes.values()))

    def set(self, url: str, secret: str | None, max_connections: int) -> None:
        """Deliver to `url` from now on, beginning with what waits. An empty url deletes the webhook."""
        self._stop()
        self.url = url
        self._secret = secret
        self._last_error = {}
        if not url:
            self._updates.redirect = None
            return
        self.max_connections = max_connections
        self._free = asyncio.Semaphore(max_connections)
        self._updates.end_poll()
        self._updates.redirect = self._take
        waiting = list(self._updates.waiting)
        self._updates.waiting.clear()
        for update in waiting:
            self._take(update)

    def drop_pending(self) -> None:
        self._lanes.clear()
        self._updates.clear()

    def info(self) -> Json:
        """WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self.pending if self.url else len(self._updates.waiting),
        }
        if self.url:
            info["max_connections"] = self.max_connections
            info |= self._last_error
        if self._updates.chosen:
            info["allowed_updates"] = self._updates.chosen
        return info

    def close(self) -> None:
        self._updates.redirect = None
        self._stop()

    def _stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        undelivered = sorted((update for lane in self._lanes.values() for update in lane), key=lambda each: each.id)
        self._lanes.clear()
        self._updates.waiting.extendleft(reversed(undelivered))
        if self._client is not None:
            with contextlib.suppress(RuntimeError):
                asyncio.get_running_loop().create_task(self._client.aclose())
            self._client = None

    def _take(self, update: QueuedUpdate) -> None:
        self._lanes.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._tasks:
            task = asyncio.get_running_loop().create_task(self._deliver_lane(update.lane))
            self._tasks[update.lane] = task
            task.add_done_callback(partial(self._lane_done, update.lane))

    def _lane_done(self, lane: int, task: asyncio.Task[None]) -> None:
        if self._tasks.get(lane) is task:
            del self._tasks[lane]

    async def _deliver_lane(self, lane: int) -> None:
        failures = 0
        while waiting := self._lanes.get(lane):
            async with self._free:
                pause = await self._deliver(waiting[0], failures)
            if pause is None:
                failures = 0
                if waiting:
                    waiting.popleft()
                continue
            failures += 1
            await asyncio.sleep(pause)
        self._lanes.pop(lane, None)

    async def _deliver(self, update: QueuedUpdate, failures: int) -> float | None:
        """None when the bot took it, else the seconds to wait before the next try."""
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=_ANSWER_SECONDS, trust_env=False)
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        pause = 0.0 if failures == 0 else min(_LONGEST_PAUSE, self.retry_seconds * 2 ** (failures - 1))
        try:
            response = await self._client.post(self.url, content=update.raw, headers=headers)
        except httpx.TimeoutException:
            self._failed("Read timeout expired")
            return pause
        except httpx.HTTPError:
            self._failed("Connection refused")
            return pause
        if response.is_success:
            return None
        self._failed(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
        asked = response.headers.get("retry-after", "")
        return max(pause, min(3600.0, float(asked))) if asked.isdigit() else pause

    def _failed(self, reason: str) -> None:
        self._last_error = {"last_error_date": self._timestamp(), "last_error_message": reason}
