"""The Bot API's contract for the methods served, and the checks that follow from it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from simulator.bot_api.errors import bad_request

Json = dict[str, Any]

CONTRACT_FILE = Path(__file__).parents[1] / "data" / "contract.json"

_INTEGER = re.compile(r"\s*[+-]?\d+\s*")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_SCALARS = frozenset({"Integer", "Float", "Boolean", "True", "String"})
# Telegram's own words where it has them for a parameter that is missing.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "voice": "there is no voice in the request",
    "file_id": "file_id not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
}
_JSON_NAME = {"reply_markup": "reply keyboard markup", "media": "media", "scope": "BotCommandScope"}


class Contract:
    """Methods by lower-case name, types by name; `data` is the parsed `data/contract.json`."""

    def __init__(self, data: Json) -> None:
        self.version: str = data["version"]
        self.types: dict[str, Json] = data["types"]
        self.methods: dict[str, tuple[str, Json]] = {
            name.lower(): (name, method["fields"]) for name, method in data["methods"].items()
        }
        self.returns: dict[str, list[str]] = {name: method["returns"] for name, method in data["methods"].items()}

    def coerce(self, method: str, raw: Json, uploaded: frozenset[str]) -> tuple[Json, list[str]]:
        """Turn raw parameters into typed ones. Return them and the names the method does not know.

        `uploaded` names the multipart files, which stay out of the result. Raises ApiError 400.
        """
        fields = self.methods[method.lower()][1]
        params: Json = {}
        for name, field in fields.items():
            value = raw.get(name)
            if value is None or value == "":
                if field.get("required") and name not in uploaded:
                    raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
                if value == "":
                    params[name] = ""
                continue
            params[name] = self._parameter(name, field["types"], value)
        return params, [name for name in raw if name not in fields and name != "method"]

    def _parameter(self, name: str, types: list[str], value: Any) -> Any:
        if types[0] in _SCALARS or "String" in types:
            return _scalar(name, types, value)
        if types == ["InputFile"]:
            return value
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {_JSON_NAME.get(name, name)} JSON object") from None
        if name == "reply_markup" and not isinstance(value, dict):
            raise bad_request("object expected as reply markup")
        problem = self.problem(value, types)
        if problem:
            raise bad_request(_worded(types, problem))
        return value

    def problem(self, value: Any, types: list[str]) -> str | None:
        """Why a JSON value fits none of `types`, in Telegram's words; None when it fits."""
        if len(types) > 1 and isinstance(value, dict):
            types = [self.subtype(value, types)]
        if len(types) > 1 and isinstance(value, list) and all(kind.startswith("Array of ") for kind in types):
            inner = [kind.removeprefix("Array of ") for kind in types]
            return next(filter(None, (self.problem(item, inner) for item in value)), None)
        problems = [self._problem(value, expected) for expected in types]
        return None if None in problems else problems[0]

    def _problem(self, value: Any, expected: str) -> str | None:
        if expected.startswith("Array of "):
            if not isinstance(value, list):
                return "expected an Array"
            inner = expected.removeprefix("Array of ")
            return next(filter(None, (self._problem(item, inner) for item in value)), None)
        if expected in _SCALARS:
            return None if _is_scalar(value, expected) else f"must be of type {_TYPE_WORD.get(expected, expected)}"
        described = self.types.get(expected)
        if expected == "InputFile" or described is None:
            return None
        if not isinstance(value, dict):
            return None if expected == "KeyboardButton" and isinstance(value, str) else "expected an Object"
        if "subtypes" in described:
            return self._problem(value, self.subtype(value, described["subtypes"]))
        for name, field in described["fields"].items():
            if name not in value:
                if field.get("required"):
                    return f'Can\'t find field "{name}"'
                continue
            if "is" in field and value[name] != field["is"]:
                return "Unsupported type specified"
            inside = self.problem(value[name], field["types"])
            if inside:
                return f'Field "{name}" {inside}' if inside.startswith("must be") else inside
        return None

    def subtype(self, value: Json, subtypes: list[str]) -> str:
        """Which of several object types a value is meant to be: by its constant field, or by the field that marks it."""
        for subtype in subtypes:
            fields = self.types.get(subtype, {}).get("fields", {})
            constants = {name: field["is"] for name, field in fields.items() if "is" in field}
            if constants and all(value.get(name) == constant for name, constant in constants.items()):
                return subtype
        marked = (subtype for subtype in subtypes if _MARKS.get(subtype) in value)
        return next(marked, subtypes[0])


_MARKS = {
    "InlineKeyboardMarkup": "inline_keyboard",
    "ReplyKeyboardMarkup": "keyboard",
    "ReplyKeyboardRemove": "remove_keyboard",
    "ForceReply": "force_reply",
    "Message": "from",
}
_TYPE_WORD = {"Integer": "Number", "Float": "Number", "True": "Boolean"}


@cache
def contract() -> Contract:
    return Contract(json.loads(CONTRACT_FILE.read_text(encoding="utf-8")))


def _worded(types: list[str], problem: str) -> str:
    kind = types[0].removeprefix("Array of ")
    if kind.startswith("InputMedia"):
        return f"can't parse InputMedia: {problem}"
    if kind == "InlineKeyboardMarkup":
        return f"can't parse inline keyboard button: {problem}"
    return f"can't parse {kind}: {problem}"


def _is_scalar(value: Any, expected: str) -> bool:
    if expected == "String":
        return isinstance(value, str) and _is_utf8(value)
    if expected in ("Boolean", "True"):
        return isinstance(value, bool)
    if expected == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_utf8(text: str) -> bool:
    """False for half of a surrogate pair, which JSON can spell and UTF-8 cannot."""
    return text.isascii() or _HALF_PAIR.search(text) is None


def _scalar(name: str, types: list[str], value: Any) -> Any:
    if types[0] == "Integer":
        if isinstance(value, bool):
            raise bad_request(f'can\'t parse "{name}" as Number')
        if isinstance(value, int):
            return value
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            return int(value)
        if isinstance(value, str) and "String" in types:
            return value
        raise bad_request(f'can\'t parse "{name}" as Number')
    if types[0] == "Float":
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f'can\'t parse "{name}" as Number') from None
    if types[0] in ("Boolean", "True"):
        return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")
    if isinstance(value, dict | list):
        raise bad_request(f'field "{name}" must be of type String')
    if isinstance(value, str) and not _is_utf8(value):
        raise bad_request("strings must be encoded in UTF-8")
    return value if isinstance(value, str) else json.dumps(value)
