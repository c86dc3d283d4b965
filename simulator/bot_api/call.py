"""One call of a method: the world, its typed parameters, its uploads; and the chat it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.bot_api.errors import ApiError, bad_request, forbidden
from simulator.chats import Chat
from simulator.files import Upload
from simulator.world import World

Json = dict[str, Any]


@dataclass(slots=True)
class ApiCall:
    world: World
    params: Json
    uploads: dict[str, Upload]

    def chat(self, *, write: bool = True) -> Chat:
        """The chat of `chat_id`. Raises ApiError 400 or 403 as Telegram would for reading or writing there."""
        chat_id = self.params.get("chat_id")
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        return find_chat(self.world, chat_id, write=write)

    def spend(self, chat: Chat, count: int = 1) -> None:
        """Take `count` messages out of the sending limits, or raise 429."""
        wait = self.world.limits.take(chat.id, count)
        if wait:
            raise ApiError.too_many(wait)


def find_chat(world: World, chat_id: int | str, *, write: bool) -> Chat:
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.type == "private":
        _check_private(world, chat, write)
    else:
        _check_group(chat, write)
    return chat


def _check_private(world: World, chat: Chat, write: bool) -> None:
    if chat.bot_status == "never":
        raise forbidden("bot can't initiate conversation with a user") if write else bad_request("chat not found")
    if not write:
        return
    if world.people[chat.id].deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")


def _check_group(chat: Chat, write: bool) -> None:
    if chat.bot_status == "never":
        raise bad_request("chat not found")
    if chat.migrated_to is not None and write:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    if not write and chat.type == "group":
        return
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
