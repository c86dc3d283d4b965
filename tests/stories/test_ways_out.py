"""The bot waits for an answer: it is given up by a word, it ends with its matter, and it is forgotten in time."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.dialogues import Dialogue
from models.reports import Note, Report
from tests.cast import Cast, Person, wib

LATE = "Mendata lahan cetak sawah"


async def waits_for(cast: Cast, person: Person) -> str:
    """The step that the bot waits for from this person; empty when none."""
    row = await cast.member_row(person)
    async with cast.database.reading() as session:
        dialogue = await session.get(Dialogue, row.id)
        return dialogue.step if dialogue else ""


async def a_late_task(cast: Cast) -> tuple[Person, Person]:
    bupati, camat = await cast.pimpinan(), await cast.pelaksana("Air Joman")
    await cast.directive(LATE, ["Kecamatan Air Joman"], due=wib("2026-01-24 23:59"))
    await cast.time_passes(to=wib("2026-01-26 08:00"))
    await bupati.says("/terlambat")
    await bupati.presses("1", on=bupati.last)
    return bupati, camat


@pytest.mark.parametrize("said", ["batal", "Batal.", "tidak jadi", "gak jadi"])
async def test_batal_without_the_stroke_reaches_nobody(cast: Cast, said: str) -> None:
    bupati, camat = await a_late_task(cast)
    await bupati.presses("💬 Beri catatan", on=bupati.last)
    await bupati.says(said)
    assert "Baik, dibatalkan" in bupati.reads()
    camat.does_not_see("Catatan Bapak Bupati")
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Note))).all() == []


async def test_batal_is_no_report_either(cast: Cast) -> None:
    _, camat = await a_late_task(cast)
    await camat.presses("📝 Lapor", on=camat.sees("Tugas 2026-01-01"))
    await camat.says("batal")
    assert "Baik, dibatalkan" in camat.reads()
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Report))).all() == []


async def test_a_note_that_was_forgotten_for_half_a_day_is_not_sent(cast: Cast) -> None:
    bupati, camat = await a_late_task(cast)
    await bupati.presses("💬 Beri catatan", on=bupati.last)
    await cast.time_passes(hours=13)
    await bupati.says("Air Joman")
    assert "🏛 Kecamatan Air Joman" in bupati.reads(), "by now it is a question of its own"
    camat.does_not_see("Catatan Bapak Bupati")
    assert await waits_for(cast, bupati) == ""


async def test_a_report_may_take_until_the_next_day(cast: Cast) -> None:
    _, camat = await a_late_task(cast)
    await camat.presses("📝 Lapor", on=camat.sees("Tugas 2026-01-01"))
    await cast.time_passes(hours=13)
    await camat.says("sudah 60%")
    assert "60 %" in camat.reads()


async def test_what_a_colleague_decided_meanwhile_is_not_waited_for(cast: Cast) -> None:
    rina, dewi = await cast.sekretariat("Rina"), await cast.sekretariat("Dewi")
    camat = await cast.pelaksana("Air Joman")
    await cast.directive(LATE, ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await camat.presses("⏳ Perpanjangan")
    await camat.says("sampai 10 Februari karena banjir")
    await rina.presses("❌ Tolak")
    await dewi.presses("✅ Izinkan")
    await rina.says("Mohon diselesaikan dahulu")
    answer = rina.reads()
    assert "sudah diputuskan" in answer
    assert "belum dicatat" in answer
    await rina.says("halo")
    assert "sudah diputuskan" not in rina.reads(), "it is said once, not to every message from now on"
    assert await waits_for(cast, rina) == ""
    camat.does_not_see("Mohon diselesaikan dahulu")


async def test_a_report_on_a_task_that_was_cancelled_is_told_once(cast: Cast) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman")
    await cast.directive(LATE, ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await cast.directive("Membersihkan saluran", ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await camat.presses("📝 Lapor", on=camat.sees("Tugas 2026-01-01"))
    await secretary.says("/pantau 2026-01-01")
    await secretary.presses("⚙️ Kelola")
    await secretary.presses("❌ Batalkan")
    await secretary.says("salah unit")
    await camat.says("sudah 70%")
    answer = camat.reads()
    assert "sudah dibatalkan" in answer
    assert "belum dicatat" in answer
    await camat.says("sudah 70%")
    assert "✅ Laporan L-1 dicatat untuk tugas 2026-01-02" in camat.reads()


async def test_an_edit_that_changes_nothing_is_not_passed_over_in_silence(cast: Cast) -> None:
    bupati, camat = await a_late_task(cast)
    await bupati.presses("💬 Beri catatan", on=bupati.last)
    note = await bupati.says("Saya tunggu Rabu")
    await bupati.edits(note, "Saya tunggu Kamis")
    assert "tidak ikut tercatat" in bupati.reads()
    camat.sees("Saya tunggu Rabu")
    camat.does_not_see("Saya tunggu Kamis")
    command = await bupati.says("/pantau")
    await bupati.edits(command, "/pantau Air Joman")
    assert bupati.reads().count("tidak ikut tercatat") == 0
