"""The story's engine and its transcript, with an echo for a bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from simulator import Person, Refused, RunningSimulator, World
from simulator.people import NotSeen
from simulator.pictures import measure
from simulator.rakorpem import BEGINNING, BUPATI, CAMAT, DINAS, SEKRETARIAT, StoryCast, demo_people, rakorpem
from simulator.story import DATA, Actor, Pace, Step, Story, StoryFailed
from simulator.transcript import Transcript

BRISK = Pace(rest=0, patience=1)


async def _echo(bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Terima", callback_data="terima")]])
    offset = None
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            if update.callback_query:
                await update.callback_query.answer("Diterima")
            elif update.message:
                heard = update.message.text or update.message.caption or "?"
                await bot.send_message(update.message.chat.id, f"Anda menulis: {heard}", reply_markup=keyboard)


@pytest.fixture
async def echo(bot: Bot) -> AsyncIterator[None]:
    echoing = asyncio.create_task(_echo(bot))
    yield
    echoing.cancel()
    with suppress(asyncio.CancelledError):
        await echoing


def _story(world: World, camat: Person, expected: str = "sudah 60%") -> Story:
    actor = Actor(camat, BRISK)

    async def reports() -> None:
        await actor.says("sudah 60%")
        await actor.sees(f"Anda menulis: {expected}", button="✅ Terima")

    async def presses() -> None:
        answer = await actor.presses("✅ Terima", on=camat.find(button="✅ Terima"))
        assert answer.text == "Diterima"
        await actor.shows_photos(["sawah.png"], "foto sawah")
        await actor.sees("foto sawah")

    return Story(world, [Step("Camat melapor.", camat, reports), Step("Camat menekan tombol.", camat, presses)])


@pytest.mark.usefixtures("echo")
async def test_story_is_played_step_by_step_and_printed(sim: RunningSimulator, camat: Person) -> None:
    printed: list[str] = []
    Transcript(sim.world, printed.append)
    story = _story(sim.world, camat)
    assert story.progress()["state"] == "idle"
    await story.run()
    assert story.progress() == {
        "state": "done",
        "step": 2,
        "total": 2,
        "narration": "Camat menekan tombol.",
        "person_id": camat.id,
    }
    text = "\n".join(printed)
    positions = [
        text.index(line)
        for line in (
            "── 1/2 Camat melapor.",
            "Camat Air Joman\n       sudah 60%",
            "Kawal Arahan → Camat Air Joman\n       Anda menulis: sudah 60%\n       [✅ Terima]",
            "── 2/2 Camat menekan tombol.",
            "Camat Air Joman menekan [✅ Terima]",
            "Kawal Arahan menjawab Camat Air Joman: “Diterima”",
            "<foto>\n       foto sawah",
        )
    ]
    assert positions == sorted(positions)


@pytest.mark.usefixtures("echo")
async def test_story_fails_loudly_and_says_where(sim: RunningSimulator, camat: Person) -> None:
    printed: list[str] = []
    Transcript(sim.world, printed.append)
    story = _story(sim.world, camat, expected="sudah 100%")
    with pytest.raises(StoryFailed, match="Langkah 1 tidak berhasil") as failure:
        await story.run()
    assert "Anda menulis: sudah 60%" in str(failure.value), "it says what was seen instead"
    assert story.progress()["state"] == "failed"
    assert printed[-1].startswith("\n✗ Langkah 1 tidak berhasil: Camat Air Joman tidak melihat")


async def test_a_file_has_to_come_as_a_file_and_is_printed_by_name(
    sim: RunningSimulator, camat: Person, bot: Bot
) -> None:
    printed: list[str] = []
    Transcript(sim.world, printed.append)
    actor = Actor(camat, BRISK)
    camat.start()
    await bot.send_document(camat.id, b"PK", filename="matriks.xlsx", caption="Matriks")
    assert (await actor.sees_file(".xlsx", "matriks")).body["document"]["file_size"] == 2
    assert printed[-1].strip() == "<berkas: matriks.xlsx>\n       Matriks"
    with pytest.raises(NotSeen, match=r"tanpa berkas \.pdf"):
        await actor.sees_file(".pdf", "matriks")
    camat.mark()
    await bot.send_message(camat.id, "Matriks tidak dapat dibuat")
    with pytest.raises(NotSeen, match="Matriks tidak dapat dibuat"):
        await actor.sees_file(".xlsx")


async def test_silent_bot_fails_the_story(sim: RunningSimulator, camat: Person) -> None:
    async def waits() -> None:
        await Actor(camat, Pace(rest=0, patience=0.05)).sees("apa saja")

    with pytest.raises(StoryFailed, match="Langkah 1"):
        await Story(sim.world, [Step("Menunggu.", camat, waits)]).run()


@pytest.mark.usefixtures("echo")
async def test_story_plays_in_the_background_once(sim: RunningSimulator, camat: Person) -> None:
    story = _story(sim.world, camat)
    story.play()
    with pytest.raises(Refused, match="sekali"):
        story.play()
    await camat.expect("foto sawah", within=2)
    story.stop()
    with pytest.raises(Refused, match="sekali"):
        story.play()


async def test_story_can_be_stopped(sim: RunningSimulator, camat: Person) -> None:
    async def waits() -> None:
        await Actor(camat, Pace(rest=0, patience=30)).sees("apa saja")

    story = Story(sim.world, [Step("Menunggu.", camat, waits)])
    story.play()
    await asyncio.sleep(0)
    story.stop()
    await asyncio.sleep(0)
    assert story.progress()["state"] == "stopped"


def test_the_demo_has_three_phones_that_hold_their_invites() -> None:
    world = World()
    people = demo_people(world, StoryCast("kode-s", "kode-c", "kode-b"))
    assert {label: person.invite for label, person in people.items()} == {
        SEKRETARIAT: "kode-s",
        CAMAT: "kode-c",
        BUPATI: "kode-b",
    }
    assert demo_people(world, StoryCast("kode-s", "kode-c", "kode-b", "kode-d"))[DINAS].invite == "kode-d"
    assert len(world.people) == 4


def test_an_office_adds_steps_to_the_story() -> None:
    three, four = World(), World()
    assert rakorpem(three, StoryCast("s", "c", "b")).progress()["total"] == 24
    assert rakorpem(four, StoryCast("s", "c", "b", "d")).progress()["total"] == 26
    assert four.story is not None


async def test_rakorpem_does_not_begin_weeks_later(sim: RunningSimulator) -> None:
    sim.world.clock.set(BEGINNING + timedelta(days=20))
    with pytest.raises(StoryFailed, match="23 Januari 2026"):
        await rakorpem(sim.world, StoryCast("s", "c", "b"), BRISK).run()


async def test_rakorpem_waits_for_the_invite_to_be_accepted(sim: RunningSimulator) -> None:
    sim.world.clock.set(BEGINNING - timedelta(hours=4))
    story = rakorpem(sim.world, StoryCast("s", "c", "b"), Pace(rest=0, patience=0.05))
    with pytest.raises(StoryFailed, match="bergabung sebagai"):
        await story.run()
    assert [message.text for message in sim.world.person(SEKRETARIAT).screen()] == ["/start s"]


def test_pictures_of_the_story_are_small_and_whole() -> None:
    photos = sorted((DATA / "photos").glob("*.png"))
    assert [photo.name for photo in photos] == ["gerai.png", "patok.png", "sawah.png"]
    for photo in photos:
        content = photo.read_bytes()
        assert len(content) < 60_000
        picture = measure(content)
        assert picture is not None
        assert (picture.width, picture.height) == (960, 720)
