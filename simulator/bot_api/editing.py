"""Methods that change or remove what is in a chat, and answer presses."""

from __future__ import annotations

from typing import Any

from simulator import actions
from simulator.bot_api.call import ApiCall
from simulator.bot_api.errors import bad_request
from simulator.bot_api.keyboards import inline_keyboard
from simulator.bot_api.media import media_content
from simulator.bot_api.texts import caption_content, text_content
from simulator.chats import Chat, StoredMessage
from simulator.entities import utf16_length
from simulator.presses import Answer

Json = dict[str, Any]

DELETE_SECONDS = 48 * 3600
ANSWER_LIMIT = 200

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = frozenset({"text", "entities", "link_preview_options"})
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})
_MEDIA = frozenset({"photo", "video", "document", "audio", "animation"})
_COMPARED = _TEXT - {"link_preview_options"} | _CAPTION | _MEDIA | {"reply_markup"}
_REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


def edit_message_text(call: ApiCall) -> Json:
    chat, message = _editable(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    content = text_content(call.params, too_long="MESSAGE_TOO_LONG")
    return _edit(call, chat, message, _TEXT, content)


def edit_message_caption(call: ApiCall) -> Json:
    chat, message = _editable(call)
    if not _MEDIA & message.body.keys() and "voice" not in message.body:
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, chat, message, _CAPTION, caption_content(call.params))


def edit_message_media(call: ApiCall) -> Json:
    chat, message = _editable(call)
    content = media_content(call, call.params["media"])
    return _edit(call, chat, message, _TEXT | _CAPTION | _MEDIA, content)


def edit_message_reply_markup(call: ApiCall) -> Json:
    chat, message = _editable(call)
    return _edit(call, chat, message, frozenset(), {})


def delete_message(call: ApiCall) -> bool:
    chat = call.chat()
    message = chat.find(call.params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if chat.type != "private" and not message.from_bot and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    if call.world.timestamp() - message.body["date"] > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(chat, message)
    return True


def answer_callback_query(call: ApiCall) -> bool:
    params = call.params
    text = params.get("text") or ""
    if utf16_length(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press = call.world.presses.close(params["callback_query_id"])
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    call.world.settle(press, Answer(text, bool(params.get("show_alert")), params.get("url") or None))
    return True


def set_message_reaction(call: ApiCall) -> bool:
    chat = call.chat()
    message = chat.find(call.params["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    reactions = call.params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    # A bot may use neither paid reactions nor custom emoji that nobody else put there.
    if any(reaction.get("emoji") not in _REACTIONS for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    call.world.changed(chat, message)
    return True


def pin_chat_message(call: ApiCall) -> bool:
    chat = _pinnable(call)
    message = chat.find(call.params["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    call.world.post(chat, call.world.bot, {"pinned_message": actions.quoted(message)}, from_bot=True)
    return True


def unpin_chat_message(call: ApiCall) -> bool:
    chat = _pinnable(call)
    message_id = call.params.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def _pinnable(call: ApiCall) -> Chat:
    chat = call.chat()
    if chat.type != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _editable(call: ApiCall) -> tuple[Chat, StoredMessage]:
    params = call.params
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.chat()
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.find(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(call: ApiCall, chat: Chat, message: StoredMessage, replaced: frozenset[str], content: Json) -> Json:
    """Replace the `replaced` fields by `content`; the keyboard is replaced too, or removed when none is given."""
    markup = call.params.get("reply_markup")
    keyboard = inline_keyboard(markup) if markup else None
    old = message.body
    body = {name: value for name, value in old.items() if name not in replaced and name != "reply_markup"} | content
    if keyboard:
        body["reply_markup"] = keyboard
    if all(old.get(name) == body.get(name) for name in _COMPARED):
        raise bad_request(_NOT_MODIFIED)
    call.spend(chat)
    body["edit_date"] = call.world.timestamp()
    message.edited = message.edited or any(old.get(name) != body.get(name) for name in _COMPARED - {"reply_markup"})
    message.body = body
    call.world.changed(chat, message)
    return body
