"""`reply_markup`: what Telegram refuses in a keyboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from simulator.bot_api.errors import ApiError, bad_request

Json = dict[str, Any]

MAX_BUTTONS = 100
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_BUTTON_FIELDS = frozenset(_ACTIONS) | {"text", "icon_custom_emoji_id", "style"}


def split_markup(markup: Json | None) -> tuple[Json | None, Json | None]:
    """Return (inline keyboard to show under the message, other reply markup), both checked."""
    if markup is None:
        return None, None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup), None
    if not markup.get("keyboard") and not markup.get("remove_keyboard") and not markup.get("force_reply"):
        return None, None
    for row in markup.get("keyboard") or []:
        for button in row:
            if not (button if isinstance(button, str) else button["text"]).strip():
                raise bad_request("keyboard button text must be non-empty")
    return None, markup


def inline_keyboard(markup: Json) -> Json | None:
    """Check an InlineKeyboardMarkup (its JSON types are checked already) and return it without empty rows."""
    rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    if not button["text"].strip():
        raise _unparsable("Inline keyboard button text must be non-empty")
    actions = [action for action in _ACTIONS if button.get(action) not in (None, "", False)]
    if "callback_data" in button and not button["callback_data"] and not actions:
        raise bad_request("BUTTON_DATA_INVALID")
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable(f"exactly one action must be used, found {', '.join(actions)}")
    if len(button.get("callback_data", "").encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    return {name: value for name, value in button.items() if name in _BUTTON_FIELDS}


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton") or not parts.netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if parts.scheme in ("http", "https") and "." not in parts.netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
