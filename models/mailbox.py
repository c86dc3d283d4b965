"""What came in and what has to go out: the two tables that make delivery durable."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, TelegramId

PAYLOAD_VERSION = 1


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    ASIDE = "aside"
    """Given up after repeated failures: kept, and visible to the admin."""


class OutboxState(StrEnum):
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """Telegram may or may not have taken it: the process died, or the response was lost."""


class Urgency(IntEnum):
    """Order of sending; smaller goes first."""

    ANSWER = 0
    REMINDER = 1
    ESCALATION = 2
    BULK = 3


class Incoming(Base):
    """One update as Telegram sent it. `lane` is its chat (the person where there is no chat): order holds within it."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_waiting", "lane", "update_id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip

    update_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    lane: Mapped[int] = mapped_column(TelegramId)
    raw: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=InboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str | None]


class Outgoing(Base):
    """One call to Telegram that must be made.

    `method` is the Bot API's name ("sendMessage"); `payload` holds its parameters without `chat_id` and, for the
    message of a card, without `message_id`. A file is `{"$file": path under files.directory}` or a file_id string.
    `not_before` and `expires_at` are moments of the injected clock.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_ready", "urgency", "id", sqlite_where=text("state = 'ready'"),
              postgresql_where=text("state = 'ready'")),
        Index("ix_outbox_sending", "id", sqlite_where=text("state in ('sending', 'uncertain')"),
              postgresql_where=text("state in ('sending', 'uncertain')")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=PAYLOAD_VERSION)
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    chat_id: Mapped[int] = mapped_column(TelegramId, index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"), index=True)
    kind: Mapped[str]
    method: Mapped[str]
    payload: Mapped[dict[str, Any]]
    urgency: Mapped[int] = mapped_column(default=Urgency.ANSWER)
    not_before: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=OutboxState.READY)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(TelegramId)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    possible_repeat: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]


class Card(Base):
    """A message that stands for something and is edited in place: a task, a roll-up, a preview, a list.

    `subject` is what it shows ("assignment:17"). `message_id` is unknown until the sender has sent it.
    """

    __tablename__ = "cards"
    __table_args__ = (Index("ix_cards_message", "chat_id", "message_id"), Index("ix_cards_subject", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(TelegramId)
    message_id: Mapped[int | None] = mapped_column(TelegramId)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    subject: Mapped[str]
    shown: Mapped[dict[str, Any]]
    """The payload shown last: an edit that would change nothing is not sent."""
    created_at: Mapped[datetime]
