"""Everything there is on this Telegram: one bot, its people, chats, messages, files and time."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from simulator import groups
from simulator.chats import Chat, StoredMessage
from simulator.clock import SimClock
from simulator.commands import CommandMenus
from simulator.events import EventHub
from simulator.faults import Faults
from simulator.files import FileStore
from simulator.limits import Limits
from simulator.people import Person
from simulator.presses import Answer, Press, PressBook
from simulator.refusal import Refused
from simulator.updates import UpdateQueue
from simulator.webhooks import Webhook

Json = dict[str, Any]

_CALLS_KEPT = 200_000


class Playable(Protocol):
    """A story behind the page's “Putar cerita”."""

    def play(self) -> None: ...

    def stop(self) -> None: ...

    def progress(self) -> Json: ...


@dataclass(slots=True)
class Call:
    """One request of the bot. `status` is the HTTP status it got, 0 when it never got an answer; `at` is simulated UTC."""

    method: str
    params: Json
    at: datetime
    status: int
    unknown: tuple[str, ...] = ()
    """Parameters the method does not have; Telegram ignores them silently."""


class World:
    """State of the simulator and the ways it changes. Not thread-safe: use it from the event loop that serves it."""

    def __init__(
        self,
        clock: SimClock | None = None,
        *,
        bot_token: str | None = None,
        bot_username: str = "kawal_asahan_bot",
        bot_name: str = "Kawal Arahan",
        limits: Limits | None = None,
        callback_seconds: float = 60.0,
        privacy_mode: bool = True,
        timezone: str = "Asia/Jakarta",
    ) -> None:
        self.clock = clock or SimClock()
        self.token = bot_token or f"{7_000_000_000 + secrets.randbelow(10**9)}:{secrets.token_urlsafe(26)[:35]}"
        self.bot: Json = {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.privacy_mode = privacy_mode
        self.timezone = timezone
        self.limits = limits if limits is not None else Limits()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates, self.timestamp)
        self.files = FileStore()
        self.presses = PressBook(callback_seconds)
        self.menus = CommandMenus()
        self.descriptions: dict[tuple[str, str], str] = {}
        """What the bot says about itself, by ("description" or "short_description", language)."""
        self.menu_buttons: dict[int, Json] = {}
        self.faults = Faults()
        self.events = EventHub()
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self.story: Playable | None = None
        self.closing = False
        self._last_message_id = 0
        self._next_user_id = 5_200_000_001
        self._next_group_id = -4_100_000_001
        self.clock.on_change(self._clock_moved)

    def add_person(
        self,
        label: str,
        first_name: str | None = None,
        last_name: str | None = None,
        username: str | None = None,
        *,
        user_id: int | None = None,
    ) -> Person:
        """Someone with a Telegram account, who has not opened the bot yet. `label` is how the page and tests call them."""
        if user_id is None:
            user_id = self._next_user_id
            self._next_user_id += 1
        if user_id in self.people:
            raise Refused("Nomor pengguna itu sudah dipakai.", 409)
        user: Json = {"id": user_id, "is_bot": False, "first_name": first_name or label}
        header: Json = {"id": user_id, "first_name": user["first_name"]}
        for name, value in (("last_name", last_name), ("username", username)):
            if value:
                user[name] = header[name] = value
        user["language_code"] = "id"
        header["type"] = "private"
        chat = Chat(user_id, "private", header, {user_id: "member"})
        self.chats[user_id] = chat
        person = self.people[user_id] = Person(self, label, user, chat)
        self.events.publish("person", person=person.shown())
        return person

    def person(self, who: str | int) -> Person:
        """By user id or by label. Raises Refused when there is nobody."""
        found = self.people.get(who) if isinstance(who, int) else None
        if found is None:
            found = next((person for person in self.people.values() if person.label == who), None)
        if found is None:
            raise Refused("Orang itu tidak ada di simulator.", 404)
        return found

    def chat(self, chat_id: int) -> Chat:
        """Raises Refused when there is none."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise Refused("Percakapan itu tidak ada di simulator.", 404)
        return chat

    def add_group(self, title: str, creator: Person, members: Iterable[Person] = (), *, with_bot: bool = False) -> Chat:
        """A basic group. With `with_bot`, the creator adds the bot at once."""
        chat_id = self._next_group_id
        self._next_group_id -= 1
        return groups.create(self, chat_id, title, creator, list(members), with_bot)

    # What the rooms of the simulator build on.

    def timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one counter, as on Telegram; a supergroup has its own."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_message_id += 1
        return self._last_message_id

    def post(
        self, chat: Chat, author: Json, content: Json, *, from_bot: bool = False, reply_keyboard: Json | None = None
    ) -> StoredMessage:
        """Put a message into a chat and tell the pages. Tells the bot nothing."""
        body = {
            "message_id": self.next_message_id(chat),
            "from": author,
            "chat": chat.header,
            "date": self.timestamp(),
            **content,
        }
        message = StoredMessage(body, from_bot, reply_keyboard=reply_keyboard)
        chat.messages[message.id] = message
        chat.note(message)
        if self.events.heard:
            self.events.publish("message", chat_id=chat.id, message=message.shown())
        return message

    def changed(self, chat: Chat, message: StoredMessage) -> None:
        """A message was edited."""
        chat.note(message)
        if self.events.heard:
            self.events.publish("edit", chat_id=chat.id, message=message.shown())

    def remove(self, chat: Chat, message: StoredMessage) -> None:
        message.deleted = True
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        chat.changed.notify()
        self.events.publish("delete", chat_id=chat.id, message_id=message.id)

    def settle(self, press: Press, answer: Answer) -> None:
        """The bot answered a press."""
        chat = self.chats.get(press.chat_id)
        message = chat.messages.get(press.message_id) if chat else None
        if message is not None:
            message.pressing.pop(press.id, None)
        press.settle(answer)
        self.events.publish(
            "answer",
            callback_id=press.id,
            user_id=press.user_id,
            chat_id=press.chat_id,
            message_id=press.message_id,
            text=answer.text,
            show_alert=answer.show_alert,
            url=answer.url,
        )

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def close(self) -> None:
        """End long polls, event streams and the webhook, so that the server can stop."""
        self.closing = True
        if self.story is not None:
            self.story.stop()
        self.updates.release_poll()
        self.webhook.close()
        self.events.close()

    def _clock_moved(self, now: datetime) -> None:
        self.events.publish("clock", now=now.isoformat())
