"""The interface of the page: JSON for actions, a stream for events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from simulator import Person, RunningSimulator
from simulator.pictures import grey_png
from simulator.story import Step, Story

Json = dict[str, Any]


class Page:
    """A browser without the page."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **query: Any) -> Any:
        response = await self.client.get(path, params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def post(self, path: str, **fields: Any) -> Any:
        response = await self.client.post(path, json=fields)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def refusal(self, path: str, **fields: Any) -> tuple[int, str]:
        response = await self.client.post(path, json=fields)
        return response.status_code, response.json()["error"]


@pytest.fixture
async def page(sim: RunningSimulator) -> AsyncIterator[Page]:
    async with httpx.AsyncClient(base_url=sim.url, trust_env=False, verify=False) as client:
        yield Page(client)


class Stream:
    """Reads /sim/events."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self, kind: str) -> Json:
        """The next event of this kind; others are passed over."""
        async with asyncio.timeout(2):
            async for line in self._lines:
                if line.startswith("data: ") and (event := json.loads(line[6:]))["type"] == kind:
                    return dict(event)
        raise AssertionError("the stream ended")


@pytest.fixture
async def stream(sim: RunningSimulator, page: Page) -> AsyncIterator[Stream]:
    async with page.client.stream("GET", "/sim/events") as response:
        lines = response.aiter_lines()
        assert (await anext(lines)).startswith("retry:")
        yield Stream(lines)


async def test_state_shows_everything_a_page_needs(page: Page, bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    await bot.set_my_commands([BotCommand("bantuan", "apa yang dapat dilakukan")])
    group = await page.post("/sim/groups", title="Rakorpem", member_ids=[camat.id], add_bot=True)
    state = await page.get("/sim/state")
    assert datetime.fromisoformat(state["now"]).tzinfo is not None
    assert state["bot"]["username"] == "kawal_asahan_bot"
    assert state["bot"]["commands"][0]["command"] == "bantuan"
    (person,) = state["people"]
    assert (person["label"], person["name"], person["blocked"], person["started"]) == (
        "Camat Air Joman",
        "Budi Hartono",
        False,
        True,
    )
    assert [command["command"] for command in person["commands"]] == ["bantuan"]
    private, rakorpem = state["chats"]
    assert (private["id"], private["type"]) == (camat.id, "private")
    assert (rakorpem["title"], rakorpem["member_ids"], rakorpem["bot_member"]) == ("Rakorpem", [camat.id], True)
    assert group["id"] == rakorpem["id"] < 0


async def test_adding_a_person_and_opening_the_bot_with_the_invite(page: Page, bot: Bot, stream: Stream) -> None:
    person = await page.post("/sim/people", label="Sekretariat", first_name="Rina", invite="kode-1")
    assert (await stream.next("person"))["person"]["id"] == person["id"]
    started = await page.post(f"/sim/people/{person['id']}/start")
    assert started["messages"][0]["text"] == "/start kode-1"
    message = (await stream.next("message"))["message"]
    assert (message["text"], message["from_bot"]) == ("/start kode-1", False)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start kode-1"


async def test_talking_replying_editing_deleting(page: Page, bot: Bot, camat: Person, stream: Stream) -> None:
    who = {"user_id": camat.id, "chat_id": camat.id}
    sent = await bot.send_message(chat_id=camat.id, text="Tugas 12")
    assert (await stream.next("message"))["message"]["from_bot"] is True
    (said,) = (await page.post("/sim/send", **who, text="sudah 60%", reply_to=sent.message_id))["messages"]
    assert said["reply_to_message"]["message_id"] == sent.message_id
    await page.post("/sim/edit", **who, message_id=said["message_id"], text="sudah 70%")
    edited = (await stream.next("edit"))["message"]
    assert (edited["text"], edited["edited"]) == ("sudah 70%", True)
    await page.post("/sim/delete", **who, message_id=said["message_id"])
    assert (await stream.next("delete"))["message_id"] == said["message_id"]
    shown = await page.get(f"/sim/chats/{camat.id}/messages", viewer=camat.id)
    assert [(message["text"], message["deleted"]) for message in shown] == [
        ("/start", False),
        ("Tugas 12", False),
        ("sudah 70%", True),
    ]


async def test_pressing_spins_until_the_bot_answers(page: Page, bot: Bot, camat: Person, stream: Stream) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Terima", callback_data="a:1")]])
    sent = await bot.send_message(chat_id=camat.id, text="kartu", reply_markup=keyboard)
    who = {"user_id": camat.id, "chat_id": camat.id, "message_id": sent.message_id}
    pressed = await page.post("/sim/press", **who, data="a:1")
    shown = await page.get(f"/sim/chats/{camat.id}/messages", viewer=camat.id)
    assert shown[-1]["pressed"] == ["a:1"]
    await bot.answer_callback_query(pressed["callback_id"], text="Diterima", show_alert=True)
    answer = await stream.next("answer")
    assert (answer["callback_id"], answer["text"], answer["show_alert"]) == (
        pressed["callback_id"],
        "Diterima",
        True,
    )
    assert await page.refusal("/sim/press", **who, data="tidak ada") == (
        404,
        "Tombol “tidak ada” tidak ada pada pesan itu; yang ada: ✅ Terima.",
    )


async def test_pictures_go_as_an_album_and_other_files_as_documents(
    page: Page, sim: RunningSimulator, camat: Person
) -> None:
    who = {"user_id": str(camat.id), "chat_id": str(camat.id)}
    pictures = [("files", (f"{shade}.png", grey_png(120, 90, shade), "image/png")) for shade in (10, 20)]
    album = (await page.client.post("/sim/send", data={**who, "text": "dua foto"}, files=pictures)).json()["messages"]
    assert [message.get("caption") for message in album] == ["dua foto", None]
    assert len({message["media_group_id"] for message in album}) == 1
    files = [("files", ("laporan.pdf", b"%PDF", "application/pdf")), ("files", ("suara.ogg", b"OggS", "audio/ogg"))]
    sent = (await page.client.post("/sim/send", data=who, files=files)).json()["messages"]
    assert sent[0]["document"]["file_name"] == "laporan.pdf"
    assert sent[1]["voice"]["mime_type"] == "audio/ogg"
    picture = await page.client.get(f"/sim/files/{album[0]['photo'][-1]['file_id']}")
    assert (picture.headers["content-type"], picture.content) == ("image/png", grey_png(120, 90, 10))
    document = await page.client.get(f"/sim/files/{sent[0]['document']['file_id']}")
    assert document.headers["content-disposition"] == "attachment"
    assert (await page.client.get("/sim/files/tidakada")).status_code == 404


async def test_web_page_sent_as_a_document_is_never_opened_as_one(page: Page, camat: Person) -> None:
    camat.send_document(b"<script>alert(1)</script>", "halaman.html")
    file_id = camat.screen()[-1].body["document"]["file_id"]
    response = await page.client.get(f"/sim/files/{file_id}")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_location_sticker_and_long_text(page: Page, camat: Person) -> None:
    who = {"user_id": camat.id, "chat_id": camat.id}
    place = {"latitude": 2.98, "longitude": 99.6}
    (here,) = (await page.post("/sim/send", **who, location=place))["messages"]
    assert here["location"] == place
    (sticker,) = (await page.post("/sim/send", **who, sticker="👍"))["messages"]
    assert sticker["sticker"]["emoji"] == "👍"
    pieces = (await page.post("/sim/send", **who, text="baris\n" * 1500))["messages"]
    assert len(pieces) == 3


async def test_clock_moves_forward_only(page: Page, stream: Stream, sim: RunningSimulator) -> None:
    sim.world.clock.set(datetime(2026, 1, 23, 2, 0, tzinfo=UTC))
    moved = await page.post("/sim/clock", advance_seconds=3600)
    assert moved["now"].startswith("2026-01-23T03:00")
    assert (await page.post("/sim/clock", next="monday 07:00"))["now"].startswith("2026-01-26T00:00:00")
    assert (await page.post("/sim/clock", set="2026-01-27T08:00"))["now"].startswith("2026-01-27T01:00:00")
    assert [(await stream.next("clock"))["now"][:16] for _ in range(4)][-1] == "2026-01-27T01:00"
    assert await page.refusal("/sim/clock", advance_seconds=-5) == (409, "Waktu simulasi hanya dapat dimajukan.")
    assert (await page.refusal("/sim/clock", next="kapan-kapan"))[0] == 400


async def test_blocking_and_groups(page: Page, bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    assert (await page.post(f"/sim/people/{camat.id}/block", blocked=True))["blocked"] is True
    status, error = await page.refusal("/sim/send", user_id=camat.id, chat_id=camat.id, text="halo")
    assert (status, error) == (409, "Bot ini diblokir; buka blokirnya dahulu.")
    assert (await page.post(f"/sim/people/{camat.id}/block", blocked=False))["blocked"] is False
    bupati = sim.world.add_person("Bupati")
    group = await page.post("/sim/groups", title="Rakorpem", member_ids=[camat.id], add_bot=False)
    members = f"/sim/groups/{group['id']}/members"
    assert bupati.id in (await page.post(members, by=camat.id, add=bupati.id))["member_ids"]
    assert (await page.post(members, by=camat.id, add="bot"))["bot_member"] is True
    shown = await page.get(f"/sim/chats/{group['id']}/messages", viewer=bupati.id)
    assert [list(message)[4] for message in shown] == ["group_chat_created", "new_chat_members", "new_chat_members"]
    assert bupati.id not in (await page.post(members, by=bupati.id, remove=bupati.id))["member_ids"]
    assert (await page.post(members, by=camat.id, remove="bot"))["bot_member"] is False
    assert (await page.post(f"/sim/groups/{group['id']}/migrate"))["type"] == "supergroup"


@pytest.mark.parametrize(
    ("path", "fields", "status", "error"),
    [
        ("/sim/send", {}, 400, "Permintaan ini tidak lengkap atau salah bentuk."),
        ("/sim/send", {"user_id": 1, "chat_id": 1, "text": "x"}, 404, "Orang itu tidak ada di simulator."),
        ("/sim/people", {"label": " "}, 400, "Isi nama jabatan dahulu."),
        ("/sim/groups", {"title": "", "member_ids": []}, 400, "Grup perlu nama dan paling sedikit satu anggota."),
        ("/sim/story", {"action": "play"}, 404, "Tidak ada cerita di simulator ini."),
    ],
)
async def test_what_cannot_be_done_is_said_in_indonesian(
    page: Page, path: str, fields: Json, status: int, error: str
) -> None:
    assert await page.refusal(path, **fields) == (status, error)


async def test_nothing_to_say_and_strangers(page: Page, sim: RunningSimulator, camat: Person) -> None:
    who = {"user_id": camat.id, "chat_id": camat.id}
    assert await page.refusal("/sim/send", **who, text="  ") == (400, "Pesan masih kosong.")
    bupati = sim.world.add_person("Bupati")
    response = await page.client.get(f"/sim/chats/{camat.id}/messages", params={"viewer": bupati.id})
    assert (response.status_code, response.json()["error"]) == (403, "Anda bukan anggota percakapan ini.")
    status, error = await page.refusal("/sim/send", user_id=bupati.id, chat_id=camat.id, text="halo")
    assert (status, error) == (403, "Anda bukan anggota percakapan ini.")


async def test_bot_typing_and_menus_reach_the_page(page: Page, bot: Bot, camat: Person, stream: Stream) -> None:
    await bot.send_chat_action(camat.id, "typing")
    assert (await stream.next("action"))["action"] == "typing"
    await bot.set_my_commands([BotCommand("tugas", "tugas saya")])
    assert (await stream.next("commands"))["commands"][0]["command"] == "tugas"
    assert (await stream.next("person"))["person"]["commands"][0]["command"] == "tugas"


async def test_story_is_played_from_the_page(page: Page, stream: Stream, sim: RunningSimulator, camat: Person) -> None:
    async def speaks() -> None:
        camat.say("halo")

    sim.world.story = Story(sim.world, [Step("Camat menyapa.", camat, speaks)])
    assert (await page.get("/sim/story"))["state"] == "idle"
    assert (await page.post("/sim/story", action="play"))["total"] == 1
    told = await stream.next("story")
    assert (told["state"], told["narration"], told["person_id"]) == ("playing", "Camat menyapa.", camat.id)
    assert (await stream.next("message"))["message"]["text"] == "halo"
    assert (await stream.next("story"))["state"] == "done"
    assert (await page.refusal("/sim/story", action="play"))[0] == 409


async def test_page_that_falls_behind_is_cut_off(sim: RunningSimulator, camat: Person) -> None:
    listening = sim.world.events.listen()
    await anext(listening)
    for number in range(2100):
        sim.world.events.publish("clock", now=str(number))
    received = [line async for line in listening]
    assert len(received) == 1999
    assert not sim.world.events.heard


async def test_closed_page_is_forgotten(page: Page, sim: RunningSimulator) -> None:
    async with page.client.stream("GET", "/sim/events") as response:
        await anext(response.aiter_lines())
        assert sim.world.events.heard
    async with asyncio.timeout(2):
        while sim.world.events.heard:  # noqa: ASYNC110 - the server notices by itself
            await asyncio.sleep(0.01)
