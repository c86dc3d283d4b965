"""The door of the Bot API: token, method, parameters, faults; then the method itself; then the record of the call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from simulator.bot_api import editing, profile, receiving, sending
from simulator.bot_api.call import ApiCall
from simulator.bot_api.contract import contract
from simulator.bot_api.errors import ApiError
from simulator.bot_api.requests import RawCall, read_call
from simulator.faults import Fault
from simulator.world import Call, World

Json = dict[str, Any]
Method = Callable[[ApiCall], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendMediaGroup": sending.send_media_group,
    "sendVideo": sending.send_video,
    "sendVoice": sending.send_voice,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "getFile": receiving.get_file,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_chat_member,
    "leaveChat": profile.leave_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "setMessageReaction": editing.set_message_reaction,
}
_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


class BotApi:
    """ASGI endpoint for `/bot<token>/<method>`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = request.path_params
        name, method = _BY_LOWER_NAME.get(path["method"].lower(), (path["method"], None))
        raw = RawCall({}, {})
        fault: Fault | None = None
        params: Json = {}
        unknown: list[str] = []
        status = 200
        try:
            check_token(self._world, path["token"])
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            raw = await read_call(request)
            fault = self._fault(name, raw.params)
            if self._world.faults.latency:
                await asyncio.sleep(self._world.faults.latency)
            if fault is not None and fault.error is not None:
                raise fault.error
            body = b""
            if fault is None or fault.processed:
                params, unknown = contract().coerce(name, raw.params, frozenset(raw.uploads))
                result = method(ApiCall(self._world, params, raw.uploads))
                if isinstance(result, Awaitable):
                    result = await result
                body = b'{"ok":true,"result":' + (result if isinstance(result, bytes) else encode(result)) + b"}"
        except ApiError as error:
            status, body = error.code, encode(error.body())
        self._record(
            name, params or raw.params, raw, 0 if fault and fault.kind in ("drop", "silence") else status, unknown
        )
        await _answer(fault, status, body, scope, receive, send)

    def _fault(self, name: str, params: Json) -> Fault | None:
        if not self._world.faults.planned:
            return None
        chat_id = params.get("chat_id")
        try:
            number = int(chat_id) if chat_id is not None else None
        except (TypeError, ValueError):
            number = None
        return self._world.faults.next_for(name, number)

    def _record(self, name: str, params: Json, raw: RawCall, status: int, unknown: list[str]) -> None:
        if raw.uploads:
            params = params | {
                part: f"<{upload.name}, {len(upload.content)} bytes>" for part, upload in raw.uploads.items()
            }
        self._world.calls.append(Call(name, params, self._world.clock.now(), status, tuple(unknown)))


def check_token(world: World, token: str) -> None:
    """Raise 401 for another bot's token, 404 for what is no token at all."""
    if token == world.token:
        return
    number, colon, secret = token.partition(":")
    if not colon or not number.isdigit() or not secret:
        raise ApiError(404, "Not Found")
    raise ApiError(401, "Unauthorized")


def encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


async def _answer(fault: Fault | None, status: int, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
    kind = fault.kind if fault else ""
    if kind == "silence":
        while (await receive())["type"] != "http.disconnect":
            pass
        return
    headers = {"Retry-After": str(json.loads(body)["parameters"]["retry_after"])} if status == 429 else None
    if kind == "garbage":
        status, body = 200, b"<html><body>Bad gateway</body></html>"
    response = Response(body, status, headers, media_type="application/json")
    if kind == "drop":
        # The headers promise a body that never comes: the server then closes the connection.
        await send({"type": "http.response.start", "status": status, "headers": response.raw_headers})
        return
    await response(scope, receive, send)
