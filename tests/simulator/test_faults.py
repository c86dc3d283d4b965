"""Bad days on demand, as a client sees them."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from simulator import Person, RunningSimulator
from tests.simulator.conftest import RawApi


async def test_planned_error_happens_as_often_as_planned(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sim.world.faults.fail("sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await bot.send_message(chat_id=camat.id, text="halo")
    assert camat.received() == []
    await bot.get_me()
    await bot.send_message(chat_id=camat.id, text="halo")
    assert [call.status for call in sim.world.calls_of("sendMessage")] == [500, 500, 200]


async def test_error_of_any_kind_for_any_method(bot: Bot, sim: RunningSimulator) -> None:
    sim.world.faults.fail(code=400, description="Bad Request: CHAT_RESTRICTED")
    with pytest.raises(BadRequest, match="Chat_restricted"):
        await bot.get_me()


async def test_too_many_for_one_chat_only(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    bupati = sim.world.add_person("Bupati")
    bupati.start()
    sim.world.faults.too_many("sendMessage", retry_after=7, chat_id=camat.id)
    await bot.send_message(chat_id=bupati.id, text="halo")
    with pytest.raises(RetryAfter):
        await bot.send_message(chat_id=camat.id, text="halo")
    await bot.send_message(chat_id=camat.id, text="halo")


async def test_answer_lost_on_the_way_though_the_message_arrived(
    bot: Bot, sim: RunningSimulator, camat: Person
) -> None:
    sim.world.faults.drop_response("sendMessage")
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(chat_id=camat.id, text="halo")
    assert isinstance(lost.value.__cause__, httpx.RemoteProtocolError)
    assert camat.reads() == "halo"
    assert sim.world.calls_of("sendMessage")[0].status == 0


@pytest.mark.parametrize("processed", [True, False])
async def test_no_answer_at_all(bot: Bot, sim: RunningSimulator, camat: Person, processed: bool) -> None:
    sim.world.faults.never_answer("sendMessage", processed=processed)
    with pytest.raises(TimedOut) as silent:
        await bot.send_message(chat_id=camat.id, text="halo", read_timeout=0.1)
    assert isinstance(silent.value.__cause__, httpx.ReadTimeout)
    assert bool(camat.received()) is processed


async def test_answer_that_is_not_json(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sim.world.faults.bad_json("sendMessage")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(chat_id=camat.id, text="halo")
    assert camat.reads() == "halo"


async def test_latency_and_clearing(raw: RawApi, sim: RunningSimulator) -> None:
    sim.world.faults.latency = 0.15
    started = time.monotonic()
    await raw("getMe")
    assert time.monotonic() - started >= 0.15
    sim.world.faults.fail()
    sim.world.faults.clear()
    assert (await asyncio.wait_for(raw("getMe"), 1)).status_code == 200
