"""Ten thousand updates wait when the bot starts after a long outage: taken a hundred at a time, in order, once each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from delivery.dispatcher import Dispatcher
from delivery.intake import Poller
from models.database import Database
from tests.delivery.fake_telegram import FakeTelegram, message

WAITING, CHATS, BATCH = 10_000, 300, 64


async def test_ten_thousand_updates_that_waited_are_dealt_with_in_order_and_once(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.waiting_updates = [message(number, 7 + number % CHATS, "a") for number in range(1, WAITING + 1)]
    handled: dict[int, list[int]] = defaultdict(list)
    most_at_hand = 0

    async def note(_session: AsyncSession, raw: dict[str, Any]) -> None:
        nonlocal most_at_hand
        handled[raw["message"]["chat"]["id"]].append(raw["update_id"])
        most_at_hand = max(most_at_hand, sum(len(batch.updates) for batch in dispatcher._at_hand))

    dispatcher = Dispatcher(database, clock, note, apology="Mohon maaf.", batch=BATCH)
    # As the engine ties them: on SQLite what is stored is taken up in the same transaction.
    poller = Poller(database, clock, telegram.bot(), take=dispatcher.take if database.is_sqlite else None)
    polling = asyncio.create_task(poller.run())
    async with asyncio.timeout(120):
        while sum(map(len, handled.values())) < WAITING:
            if not await dispatcher.step():
                await asyncio.sleep(0.002)
    polling.cancel()
    await dispatcher.release()
    assert handled == {
        chat: [number for number in range(1, WAITING + 1) if 7 + number % CHATS == chat] for chat in range(7, 7 + CHATS)
    }
    assert {call.parameters["limit"] for call in telegram.called("getUpdates")} == {100}
    assert most_at_hand <= 2 * BATCH, "what waits does so in the database, not in memory"
