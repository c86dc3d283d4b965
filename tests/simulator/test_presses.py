"""Pressed buttons: answered once, in time, also when forged or stale."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage
from telegram.error import BadRequest

from simulator import Limits, Person, Refused, RunningSimulator, run_simulator
from simulator.presses import NoAnswer
from tests.simulator.conftest import client_of

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("✅ Terima", callback_data="a:1"), InlineKeyboardButton("Situs", url="https://a.id")]]
)


async def _card(bot: Bot, person: Person) -> int:
    return (await bot.send_message(chat_id=person.id, text="kartu", reply_markup=KEYBOARD)).message_id


async def _query_id(bot: Bot) -> str:
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    return query.id


async def test_a_press_is_answered_once(bot: Bot, camat: Person) -> None:
    press = camat.press(await _card(bot, camat), "✅ Terima")
    assert camat.find("kartu").shown()["pressed"] == ["a:1"]
    await bot.answer_callback_query(await _query_id(bot), text="Diterima")
    assert (await press.answered(within=1)).text == "Diterima"
    assert camat.find("kartu").shown()["pressed"] == []
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(press.id)


async def test_button_is_found_by_its_data_too(bot: Bot, camat: Person) -> None:
    assert camat.press(await _card(bot, camat), "a:1").data == "a:1"


async def test_unanswered_press_keeps_spinning(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    press = camat.press(await _card(bot, camat), "✅ Terima")
    with pytest.raises(NoAnswer, match="a:1"):
        await press.answered(within=0.05)
    assert sim.world.presses.unanswered == [press]


async def test_unknown_query_and_long_answer(bot: Bot, camat: Person) -> None:
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("123")
    camat.press(await _card(bot, camat), "✅ Terima")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(await _query_id(bot), text="x" * 201)


@pytest.fixture
async def hasty() -> AsyncIterator[RunningSimulator]:
    async with run_simulator(callback_seconds=0.0, limits=Limits.off()) as running:
        yield running


async def test_a_query_expires(hasty: RunningSimulator) -> None:
    person = hasty.world.add_person("Camat")
    person.start()
    async with client_of(hasty) as bot:
        press = person.press(await _card(bot, person), "✅ Terima")
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(press.id)
        assert press.answer is None


async def test_forged_press_on_any_message_with_any_data(bot: Bot, camat: Person) -> None:
    card = await _card(bot, camat)
    camat.forge_press(card, "a:999")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "a:999"


async def test_press_on_a_message_that_is_gone(bot: Bot, camat: Person) -> None:
    card = await _card(bot, camat)
    camat.delete(card)
    with pytest.raises(Refused, match="sudah tidak ada"):
        camat.press(card, "✅ Terima")
    press = camat.forge_press(card, "a:1")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert isinstance(query.message, MaybeInaccessibleMessage)
    assert not query.message.is_accessible
    assert query.message.message_id == card
    await query.answer("Tugas ini sudah tidak ada")
    assert (await press.answered(within=1)).text == "Tugas ini sudah tidak ada"


async def test_buttons_that_are_not_there_or_open_links(bot: Bot, camat: Person) -> None:
    card = await _card(bot, camat)
    with pytest.raises(Refused, match="Tombol “Selesai” tidak ada"):
        camat.press(card, "Selesai")
    with pytest.raises(Refused, match="membuka tautan"):
        camat.press(card, "Situs")
