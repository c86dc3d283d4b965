"""A Bot API server for measuring: does as little as it can, so that the bot is what is measured."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

TOKEN = "123456:" + "A" * 35
_ME = {"id": 123456, "is_bot": True, "first_name": "Kawal", "username": "kawal_bot"}


class BotApi:
    """Updates wait in `updates`; each message sent is noted with its moment. `latency` is added to every send."""

    def __init__(self, latency: float = 0.0, *, limited: bool = False) -> None:
        self.latency = latency
        self.updates: deque[dict[str, Any]] = deque()
        self.pushed_at: dict[int, float] = {}
        self.first_poll: float | None = None
        self.sends: list[tuple[float, int, str]] = []
        self.refused = 0
        self.on_send: Callable[[], None] = lambda: None
        self.on_first_poll: Callable[[], None] = lambda: None
        self._limited = limited
        self._recent: deque[float] = deque()
        self._poll: asyncio.Future[None] | None = None
        self._next = 1

    async def __aenter__(self) -> BotApi:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    def push(self, chat_id: int, text: str) -> None:
        """A person says something."""
        person = {"id": chat_id, "is_bot": False, "first_name": "Camat"}
        chat = {"id": chat_id, "type": "private", "first_name": "Camat"}
        said = {"message_id": self._next, "date": 1_769_137_200, "chat": chat, "from": person, "text": text}
        self.updates.append({"update_id": self._next, "message": said})
        self.pushed_at[self._next] = time.perf_counter()
        self._next += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def answer(self, method: str, body: bytes) -> tuple[int, Any]:
        if method == "getUpdates":
            return 200, await self._get_updates(parse_qs(body.decode()))
        if method == "getMe":
            return 200, _ME
        if method == "sendMessage":
            return await self._send(parse_qs(body.decode()))
        return 200, True

    async def _get_updates(self, parameters: dict[str, list[str]]) -> list[dict[str, Any]]:
        if self.first_poll is None:
            self.first_poll = time.perf_counter()
            self.on_first_poll()
        offset = int(parameters.get("offset", ["0"])[0])
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        seconds = float(parameters.get("timeout", ["0"])[0])
        if not self.updates and seconds:
            self._poll = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll, seconds)
        return [self.updates[number] for number in range(min(100, len(self.updates)))]

    async def _send(self, parameters: dict[str, list[str]]) -> tuple[int, Any]:
        now = time.perf_counter()
        if self._limited:
            while self._recent and self._recent[0] <= now - 1.0:
                self._recent.popleft()
            if len(self._recent) >= 30:
                self.refused += 1
                return 429, {"retry_after": 1}
            self._recent.append(now)
        chat_id, text = int(parameters["chat_id"][0]), parameters["text"][0]
        self.sends.append((now, chat_id, text))
        self.on_send()
        if self.latency:
            await asyncio.sleep(self.latency)
        chat = {"id": chat_id, "type": "private", "first_name": "Camat"}
        return 200, {"message_id": len(self.sends), "date": 1_769_137_200, "chat": chat, "text": text}

    def most_in_a_second(self) -> int:
        """The most messages taken within any second."""
        window: deque[float] = deque()
        most = 0
        for moment, _, _ in self.sends:
            window.append(moment)
            while window[0] <= moment - 1.0:
                window.popleft()
            most = max(most, len(window))
        return most

    def counts(self) -> Counter[str]:
        return Counter(text for _, _, text in self.sends)


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request at a time, as clients of the Bot API speak it."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._buffer = bytearray()
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = bytes(self._buffer[:head_end]).lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < head_end + 4 + length:
            return
        method = bytes(self._buffer[:head_end]).split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
        body = bytes(self._buffer[head_end + 4 : head_end + 4 + length])
        del self._buffer[: head_end + 4 + length]
        self._task = asyncio.get_running_loop().create_task(self._respond(method, body))

    async def _respond(self, method: str, body: bytes) -> None:
        status, result = await self._api.answer(method, body)
        content: dict[str, Any] = {"ok": True, "result": result}
        if status != 200:
            content = {"ok": False, "error_code": status, "description": "Too Many Requests", "parameters": result}
        payload = json.dumps(content).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        self._transport.write(head.encode() + payload)
