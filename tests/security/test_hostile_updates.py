"""Updates made to break something: each is dealt with, on both engines, and the next one too."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers import COMMANDS, PRESSES
from models.mailbox import Incoming
from models.meetings import Group, Minutes
from models.people import Role, make_invite, post_for
from models.reports import Evidence, Report
from tests.cast import Cast, Person, wib
from tests.security.conftest import unhurried

NASTY = "sudah 60% \x00\ud83d batas\udc00 \u202eab\U0010ffff"


async def everybody(cast: Cast) -> list[Person]:
    unhurried(cast)
    people = [await cast.sekretariat(), await cast.pelaksana("Air Joman"), await cast.pimpinan("bupati"),
              await cast.member(Role.ADMIN, None, "Admin")]  # fmt: skip
    await cast.directive("mendata sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    return people


async def test_words_that_no_database_takes_are_kept_without_what_it_refuses(cast: Cast) -> None:
    secretary, camat, bupati, _ = await everybody(cast)
    await camat.says(NASTY)
    await camat.sends_file(f"{NASTY}.pdf", caption=NASTY)
    await secretary.says(f"/arahan Camat Air Joman agar {NASTY}, 30 Januari 2026")
    await bupati.says(f"/pantau {NASTY}")
    async with cast.database.reading() as session:
        reports = list(await session.scalars(select(Report.text)))
        assert len(reports) == 2
        assert all("sudah 60%" in text and "\x00" not in text and "\ud83d" not in text for text in reports)
        assert "\ud83d" not in ((await session.scalars(select(Evidence.file_name))).one() or "")
        assert "batas" in ((await session.scalars(select(Minutes.text).order_by(Minutes.id.desc()))).first() or "")


async def test_names_that_no_database_takes(cast: Cast) -> None:
    secretary, *_ = await everybody(cast)
    async with cast.database.writing() as session:
        code = await make_invite(session, await post_for(session, Role.PEMANTAU, None), now=cast.clock.now())
    newcomer = cast.stranger(f"Budi {NASTY}")
    await newcomer.says(f"/start {code}")
    await newcomer.presses("✅ Benar")
    assert "Selamat datang" in newcomer.reads()
    change = {"chat": {"id": -100700, "type": "supergroup", "title": NASTY}, "from": secretary.user,
              "date": cast.unix_time(), "old_chat_member": {"status": "left", "user": cast.bot_user},
              "new_chat_member": {"status": "member", "user": cast.bot_user}}  # fmt: skip
    await cast.receives({"my_chat_member": change})
    async with cast.database.reading() as session:
        assert "batas" in (await session.scalars(select(Group.title))).one()


async def try_everywhere(cast: Cast, number: str) -> None:
    """Put the number into every button and every question there is."""
    people = await everybody(cast)
    await people[0].says("/bantuan")
    for person in people:
        await person.says("/bantuan")
        for press in (one for one in PRESSES if one.verb not in ("revoke_yes", "end_holding")):
            for data in (
                f"1:{press.verb}:{number}",
                f"1:{press.verb}:1:{number}",
                f"1:{press.verb}:all:m.{number[:9]}",
            ):
                await person.presses_data(data[:64], person.last)
    for person in people[:3]:
        for command in COMMANDS:
            await person.says(f"/{command.name} {number}")
        await person.says(f"/pantau L-{number}")
        await person.says(f"/pantau {number * 5}-01-01")
        await person.says("/batal")
        await person.says("/bantuan")
        assert person.reads() != ""


class TestNumbersThatPostgresqlCannotHold:
    @pytest.fixture
    def database_url(self, postgres_url: str) -> str:
        return postgres_url

    async def test_no_number_past_an_integer_breaks_anything(self, cast: Cast) -> None:
        await try_everywhere(cast, "2147483648")


class TestNumbersThatOnlyPythonReads:
    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        return sqlite_url

    async def test_no_foreign_digit_breaks_anything(self, cast: Cast) -> None:
        await try_everywhere(cast, "٣")


async def test_an_update_may_hold_what_the_database_refuses(cast: Cast) -> None:
    async with cast.database.writing() as session:
        raw = {"update_id": 1, "message": {"text": NASTY}}
        session.add(Incoming(update_id=1, lane=0, raw=raw, received_at=cast.clock.now()))
    async with cast.database.reading() as session:
        assert (await session.get_one(Incoming, 1)).raw == raw
