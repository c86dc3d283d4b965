"""A Telegram in memory: answers the client's requests by script and keeps what was called."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.request import BaseRequest, RequestData

from delivery.telegram import KawalBot, build_bot

TOKEN = "123456:" + "A" * 35
BOT = {"id": 123456, "is_bot": True, "first_name": "Kawal", "username": "kawal_bot"}

Reply = tuple[int, dict[str, Any]] | Exception | None


@dataclass
class Call:
    method: str
    parameters: dict[str, Any]
    files: dict[str, bytes]

    @property
    def chat_id(self) -> int:
        return int(self.parameters["chat_id"])

    @property
    def text(self) -> str:
        return str(self.parameters.get("text", ""))


class FakeTelegram(BaseRequest):
    """`script[method]` holds replies for the next calls: (status, body), an exception to raise, or None for the usual.

    `before_reply` is awaited with every call, for tests that want to look at, or hold up, a call under way.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.script: dict[str, deque[Reply]] = defaultdict(deque)
        self.waiting_updates: list[dict[str, Any]] = []
        self.before_reply: Callable[[Call], Any] | None = None
        self.next_message_id = 1000

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    def bot(self) -> KawalBot:
        return build_bot(TOKEN, "http://telegram.invalid", request=self)

    def said(self, chat_id: int | None = None) -> list[str]:
        """The texts sent to a chat, or to all, in order of sending."""
        return [
            call.text
            for call in self.calls
            if call.method == "sendMessage" and (chat_id is None or call.chat_id == chat_id)
        ]

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        parameters = {
            name: _decoded(value) for name, value in (request_data.json_parameters if request_data else {}).items()
        }
        multipart = request_data.multipart_data if request_data else {}
        files = {name: bytes(part[1]) for name, part in multipart.items()}  # type: ignore[arg-type]
        call = Call(url.rsplit("/", 1)[1], parameters, files)
        self.calls.append(call)
        if self.before_reply is not None:
            await self.before_reply(call)
        reply = self.script[call.method].popleft() if self.script[call.method] else None
        if isinstance(reply, Exception):
            raise reply
        status, body = reply if reply is not None else await self._usual(call)
        return status, json.dumps(body).encode()

    async def _usual(self, call: Call) -> tuple[int, dict[str, Any]]:
        if call.method == "getMe":
            return 200, {"ok": True, "result": BOT}
        if call.method == "getUpdates":
            offset = call.parameters.get("offset", 0)
            self.waiting_updates = [u for u in self.waiting_updates if u["update_id"] >= offset]
            if not self.waiting_updates:
                await asyncio.sleep(0.02)
            return 200, {"ok": True, "result": self.waiting_updates[:100]}
        if call.method == "sendMediaGroup":
            return 200, {"ok": True, "result": [self._message(call) for _ in call.parameters["media"]]}
        if call.method.startswith(("send", "edit")) and call.method != "sendChatAction":
            return 200, {"ok": True, "result": self._message(call)}
        return 200, {"ok": True, "result": True}

    def _message(self, call: Call) -> dict[str, Any]:
        self.next_message_id += 1
        message_id = call.parameters.get("message_id", self.next_message_id)
        return {"message_id": message_id, "date": 0, "chat": {"id": call.chat_id, "type": "private"}}


def error(status: int, description: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return status, body | ({"parameters": parameters} if parameters else {})


def message(update_id: int, chat_id: int, text: str) -> dict[str, Any]:
    """An update with a person's message in the private chat."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Camat"}
    chat = {"id": chat_id, "type": "private", "first_name": "Camat"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 0, "chat": chat, "from": person, "text": text},
    }


def press(update_id: int, chat_id: int, data: str) -> dict[str, Any]:
    """An update with a press of a button under a message of the bot."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Camat"}
    under = message(0, chat_id, "kartu")["message"]
    query = {"id": f"press-{update_id}", "from": person, "chat_instance": "1", "message": under, "data": data}
    return {"update_id": update_id, "callback_query": query}


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
