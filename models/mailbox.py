"""What came in and what has to go out: the two tables that make delivery durable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, Executable, ForeignKey, Index, Table, bindparam, literal_column, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
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
    SUPERSEDED = "superseded"
    """An edit that never went out because a later one of the same card says more."""


class Urgency(IntEnum):
    """Order of sending; smaller goes first."""

    PRESS = -1
    """The answer to a button press. It is no message, so it waits for none; `enqueue` sets it by itself."""
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
        Index("ix_inbox_leased", "lane", sqlite_where=text("lease_token IS NOT NULL"),
              postgresql_where=text("lease_token IS NOT NULL")),
        Index("ix_inbox_aside", "update_id", sqlite_where=text("state = 'aside'"),
              postgresql_where=text("state = 'aside'")),
    )  # fmt: skip

    update_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    lane: Mapped[int] = mapped_column(TelegramId)
    raw: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=InboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    """Times it was taken up without an end being recorded: what is left of it after a crash."""
    failures: Mapped[int] = mapped_column(default=0)
    """Times its handler raised."""
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    """Real time. With a token: taken until then. Without: not to be tried again before."""
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
        Index("ix_outbox_sending", "id", sqlite_where=text("state = 'sending'"),
              postgresql_where=text("state = 'sending'")),
        Index("ix_outbox_secret", "id", sqlite_where=text("kind = 'invitation'"),
              postgresql_where=text("kind = 'invitation'")),
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


class Leadership(Base):
    """Which process is the leader: one row. `epoch` grows with each new leader, `beat` while one is alive.

    `holder` is the number of the leader's process; empty when the last one stepped down in good order.
    """

    __tablename__ = "leadership"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(TelegramId, default=0)
    beat: Mapped[int] = mapped_column(TelegramId, default=0)
    holder: Mapped[int | None] = mapped_column(TelegramId)


async def forget_code(session: AsyncSession, update_id: int) -> None:
    """Strike the words of a `/start CODE` from the update that is being dealt with: the code is a key."""
    incoming = await session.get(Incoming, update_id)
    if incoming is None:
        return
    raw = dict(incoming.raw)
    for kind in ("message", "edited_message"):
        if isinstance(raw.get(kind), dict):
            raw[kind] = {**raw[kind], "text": "/start", "caption": ""}
    incoming.raw = raw
    await session.flush()


_START = re.compile(r"/start(@\w+)?\s+\S", re.IGNORECASE)


def says_code(raw: dict[str, Any]) -> bool:
    """Whether an update is a `/start CODE`."""
    messages = (raw.get(kind) for kind in ("message", "edited_message"))
    every = [str(one.get(part, "")) for one in messages if isinstance(one, dict) for part in ("text", "caption")]
    return any(_START.match(words) for words in every)


def in_state(column: Any, state: InboxState | OutboxState) -> ColumnElement[bool]:
    """The condition that a row is in this state, written so that the partial indexes serve it."""
    return cast("ColumnElement[bool]", column == literal_column(f"'{state.value}'"))


async def enqueue(
    session: AsyncSession,
    *,
    now: datetime,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    kind: str,
    urgency: Urgency = Urgency.ANSWER,
    member_id: int | None = None,
    card_id: int | None = None,
    dedupe_key: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> int | None:
    """Resolve to make one call to Telegram, in the caller's transaction. Returns the row's id.

    None when a row with this `dedupe_key` exists already: then nothing is added. An edit of a card makes earlier
    edits of that card that have not gone out superfluous.
    """
    if card_id is not None and method.startswith("edit"):
        await session.execute(_SUPERSEDE, {"of_card": card_id, "by_method": method})
    if method == "answerCallbackQuery":
        urgency = Urgency.PRESS
    row = {
        "version": PAYLOAD_VERSION, "dedupe_key": dedupe_key, "chat_id": chat_id, "member_id": member_id,
        "card_id": card_id, "kind": kind, "method": method, "payload": payload, "urgency": int(urgency),
        "not_before": not_before, "expires_at": expires_at, "created_at": now, "state": OutboxState.READY.value,
        "attempts": 0, "possible_repeat": False,
    }  # fmt: skip
    connection = await session.connection()
    result = await connection.execute(_ADD[connection.dialect.name], row)
    return cast("int | None", result.scalar_one_or_none())


async def enqueue_many(
    session: AsyncSession,
    calls: Sequence[dict[str, Any]],
    *,
    now: datetime,
    method: str,
    kind: str,
    urgency: Urgency = Urgency.BULK,
) -> None:
    """Resolve to make many calls of one kind; each gives its `chat_id`, `member_id`, `card_id` and `payload`."""
    common = {
        "version": PAYLOAD_VERSION, "method": method, "kind": kind, "urgency": int(urgency), "created_at": now,
        "state": OutboxState.READY, "attempts": 0, "possible_repeat": False,
    }  # fmt: skip
    if calls:
        await session.execute(cast(Table, Outgoing.__table__).insert(), [common | call for call in calls])


def _adding(insert: Any) -> Executable:
    columns = {column.name: bindparam(column.name, type_=column.type) for column in _outbox.c if column.name in _GIVEN}
    statement = insert(_outbox).values(columns).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return cast(Executable, statement.returning(_outbox.c.id))


# Built once: building a statement costs several times as much as running it.
_outbox = cast(Table, Outgoing.__table__)
_GIVEN = {
    "version", "dedupe_key", "chat_id", "member_id", "card_id", "kind", "method", "payload", "urgency", "not_before",
    "expires_at", "created_at", "state", "attempts", "possible_repeat",
}  # fmt: skip
_ADD = {"sqlite": _adding(sqlite.insert), "postgresql": _adding(postgresql.insert)}
_SUPERSEDE = (
    update(_outbox)
    .where(_outbox.c.card_id == bindparam("of_card"), _outbox.c.method == bindparam("by_method"))
    .where(in_state(_outbox.c.state, OutboxState.READY))
    .values(state=OutboxState.SUPERSEDED.value)
)
