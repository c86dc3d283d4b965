"""What happens in the world, told to every open page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

Listener = Callable[[dict[str, Any]], None]

_QUEUE_LENGTH = 2000
_KEEP_ALIVE_SECONDS = 15.0


class EventHub:
    """Fan-out of events to Server-Sent-Events listeners; costs nothing while nobody listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._listeners: list[Listener] = []

    @property
    def heard(self) -> bool:
        return bool(self._queues or self._listeners)

    def on_event(self, listener: Listener) -> None:
        """Call `listener(event)` at once for everything that happens."""
        self._listeners.append(listener)

    def publish(self, kind: str, **fields: Any) -> None:
        if not self.heard:
            return
        event = {"type": kind, **fields}
        for listener in self._listeners:
            listener(event)
        if not self._queues:
            return
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        for queue in list(self._queues):
            try:
                queue.put_nowait(line)
            except asyncio.QueueFull:
                # A page that does not keep up is cut off; the browser reconnects and loads the state anew.
                self._queues.discard(queue)
                queue.get_nowait()
                queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[str]:
        """Yield Server-Sent-Events frames until the hub closes or the listener falls too far behind."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_QUEUE_LENGTH)
        self._queues.add(queue)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": masih di sini\n\n"
                    continue
                if line is None:
                    return
                yield f"data: {line}\n\n"
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        for queue in list(self._queues):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)
