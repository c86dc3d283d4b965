"""Methods about the bot itself and about chats and their members."""

from __future__ import annotations

import re
from typing import Any

from simulator import groups
from simulator.actions import member_object
from simulator.bot_api.call import ApiCall, find_chat
from simulator.bot_api.errors import bad_request
from simulator.commands import ScopeKey, scope_key

Json = dict[str, Any]

_COMMAND = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE = re.compile(r"[a-z]{2}|")


def get_me(call: ApiCall) -> Json:
    return {
        **call.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(call: ApiCall) -> Json:
    chat = call.chat(write=False)
    full: Json = {
        **chat.header,
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.pinned and (pinned := chat.find(chat.pinned[-1])):
        full["pinned_message"] = pinned.body
    return full


def get_chat_member(call: ApiCall) -> Json:
    chat = call.chat(write=False)
    user_id = call.params["user_id"]
    if user_id == call.world.bot["id"]:
        return member_object(call.world.bot, chat.bot_status)
    person = call.world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return member_object(person.user, chat.members.get(user_id, "left"))


def leave_chat(call: ApiCall) -> bool:
    chat = call.chat()
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    groups.bot_leaves(call.world, chat)
    return True


def set_my_commands(call: ApiCall) -> bool:
    key = _key(call)
    commands = call.params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        named = _COMMAND.fullmatch(command["command"])
        if named is None:
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": named[1], "description": command["description"].strip()})
    call.world.menus.lists[key] = kept
    _publish(call, key)
    return True


def get_my_commands(call: ApiCall) -> list[Json]:
    return call.world.menus.lists.get(_key(call), [])


def delete_my_commands(call: ApiCall) -> bool:
    key = _key(call)
    call.world.menus.lists.pop(key, None)
    _publish(call, key)
    return True


def set_my_description(call: ApiCall) -> bool:
    return _describe(call, "description", 512)


def set_my_short_description(call: ApiCall) -> bool:
    return _describe(call, "short_description", 120)


def set_chat_menu_button(call: ApiCall) -> bool:
    chat_id = call.params.get("chat_id")
    if chat_id and find_chat(call.world, chat_id, write=False).type != "private":
        raise bad_request("chat not found")
    call.world.menu_buttons[chat_id or 0] = call.params.get("menu_button") or {"type": "default"}
    return True


def _describe(call: ApiCall, name: str, limit: int) -> bool:
    text = call.params.get(name) or ""
    if len(text) > limit:
        raise bad_request(f"BOT_{name.upper()}_INVALID")
    call.world.descriptions[name, call.params.get("language_code") or ""] = text
    return True


def _key(call: ApiCall) -> ScopeKey:
    language = call.params.get("language_code") or ""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    scope = call.params.get("scope")
    chat_id = None
    if scope and "chat_id" in scope:
        chat_id = find_chat(call.world, _number(scope["chat_id"]), write=False).id
    return scope_key(scope, chat_id, language)


def _number(chat_id: int | str) -> int | str:
    return int(chat_id) if isinstance(chat_id, str) and re.fullmatch(r"-?\d+", chat_id) else chat_id


def _publish(call: ApiCall, key: ScopeKey) -> None:
    world = call.world
    kind, chat_id, _, language = key
    world.events.publish(
        "commands", scope=kind, chat_id=chat_id or None, language=language, commands=world.menus.lists.get(key, [])
    )
    if world.events.heard:
        for person in [world.people[chat_id]] if chat_id in world.people else world.people.values():
            world.events.publish("person", person=person.shown())
