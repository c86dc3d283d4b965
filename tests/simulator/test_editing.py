"""Editing, deleting, pinning, reacting, and keyboards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from simulator import Person, RunningSimulator
from simulator.pictures import grey_png
from tests.simulator.conftest import RawApi

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("📝 Lapor", callback_data="lapor")]])


async def test_editing_to_the_same_is_refused(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="<b>Tugas</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await sent.edit_text("<strong>Tugas</strong>", parse_mode="HTML", reply_markup=KEYBOARD)
    await sent.edit_text("Tugas", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(KEYBOARD)


async def test_edit_without_keyboard_takes_it_away(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="Tugas", reply_markup=KEYBOARD)
    assert camat.find("Tugas").labels == ["📝 Lapor"]
    edited = await sent.edit_text("Tugas")
    assert not isinstance(edited, bool)
    assert edited.reply_markup is None
    assert camat.find("Tugas").labels == []


async def test_person_sees_an_edit_in_place(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="18 dari 25")
    camat.mark()
    await sent.edit_text("19 dari 25")
    seen = await camat.expect("19 dari 25", within=1)
    assert (seen.id, seen.edited) == (sent.message_id, True)
    assert len(camat.received()) == 1


async def test_message_to_edit_must_exist_and_be_the_bots(bot: Bot, camat: Person) -> None:
    said = camat.say("halo")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat_id=camat.id, message_id=9999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", chat_id=camat.id, message_id=said.id)


async def test_message_deleted_by_the_person_cannot_be_edited(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="kartu")
    camat.delete(sent.message_id)
    assert camat.screen()[-1].text == "/start"
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("kartu baru")


async def test_text_and_caption_are_different_things(bot: Bot, camat: Person) -> None:
    text = await bot.send_message(chat_id=camat.id, text="kartu")
    photo = await bot.send_photo(chat_id=camat.id, photo=grey_png(30, 20), caption="foto")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption(caption="x")
    await photo.edit_caption(caption="foto baru")
    assert camat.reads() == "foto baru"
    await photo.edit_caption(caption=None)
    assert camat.reads() == ""


async def test_media_is_replaced(bot: Bot, camat: Person) -> None:
    photo = await bot.send_photo(chat_id=camat.id, photo=grey_png(30, 20), caption="foto")
    edited = await photo.edit_media(InputMediaPhoto(grey_png(60, 40), caption="baru"))
    assert not isinstance(edited, bool)
    assert (edited.photo[-1].width, edited.caption) == (60, "baru")
    edited = await photo.edit_media(InputMediaDocument(b"PDF", filename="matriks.pdf"))
    assert not isinstance(edited, bool)
    assert edited.document is not None
    assert edited.document.file_name == "matriks.pdf"
    assert not edited.photo


async def test_deleting(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="kartu")
    assert await bot.delete_message(camat.id, sent.message_id)
    assert camat.received() == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(camat.id, sent.message_id)


async def test_deleting_is_too_late_after_two_days(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="kartu")
    sim.world.clock.advance(timedelta(hours=49))
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(camat.id, sent.message_id)


async def test_reactions(bot: Bot, camat: Person) -> None:
    said = camat.say("sudah 60%")
    await bot.set_message_reaction(camat.id, said.id, "👍")
    assert camat.screen()[-1].reactions == [{"type": "emoji", "emoji": "👍"}]
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(camat.id, said.id, "🐢")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(camat.id, 9999, "👍")


async def test_pinning(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="kartu")
    await bot.pin_chat_message(camat.id, sent.message_id)
    pinned = (await bot.get_chat(camat.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(camat.id)
    assert (await bot.get_chat(camat.id)).pinned_message is None
    with pytest.raises(BadRequest, match="Message to pin not found"):
        await bot.pin_chat_message(camat.id, 9999)


def _keyboard(*buttons: dict[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("button", "description"),
    [
        (
            {"text": " ", "callback_data": "x"},
            "can't parse inline keyboard button: Inline keyboard button text must be non-empty",
        ),
        ({"text": "Lapor"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "Lapor", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "Lapor", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "Lapor", "callback_data": 7},
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "Lapor", "callback_data": "x", "url": "https://a.id"},
            "can't parse inline keyboard button: exactly one action must be used, found url, callback_data",
        ),
        (
            {"text": "Situs", "url": "http://localhost"},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "Situs", "url": "javascript:alert(1)"},
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_buttons_telegram_refuses(
    raw: RawApi, camat: Person, button: dict[str, object], description: str
) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text="x", reply_markup=_keyboard(button))
    assert refusal == f"Bad Request: {description}"
    assert camat.received() == []


async def test_callback_data_may_have_64_bytes(raw: RawApi, camat: Person) -> None:
    keyboard = _keyboard({"text": "Lapor", "callback_data": "é" * 32})
    assert (await raw("sendMessage", chat_id=camat.id, text="x", reply_markup=keyboard)).status_code == 200


async def test_a_hundred_buttons_at_most(raw: RawApi, camat: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": str(n), "callback_data": str(n)}] for n in range(101)]}
    refusal = await raw.refusal("sendMessage", chat_id=camat.id, text="x", reply_markup=keyboard)
    assert refusal == "Bad Request: reply markup is too long"
    keyboard["inline_keyboard"].pop()
    assert (await raw("sendMessage", chat_id=camat.id, text="x", reply_markup=keyboard)).status_code == 200


async def test_reply_keyboards_are_kept_for_the_page(raw: RawApi, camat: Person) -> None:
    markup = {"keyboard": [["/tugas", {"text": "/bantuan"}]], "resize_keyboard": True}
    sent = (await raw("sendMessage", chat_id=camat.id, text="x", reply_markup=markup)).json()["result"]
    assert "reply_markup" not in sent
    assert camat.screen()[-1].reply_keyboard == markup
    await raw("sendMessage", chat_id=camat.id, text="x", reply_markup={"force_reply": True})
    assert camat.screen()[-1].reply_keyboard == {"force_reply": True}
