"""Delivery as a whole, in one process: messages in, answers out, and a stop that leaves nothing undone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import MessageHandler, filters

from delivery import engine
from delivery.application import build_application
from delivery.engine import Delivery
from delivery.pacing import Limits
from delivery.process_lock import AlreadyRunning
from delivery.telegram import KawalBot
from models.database import Database, update_session
from models.mailbox import Incoming, OutboxState, Outgoing, enqueue
from tests.delivery.conftest import StandingClock, until
from tests.delivery.fake_telegram import FakeTelegram, error, message


def echoing(
    database: Database, clock: StandingClock, telegram: FakeTelegram, folder: Path, *, routed: bool = True
) -> Delivery:
    bot: KawalBot = telegram.bot()
    application = build_application(bot)

    async def echo(update: Update, _context: object) -> None:
        assert update.effective_chat is not None
        assert update.message is not None
        await enqueue(
            update_session.get(), now=clock.now(), chat_id=update.effective_chat.id, method="sendMessage",
            payload={"text": f"dicatat: {update.message.text}"}, kind="jawaban",
        )  # fmt: skip

    application.add_handler(MessageHandler(filters.TEXT, echo))
    return Delivery(database, clock, bot, application, folder, "Mohon maaf.", Limits(overall=None), routed=routed)


async def until_answered(telegram: FakeTelegram, count: int) -> None:
    await until(lambda: len(telegram.said()) >= count)


async def test_every_message_is_answered_once_and_in_order(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    telegram.waiting_updates = [message(i, 7 + i % 5, f"{i}") for i in range(1, 151)]
    async with echoing(database, clock, telegram, tmp_path):
        await until_answered(telegram, 150)
    for chat in range(7, 12):
        assert telegram.said(chat) == [f"dicatat: {i}" for i in range(1, 151) if 7 + i % 5 == chat]
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).where(Incoming.state != "done")) == 0
        assert await session.scalar(select(func.count()).where(Outgoing.state != OutboxState.SENT)) == 0


async def test_what_comes_before_the_routes_are_there_is_kept_and_dealt_with_then(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    telegram.waiting_updates = [message(1, 7, "a"), message(2, 8, "b"), message(3, 7, "c")]
    async with echoing(database, clock, telegram, tmp_path, routed=False) as delivery:
        await until(lambda: not telegram.waiting_updates)
        async with database.reading() as session:
            states = (await session.scalars(select(Incoming.state))).all()
        assert states == ["waiting"] * 3
        assert telegram.said() == []
        delivery.begin()
        await until_answered(telegram, 3)
    assert telegram.said(7) == ["dicatat: a", "dicatat: c"]
    assert telegram.said(8) == ["dicatat: b"]


async def test_it_starts_while_telegram_is_away_and_catches_up(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    for method in ("getMe", "getUpdates"):
        telegram.script[method].extend([error(502, "Bad Gateway")] * 2)
    telegram.waiting_updates = [message(1, 7, "a")]
    async with echoing(database, clock, telegram, tmp_path):
        await until_answered(telegram, 1)
    assert telegram.said(7) == ["dicatat: a"]


async def test_a_wrong_token_ends_the_run(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    telegram.script["getMe"].append(error(401, "Unauthorized"))
    with pytest.raises(InvalidToken):
        await echoing(database, clock, telegram, tmp_path).run(asyncio.Event())


async def test_stop_ends_the_run(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(echoing(database, clock, telegram, tmp_path).run(stop))
    await asyncio.sleep(0.05)
    stop.set()
    async with asyncio.timeout(5):
        await running


async def test_a_second_delivery_on_the_same_sqlite_file_is_refused(
    sqlite_url: str, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    database, again = Database(sqlite_url), Database(sqlite_url)
    async with echoing(database, clock, telegram, tmp_path):
        with pytest.raises(AlreadyRunning):
            await echoing(again, clock, telegram, tmp_path).__aenter__()
    await database.close()
    await again.close()


async def test_handled_updates_are_forgotten_after_a_week_and_waiting_ones_never(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path
) -> None:
    ages = {1: engine.KEEP_INBOX_DAYS + 1, 2: engine.KEEP_INBOX_DAYS - 1}
    async with database.writing() as session:
        for update_id, days in ages.items():
            past = clock.now() - timedelta(days=days)
            session.add(Incoming(update_id=update_id, lane=7, raw={}, received_at=past, state="done", handled_at=past))
        old = clock.now() - timedelta(days=30)
        session.add(
            Incoming(update_id=3, lane=7, raw=message(3, 7, "a"), received_at=old, state="aside", handled_at=old)
        )
    async with echoing(database, clock, telegram, tmp_path), asyncio.timeout(5):
        while True:
            async with database.reading() as session:
                left = list(await session.scalars(select(Incoming.update_id).order_by(Incoming.update_id)))
            if left == [2, 3]:
                break
            await asyncio.sleep(0.01)
