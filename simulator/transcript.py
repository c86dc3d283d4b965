"""The conversation in words, for a terminal: who said, pressed and read what, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from textwrap import indent
from typing import Any
from zoneinfo import ZoneInfo

from simulator.world import World

Json = dict[str, Any]

_KINDS = {
    "photo": "foto",
    "document": "berkas",
    "voice": "pesan suara",
    "video": "video",
    "location": "lokasi",
    "sticker": "stiker",
}


class Transcript:
    """Writes what happens in a world, line by line, from the moment it is made."""

    def __init__(self, world: World, write: Callable[[str], None] = print) -> None:
        self._world = world
        self._write = write
        self._zone = ZoneInfo(world.timezone)
        world.events.on_event(self._heard)

    def _heard(self, event: Json) -> None:
        write = getattr(self, f"_on_{event['type']}", None)
        if write is not None:
            write(event)

    def _on_message(self, event: Json) -> None:
        self._message(event["message"], "")

    def _on_edit(self, event: Json) -> None:
        self._message(event["message"], " (pesan diubah)")

    def _on_press(self, event: Json) -> None:
        chat = self._world.chats.get(event["chat_id"])
        message = chat.messages.get(event["message_id"]) if chat else None
        buttons = message.buttons if message else []
        label = next((each["text"] for each in buttons if each.get("callback_data") == event["data"]), event["data"])
        self._line(f"{self._name(event['user_id'])} menekan [{label}]")

    def _on_answer(self, event: Json) -> None:
        if event["text"]:
            self._line(f"{self._bot} menjawab {self._name(event['user_id'])}: “{event['text']}”")

    def _on_clock(self, event: Json) -> None:
        self._line(f"· waktu beralih ke {datetime.fromisoformat(event['now']).astimezone(self._zone):%d-%m-%Y %H.%M}")

    def _on_story(self, event: Json) -> None:
        if event["state"] == "playing":
            self._write(f"\n── {event['step']}/{event['total']} {event['narration']}")
        elif event.get("error"):
            self._write(f"\n✗ {event['error']}")

    def _message(self, message: Json, note: str) -> None:
        if message["from_bot"]:
            chat = self._world.chats[message["chat"]["id"]]
            to = self._name(chat.id) if chat.type == "private" else chat.title
            self._line(f"{self._bot} → {to}{note}", message)
        else:
            self._line(f"{self._name(message['from']['id'])}{note}", message)

    def _line(self, head: str, message: Json | None = None) -> None:
        now = self._world.clock.now().astimezone(self._zone) if message is None else _moment(message, self._zone)
        self._write(f"{now:%H.%M}  {head}")
        if message is None:
            return
        media = [_named(word, message[kind]) for kind, word in _KINDS.items() if kind in message]
        body = "\n".join(filter(None, (*media, message.get("text"), message.get("caption"))))
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            body += "\n" + " ".join(f"[{button['text']}]" for button in row)
        if body:
            self._write(indent(body, " " * 7))

    @property
    def _bot(self) -> str:
        return str(self._world.bot["first_name"])

    def _name(self, user_id: int) -> str:
        person = self._world.people.get(user_id)
        return person.label if person else str(user_id)


def _named(word: str, media: Any) -> str:
    """ "<foto>", or "<berkas: matriks.xlsx>" where the file has a name."""
    name = media.get("file_name") if isinstance(media, dict) else None
    return f"<{word}: {name}>" if name else f"<{word}>"


def _moment(message: Json, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(int(message.get("edit_date") or message["date"]), UTC).astimezone(zone)
