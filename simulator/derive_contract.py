"""Derive `data/contract.json` from the Bot API's machine-readable description. Not used while the simulator runs.

Usage: python -m simulator.derive_contract path/to/api.json [out.json]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CONTRACT_FILE = Path(__file__).parent / "data" / "contract.json"

SERVED_METHODS = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "sendVideo",
    "sendVoice",
    "sendLocation",
    "sendChatAction",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "getFile",
    "getChat",
    "getChatMember",
    "leaveChat",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setChatMenuButton",
    "pinChatMessage",
    "unpinChatMessage",
    "setMessageReaction",
]

# What the simulator sends back; kept so that tests can hold every answer and update against the contract.
ANSWER_TYPES = [
    "Update",
    "Message",
    "InaccessibleMessage",
    "MaybeInaccessibleMessage",
    "User",
    "Chat",
    "ChatFullInfo",
    "MessageEntity",
    "PhotoSize",
    "Document",
    "Video",
    "Voice",
    "Location",
    "Sticker",
    "File",
    "CallbackQuery",
    "ChatMember",
    "ChatMemberOwner",
    "ChatMemberAdministrator",
    "ChatMemberMember",
    "ChatMemberRestricted",
    "ChatMemberLeft",
    "ChatMemberBanned",
    "ChatMemberUpdated",
    "WebhookInfo",
    "BotCommand",
    "ResponseParameters",
    "ReactionType",
    "ReactionTypeEmoji",
    "AcceptedGiftTypes",
    "InlineKeyboardMarkup",
    "InlineKeyboardButton",
]

_CONSTANT = re.compile(r"(?:must be|always) [“\"]?(\w+)[”\"]?\.?$")
_SCALARS = {"Integer", "Float", "Boolean", "String", "True", "InputFile"}


def _fields(described: Json) -> Json:
    fields: Json = {}
    for field in described.get("fields", []):
        entry: Json = {"types": field["types"]}
        if field["required"]:
            entry["required"] = True
        constant = _CONSTANT.search(field["description"])
        if constant and field["name"] in ("type", "status", "source"):
            entry["is"] = constant.group(1)
        fields[field["name"]] = entry
    return fields


def derive(api: Json) -> Json:
    """Return {"version", "methods": {name: {"returns", "fields"}}, "types": {name: {"fields"} | {"subtypes"}}}."""
    methods = {
        name: {"returns": api["methods"][name]["returns"], "fields": _fields(api["methods"][name])}
        for name in SERVED_METHODS
    }
    types: Json = {}

    def keep(expression: str, closure: bool) -> None:
        name = expression.replace("Array of ", "")
        if name in _SCALARS or name in types or name not in api["types"]:
            return
        described = api["types"][name]
        if "subtypes" in described:
            types[name] = {"subtypes": described["subtypes"]}
        else:
            types[name] = {"fields": _fields(described)}
        if closure:
            for inner in described.get("subtypes", []):
                keep(inner, closure)
            for field in types[name].get("fields", {}).values():
                for inner in field["types"]:
                    keep(inner, closure)

    for method in methods.values():
        for field in method["fields"].values():
            for expression in field["types"]:
                keep(expression, closure=True)
    for name in ANSWER_TYPES:
        keep(name, closure=False)
    return {"version": api["version"], "methods": methods, "types": dict(sorted(types.items()))}


def main() -> None:
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else CONTRACT_FILE
    contract = derive(json.loads(source.read_text(encoding="utf-8")))
    target.write_text(json.dumps(contract, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(contract['methods'])} methods, {len(contract['types'])} types, {contract['version']}")


if __name__ == "__main__":
    main()
