"""The people: what they do on their phones, and what they see there."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulator import actions, groups
from simulator.chats import Chat, StoredMessage
from simulator.files import Upload
from simulator.presses import Press
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.world import World

Json = dict[str, Any]
Wanted = str | re.Pattern[str]
MessageRef = StoredMessage | int


class NotSeen(AssertionError):
    """What was expected did not appear on the person's screen in time."""


class Person:
    """A person with a phone. Every action defaults to the private chat with the bot; `chat` names a group instead.

    Actions that Telegram's apps do not allow raise Refused.
    """

    def __init__(self, world: World, label: str, user: Json, private: Chat) -> None:
        self.world = world
        self.label = label
        self.user = user
        """The Bot API's User object."""
        self.private = private
        self.invite: str | None = None
        """A /start payload this person holds, offered by the page's start button."""
        self.deactivated = False
        self._marks: dict[int, int] = {}

    def __repr__(self) -> str:
        return f"<Person {self.id} {self.label}>"

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def started(self) -> bool:
        return self.private.bot_status == "member"

    @property
    def blocked(self) -> bool:
        return self.private.blocked

    # What people do.

    def start(self, payload: str | None = None) -> StoredMessage:
        """Open the bot by its link and press Start. A payload Telegram's links do not allow is dropped, as there."""
        if self.blocked:
            self.unblock_bot()
        allowed = payload is not None and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        return self.say(f"/start {payload}" if allowed else "/start")

    def say(self, text: str, *, chat: Chat | None = None, reply_to: MessageRef | None = None) -> StoredMessage:
        """Send a text of at most 4,096 characters."""
        return actions.send_text(self.world, self, self._chat(chat), text, self._ref(reply_to))

    def paste(self, text: str, *, chat: Chat | None = None, reply_to: MessageRef | None = None) -> list[StoredMessage]:
        """Send a text of any length; the app cuts it into messages of 4,096 characters, as Telegram's do."""
        return [self.say(piece, chat=chat, reply_to=reply_to) for piece in actions.cut(text)]

    def send_photos(
        self,
        photos: Sequence[Upload | bytes],
        caption: str | None = None,
        *,
        chat: Chat | None = None,
        reply_to: MessageRef | None = None,
    ) -> list[StoredMessage]:
        """Send pictures; several become albums of up to ten, with one update per picture."""
        uploads = [photo if isinstance(photo, Upload) else Upload(photo, "photo.jpg") for photo in photos]
        return actions.send_photos(self.world, self, self._chat(chat), uploads, caption, self._ref(reply_to))

    def send_document(
        self,
        content: bytes,
        name: str,
        *,
        mime_type: str | None = None,
        caption: str | None = None,
        size: int | None = None,
        chat: Chat | None = None,
        reply_to: MessageRef | None = None,
    ) -> StoredMessage:
        """Send a file. `size` lets it claim more bytes than `content` has."""
        upload = Upload(content, name, mime_type, size)
        return self._send_file("document", upload, caption, chat, reply_to)

    def send_voice(
        self,
        content: bytes,
        duration: int = 5,
        *,
        caption: str | None = None,
        chat: Chat | None = None,
        reply_to: MessageRef | None = None,
    ) -> StoredMessage:
        upload = Upload(content, "voice.ogg", "audio/ogg")
        return self._send_file("voice", upload, caption, chat, reply_to, duration)

    def send_video(
        self,
        content: bytes,
        duration: int = 10,
        *,
        caption: str | None = None,
        size: int | None = None,
        chat: Chat | None = None,
        reply_to: MessageRef | None = None,
    ) -> StoredMessage:
        upload = Upload(content, "video.mp4", "video/mp4", size)
        return self._send_file("video", upload, caption, chat, reply_to, duration)

    def send_location(
        self, latitude: float, longitude: float, *, chat: Chat | None = None, reply_to: MessageRef | None = None
    ) -> StoredMessage:
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return actions.send(self.world, self, self._chat(chat), content, self._ref(reply_to))

    def send_sticker(
        self, emoji: str = "👍", *, chat: Chat | None = None, reply_to: MessageRef | None = None
    ) -> StoredMessage:
        content = actions.sticker(self.world, emoji)
        return actions.send(self.world, self, self._chat(chat), content, self._ref(reply_to))

    def edit(self, message: MessageRef, text: str, *, chat: Chat | None = None) -> StoredMessage:
        """Change the text or caption of an own message."""
        chat = self._chat(chat)
        return actions.edit(self.world, self, chat, self._message(chat, message), text)

    def delete(self, message: MessageRef, *, chat: Chat | None = None) -> None:
        """Delete for everyone: an own message, or in the private chat also the bot's. The bot is not told."""
        chat = self._chat(chat)
        actions.delete(self.world, self, chat, self._message(chat, message))

    def press(self, message: MessageRef, button: str, *, chat: Chat | None = None) -> Press:
        """Press an inline button named by its label or its callback data. `await press.answered()` waits for the bot."""
        chat = self._chat(chat)
        return actions.press(self.world, self, chat, self._message(chat, message), button)

    def forge_press(self, message: MessageRef, data: str, *, chat: Chat | None = None) -> Press:
        """Send a press with any data, on any message or one that is gone, as a tampered app can."""
        chat = self._chat(chat)
        message_id = message if isinstance(message, int) else message.id
        return actions.forge_press(self.world, self, chat, message_id, data)

    def block_bot(self) -> None:
        actions.set_blocked(self.world, self, True)

    def unblock_bot(self) -> None:
        actions.set_blocked(self.world, self, False)

    def leave_group(self, group: Chat) -> None:
        groups.remove_member(self.world, group, self, by=self)

    def deactivate(self) -> None:
        """Delete the account: sending to it answers "user is deactivated"."""
        self.deactivated = True

    # What people see.

    def screen(self, chat: Chat | None = None) -> list[StoredMessage]:
        """The messages in a chat, oldest first, without the deleted ones."""
        return [message for message in self._chat(chat).messages.values() if not message.deleted]

    def received(self, chat: Chat | None = None) -> list[StoredMessage]:
        """The bot's messages on the screen."""
        return [message for message in self.screen(chat) if message.from_bot]

    def pictures(self, chat: Chat | None = None) -> list[bytes]:
        """The pictures the bot has sent, oldest first."""
        photos = [message.body["photo"][-1]["file_id"] for message in self.received(chat) if "photo" in message.body]
        return [stored.content for file_id in photos if (stored := self.world.files.get(file_id))]

    def reads(self, chat: Chat | None = None) -> str:
        """Text of the bot's latest message; empty when there is none."""
        received = self.received(chat)
        return received[-1].text if received else ""

    def find(self, text: Wanted = "", *, button: str | None = None, chat: Chat | None = None) -> StoredMessage:
        """The latest of the bot's messages on the screen with this text and button. Raises NotSeen."""
        for message in reversed(self.received(chat)):
            if _matches(message, text, button):
                return message
        raise NotSeen(self._complaint(text, button, self._chat(chat)))

    async def expect(
        self, text: Wanted = "", *, button: str | None = None, chat: Chat | None = None, within: float = 10.0
    ) -> StoredMessage:
        """Wait until the bot has sent or edited a message with this text and button since this person's last action,
        for at most `within` real seconds.

        `text` is a part of the text, ignoring case, or a pattern to search; `button` is a label. Raises NotSeen.
        """
        chat = self._chat(chat)
        at = self._marks.get(chat.id, 0)
        deadline = time.monotonic() + within
        while True:
            while at < len(chat.journal):
                message = chat.journal[at]
                at += 1
                if message.from_bot and not message.deleted and _matches(message, text, button):
                    return message
            left = deadline - time.monotonic()
            if left <= 0 or not await chat.changed.wait(left):
                if at < len(chat.journal):
                    continue
                raise NotSeen(self._complaint(text, button, chat))

    def mark(self, chat: Chat | None = None) -> None:
        """From here on, `expect` looks only at what comes later. Every own action does this too."""
        chat = self._chat(chat)
        self._marks[chat.id] = len(chat.journal)

    def shown(self) -> Json:
        """For the page."""
        return {
            "id": self.id,
            "label": self.label,
            "name": self.private.title,
            "username": self.user.get("username"),
            "blocked": self.blocked,
            "started": self.started,
            "invite": self.invite,
            "commands": self.world.menus.seen_in(self.id, self.id, "id"),
        }

    def _send_file(
        self,
        kind: str,
        upload: Upload,
        caption: str | None,
        chat: Chat | None,
        reply_to: MessageRef | None,
        duration: int = 0,
    ) -> StoredMessage:
        content = actions.file_content(self.world, kind, upload, caption, duration)
        return actions.send(self.world, self, self._chat(chat), content, self._ref(reply_to))

    def _chat(self, chat: Chat | None) -> Chat:
        return self.private if chat is None else chat

    @staticmethod
    def _ref(message: MessageRef | None) -> int | None:
        return message.id if isinstance(message, StoredMessage) else message

    @staticmethod
    def _message(chat: Chat, message: MessageRef) -> StoredMessage:
        found = chat.find(message if isinstance(message, int) else message.id)
        if found is None:
            raise Refused("Pesan itu sudah tidak ada.", 404)
        return found

    def _complaint(self, text: Wanted, button: str | None, chat: Chat) -> str:
        wanted = text.pattern if isinstance(text, re.Pattern) else text
        seen = "\n---\n".join(f"{message.text}\n{message.labels or ''}" for message in self.received(chat)[-4:])
        wanted += f"” dengan tombol “{button}" if button else ""
        return f"{self.label} tidak melihat “{wanted}”; yang terlihat:\n{seen or '(kosong)'}"


def _matches(message: StoredMessage, text: Wanted, button: str | None) -> bool:
    if button is not None and button not in message.labels:
        return False
    if isinstance(text, re.Pattern):
        return text.search(message.text) is not None
    return text.casefold() in message.text.casefold()
