"""The Bupati reads one picture on Monday, looks deeper, and his word reaches the units."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl.reader.excel import load_workbook
from sqlalchemy import select

from models.directives import Priority
from models.meetings import Group
from models.people import Role
from models.records import Summary
from models.reports import Note
from tests.cast import Cast, Person, wib


async def a_week(cast: Cast) -> tuple[Person, Person]:
    """Three directives, some reports; returns the Bupati and the camat of Air Joman."""
    bupati = await cast.pimpinan()
    camat = await cast.pelaksana("Air Joman")
    await cast.pelaksana("Silau Laut")
    await cast.directive("Mendata lahan cetak sawah", ["distan", "Kecamatan Air Joman"], due=wib("2026-01-24 23:59"),
                         programme_tag="cetak_sawah")  # fmt: skip
    await cast.directive("Menyiapkan lahan gerai Koperasi Merah Putih", ["Kecamatan Air Joman", "Kecamatan Silau Laut"],
                         due=wib("2026-01-30 23:59"), programme_tag="kopdes_merah_putih")  # fmt: skip
    await camat.says("sudah 40%, terkendala sengketa lahan, perlu bantuan BPN", reply_to=camat.sees("gerai"))
    return bupati, camat


async def test_monday_seven_brings_one_picture_with_half_a_page(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await cast.time_passes(to=wib("2026-01-26 06:59"))
    bupati.does_not_see("Ringkasan")
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    summary = bupati.sees("Ringkasan tindak lanjut arahan")
    assert summary.method == "sendPhoto"
    assert "4 tugas" in summary.text
    assert "2 terlambat" in summary.text
    assert "Terlambat paling lama" in summary.text
    assert "Perlu keputusan" in summary.text
    assert len(summary.text) <= 1024
    assert summary.labels == ["🔴 Terlambat", "🚧 Kendala", "🎯 Cetak sawah rakyat", "🎯 Koperasi Merah Putih",
                              "🏛 Per unit", "🎯 Per program", "📄 PDF", "📊 Excel",
                              "💬 Beri catatan"]  # fmt: skip
    picture = Path(cast.settings.files.directory, summary.payload["photo"]["$file"]).read_bytes()
    assert picture.startswith(b"\x89PNG")
    await cast.time_passes(minutes=5)
    assert sum("Ringkasan tindak lanjut" in shown.text for shown in bupati.screen.messages) == 1
    async with cast.database.reading() as session:
        kept = (await session.scalars(select(Summary))).one()
        assert (kept.week, kept.figures["overall"]["total"], kept.figures["overall"]["late"]) == ("2026-W05", 4, 2)


async def test_what_one_word_of_the_bupati_settles_is_asked_once(cast: Cast) -> None:
    bupati = await cast.pimpinan()
    for name in ("Air Joman", "Silau Laut"):
        camat = await cast.pelaksana(name)
        await cast.directive(f"Menyiapkan gerai koperasi di {name}", [f"Kecamatan {name}"], due=wib("2026-01-30 23:59"))
        await camat.says("sudah 40%, terkendala sengketa lahan, perlu bantuan BPN", reply_to=camat.sees("gerai"))
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    summary = bupati.sees("Ringkasan tindak lanjut").text
    assert "Siapa yang menugaskan BPN? 2 tugas menunggu, antara lain Kec. Air Joman: sengketa lahan" in summary
    assert summary.count("menugaskan") == 1


async def test_next_monday_is_compared_with_this_one(cast: Cast) -> None:
    bupati, camat = await a_week(cast)
    secretary = await cast.sekretariat()
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    await camat.sends_photo("pendataan selesai 100%", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await cast.time_passes(to=wib("2026-02-02 07:00"))
    assert "1 selesai (+1)" in bupati.sees("Ringkasan").text
    assert "Air Joman selesai" in bupati.sees("Ringkasan").text


async def test_from_a_number_to_the_evidence_in_three_taps_and_back(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    await bupati.presses("🚧 Kendala")
    assert "sengketa lahan" in bupati.sees("Kendala").text
    await bupati.presses("1", on=bupati.last)
    view = bupati.last
    assert "Kecamatan Air Joman" in view.text
    assert "perlu bantuan BPN" in view.text
    await bupati.presses("⬆️ Arahan 2026-01-02", on=view)
    assert "Arahan 2026-01-02" in view.text, "the message is edited in place"
    await bupati.presses("⬅️ Koperasi", on=view)
    assert "🎯 Koperasi" in view.text
    await bupati.presses("⬅️ Kembali", on=view)
    assert "Per program" in view.text
    await bupati.presses("⬅️ Kembali", on=view)
    assert "4 tugas" in view.text
    await bupati.presses("🏛 Per unit", on=view)
    await bupati.presses("🏛 Kecamatan", on=view)
    await bupati.presses("Air Joman", on=view)
    assert "🔴 Merah (tertinggal): 1 dari 2 tugas terlambat, lebih dari 25 %." in view.text


async def test_from_a_programme_under_the_picture_three_taps_lead_to_a_units_reports(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    picture = bupati.sees("Ringkasan tindak lanjut")
    assert any(label.startswith("🎯 Koperasi") for label in picture.labels)
    await bupati.presses("🎯 Koperasi", on=picture)
    view = bupati.last
    await bupati.presses("1", on=view)
    assert "Arahan 2026-01-02" in view.text
    await bupati.presses("Air Joman", on=view)
    assert "perlu bantuan BPN" in view.text
    assert "sengketa lahan" in view.text


async def test_ringkasan_gives_it_at_once(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await bupati.says("/ringkasan")
    await cast.papers_are_made()
    assert bupati.sees("Ringkasan tindak lanjut").method == "sendPhoto"


async def test_a_note_reaches_the_unit_as_a_card(cast: Cast) -> None:
    bupati, camat = await a_week(cast)
    secretary = await cast.sekretariat()
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    await bupati.presses("💬 Beri catatan")
    await bupati.presses("2026-01-01 · Air Joman")
    await bupati.says("Mohon diselesaikan minggu ini, libatkan BPN")
    assert "disampaikan kepada 1 orang" in bupati.reads()
    card = camat.sees("Catatan Bapak Bupati")
    assert "libatkan BPN" in card.text
    assert "libatkan BPN" in secretary.sees("Catatan Bapak Bupati").text
    await camat.says("siap pak, sudah 80%", reply_to=card)
    assert "tugas 2026-01-01" in camat.reads()
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Note))).one().text.startswith("Mohon diselesaikan")


async def test_a_note_by_number_reaches_all_units_of_the_directive(cast: Cast) -> None:
    bupati, camat = await a_week(cast)
    await bupati.says("/ringkasan")
    await cast.papers_are_made()
    await bupati.presses("💬 Beri catatan")
    await bupati.says("2026-01-99")
    assert "tidak ditemukan" in bupati.reads()
    await bupati.says("arahan no. 2")
    await bupati.says("Percepat")
    assert "disampaikan kepada 2 orang" in bupati.reads()
    camat.sees("Percepat")


async def test_pantau_finds_unit_programme_word_and_number(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    for words, expected in (("Air Joman", "Kecamatan Air Joman"), ("cetak sawah", "Mendata lahan cetak sawah"),
                            ("gerai", "Menyiapkan lahan gerai"), ("2026-01-01", "Arahan 2026-01-01"),
                            ("2026-01-77", "Tidak ada yang sesuai"), ("", "4 tugas"),
                            ("Rakorpem Januari", "🗓 Rakorpem Januari"), ("L-1", "sudah 40%"),
                            ("gerai Silau", "Silau Laut"), ("gerai Meranti", "🎯 Koperasi")):  # fmt: skip
        await bupati.says(f"/pantau {words}".strip())
        assert expected in bupati.reads(), words


async def test_terlambat_lists_the_longest_first(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await cast.time_passes(to=wib("2026-02-02 09:00"))
    await bupati.says("/terlambat")
    text = bupati.reads()
    assert text.index("2026-01-01") < text.index("2026-01-02")
    assert "terlambat 9 hari" in text


async def test_a_camat_looks_up_only_the_own_unit(cast: Cast) -> None:
    _, camat = await a_week(cast)
    await camat.says("/pantau Silau Laut")
    answer = camat.reads()
    assert "Tugas unit lain tidak ditampilkan di sini" in answer
    assert "Abu-abu" not in answer, "it isn't said that the unit has none"
    await camat.says("/pantau 2026-01-02")
    view = camat.reads()
    assert "Air Joman" in view
    assert "Silau Laut" not in view
    await camat.says("/ringkasan")
    assert "bukan untuk jabatan Bapak/Ibu" in camat.reads()


async def test_ekspor_gives_the_matrix_as_workbook_and_paper(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    await bupati.says("/ekspor")
    await bupati.presses("📊 Excel")
    await cast.papers_are_made()
    sheet = bupati.sees("Matriks tindak lanjut: Rakorpem")
    data = Path(cast.settings.files.directory, sheet.payload["document"]["$file"]).read_bytes()
    table = load_workbook(io.BytesIO(data)).worksheets[0]  # type: ignore[no-untyped-call]
    cells = [str(cell.value) for row in table.iter_rows() for cell in row if cell.value is not None]
    assert any("Mendata lahan cetak sawah" in cell for cell in cells)
    assert "Kendala" in cells
    await bupati.presses("📄 PDF", on=bupati.sees("Matriks tindak lanjut\n"))
    await cast.papers_are_made()
    paper = Path(cast.settings.files.directory, bupati.last.payload["document"]["$file"]).read_bytes()
    assert paper.startswith(b"%PDF")


async def test_rahasia_is_seen_by_nobody_it_does_not_name(cast: Cast) -> None:
    _, camat = await a_week(cast)
    bupati = await cast.pimpinan()
    sekda = await cast.pimpinan("sekda")
    watcher = await cast.member(Role.PEMANTAU, "asisten-ekbang")
    _, [identity] = await cast.directive("Audit kas kecamatan", ["inspektorat"], due=wib("2026-01-20 23:59"),
                                         priority=Priority.RAHASIA)  # fmt: skip
    for person in (sekda, watcher, camat):
        for words in ("/pantau audit", "/pantau 2026-01-03", "/pantau Inspektorat", "/terlambat", "/pantau"):
            await person.says(words)
            answer = person.reads()
            assert "Audit kas" not in answer, (person.name, words)
            assert "5 tugas" not in answer
        shown = person.last
        for data in (f"1:look_task:{identity}", "1:look_directive:3:0", f"1:evidence:{identity}"):
            assert "tidak ditemukan" in await person.presses_data(data, shown)
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    assert "4 tugas" in bupati.sees("Ringkasan").text
    inspector = await cast.pelaksana("inspektorat")
    await inspector.says("/tugas")
    assert "Audit kas" in inspector.reads()


async def test_a_word_from_the_group_shows_how_the_meeting_stands(cast: Cast) -> None:
    bupati, _ = await a_week(cast)
    async with cast.database.writing() as session:
        session.add(Group(chat_id=-100300, title="Rakorpem", registered_by=1, registered_at=cast.clock.now()))
    await bupati.says("/pantau", chat=-100300)
    text = cast.screens[-100300].messages[-1].text
    assert "Rakorpem Januari" in text
    assert "1 dari 2 sudah melapor" in text
    assert "belum: Silau Laut" in text


async def test_an_order_typed_by_the_bupati_is_told_where_it_belongs(cast: Cast) -> None:
    bupati, camat = await a_week(cast)
    await bupati.says("Camat Air Joman agar segera melaporkan stok beras")
    answer = bupati.reads()
    assert "💬 Beri catatan" in answer
    assert "Arahan baru dicatat oleh Sekretariat" in answer
    camat.does_not_see("stok beras")
