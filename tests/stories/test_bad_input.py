"""What should not be sent: each gets one clear Indonesian sentence, changes nothing it should not, and nothing breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from models.assignments import Assignment
from models.base import Base
from models.people import Role
from models.reports import Report
from tests.cast import Cast, Person, wib

UNTOUCHED = ("assignments", "directives", "reports", "extensions", "verifications", "notes", "meetings", "minutes")


async def facts(cast: Cast) -> dict[str, list[Any]]:
    """Everything that was said and decided, without the messages themselves."""
    async with cast.database.reading() as session:
        return {
            name: [tuple(row) for row in await session.execute(select(Base.metadata.tables[name]))]
            for name in UNTOUCHED
        }


async def stage(cast: Cast) -> tuple[Person, Person, int]:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    _, [identity] = await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    camat.reads()
    return secretary, camat, identity


@pytest.mark.parametrize(
    "words", ["asdfgh", "😀" * 2048, "???", "   ", ".", "halo bot", "\u202egnirts kilabret", "<b>tebal</b> & <script>"]
)
async def test_nonsense_from_a_camat_is_answered_and_changes_nothing(cast: Cast, words: str) -> None:
    _, camat, _ = await stage(cast)
    before = await facts(cast)
    await camat.says(words)
    answer = camat.reads()
    assert answer.strip()
    assert await facts(cast) == before


@pytest.mark.parametrize("words", ["asdfgh", "😀" * 2048, "???", "halo"])
async def test_nonsense_from_the_secretariat_and_the_bupati_is_answered(cast: Cast, words: str) -> None:
    secretary, _, _ = await stage(cast)
    bupati = await cast.pimpinan()
    before = await facts(cast)
    for person in (secretary, bupati):
        await person.says(words)
        assert "/bantuan" in person.reads()
    assert await facts(cast) == before


@pytest.mark.parametrize(
    "body",
    [
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                     "is_animated": False, "is_video": False}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "0811", "first_name": "Budi"}},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                  "is_anonymous": True, "allows_revoting": False, "members_only": False, "type": "regular", "allows_multiple_answers": False}},
    ],
)  # fmt: skip
async def test_stickers_and_the_like_say_what_to_send_instead(cast: Cast, body: dict[str, Any]) -> None:
    _, camat, _ = await stage(cast)
    before = await facts(cast)
    await camat.sends(**body)
    assert "Mohon tulis perkembangannya" in camat.reads()
    assert await facts(cast) == before


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/arahan Camat Air Joman agar mendata lahan paling lambat 31 Februari 2026", "31 Februari"),
        ("/arahan Camat Air Joman agar mendata lahan paling lambat 5 Januari 2026", "5 Januari 2026"),
        ("/arahan Dinas Antariksa agar meluncurkan roket paling lambat 30 Januari 2026", "⚠️"),
        ("/arahan agar mendata lahan", "⚠️"),
    ],
)
async def test_a_directive_that_cannot_be_is_doubted_not_guessed(cast: Cast, line: str, expected: str) -> None:
    secretary, _, _ = await stage(cast)
    await secretary.says("/rapat Rakorpem Januari, 23 Januari 2026")
    await secretary.says(line)
    answer = secretary.reads()
    assert expected in answer
    assert "⚠️" in answer
    async with cast.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Assignment)) == 1


async def test_a_button_pressed_twice_does_its_work_once(cast: Cast) -> None:
    secretary, camat, identity = await stage(cast)
    card = camat.sees("Tugas 2026-01-01")
    await camat.presses("✅ Terima", on=card)
    assert "sudah diterima" in await camat.presses_data(f"1:accept:{identity}", card)
    await camat.sends_photo("selesai")
    desk = secretary.sees("Menunggu verifikasi")
    await secretary.presses_data(f"1:approve:{identity}", desk)
    before = await facts(cast)
    assert "sudah selesai" in await secretary.presses_data(f"1:approve:{identity}", desk)
    assert await facts(cast) == before


@pytest.mark.parametrize(
    "data", ["", "1", "1:", "1:accept", "1:accept:", "1:accept:x", "1:accept:999999", "1:accept:1:2:3:4", "2:accept:1",
             "1:approve:-1", "accept:1", "1:percent_is:1:1000", "1:move_to:1:99", "1:look_directive:١", "1:units:x:y",
             "1:grant:0", "1:note:", "1:return_for:1:99", "1:matrix:exe:all", "1:person:1", "\x00", "x" * 64],
)  # fmt: skip
async def test_forged_and_broken_buttons_are_answered_and_change_nothing(cast: Cast, data: str) -> None:
    secretary, camat, _ = await stage(cast)
    bupati = await cast.pimpinan()
    await camat.says("/bantuan")
    await secretary.says("/bantuan")
    await bupati.says("/bantuan")
    await camat.presses_data(data, camat.last) if data != "1:accept:1:2:3:4" else None
    before = await facts(cast)
    for person in (secretary, bupati):
        await person.presses_data(data, person.last)
    assert await facts(cast) == before


async def test_the_wrong_person_presses(cast: Cast) -> None:
    _, camat, identity = await stage(cast)
    stranger = cast.stranger()
    before = await facts(cast)
    assert "diundang" in await stranger.presses_data(f"1:accept:{identity}", camat.sees("Tugas"))
    assert "bukan untuk jabatan" in await camat.presses_data(f"1:approve:{identity}", camat.sees("Tugas"))
    assert await facts(cast) == before


@pytest.mark.parametrize(
    "command", ["/arahan x", "/rapat x", "/verifikasi", "/ringkasan", "/ekspor", "/undang", "/pengguna"]
)
async def test_a_command_of_another_role_is_refused_politely(cast: Cast, command: str) -> None:
    _, camat, _ = await stage(cast)
    before = await facts(cast)
    await camat.says(command)
    assert "bukan untuk jabatan Bapak/Ibu" in camat.reads()
    assert await facts(cast) == before


async def test_an_unknown_command_points_to_help(cast: Cast) -> None:
    _, camat, _ = await stage(cast)
    await camat.says("/terbang")
    assert "/terbang tidak dikenal" in camat.reads()


async def test_a_reply_to_a_message_that_is_gone_is_still_understood(cast: Cast) -> None:
    _, camat, _ = await stage(cast)
    gone = replace(camat.sees("Tugas"), message_id=1)
    await camat.says("sudah 20%", reply_to=gone)
    assert "20 %" in camat.reads()


async def test_somebody_who_left_gets_nothing_more_and_the_tasks_stay(cast: Cast) -> None:
    secretary, camat, _ = await stage(cast)
    await secretary.says("/pengguna")
    await secretary.presses("Camat Air Joman")
    await secretary.presses("🔁 Akhiri: Camat Air Joman")
    camat.reads()
    await cast.time_passes(to=wib("2026-01-27 07:30"))
    assert "Pengingat" not in camat.reads()
    successor = await cast.pelaksana("Air Joman", "Pengganti")
    await successor.says("/tugas")
    assert "Mendata lahan" in successor.reads()


async def test_a_very_long_report_is_kept_whole_and_shown_briefly(cast: Cast) -> None:
    _, camat, _ = await stage(cast)
    words = "sudah 35% " + "lahan desa " * 360
    await camat.says(words[:4096])
    assert "35 %" in camat.reads()
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Report))).one().text == words[:4096]


async def test_names_full_of_markup_are_shown_as_they_are(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await cast.member(Role.PELAKSANA, "Air Joman", "<b>Budi</b> & 'Sons' \"x\"")
    await secretary.says("/pengguna")
    assert any("<b>Budi</b>" in label for label in secretary.last.labels)
