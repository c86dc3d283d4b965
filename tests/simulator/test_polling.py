"""getUpdates: confirmation by offset, waiting, the one poller, and which kinds of updates are wanted."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram import Bot
from telegram.error import Conflict

from simulator import Person, RunningSimulator
from tests.simulator.conftest import RawApi, opened_poll


async def test_updates_stay_until_a_higher_offset_confirms_them(bot: Bot, camat: Person) -> None:
    for number in range(3):
        camat.say(f"laporan {number}")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in again] == [update.update_id for update in first]
    assert [update.update_id - first[0].update_id for update in first] == [0, 1, 2]
    rest = await bot.get_updates(offset=first[1].update_id)
    assert [update.message and update.message.text for update in rest] == ["laporan 1", "laporan 2"]
    await bot.get_updates(offset=first[2].update_id + 1)
    assert await bot.get_updates() == ()


async def test_limit_gives_the_oldest_first(bot: Bot, camat: Person) -> None:
    for number in range(5):
        camat.say(f"laporan {number}")
    updates = await bot.get_updates(limit=2)
    assert [update.message and update.message.text for update in updates] == ["laporan 0", "laporan 1"]


async def test_never_more_than_a_hundred_at_once(bot: Bot, camat: Person) -> None:
    for number in range(120):
        camat.say(f"laporan {number}")
    assert len(await bot.get_updates(limit=100)) == 100
    assert len(await bot.get_updates()) == 100


async def test_negative_offset_keeps_only_the_last(bot: Bot, camat: Person) -> None:
    for number in range(5):
        camat.say(f"laporan {number}")
    (last,) = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "laporan 4"
    assert len(await bot.get_updates()) == 1


async def test_long_poll_returns_when_something_happens(sim: RunningSimulator, raw: RawApi, camat: Person) -> None:
    poll = await opened_poll(sim, raw)
    camat.say("halo")
    answer = await asyncio.wait_for(poll, 1)
    assert [update["message"]["text"] for update in answer.json()["result"]] == ["halo"]


async def test_long_poll_returns_empty_after_its_timeout(raw: RawApi) -> None:
    started = time.monotonic()
    assert (await raw("getUpdates", timeout=1)).json() == {"ok": True, "result": []}
    assert time.monotonic() - started >= 0.9


async def test_a_second_poller_ends_the_first_with_a_conflict(
    sim: RunningSimulator, raw: RawApi, camat: Person
) -> None:
    first = await opened_poll(sim, raw)
    second = asyncio.create_task(raw("getUpdates", timeout=50))
    refused = await asyncio.wait_for(first, 1)
    assert refused.status_code == 409
    assert refused.json()["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    camat.say("halo")
    assert len((await asyncio.wait_for(second, 1)).json()["result"]) == 1


async def test_no_polling_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://bot.example.go.id/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    await bot.get_updates()


async def test_only_allowed_kinds_are_queued_from_then_on(bot: Bot, camat: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    camat.say("tidak diterima")
    sent = await bot.send_message(chat_id=camat.id, text="kartu")
    camat.forge_press(sent.message_id, "x")
    assert [update.callback_query is not None for update in await bot.get_updates()] == [True]
    await bot.get_updates(allowed_updates=[])
    camat.say("diterima")
    assert len(await bot.get_updates()) == 2


async def test_a_dead_poller_loses_nothing(sim: RunningSimulator, raw: RawApi, bot: Bot, camat: Person) -> None:
    poll = await opened_poll(sim, raw)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    camat.say("ditulis saat bot mati")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.text == "ditulis saat bot mati"
