"""People block the bot in the middle of a conversation and come back; groups become supergroups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from delivery.pacing import Limits
from delivery.sender import Sender
from models.mailbox import Card, OutboxState, Outgoing, enqueue
from models.meetings import Group
from models.reports import Report
from tests.cast import Cast, Person, wib
from tests.delivery.fake_telegram import FakeTelegram, error

LINE = "/arahan Camat Air Joman agar mendata gerai koperasi, paling lambat 13 Februari 2026"
BLOCKED = error(403, "Forbidden: bot was blocked by the user")


def membership(cast: Cast, person: Person, status: str) -> dict[str, Any]:
    old = "member" if status == "kicked" else "kicked"
    return {
        "my_chat_member": {
            "chat": {"id": person.telegram_id, "type": "private"},
            "from": person.user,
            "date": cast.unix_time(),
            "old_chat_member": {"status": old, "user": cast.bot_user, "until_date": 0},
            "new_chat_member": {"status": status, "user": cast.bot_user, "until_date": 0},
        }
    }


@pytest.mark.parametrize("noticed_by", ["the update", "the refusal"])
async def test_whoever_blocks_in_mid_conversation_goes_on_where_they_were(
    noticed_by: str, cast: Cast, telegram: FakeTelegram, tmp_path: Path
) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman", "Budi Santoso")
    await cast.directive("Mendata lahan cetak sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    await camat.presses("📝 Lapor", on=camat.sees("cetak sawah"))
    sender = Sender(cast.database, cast.clock, telegram.bot(), tmp_path, Limits(overall=None))
    if noticed_by == "the update":
        await cast.receives(membership(cast, camat, "kicked"))
    else:
        await cast_says(cast, camat, "pengingat")
        telegram.script["sendMessage"].append(BLOCKED)
        await sender.drain()
        async with cast.database.reading() as session:
            rows = list(await session.scalars(select(Outgoing.state).where(Outgoing.kind == "pengingat")))
        assert rows == [OutboxState.FAILED], "it isn't tried for ever"

    await secretary.says(LINE)
    await secretary.presses("📤 Kirim")
    assert "mohon ditelepon" in secretary.sees("terkirim").text
    assert "Budi Santoso" in secretary.sees("terkirim").text
    await secretary.says("/pengguna")
    assert "Budi Santoso" in secretary.last.text

    if noticed_by == "the update":
        await cast.receives(membership(cast, camat, "member"))
    await camat.says("sudah 60%, 12 dari 20 ha")
    async with cast.database.reading() as session:
        report = (await session.scalars(select(Report))).one()
    assert (report.percent, report.text) == (60, "sudah 60%, 12 dari 20 ha"), "the bot still knew what it had asked"
    await camat.says("/tugas")
    assert "gerai koperasi" in camat.reads(), "what was given meanwhile waits in the list"
    await secretary.says(LINE.replace("gerai", "kios"))
    await secretary.presses("📤 Kirim")
    assert "mohon ditelepon" not in secretary.last.text


async def test_the_secretariat_sees_whose_card_is_in_doubt(cast: Cast) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman", "Budi Santoso")
    await secretary.says(LINE)
    await secretary.presses("📤 Kirim")
    async with cast.database.writing() as session:  # every answer to the call was lost, see delivery.decisions
        card = (await session.scalars(select(Card).where(Card.chat_id == camat.telegram_id))).one()
        row = (await session.scalars(select(Outgoing).where(Outgoing.card_id == card.id))).one()
        row.state, card.message_id = OutboxState.UNCERTAIN, None
    await secretary.presses("⚙️ Kelola")
    assert "📵 Belum sampai, mohon ditelepon" in secretary.last.text
    assert "Budi Santoso" in secretary.last.text


async def cast_says(cast: Cast, person: Person, text: str) -> None:
    """The bot says something to somebody, and the real sender is to bring it."""
    async with cast.database.writing() as session:
        await enqueue(session, now=cast.clock.now(), chat_id=person.telegram_id, method="sendMessage",
                      payload={"text": text}, kind="pengingat")  # fmt: skip


@pytest.mark.parametrize("by_an_anonymous_admin", [False, True])
async def test_a_group_that_becomes_a_supergroup_is_followed_by_the_service_message(
    by_an_anonymous_admin: bool, cast: Cast
) -> None:
    secretary = await cast.sekretariat()
    added = membership(cast, secretary, "member")
    added["my_chat_member"]["chat"] = {"id": -300, "type": "group", "title": "Rakorpem"}
    await cast.receives(added)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await cast.receives(
        {
            "message": {
                "message_id": 1,
                "date": cast.unix_time(),
                "from": anonymous if by_an_anonymous_admin else secretary.user,
                "chat": {"id": -300, "type": "group", "title": "Rakorpem"},
                "migrate_to_chat_id": -100300,
            }
        }
    )
    async with cast.database.reading() as session:
        assert list(await session.scalars(select(Group.chat_id))) == [-100300]
    before = len(cast.calls)
    await secretary.says("/bantuan", chat=-100300)
    assert [chat for chat, _, _ in cast.calls[before:]] == [-100300]
