"""Pimpinan ask for an explanation or praise; the unit answers in its own words, and the answer comes back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models.directives import Directive
from models.reports import Note, NoteKind, Report
from tests.cast import Cast, Person, wib

LATE = "Mendata lahan cetak sawah"


async def a_late_task(cast: Cast) -> tuple[Person, Person, Person]:
    """A task that is late since Saturday, on Monday morning; returns Bupati, camat, secretary."""
    bupati, camat, secretary = await cast.pimpinan(), await cast.pelaksana("Air Joman"), await cast.sekretariat()
    await cast.directive(LATE, ["Kecamatan Air Joman"], due=wib("2026-01-24 23:59"), programme_tag="cetak_sawah")
    await cast.time_passes(to=wib("2026-01-26 08:00"))
    return bupati, camat, secretary


async def asks(bupati: Person) -> None:
    await bupati.says("/terlambat")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("❓ Minta penjelasan", on=bupati.last)


async def test_two_taps_ask_for_an_explanation_with_a_deadline(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await asks(bupati)
    assert "sebab keterlambatan" in bupati.last.text
    await bupati.presses("📤 Kirim pertanyaan ini")
    assert "Rabu, 28 Januari 2026 pukul 16.00 WIB" in bupati.reads()
    card = camat.sees("Permintaan penjelasan Bapak Bupati")
    assert "sebab keterlambatan" in card.text
    assert "paling lambat Rabu, 28 Januari 2026 pukul 16.00 WIB" in card.text
    secretary.sees("Permintaan penjelasan Bapak Bupati")


async def test_the_answer_comes_back_to_whoever_asked(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await asks(bupati)
    await bupati.says("Kenapa belum jalan? Apa perlu saya bicara dengan BPN?")
    await camat.presses("✍️ Jawab")
    await camat.says("Peta bidang dari BPN baru terbit Jumat, kami selesaikan Rabu pak")
    assert "sudah disampaikan" in camat.reads()
    answer = bupati.sees("Penjelasan Kecamatan Air Joman")
    assert "baru terbit Jumat" in answer.text
    assert "bicara dengan BPN" in answer.text
    assert "baru terbit Jumat" in secretary.sees("Penjelasan Kecamatan Air Joman").text
    assert "Sudah dijawab" in camat.sees("Permintaan penjelasan Bapak Bupati").text
    await bupati.presses("🔎 Lihat tugas", on=answer)
    assert "baru terbit Jumat" in bupati.last.text, "the task keeps question and answer"
    async with cast.database.reading() as session:
        note = (await session.scalars(select(Note))).one()
        assert (note.kind, note.answered_by is not None) == (NoteKind.QUESTION, True)
        assert (await session.scalars(select(Report))).all() == [], "an answer is no progress report"


async def test_a_reply_to_the_question_is_its_answer_even_while_reporting(cast: Cast) -> None:
    bupati, camat, _ = await a_late_task(cast)
    await asks(bupati)
    await bupati.presses("📤 Kirim pertanyaan ini")
    await camat.presses("📝 Lapor", on=camat.sees("📌 Tugas"))
    await camat.says("Menunggu peta BPN, selesai Rabu", reply_to=camat.sees("Permintaan penjelasan"))
    assert "Menunggu peta BPN" in bupati.sees("Penjelasan Kecamatan Air Joman").text
    await camat.says("tambahan: sudah 50%", reply_to=camat.sees("Permintaan penjelasan"))
    assert "50 %" in camat.reads(), "another word on it is a report on the task"
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Note))).one().answer == "Menunggu peta BPN, selesai Rabu"
        assert (await session.scalars(select(Report))).one().percent == 50


async def test_nobody_is_asked_twice_while_an_answer_is_awaited(cast: Cast) -> None:
    bupati, _, _ = await a_late_task(cast)
    await asks(bupati)
    offer = bupati.last
    await bupati.presses("📤 Kirim pertanyaan ini", on=offer)
    assert "masih ditunggu" in await bupati.presses("📤 Kirim pertanyaan ini", on=offer)
    async with cast.database.reading() as session:
        assert len((await session.scalars(select(Note))).all()) == 1


async def test_the_morning_digest_lists_what_is_still_to_be_answered(cast: Cast) -> None:
    bupati, camat, _ = await a_late_task(cast)
    await asks(bupati)
    await bupati.presses("📤 Kirim pertanyaan ini")
    await cast.time_passes(to=wib("2026-01-27 07:30"))
    digest = camat.sees("Pengingat tugas Kecamatan Air Joman")
    assert "Dijawab paling lambat" in digest.text
    assert "✍️ Jawab 2026-01-01" in digest.labels
    await cast.time_passes(to=wib("2026-01-29 07:30"))
    assert "ditunggu sejak" in camat.sees("Pengingat tugas").text
    await camat.presses("✍️ Jawab 2026-01-01", on=camat.sees("Pengingat tugas"))
    await camat.says("Peta BPN terlambat")
    assert "lewat tenggat" in bupati.sees("Penjelasan Kecamatan Air Joman").text
    await cast.time_passes(to=wib("2026-01-30 07:30"))
    assert "ditunggu" not in camat.sees("Pengingat tugas").text


async def test_a_question_alone_brings_a_digest(cast: Cast) -> None:
    bupati, camat = await cast.pimpinan(), await cast.pelaksana("Air Joman")
    await cast.directive(LATE, ["Kecamatan Air Joman"])
    await bupati.says("/pantau Air Joman")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("❓ Minta penjelasan", on=bupati.last)
    await bupati.presses("📤 Kirim pertanyaan ini")
    await cast.time_passes(to=wib("2026-01-26 07:30"))
    assert "Mohon berkenan menjawab" in camat.sees("Pengingat tugas").text


async def test_praise_reaches_the_unit_and_is_kept(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await bupati.says("/pantau Air Joman")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("👏 Apresiasi", on=bupati.last)
    offer = bupati.last
    await bupati.presses("📤 Kirim apresiasi ini", on=offer)
    assert "Terima kasih atas kerja baik" in camat.sees("👏 Apresiasi Bapak Bupati").text
    secretary.sees("👏 Apresiasi Bapak Bupati")
    assert "sudah dikirim" in await bupati.presses("📤 Kirim apresiasi ini", on=offer)
    async with cast.database.reading() as session:
        assert [note.kind for note in await session.scalars(select(Note))] == [NoteKind.PRAISE]


async def test_only_pimpinan_ask_and_only_the_unit_answers(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    other = await cast.pelaksana("Meranti")
    await asks(bupati)
    await bupati.presses("📤 Kirim pertanyaan ini")
    for person, data in ((camat, "1:explain:1"), (secretary, "1:praise:1"), (secretary, "1:answer:1")):
        assert "bukan untuk jabatan" in await person.presses_data(data, camat.last)
    assert "milik unit lain" in await other.presses_data("1:answer:1", camat.last)
    assert "tidak ditemukan" in await camat.presses_data("1:answer:99", camat.last)


async def test_a_reply_to_the_answer_is_a_note_on_the_task(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await asks(bupati)
    await bupati.presses("📤 Kirim pertanyaan ini")
    await camat.says("Menunggu peta BPN", reply_to=camat.sees("Permintaan penjelasan"))
    await bupati.says("Baik, lanjutkan. Saya telepon BPN.", reply_to=bupati.sees("Penjelasan Kecamatan"))
    assert "Catatan pada arahan 2026-01-01 disampaikan kepada 1 orang" in bupati.reads()
    assert "Saya telepon BPN" in camat.sees("Catatan Bapak Bupati").text
    secretary.sees("Saya telepon BPN")
    await secretary.says("siap", reply_to=secretary.sees("Penjelasan Kecamatan"))
    assert "belum kami pahami" in secretary.reads(), "only pimpinan's word is a note"


async def test_a_photo_goes_along_with_a_note(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await bupati.says("/terlambat")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("💬 Beri catatan", on=bupati.last)
    await bupati.sends_photo("Saya lewat kemarin, patoknya belum ada")
    camat.sees("patoknya belum ada")
    sent = [(chat, payload["photo"]) for chat, _, payload in cast.calls if isinstance(payload.get("photo"), str)]
    photos = {photo for _, photo in sent}
    assert {chat for chat, _ in sent} == {camat.telegram_id, secretary.telegram_id}
    assert len(photos) == 1


async def test_a_note_is_not_cut_silently(cast: Cast) -> None:
    bupati, camat, _ = await a_late_task(cast)
    await bupati.says("/terlambat")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("💬 Beri catatan", on=bupati.last)
    await bupati.says("Segera. " * 400)
    assert "paling banyak 2000 huruf" in bupati.reads()
    camat.does_not_see("Catatan Bapak Bupati")
    await bupati.says("Segera. " * 200)
    assert camat.sees("Catatan Bapak Bupati").text.count("Segera.") == 200


async def test_thanks_for_praise_are_no_report(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await bupati.says("/pantau Air Joman")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("👏 Apresiasi", on=bupati.last)
    await bupati.presses("📤 Kirim apresiasi ini")
    await camat.says("Terima kasih Bapak Bupati 🙏", reply_to=camat.sees("👏 Apresiasi"))
    answer = camat.reads()
    assert "tidak dicatat sebagai laporan" in answer
    assert "tidak berubah lagi" not in answer
    async with cast.database.reading() as session:
        assert len((await session.scalars(select(Report))).all()) == 1


async def test_a_question_of_pimpinan_is_no_question_about_a_draft(cast: Cast) -> None:
    """Both may have the same number."""
    bupati, camat, secretary = await a_late_task(cast)
    await secretary.says("/arahan")
    await secretary.says("Camat Meranti agar mendata gudang beras")
    asked = secretary.sees("Paling lambat kapan?")
    async with cast.database.reading() as session:
        drafts = [one.id for one in await session.scalars(select(Directive).where(Directive.state == "draft"))]
    for _ in range(max(drafts)):
        await asks(bupati)
        await bupati.presses("📤 Kirim pertanyaan ini", on=bupati.last)
        await camat.says("Menunggu peta BPN", reply_to=camat.sees("Permintaan penjelasan"))
        cast.clock.at += timedelta(minutes=5)
    assert "Paling lambat kapan?" in asked.text
    assert "Akhir bulan" in asked.labels
    await asks(bupati)
    await bupati.presses("📤 Kirim pertanyaan ini", on=bupati.last)
    await secretary.presses("Akhir bulan", on=asked)
    assert camat.sees("Permintaan penjelasan").labels == ["✍️ Jawab"]


async def test_of_a_finished_task_the_result_is_asked_for(cast: Cast) -> None:
    bupati, camat, secretary = await a_late_task(cast)
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await bupati.says("/pantau Air Joman")
    await bupati.presses("1", on=bupati.last)
    await bupati.presses("❓ Minta penjelasan", on=bupati.last)
    assert "penjelasan hasil tugas ini" in bupati.last.text
    assert "kapan akan diselesaikan" not in bupati.last.text
