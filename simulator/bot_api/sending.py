"""Methods that put something new into a chat."""

from __future__ import annotations

import secrets
from typing import Any

from simulator import actions
from simulator import content as contents
from simulator.bot_api.call import ApiCall
from simulator.bot_api.errors import bad_request
from simulator.bot_api.keyboards import split_markup
from simulator.bot_api.media import file_for, media_content
from simulator.bot_api.texts import caption_content, text_content
from simulator.chats import Chat

Json = dict[str, Any]

_CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(call: ApiCall) -> Json:
    content = text_content(call.params, too_long="message is too long")
    return _deliver(call, content)


def send_photo(call: ApiCall) -> Json:
    return _send_file(call, "photo")


def send_document(call: ApiCall) -> Json:
    return _send_file(call, "document")


def send_video(call: ApiCall) -> Json:
    return _send_file(call, "video")


def send_voice(call: ApiCall) -> Json:
    return _send_file(call, "voice")


def send_location(call: ApiCall) -> Json:
    latitude, longitude = call.params["latitude"], call.params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location coordinates specified")
    location = {"latitude": latitude, "longitude": longitude}
    if call.params.get("horizontal_accuracy"):
        location["horizontal_accuracy"] = call.params["horizontal_accuracy"]
    return _deliver(call, {"location": location})


def send_media_group(call: ApiCall) -> list[Json]:
    items = call.params["media"]
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > actions.ALBUM_SIZE:
        raise bad_request("too many messages to send as an album")
    if len(items) < 2:
        raise bad_request("media must include 2-10 items")
    kinds = {item["type"] for item in items}
    for kind in ("document", "audio"):
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{kind} can't be mixed with other media types")
    chat = call.chat()
    reply = _reply(call, chat)
    album = str(secrets.randbelow(2**53))
    prepared = [media_content(call, item) | {"media_group_id": album} | reply for item in items]
    call.spend(chat, len(prepared))
    world = call.world
    return [world.post(chat, world.bot, content, from_bot=True).body for content in prepared]


def send_chat_action(call: ApiCall) -> bool:
    chat = call.chat()
    if call.params["action"] not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.events.publish("action", chat_id=chat.id, action=call.params["action"])
    return True


def _send_file(call: ApiCall, kind: str) -> Json:
    params = call.params
    chat = call.chat()
    caption = caption_content(params)
    stored = file_for(call, kind, params.get(kind), part=kind)
    described = contents.of_file(stored, params.get("duration", 0), params.get("width", 0), params.get("height", 0))
    return _deliver(call, described | caption, chat)


def _deliver(call: ApiCall, content: Json, chat: Chat | None = None) -> Json:
    params, world = call.params, call.world
    inline, other = split_markup(params.get("reply_markup"))
    chat = chat or call.chat()
    content = content | _reply(call, chat)
    if inline:
        content["reply_markup"] = inline
    if params.get("protect_content"):
        content["has_protected_content"] = True
    call.spend(chat)
    return world.post(chat, world.bot, content, from_bot=True, reply_keyboard=other).body


def _reply(call: ApiCall, chat: Chat) -> Json:
    parameters = call.params.get("reply_parameters")
    if not parameters:
        return {}
    message = chat.find(parameters["message_id"]) if parameters.get("chat_id", chat.id) == chat.id else None
    if message is None:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": actions.quoted(message)}
