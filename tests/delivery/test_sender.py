"""Invariants 6 to 9 with the real tables: what the sender calls, when, and what it writes down about it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError, TimedOut

from delivery.leadership import SoleProcess
from delivery.pacing import Limits
from delivery.sender import Sender
from models.database import Database
from models.mailbox import OutboxState, Outgoing, enqueue_many
from tests.delivery.conftest import Enqueue, StandingClock, row, until
from tests.delivery.fake_telegram import Call, FakeTelegram, error
from tests.delivery.test_decisions import caused

UNLIMITED = Limits(overall=None)


async def test_a_message_goes_out_and_its_id_is_kept(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say(7, "halo")
    await sender.drain()
    assert telegram.said(7) == ["halo"]
    sent = await row(database, row_id)
    assert (sent.state, sent.message_id, sent.sent_at) == (OutboxState.SENT, 1001, clock.now())
    assert (sent.attempts, sent.lease_token, sent.possible_repeat) == (1, None, False)


async def test_sending_is_committed_before_the_call(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say()
    states = []

    async def look(_call: Call) -> None:
        states.append((await row(database, row_id)).state)

    telegram.before_reply = look
    await sender.drain()
    assert states == [OutboxState.SENDING]


async def test_when_the_claim_cannot_be_committed_nothing_is_called(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say()
    with commits_fail(database), pytest.raises(OperationalError):
        await sender.step()
    assert telegram.calls == []
    await sender.drain()
    assert telegram.said() == ["halo"]
    assert (await row(database, row_id)).attempts == 1


async def test_what_was_sent_while_the_database_was_away_is_recorded_later_and_not_sent_again(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say()
    await sender.step()
    await asyncio.gather(*sender._calls)
    with commits_fail(database):
        for _ in range(3):
            with pytest.raises(OperationalError):
                await sender.step()
    await sender.drain()
    assert telegram.said() == ["halo"]
    assert (await row(database, row_id)).state == OutboxState.SENT


class commits_fail:  # noqa: N801  (reads as a phrase)
    def __init__(self, database: Database) -> None:
        self._engine = database.engine.sync_engine

    def __enter__(self) -> None:
        event.listen(self._engine, "commit", self._refuse)

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "commit", self._refuse)

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("away"))


async def test_a_call_that_was_under_way_when_the_process_died_is_made_again_and_marked(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    first, toast = await say(7, "penting"), await say(7, kind="toast", method="answerCallbackQuery", payload={})
    dying = Sender(database, clock, telegram.bot(), tmp_path, UNLIMITED)
    hold = asyncio.Event()
    telegram.before_reply = lambda _call: hold.wait()
    await dying.step()
    await asyncio.sleep(0)
    for call in dying._calls:
        call.cancel()
    telegram.before_reply = None
    telegram.calls.clear()
    heir = Sender(database, clock, telegram.bot(), tmp_path, UNLIMITED)
    await heir.start()
    await heir.drain()
    assert telegram.said() == ["penting"]
    assert telegram.called("answerCallbackQuery") == []
    again, left = await row(database, first), await row(database, toast)
    assert (again.state, again.possible_repeat, again.attempts) == (OutboxState.SENT, True, 2)
    assert left.state == OutboxState.UNCERTAIN


async def test_a_lost_response_is_followed_by_one_more_call(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say(7, "a")
    await say(7, "b")
    telegram.script["sendMessage"].append(caused(TimedOut(), httpx.ReadTimeout("lost")))
    await sender.drain()
    await sender.drain()
    assert telegram.said(7) == ["a", "a", "b"]
    assert (await row(database, row_id)).possible_repeat


async def test_while_telegram_is_away_nothing_is_tried_but_a_harmless_call(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    for chat in range(1, 21):
        await say(chat, "a")
    refused = caused(NetworkError("x"), httpx.ConnectError("refused"))
    telegram.script["sendMessage"].extend([refused] * 20)
    telegram.script["getMe"].extend([refused] * 2)
    await sender.step()
    await asyncio.gather(*sender._calls)
    tried = len(telegram.said())
    for _ in range(5):
        await sender.step()
    assert len(telegram.said()) == tried
    assert len(telegram.called("getMe")) == 1
    for _ in range(2):
        sender._probe_at = 0.0  # the wait is over
        await sender.drain()
    assert len(telegram.called("getMe")) == 3
    async with database.reading() as session:
        rows = list(await session.scalars(select(Outgoing)))
    assert {row.state for row in rows} == {OutboxState.SENT}
    assert not any(row.possible_repeat for row in rows)
    assert {row.attempts for row in rows} == {1}


async def test_too_many_requests_costs_time_only(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say(7, "a")
    await say(7, "b")
    await say(8, "lain")
    telegram.script["sendMessage"].append(error(429, "Too Many Requests: retry after 1", retry_after=0.2))
    await sender.drain()
    assert (telegram.said(7), telegram.said(8)) == (["a"], ["lain"])
    await asyncio.sleep(0.25)
    await sender.drain()
    assert telegram.said(7) == ["a", "a", "b"]
    sent = await row(database, row_id)
    assert (sent.state, sent.attempts, sent.possible_repeat) == (OutboxState.SENT, 1, False)


async def test_one_chat_gets_its_messages_in_order_and_one_at_a_time(
    telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    under_way = 0

    async def watch(_call: Call) -> None:
        nonlocal under_way
        under_way += 1
        assert under_way == 1
        await asyncio.sleep(0.001)
        under_way -= 1

    telegram.before_reply = watch
    for i in range(10):
        await say(7, f"{i}")
    await sender.drain()
    assert telegram.said(7) == [f"{i}" for i in range(10)]


async def test_an_answer_overtakes_thousands_of_bulk_messages(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    async with database.writing() as session:
        bulk = [{"chat_id": 1000 + i, "payload": {"text": "massal"}} for i in range(5000)]
        await enqueue_many(session, bulk, now=clock.now(), method="sendMessage", kind="k")
    sender = Sender(database, clock, telegram.bot(), tmp_path, Limits())
    running = asyncio.create_task(sender.run())
    await until(lambda: len(telegram.calls) >= 5)
    before = len(telegram.calls)
    await say(7, "jawaban")
    sender.wake()
    await until(lambda: "jawaban" in telegram.said())
    assert len(telegram.calls) - before <= 8, "only what was taken already goes first"
    await sender.stop()
    await running


async def test_a_press_is_answered_while_a_message_to_the_same_chat_hangs(
    telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    await say(7, "lama")
    hold = asyncio.Event()

    async def hang(call: Call) -> None:
        if call.method == "sendMessage":
            await hold.wait()

    telegram.before_reply = hang
    await sender.step()
    await asyncio.sleep(0)
    await say(7, method="answerCallbackQuery", payload={"callback_query_id": "1"}, kind="toast")
    await sender.step()
    await asyncio.sleep(0.01)
    assert [call.method for call in telegram.calls] == ["sendMessage", "answerCallbackQuery"]
    assert "chat_id" not in telegram.calls[1].parameters
    hold.set()
    await sender.drain()


async def test_a_payload_of_another_version_is_not_guessed_at(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say(7)
    async with database.writing() as session:
        found = await session.get(Outgoing, row_id)
        assert found is not None
        found.version = 99
    await sender.drain()
    assert telegram.calls == []
    assert (await row(database, row_id)).state == OutboxState.FAILED


async def test_stopping_records_what_was_under_way_and_returns_the_rest(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    rows = [await say(chat, "a") for chat in range(1, 5)]
    sender = Sender(database, clock, telegram.bot(), tmp_path, Limits())
    await sender.step()
    await asyncio.sleep(0.01)  # the first is called; the next ones wait for their slots
    await sender.stop()
    states = [(await row(database, r)).state for r in rows]
    assert states == [OutboxState.SENT, OutboxState.READY, OutboxState.READY, OutboxState.READY]
    assert [(await row(database, r)).attempts for r in rows] == [1, 0, 0, 0]


async def test_a_new_start_remembers_what_was_sent_just_before(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    for i in range(20):
        await say(-5, f"{i}")
    await Sender(database, clock, telegram.bot(), tmp_path, UNLIMITED).drain()
    assert len(telegram.said(-5)) == 20
    heir = Sender(database, clock, telegram.bot(), tmp_path, Limits())
    await heir.start()
    await say(-5, "ke-21 dalam semenit")
    await heir.drain()
    assert len(telegram.said(-5)) == 20


class Elected(SoleProcess):
    leads = True


async def test_whoever_is_no_longer_the_sender_calls_nothing(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    row_id = await say(7, "a")
    election = Elected()
    deposed = Sender(database, clock, telegram.bot(), tmp_path, UNLIMITED, election=election)
    await deposed.step()
    election.leads = False
    await asyncio.gather(*deposed._calls)
    assert telegram.calls == []
    election.leads = True  # it was only slow: nobody took over
    await deposed.drain()
    assert telegram.said() == ["a"]
    assert not (await row(database, row_id)).possible_repeat


async def test_a_sender_that_is_elected_again_keeps_what_it_knows(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    rows = [await say(chat, "a") for chat in (7, 8)]
    hold = asyncio.Event()

    async def hold_the_second(call: Call) -> None:
        if call.chat_id == 8:
            await hold.wait()

    telegram.before_reply = hold_the_second
    await sender.step()
    await until(lambda: len(sender._finished) == 1 and len(telegram.calls) == 2)
    await sender.start()  # elected again: one call is unrecorded, one under way
    hold.set()
    await sender.drain()
    assert telegram.said() == ["a", "a"]
    assert [(await row(database, r)).possible_repeat for r in rows] == [False, False]
