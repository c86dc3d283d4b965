"""The everyday: a person writes, the bot answers, buttons are pressed."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest

from simulator import NotSeen, Person, Refused, RunningSimulator

TERIMA = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Terima", callback_data="v1:accept:7")]])


async def test_bot_knows_itself(bot: Bot, sim: RunningSimulator) -> None:
    me = await bot.get_me()
    assert me.username == "kawal_asahan_bot"
    assert me.id == sim.world.bot["id"]


async def test_person_opens_the_bot_with_an_invite(bot: Bot, sim: RunningSimulator) -> None:
    camat = sim.world.add_person("Camat Air Joman", "Budi")
    camat.start("kode_undangan-1")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start kode_undangan-1"
    assert update.message.entities[0].type == "bot_command"
    assert update.effective_chat is not None
    assert update.effective_chat.id == camat.id


@pytest.mark.parametrize("payload", ["dengan spasi", "a" * 65, "", None])
async def test_link_payloads_telegram_does_not_allow_are_dropped(sim: RunningSimulator, payload: str | None) -> None:
    assert sim.world.add_person("Camat").start(payload).text == "/start"


async def test_camat_reads_an_answer_and_presses_its_button(bot: Bot, camat: Person) -> None:
    await bot.send_message(chat_id=camat.id, text="Tugas <b>12</b>", parse_mode="HTML", reply_markup=TERIMA)
    card = await camat.expect("Tugas 12", button="✅ Terima", within=1)
    press = camat.press(card, "✅ Terima")
    (update,) = await bot.get_updates(timeout=1)
    query = update.callback_query
    assert query is not None
    assert query.data == "v1:accept:7"
    assert query.message is not None
    assert query.message.message_id == card.id
    await query.answer("Diterima", show_alert=True)
    answer = await press.answered(within=1)
    assert (answer.text, answer.show_alert) == ("Diterima", True)
    await query.edit_message_text("Tugas 12 diterima")
    assert camat.reads() == "Tugas 12 diterima"
    assert camat.find("diterima").labels == []


async def test_camat_replies_to_a_card(bot: Bot, camat: Person) -> None:
    card = await bot.send_message(chat_id=camat.id, text="Tugas 12")
    camat.say("sudah 60%", reply_to=card.message_id)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == card.message_id
    assert update.message.reply_to_message.text == "Tugas 12"


async def test_bot_replies_to_the_person(bot: Bot, camat: Person) -> None:
    said = camat.say("sudah 60%")
    sent = await bot.send_message(chat_id=camat.id, text="Dicatat", reply_parameters=ReplyParameters(said.id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "sudah 60%"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat_id=camat.id, text="Dicatat", reply_parameters=ReplyParameters(999))
    await bot.send_message(
        chat_id=camat.id, text="Dicatat", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )


async def test_person_edits_a_message(bot: Bot, camat: Person) -> None:
    said = camat.say("sudah 60%")
    camat.edit(said, "sudah 70%")
    _, update = await bot.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.text == "sudah 70%"
    assert update.edited_message.edit_date is not None
    assert update.edited_message.message_id == said.id


async def test_long_text_is_pasted_in_pieces(sim: RunningSimulator, camat: Person) -> None:
    with pytest.raises(Refused, match=r"4\.096"):
        camat.say("x" * 4097)
    pieces = camat.paste("\n".join(f"{number}. Arahan nomor {number}" for number in range(1, 401)))
    assert len(pieces) > 1
    assert all(len(piece.text) <= 4096 for piece in pieces)
    assert "\n".join(piece.text for piece in pieces).count("Arahan nomor") == 400
    assert len(sim.world.updates.waiting) == len(pieces)


async def test_what_is_not_there_is_not_seen(camat: Person) -> None:
    with pytest.raises(NotSeen, match="Camat Air Joman"):
        await camat.expect("tidak pernah", within=0.05)
    with pytest.raises(NotSeen):
        camat.find("tidak pernah")


async def test_expectations_begin_at_the_last_own_action(bot: Bot, camat: Person) -> None:
    await bot.send_message(chat_id=camat.id, text="Dicatat 10%")
    camat.say("20%")
    with pytest.raises(NotSeen):
        await camat.expect("Dicatat", within=0.05)
    await bot.send_message(chat_id=camat.id, text="Dicatat 20%")
    await camat.expect("Dicatat 20%", within=1)
