"""What a person's tap does to the world, and which update the bot gets for it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from simulator import content as contents
from simulator.chats import Chat, StoredMessage
from simulator.entities import detect, utf16_length
from simulator.files import Upload
from simulator.pictures import grey_png, measure
from simulator.presses import Press
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.people import Person
    from simulator.world import World

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ALBUM_SIZE = 10


def send_text(world: World, person: Person, chat: Chat, text: str, reply_to: int | None) -> StoredMessage:
    text = text.strip()
    if not text:
        raise Refused("Pesan masih kosong.")
    if utf16_length(text) > TEXT_LIMIT:
        raise Refused("Pesan lebih panjang dari 4.096 karakter.")
    return send(world, person, chat, _with_entities({"text": text}, "entities"), reply_to)


def cut(text: str) -> Iterator[str]:
    """Pieces of at most 4,096 UTF-16 units, cut at a line end or a space where there is one."""
    text = text.strip()
    while text:
        end = len(text)
        if utf16_length(text) > TEXT_LIMIT:
            end = min(end, TEXT_LIMIT)
            while utf16_length(text[:end]) > TEXT_LIMIT:
                end -= max(1, (utf16_length(text[:end]) - TEXT_LIMIT) // 2)
            breaks = [text.rfind(mark, end // 2, end) for mark in ("\n", " ")]
            end = next((found for found in breaks if found > 0), end)
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def send(world: World, person: Person, chat: Chat, content: Json, reply_to: int | None = None) -> StoredMessage:
    """Post a person's message and hand it to the bot if the bot may see it."""
    _may_write(person, chat)
    person.mark(chat)
    replied = None
    if reply_to is not None:
        replied = chat.find(reply_to)
        if replied is None:
            raise Refused("Pesan yang dibalas sudah tidak ada.", 404)
        content = {**content, "reply_to_message": quoted(replied)}
    if chat.type == "private":
        _open(world, person)
    message = world.post(chat, person.user, content)
    if _bot_sees(world, chat, message, replied):
        world.updates.push("message", message.body, chat.id)
    return message


def send_photos(
    world: World, person: Person, chat: Chat, photos: Sequence[Upload], caption: str | None, reply_to: int | None
) -> list[StoredMessage]:
    if not photos:
        raise Refused("Pilih foto dahulu.")
    for photo in photos:
        if measure(photo.content) is None:
            raise Refused("Berkas ini bukan gambar.")
    sent: list[StoredMessage] = []
    for start in range(0, len(photos), ALBUM_SIZE):
        album = photos[start : start + ALBUM_SIZE]
        group = str(secrets.randbelow(2**53)) if len(album) > 1 else None
        for photo in album:
            content = file_content(world, "photo", photo, caption if not sent else None)
            if group:
                content["media_group_id"] = group
            sent.append(send(world, person, chat, content, reply_to))
    return sent


def file_content(world: World, kind: str, upload: Upload, caption: str | None, duration: int = 0) -> Json:
    content = contents.of_file(world.files.add(kind, upload), duration=duration)
    caption = (caption or "").strip()
    if utf16_length(caption) > CAPTION_LIMIT:
        raise Refused("Keterangan lebih panjang dari 1.024 karakter.")
    if caption:
        content |= _with_entities({"caption": caption}, "caption_entities")
    return content


def sticker(world: World, emoji: str) -> Json:
    stored = world.files.add("sticker", Upload(grey_png(512, 512), "sticker.webp"))
    return contents.of_file(stored, emoji=emoji)


def edit(world: World, person: Person, chat: Chat, message: StoredMessage, text: str) -> StoredMessage:
    if message.from_bot or message.body["from"]["id"] != person.id:
        raise Refused("Hanya pesan sendiri yang dapat diubah.", 403)
    name, entities = ("text", "entities") if "text" in message.body else ("caption", "caption_entities")
    text = text.strip()
    if not text and name == "text":
        raise Refused("Pesan masih kosong.")
    if utf16_length(text) > (TEXT_LIMIT if name == "text" else CAPTION_LIMIT):
        raise Refused("Pesan terlalu panjang.")
    _may_write(person, chat)
    person.mark(chat)
    body = {key: value for key, value in message.body.items() if key not in (name, entities)}
    message.body = body | _with_entities({name: text} if text else {}, entities) | {"edit_date": world.timestamp()}
    message.edited = True
    world.changed(chat, message)
    replied = chat.messages.get(body["reply_to_message"]["message_id"]) if "reply_to_message" in body else None
    if _bot_sees(world, chat, message, replied):
        world.updates.push("edited_message", message.body, chat.id)
    return message


def delete(world: World, person: Person, chat: Chat, message: StoredMessage) -> None:
    own = not message.from_bot and message.body["from"]["id"] == person.id
    if not own and chat.type != "private":
        raise Refused("Hanya pesan sendiri yang dapat dihapus.", 403)
    world.remove(chat, message)


def press(world: World, person: Person, chat: Chat, message: StoredMessage, named: str) -> Press:
    """Press the button with this label, or else with this callback data."""
    buttons = message.buttons
    found = next((button for button in buttons if button["text"] == named), None)
    found = found or next((button for button in buttons if button.get("callback_data") == named), None)
    if found is None:
        raise Refused(f"Tombol “{named}” tidak ada pada pesan itu; yang ada: {', '.join(message.labels) or '-'}.", 404)
    if "callback_data" not in found:
        raise Refused("Tombol itu membuka tautan dan tidak dikirim ke bot.")
    return forge_press(world, person, chat, message.id, found["callback_data"])


def forge_press(world: World, person: Person, chat: Chat, message_id: int, data: str) -> Press:
    """Push a callback query for any message id and data, whether or not such a button exists."""
    if person.id not in chat.members or chat.members[person.id] in ("left", "kicked"):
        raise Refused("Anda bukan anggota percakapan ini.", 403)
    person.mark(chat)
    pressed = world.presses.open(person.id, chat.id, message_id, data)
    message = chat.find(message_id)
    if message is not None:
        message.pressing[pressed.id] = data
    query = {
        "id": pressed.id,
        "from": person.user,
        "message": message.body if message else {"chat": chat.header, "message_id": message_id, "date": 0},
        "chat_instance": world.presses.chat_instance,
        "data": data,
    }
    world.updates.push("callback_query", query, person.id)
    world.events.publish(
        "press", callback_id=pressed.id, user_id=person.id, chat_id=chat.id, message_id=message_id, data=data
    )
    return pressed


def set_blocked(world: World, person: Person, blocked: bool) -> None:
    chat = person.private
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    if chat.bot_status != "never":
        world.updates.push("my_chat_member", bot_membership(world, chat, person.user, old, new), chat.id)
    world.events.publish("person", person=person.shown())


def bot_membership(world: World, chat: Chat, by: Json, old: str, new: str) -> Json:
    """ChatMemberUpdated about the bot."""
    return {
        "chat": chat.header,
        "from": by,
        "date": world.timestamp(),
        "old_chat_member": member_object(world.bot, old),
        "new_chat_member": member_object(world.bot, new),
    }


def member_object(user: Json, status: str) -> Json:
    """ChatMember."""
    member: Json = {"user": user, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        rights = "manage_chat delete_messages manage_video_chats restrict_members promote_members change_info"
        rights += " invite_users post_stories edit_stories delete_stories pin_messages"
        member |= {f"can_{right}": True for right in rights.split()} | {"can_be_edited": False, "is_anonymous": False}
    return member


def quoted(message: StoredMessage) -> Json:
    """The message as it appears inside a reply: without its own reply, as Telegram nests only once."""
    body = message.body
    return (
        {key: value for key, value in body.items() if key != "reply_to_message"} if "reply_to_message" in body else body
    )


def _open(world: World, person: Person) -> None:
    if person.private.bot_status != "member":
        person.private.bot_status = "member"
        world.events.publish("person", person=person.shown())


def _may_write(person: Person, chat: Chat) -> None:
    if chat.migrated_to is not None:
        raise Refused("Grup ini sudah menjadi supergrup.", 409)
    if chat.members.get(person.id, "left") in ("left", "kicked"):
        raise Refused("Anda bukan anggota percakapan ini.", 403)
    if chat.type == "private" and chat.blocked:
        raise Refused("Bot ini diblokir; buka blokirnya dahulu.", 409)


def _with_entities(content: Json, name: str) -> Json:
    text = str(content.get("text", content.get("caption", "")))
    found = detect(text)
    return content | {name: found} if found else content


def _bot_sees(world: World, chat: Chat, message: StoredMessage, replied: StoredMessage | None) -> bool:
    """Privacy mode: in groups a bot sees commands, mentions of itself, replies to itself, and service messages."""
    if chat.type == "private":
        return True
    if chat.bot_status not in ("member", "administrator"):
        return False
    if not world.privacy_mode or chat.bot_status == "administrator":
        return True
    text = message.text
    username = str(world.bot["username"]).lower()
    addressed = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?", text)
    if addressed:
        return addressed[1] is None or addressed[1].lower() == username
    return f"@{username}" in text.lower() or (replied is not None and replied.from_bot)
