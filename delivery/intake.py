"""Getting updates: written down first, and only then may Telegram forget them."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from clock import Clock
from delivery.faults import fault_point
from delivery.inbox import inbox
from delivery.leadership import announce
from delivery.telegram import LONG_POLL_SECONDS, KawalBot, judge
from models.database import Database
from models.mailbox import InboxState

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What the bot deals with; Telegram is asked for nothing else."""

_WITH_CHAT = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member")


def lane_of(raw: dict[str, Any]) -> int:
    """The chat an update belongs to, the person where there is no chat; 0 for what belongs to nobody."""
    for kind, content in raw.items():
        if not isinstance(content, dict):
            continue
        message = content if kind in _WITH_CHAT else content.get("message")
        chat = message.get("chat") if isinstance(message, dict) else None
        for whose in (chat, content.get("from"), content.get("user")):
            if isinstance(whose, dict) and isinstance(whose.get("id"), int) and abs(whose["id"]) < 2**63:
                return int(whose["id"])
    return 0


async def store_updates(session: AsyncSession, raws: Sequence[dict[str, Any]], now: datetime) -> int:
    """Write updates down in the caller's transaction; one that is known already is left as it is.

    Returns how many were new. Raises ValueError for what isn't an update.
    """
    rows = [
        {"update_id": _update_id(raw), "lane": lane_of(raw), "raw": raw, "received_at": now,
         "state": InboxState.WAITING.value, "attempts": 0, "failures": 0}
        for raw in raws
    ]  # fmt: skip
    if not rows:
        return 0
    connection = await session.connection()
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(inbox).on_conflict_do_nothing(index_elements=["update_id"])
    result = await connection.execute(statement.returning(inbox.c.update_id), rows)
    return len(result.all())


async def keep_aside(session: AsyncSession, raw: dict[str, Any], now: datetime) -> None:
    """Keep an update that the database can't hold as it is, for the admin to look into."""
    update_id = _update_id(raw)
    log.error("update %d can't be stored as it is, it is set aside", update_id)
    readable = {"update_id": update_id, "unreadable": repr(raw)[:10_000]}
    await store_updates(session, [readable], now)
    await session.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == InboxState.WAITING.value)
        .values(state=InboxState.ASIDE.value, handled_at=now, error="the database can't hold it as it is")
    )


def _update_id(raw: dict[str, Any]) -> int:
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**63:
        raise ValueError("an update needs an integer update_id")
    return update_id


Take = Callable[[AsyncSession], Awaitable[Callable[[], None]]]


class Poller:
    """Long polling. The offset that makes Telegram forget a batch is sent only after the batch is committed.

    `take` may take up what was stored within the same transaction; what it returns is called after the commit.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: KawalBot,
        on_stored: Callable[[], None] = lambda: None,
        *,
        take: Take | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._on_stored = on_stored
        self._take = take
        # No offset at first: after a quiet week Telegram's ids start anywhere, so a remembered one could skip
        # what waits. What comes twice is one row.
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                await self.poll()
                self._failures = 0
            except Conflict as error:
                await self._on_conflict(error)
            except InvalidToken:
                await self._pause("Telegram does not know this token; check telegram.token", logging.ERROR)
            except RetryAfter as error:
                await asyncio.sleep(judge(error).retry_after)
            except TelegramError as error:
                await self._pause(f"no updates from Telegram: {error}")
            except SQLAlchemyError as error:
                await self._pause(f"updates could not be stored, Telegram keeps them: {type(error).__name__}")

    async def poll(self, wait: int = LONG_POLL_SECONDS) -> int:
        """Ask once, waiting at most `wait` seconds, and store what came. Returns the number of updates."""
        parameters: dict[str, Any] = {"timeout": wait, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            parameters["offset"] = self._offset
        raws = await self._bot.call("getUpdates", parameters, seconds=wait + 15)
        if not isinstance(raws, list):
            raise TelegramError("getUpdates did not return a list")
        if not raws:
            # What was confirmed is confirmed. If the next update comes after a quiet week, its number may be any other.
            self._offset = None
            return 0
        good = [raw for raw in raws if _is_update(raw)]
        if not good:
            raise TelegramError("getUpdates returned no update that has an update_id")
        try:
            await self._store(good)
        except DataError:
            # One of them is nothing that this database can hold. The others must not wait for it for ever.
            for raw in good:
                await self._store_or_keep_aside(raw)
        self._offset = max(_update_id(raw) for raw in good) + 1
        self._on_stored()
        return len(raws)

    async def _store(self, raws: Sequence[dict[str, Any]]) -> None:
        async with self._database.writing() as session:
            if await store_updates(session, raws, self._clock.now()):
                await announce(session, "inbox")
            after_commit = await self._take(session) if self._take else None
            fault_point("intake.before_commit")
        fault_point("intake.after_commit")
        if after_commit is not None:
            after_commit()

    async def _store_or_keep_aside(self, raw: dict[str, Any]) -> None:
        try:
            await self._store([raw])
        except DataError:
            async with self._database.writing() as session:
                await keep_aside(session, raw, self._clock.now())

    async def _on_conflict(self, error: Conflict) -> None:
        if "webhook" in str(error).lower():
            log.warning("a webhook is set for this bot: removing it, since telegram.mode is polling")
            try:
                await self._bot.call("deleteWebhook", {})
                return
            except TelegramError as failure:
                error = Conflict(str(failure))
        await self._pause(f"another process polls with this token ({error}); only one may", logging.ERROR)

    async def _pause(self, why: str, level: int = logging.WARNING) -> None:
        self._failures += 1
        log.log(level, why)
        await asyncio.sleep(min(0.25 * 2**self._failures, 15) * random.uniform(0.75, 1.25))  # noqa: S311


def _is_update(raw: Any) -> bool:
    try:
        _update_id(raw)
    except ValueError:
        log.error("Telegram sent something that is no update; it is skipped")
        return False
    return True
