"""What becomes of cards and their edits, of people and groups that can't be reached, and of files."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from delivery.sender import Sender
from models.database import Database
from models.mailbox import Card, OutboxState, Urgency
from models.meetings import Group
from models.people import Member
from tests.delivery.conftest import Enqueue, StandingClock, member, message_of, new_card, row
from tests.delivery.fake_telegram import FakeTelegram, error


async def test_an_edit_waits_for_its_card_to_be_sent(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock)
    await say(7, "kartu", card_id=card, urgency=Urgency.BULK)
    await say(7, "kartu baru", card_id=card, method="editMessageText", urgency=Urgency.ANSWER)
    await sender.drain()
    assert [call.method for call in telegram.calls] == ["sendMessage", "editMessageText"]
    assert telegram.calls[1].parameters["message_id"] == 1001
    assert await message_of(database, card) == 1001


async def test_an_edit_whose_card_was_never_sent_fails(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock)
    await say(7, "kartu", card_id=card)
    edit = await say(7, "kartu baru", card_id=card, method="editMessageText")
    telegram.script["sendMessage"].append(error(400, "Bad Request: message text is empty"))
    await sender.drain()
    await sender.drain()
    failed = await row(database, edit)
    assert (failed.state, failed.error) == (OutboxState.FAILED, "pesan tidak ada")


async def test_only_the_last_of_several_waiting_edits_goes_out(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock, message_id=55)
    rows = [await say(7, f"{i} dari 25", card_id=card, method="editMessageText") for i in range(5)]
    buttons = await say(7, card_id=card, method="editMessageReplyMarkup", payload={"reply_markup": {}})
    await sender.drain()
    assert [call.text for call in telegram.called("editMessageText")] == ["4 dari 25"]
    assert len(telegram.called("editMessageReplyMarkup")) == 1
    assert [(await row(database, r)).state for r in rows[:4]] == [OutboxState.SUPERSEDED] * 4
    assert (await row(database, buttons)).state == OutboxState.SENT


async def test_an_older_edit_is_not_repeated_over_a_newer_one(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock, message_id=55)
    old = await say(7, "lama", card_id=card, method="editMessageText")
    telegram.script["editMessageText"].append(error(429, "Too Many Requests", retry_after=0.05))
    await sender.step()
    await asyncio.gather(*sender._calls)
    await say(7, "baru", card_id=card, method="editMessageText")
    await sender.drain()
    await asyncio.sleep(0.06)
    await sender.drain()
    assert [call.text for call in telegram.called("editMessageText")] == ["lama", "baru"]
    assert (await row(database, old)).state == OutboxState.SUPERSEDED


async def test_an_edit_that_changes_nothing_is_as_good_as_sent(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock, message_id=55)
    edit = await say(7, "sama", card_id=card, method="editMessageText")
    telegram.script["editMessageText"].append(error(400, "Bad Request: message is not modified: …"))
    await sender.drain()
    assert (await row(database, edit)).state == OutboxState.SENT
    assert await message_of(database, card) == 55


async def test_a_card_whose_message_is_gone_forgets_it(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock, message_id=55)
    edit = await say(7, "x", card_id=card, method="editMessageText")
    telegram.script["editMessageText"].append(error(400, "Bad Request: message to edit not found"))
    await sender.drain()
    assert (await row(database, edit)).state == OutboxState.FAILED
    assert await message_of(database, card) is None


async def test_whoever_blocked_the_bot_is_marked_with_the_moment(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    blocked, other = await member(database, 7), await member(database, 8)
    await say(7, "a")
    await say(8, "b", member_id=other)
    telegram.script["sendMessage"].append(error(403, "Forbidden: bot was blocked by the user"))
    await sender.drain()
    async with database.reading() as session:
        gone, here = await session.get(Member, blocked), await session.get(Member, other)
    assert gone is not None
    assert here is not None
    assert (gone.reachable, gone.unreachable_since) == (False, clock.now())
    assert (here.reachable, here.unreachable_since) == (True, None)


async def test_a_group_is_followed_to_its_new_id(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    card = await new_card(database, clock, chat_id=-5, message_id=55)
    secretary = await member(database, 7)
    async with database.writing() as session:
        session.add(Group(chat_id=-5, title="Rakorpem", registered_by=secretary, registered_at=clock.now()))
    await say(-5, "satu")
    await say(-5, "dua")
    migrated = error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1005)
    telegram.script["sendMessage"].append(migrated)
    await sender.drain()
    assert telegram.said(-5) == ["satu"]
    assert telegram.said(-1005) == ["satu", "dua"]
    async with database.reading() as session:
        moved = await session.get(Card, card)
        assert list(await session.scalars(select(Group.chat_id))) == [-1005]
    assert moved is not None
    assert (moved.chat_id, moved.message_id) == (-1005, None)


async def test_wrong_formatting_still_reaches_the_person(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    row_id = await say(7, payload={"text": "<b>penting", "parse_mode": "HTML"})
    telegram.script["sendMessage"].append(error(400, "Bad Request: can't parse entities: unclosed tag"))
    await sender.drain()
    assert telegram.said(7) == ["<b>penting", "penting"]
    assert "parse_mode" not in telegram.calls[1].parameters
    assert (await row(database, row_id)).state == OutboxState.SENT


async def test_not_before_and_expiry_go_by_the_bots_clock(
    database: Database, clock: StandingClock, telegram: FakeTelegram, sender: Sender, say: Enqueue
) -> None:
    await say(7, "besok", not_before=clock.now() + timedelta(days=1))
    late = await say(8, "basi", not_before=clock.now(), expires_at=clock.now() + timedelta(hours=1))
    clock.pass_time(timedelta(hours=2))
    await sender.drain()
    assert telegram.said() == []
    assert ((await row(database, late)).state, (await row(database, late)).error) == (
        OutboxState.FAILED,
        "kedaluwarsa",
    )
    clock.pass_time(timedelta(days=1))
    await sender.drain()
    assert telegram.said() == ["besok"]


async def test_an_occasion_is_announced_once(say: Enqueue, telegram: FakeTelegram, sender: Sender) -> None:
    assert await say(7, "H-3", dedupe_key="reminder:1:H-3") is not None
    assert await say(7, "H-3", dedupe_key="reminder:1:H-3") is None
    await sender.drain()
    assert await say(7, "H-3", dedupe_key="reminder:1:H-3") is None
    assert telegram.said() == ["H-3"]


async def test_files_travel_with_their_message(
    database: Database, telegram: FakeTelegram, sender: Sender, say: Enqueue, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"satu")
    (tmp_path / "b.png").write_bytes(b"dua")
    await say(7, method="sendPhoto", payload={"photo": {"$file": "a.png"}, "caption": "gambar"})
    media = [{"type": "photo", "media": {"$file": name}} for name in ("a.png", "b.png")]
    await say(7, method="sendMediaGroup", payload={"media": media})
    missing = await say(7, method="sendDocument", payload={"document": {"$file": "c.pdf"}})
    outside = await say(7, method="sendDocument", payload={"document": {"$file": "../../etc/passwd"}})
    await sender.drain()
    photo, album = telegram.calls
    assert photo.files == {"photo": b"satu"}
    names = [part["media"].removeprefix("attach://") for part in album.parameters["media"]]
    assert [album.files[name] for name in names] == [b"satu", b"dua"]
    assert (await row(database, missing)).error == "berkas tidak ada: FileNotFoundError"
    assert (await row(database, outside)).state == OutboxState.FAILED
