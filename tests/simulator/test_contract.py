"""The simulator held against the Bot API's machine-readable contract, in both directions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Person, RunningSimulator, groups
from simulator.bot_api.contract import CONTRACT_FILE, Contract, contract
from simulator.bot_api.endpoint import METHODS
from simulator.derive_contract import SERVED_METHODS, derive
from simulator.pictures import grey_png
from tests.simulator.conftest import RawApi

Json = dict[str, Any]

_PUBLISHED = Path(__file__).parents[3] / "shared" / "telegram" / "api.json"


def test_every_method_of_the_contract_is_served_and_no_other() -> None:
    assert set(METHODS) == {name for name, _ in contract().methods.values()} == set(SERVED_METHODS)


@pytest.mark.skipif(not _PUBLISHED.exists(), reason="the published contract is not next to this checkout")
def test_derived_contract_is_up_to_date() -> None:
    derived = derive(json.loads(_PUBLISHED.read_text(encoding="utf-8")))
    assert json.loads(CONTRACT_FILE.read_text(encoding="utf-8")) == derived


def complaints(rules: Contract, value: Any, types: list[str], where: str = "") -> list[str]:
    """What is wrong with an answer: types, required fields, and fields the contract does not know."""
    problem = rules.problem(value, types)
    if problem:
        return [f"{where}: {problem}"]
    kind = rules.subtype(value, types) if isinstance(value, dict) else types[0]
    if isinstance(value, list):
        inner = [expression.removeprefix("Array of ") for expression in types]
        return [each for item in value for each in complaints(rules, item, inner, f"{where}[]")]
    described = rules.types.get(kind)
    if described is None or not isinstance(value, dict):
        return []
    if "subtypes" in described:
        return complaints(rules, value, [rules.subtype(value, described["subtypes"])], where)
    found = [f"{where}.{name}: not a field of {kind}" for name in value if name not in described["fields"]]
    for name, field in described["fields"].items():
        if name in value:
            found += complaints(rules, value[name], field["types"], f"{where}.{name}")
    return found


def test_the_checker_finds_what_is_wrong() -> None:
    rules = contract()
    user = {"id": 1, "is_bot": False, "first_name": "Budi"}
    assert complaints(rules, user, ["User"]) == []
    assert complaints(rules, {**user, "id": "1"}, ["User"]) == [': Field "id" must be of type Number']
    assert complaints(rules, {"id": 1, "is_bot": False}, ["User"]) == [': Can\'t find field "first_name"']
    assert complaints(rules, {**user, "mood": "good"}, ["User"]) == [".mood: not a field of User"]
    member = {"status": "left", "user": {**user, "x": 1}}
    assert complaints(rules, [member], ["Array of ChatMember"]) == ["[].user.x: not a field of User"]


KEYBOARD = {
    "inline_keyboard": [[{"text": "✅ Terima", "callback_data": "a"}, {"text": "Situs", "url": "https://a.id"}]]
}


async def test_every_answer_keeps_the_contract(sim: RunningSimulator, raw: RawApi, camat: Person) -> None:
    rules, world = contract(), sim.world
    group = world.add_group("Rakorpem", camat)
    groups.add_bot(world, group, by=camat, administrator=True)
    said = camat.say("halo @kawal_asahan_bot https://asahankab.go.id")

    async def ask(method: str, **params: object) -> Any:
        answer = (await raw(method, **params)).json()
        assert answer["ok"], (method, answer)
        returns = rules.returns[method]
        assert complaints(rules, answer["result"], returns, method) == []
        tried.add(method)
        return answer["result"]

    async def upload(method: str, field: str, content: bytes, **params: object) -> Any:
        files = {field: ("berkas.png", content)}
        answer = (
            await raw.client.post(f"{raw.base}/{method}", data={"chat_id": camat.id, **params}, files=files)
        ).json()
        assert complaints(rules, answer["result"], rules.returns[method], method) == []
        tried.add(method)
        return answer["result"]

    tried: set[str] = set()
    await ask("getMe")
    text = await ask(
        "sendMessage",
        chat_id=camat.id,
        text='<b>Tugas</b> <a href="https://a.id">x</a> <a href="tg://user?id=5">y</a> <pre><code class="language-py">z</code></pre>',
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        reply_parameters={"message_id": said.id},
        link_preview_options={"is_disabled": True},
        protect_content=True,
    )
    photo = await upload("sendPhoto", "photo", grey_png(200, 100), caption="<i>foto</i>", parse_mode="HTML")
    document = await upload("sendDocument", "document", b"isi", caption="#laporan")
    await upload("sendVideo", "video", b"mp4", duration=3)
    await upload("sendVoice", "voice", b"ogg", duration=3)
    await ask("sendLocation", chat_id=camat.id, latitude=2.98, longitude=99.6)
    file_id = photo["photo"][-1]["file_id"]
    media = {"type": "photo", "media": file_id, "caption": "dua"}
    await ask("sendMediaGroup", chat_id=camat.id, media=[media, media])
    await ask("sendChatAction", chat_id=camat.id, action="typing")
    card = {"chat_id": camat.id, "message_id": text["message_id"]}
    await ask("editMessageText", **card, text="Tugas", reply_markup=KEYBOARD)
    await ask("editMessageReplyMarkup", **card)
    await ask("editMessageCaption", chat_id=camat.id, message_id=photo["message_id"], caption="baru")
    await ask("editMessageMedia", chat_id=camat.id, message_id=document["message_id"], media=media)
    await ask("pinChatMessage", **card)
    await ask("getChat", chat_id=camat.id)
    await ask("unpinChatMessage", **card)
    await ask("setMessageReaction", **card, reaction=[{"type": "emoji", "emoji": "👍"}])
    press = camat.forge_press(text["message_id"], "a")
    await ask("answerCallbackQuery", callback_query_id=press.id, text="ok")
    camat.forge_press(9999, "a")
    await ask("getFile", file_id=file_id)
    commands = [{"command": "tugas", "description": "tugas saya"}]
    await ask("setMyCommands", commands=commands, scope={"type": "chat", "chat_id": camat.id})
    await ask("getMyCommands", scope={"type": "chat", "chat_id": camat.id})
    await ask("deleteMyCommands", scope={"type": "chat", "chat_id": camat.id})
    await ask("setMyDescription", description="Mengawal arahan")
    await ask("setMyShortDescription", short_description="Arahan")
    await ask("setChatMenuButton", menu_button={"type": "commands"})
    await ask("getChat", chat_id=group.id)
    for user_id in (camat.id, world.bot["id"], world.add_person("Bupati").id):
        await ask("getChatMember", chat_id=group.id, user_id=user_id)
    await ask("deleteMessage", **card)
    camat.send_photos([grey_png(200, 100)] * 2, "album")
    camat.send_document(b"x", "a.pdf")
    camat.send_voice(b"x")
    camat.send_video(b"x")
    camat.send_location(1, 2)
    camat.send_sticker()
    camat.edit(said, "halo lagi", chat=None)
    camat.block_bot()
    camat.unblock_bot()
    bupati = world.people[max(world.people)]
    groups.add_member(world, group, bupati, by=camat)
    bupati.leave_group(group)
    supergroup = groups.migrate(world, group)
    await ask("leaveChat", chat_id=supergroup.id)
    updates = await ask("getUpdates", allowed_updates=["message", "callback_query"])
    assert len(updates) > 15
    await ask("setWebhook", url="https://bot.example.go.id/hook", allowed_updates=["message"])
    await ask("getWebhookInfo")
    await ask("deleteWebhook")
    assert tried == set(METHODS)
