"""Invariant 1: Telegram may forget an update only after it is committed; the same update twice is one row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from telegram.error import TelegramError

from clock import Clock
from delivery.intake import ALLOWED_UPDATES, Poller, lane_of, store_updates
from models.database import Database
from models.mailbox import Incoming
from tests.delivery.fake_telegram import FakeTelegram, error, message, press


async def stored(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(select(Incoming.update_id).order_by(Incoming.update_id)))


async def test_updates_are_committed_before_telegram_may_forget_them(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.waiting_updates = [message(11, 7, "satu"), message(12, 8, "dua")]
    poller = Poller(database, clock, telegram.bot())
    seen_at_second_call: list[list[int]] = []

    async def look(_call: object) -> None:
        seen_at_second_call.append(await stored(database))

    assert await poller.poll(wait=0) == 2
    telegram.before_reply = look
    assert await poller.poll(wait=0) == 0
    first, second = telegram.called("getUpdates")
    assert "offset" not in first.parameters
    assert second.parameters["offset"] == 13
    assert seen_at_second_call == [[11, 12]]
    assert first.parameters["allowed_updates"] == ALLOWED_UPDATES


async def test_numbers_that_start_anew_after_a_quiet_week_are_not_missed(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.waiting_updates = [message(900_000_000, 7, "sebelum")]
    poller = Poller(database, clock, telegram.bot())
    assert await poller.poll(wait=0) == 1
    assert await poller.poll(wait=0) == 0, "by this the first is confirmed"
    telegram.waiting_updates = [message(12, 7, "sesudah")]
    assert await poller.poll(wait=0) == 1
    assert await stored(database) == [12, 900_000_000]


async def test_when_the_commit_fails_telegram_keeps_the_updates(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.waiting_updates = [message(11, 7, "satu")]
    poller = Poller(database, clock, telegram.bot())

    def refuse(*_: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    event.listen(database.engine.sync_engine, "commit", refuse)
    with pytest.raises(OperationalError):
        await poller.poll(wait=0)
    event.remove(database.engine.sync_engine, "commit", refuse)
    assert await stored(database) == []
    assert await poller.poll(wait=0) == 1
    assert "offset" not in telegram.called("getUpdates")[1].parameters
    assert await stored(database) == [11]


async def test_the_same_update_twice_is_one_row(database: Database, clock: Clock) -> None:
    async with database.writing() as session:
        assert await store_updates(session, [message(5, 7, "a"), message(4, 7, "b")], clock.now()) == 2
    async with database.writing() as session:
        assert await store_updates(session, [message(5, 7, "a"), message(6, 7, "c")], clock.now()) == 1
    assert await stored(database) == [4, 5, 6]


async def test_what_is_no_update_is_skipped_and_the_rest_kept(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.script["getUpdates"].append((200, {"ok": True, "result": [{"oops": 1}, message(3, 7, "a")]}))
    assert await Poller(database, clock, telegram.bot()).poll(wait=0) == 2
    assert await stored(database) == [3]


async def test_an_update_that_the_database_cannot_hold_keeps_nobody_waiting(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    """NaN is JSON to Python and SQLite, and none to PostgreSQL."""
    poison = message(2, 8, "b")
    poison["message"]["location"] = {"latitude": float("nan"), "longitude": 1.0}
    telegram.waiting_updates = [message(1, 7, "a"), poison, message(3, 9, "c")]
    poller = Poller(database, clock, telegram.bot())
    assert await poller.poll(wait=0) == 3
    assert await poller.poll(wait=0) == 0, "Telegram may forget them"
    async with database.reading() as session:
        states = {row[0]: row[1] for row in await session.execute(select(Incoming.update_id, Incoming.state))}
        kept = (await session.get_one(Incoming, 2)).raw
    assert states == {1: "waiting", 2: "waiting" if database.is_sqlite else "aside", 3: "waiting"}
    assert "nan" in str(kept)


async def test_a_response_that_is_nonsense_moves_nothing(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    telegram.waiting_updates = [message(3, 7, "a")]
    telegram.script["getUpdates"].append((200, {"ok": True, "result": [{"oops": 1}]}))
    telegram.script["getUpdates"].append((200, {"ok": True, "result": "?"}))
    poller = Poller(database, clock, telegram.bot())
    for _ in range(2):
        with pytest.raises(TelegramError):
            await poller.poll(wait=0)
    assert await poller.poll(wait=0) == 1


async def test_a_forgotten_webhook_is_removed_when_polling(
    database: Database, clock: Clock, telegram: FakeTelegram
) -> None:
    refusal = error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    telegram.script["getUpdates"].append(refusal)
    telegram.waiting_updates = [message(3, 7, "a")]
    stop = StopPolling()
    poller = Poller(database, clock, telegram.bot(), stop)
    with pytest.raises(StopPolling):
        await poller.run()
    assert [call.method for call in telegram.calls] == ["getUpdates", "deleteWebhook", "getUpdates"]


class StopPolling(BaseException):
    def __call__(self) -> None:
        raise self


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        (message(1, 7, "a"), 7),
        (press(1, 7, "v1:x"), 7),
        ({"update_id": 1, "edited_message": message(1, -5, "a")["message"]}, -5),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -100123456789}, "from": {"id": 7}}}, -100123456789),
        ({"update_id": 1, "inline_query": {"from": {"id": 9}, "id": "x"}}, 9),
        ({"update_id": 1, "poll": {"id": "x"}}, 0),
    ],
)
def test_the_lane_is_the_chat_or_the_person(raw: dict[str, Any], lane: int) -> None:
    assert lane_of(raw) == lane


_json = st.recursive(
    st.integers() | st.text(max_size=5) | st.none(),
    lambda inner: st.dictionaries(st.sampled_from(["chat", "from", "id", "message"]), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "x"]), _json, max_size=3))
def test_any_json_has_a_lane(raw: dict[str, Any]) -> None:
    assert isinstance(lane_of(raw), int)
