"""Chats and the messages in them, as the Bot API shows them plus what only the simulator knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.waiting import Signal

Json = dict[str, Any]


@dataclass(slots=True)
class StoredMessage:
    """One message. `body` is the Bot API's Message object; replaced values are never changed in place."""

    body: Json
    from_bot: bool
    edited: bool = False
    deleted: bool = False
    reply_keyboard: Json | None = None
    reactions: list[Json] = field(default_factory=list)
    pressing: dict[str, str] = field(default_factory=dict)
    """Callback ids that still wait for an answer, with the data of the pressed button."""

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.body["chat"]["id"])

    @property
    def text(self) -> str:
        """Text or caption, without formatting; empty when there is none."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons, row by row, as InlineKeyboardButton objects."""
        markup = self.body.get("reply_markup")
        return [button for row in markup["inline_keyboard"] for button in row] if markup else []

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons]

    def shown(self) -> Json:
        """The Message object with the simulator's own fields, as the page gets it."""
        return {
            **self.body,
            "from_bot": self.from_bot,
            "edited": self.edited,
            "deleted": self.deleted,
            "pressed": list(self.pressing.values()),
            "reactions": self.reactions,
            "reply_keyboard": self.reply_keyboard,
        }


@dataclass(slots=True)
class Chat:
    """A private chat (id = the person's id), a group or a supergroup (negative ids)."""

    id: int
    type: str
    header: Json
    """The Bot API's Chat object."""
    members: dict[int, str] = field(default_factory=dict)
    """user id -> ChatMember status."""
    bot_status: str = "never"
    """The bot's ChatMember status; "never" until it was first let in."""
    blocked: bool = False
    migrated_to: int | None = None
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    journal: list[StoredMessage] = field(default_factory=list)
    """Every message in the order it was sent or edited; a message appears once per change."""
    changed: Signal = field(default_factory=Signal)
    last_message_id: int = 0

    @property
    def title(self) -> str:
        header = self.header
        return str(header.get("title") or " ".join(filter(None, (header.get("first_name"), header.get("last_name")))))

    def find(self, message_id: int) -> StoredMessage | None:
        """The message, unless it never existed or was deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def note(self, message: StoredMessage) -> None:
        self.journal.append(message)
        self.changed.notify()
