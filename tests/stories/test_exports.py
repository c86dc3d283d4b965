"""What is taken home: the matrix for anything that can be named, and the evidence with its index."""

from __future__ import annotations

import asyncio
import io
import threading
import time
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl.reader import excel
from sqlalchemy import select

from config import load_settings
from delivery.files import FetchedFile
from jobs.evidence import store_evidence
from jobs.papers import bundle, long_work
from models.directives import Priority
from models.papers import OrderState, PaperOrder
from models.units import load_units
from presentation import progress
from presentation.archive import safe
from presentation.mail import Content
from tests.cast import Cast, Person, Shown, wib
from tests.presentation.print.papers import sheet_millimetres, text


async def evidence_arrives(cast: Cast, size: int = 2000) -> None:
    """Let the job fetch what was sent, as files of this many bytes."""

    async def fetch(file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file_id.encode().ljust(size, b"."))
        return FetchedFile(size, "0" * 64)

    while await store_evidence(cast.database, cast.settings, cast.clock, fetch):
        pass


async def some_evidence(cast: Cast) -> tuple[Person, Person]:
    """Two programmes, three units, photos and a place; returns the secretary and the camat of Air Joman."""
    secretary, camat, meranti = (
        await cast.sekretariat(),
        await cast.pelaksana("Air Joman"),
        await cast.pelaksana("Meranti"),
    )
    await cast.directive("Mendata lahan: cetak sawah / irigasi", ["Kecamatan Air Joman", "Kecamatan Meranti"],
                         due=wib("2026-01-30 23:59"), programme_tag="cetak_sawah")  # fmt: skip
    await cast.directive("Audit kas", ["Kecamatan Meranti"], priority=Priority.RAHASIA)
    await camat.sends_photo("sudah 40%", reply_to=camat.sees("cetak sawah"))
    await camat.sends_photo(reply_to=camat.sees("cetak sawah"))
    await meranti.sends_photo("=1+1 sudah 20%", reply_to=meranti.sees("cetak sawah"))
    await meranti.sends(reply_to=meranti.sees("cetak sawah"), location={"latitude": 2.98, "longitude": 99.6})
    await meranti.sends_photo("kas sudah dihitung", reply_to=meranti.sees("Audit kas"))
    await evidence_arrives(cast)
    return secretary, camat


opened: Any = excel.load_workbook


def document(cast: Cast, shown: Shown) -> bytes:
    return Path(cast.settings.files.directory, shown.payload["document"]["$file"]).read_bytes()


@pytest.mark.parametrize(
    ("words", "label", "tasks"),
    [
        ("", "Rakorpem Januari", 2),
        ("Rakorpem Januari", "Rakorpem Januari", 2),
        ("Januari 2026", "Januari 2026", 2),
        ("triwulan I", "Triwulan I 2026", 2),
        ("Desember 2025", "Desember 2025", 0),
        ("Air Joman", "Kecamatan Air Joman", 1),
        ("cetak sawah", "Cetak sawah", 2),
        ("cetak sawah tw I", "Cetak sawah", 2),
        ("Meranti bulan lalu", "Kecamatan Meranti · Desember 2025", 0),
    ],
)
async def test_ekspor_of_anything_that_can_be_named(cast: Cast, words: str, label: str, tasks: int) -> None:
    secretary, _ = await some_evidence(cast)
    await secretary.says(f"/ekspor {words}".strip())
    choice = secretary.reads()
    assert label in choice
    assert f"{tasks} tugas" in choice


async def test_ekspor_of_something_unknown_says_what_can_be_named(cast: Cast) -> None:
    secretary, _ = await some_evidence(cast)
    await secretary.says("/ekspor xyzzy")
    assert "/ekspor Januari 2026" in secretary.reads()
    for forged in ("1:matrix:xlsx:u.nowhere", "1:matrix:doc:all", "1:bundle:z:all", "1:export:q.1", "1:bundle:a:t.1.2"):
        assert "tidak dikenal" in await secretary.presses_data(forged, secretary.last), forged


async def test_another_scope_is_one_tap_away(cast: Cast) -> None:
    secretary, _ = await some_evidence(cast)
    await secretary.says("/ekspor")
    await secretary.presses("🔁 Triwulan I 2026")
    assert "Triwulan I 2026" in secretary.last.text
    await secretary.presses("📊 Excel", on=secretary.last)
    await cast.papers_are_made()
    table = opened(io.BytesIO(document(cast, secretary.last))).worksheets[0]
    cells = [str(cell.value) for row in table.iter_rows() for cell in row if cell.value is not None]
    assert any("Mendata lahan" in cell for cell in cells)
    assert not any("Audit kas" in cell for cell in cells), "what is confidential stays out of papers"
    assert any("3 foto" in cell for cell in cells)


async def test_the_paper_has_the_kop_and_the_signature_of_the_configuration(cast: Cast) -> None:
    secretary, _ = await some_evidence(cast)
    changed = {"office": "Sekretariat Daerah", "address": "Jalan Kantor Nomor 1", "signatory_name": "Drs. Contoh",
               "signatory_post": "Sekretaris Daerah", "place": "Kisaran", "matrix_paper": "F4"}  # fmt: skip
    cast.office.settings = cast.settings.model_copy(update={"letterhead": load_settings(letterhead=changed).letterhead})
    await secretary.says("/ekspor cetak sawah")
    await secretary.presses("📄 PDF")
    await cast.papers_are_made()
    paper = document(cast, secretary.last)
    assert sheet_millimetres(paper) == (330, 215)
    words = text(paper)
    for expected in ("PEMERINTAH KABUPATEN ASAHAN", "SEKRETARIAT DAERAH", "Jalan Kantor Nomor 1", "Kisaran, 23 Januari 2026",
                     "Sekretaris Daerah,", "Drs. Contoh"):  # fmt: skip
        assert expected in words


async def test_what_several_units_say_alike_is_one_line_of_the_matrix(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camats = {name: await cast.pelaksana(name) for name in ("Air Joman", "Meranti", "Silau Laut")}
    await cast.directive(
        "Mendata lahan cetak sawah", [f"Kecamatan {name}" for name in camats], due=wib("2026-01-30 23:59")
    )
    for name, words in (("Air Joman", "peta bidang belum terbit"), ("Silau Laut", "alat berat rusak"),
                        ("Meranti", "Peta bidang belum terbit")):  # fmt: skip
        camat = camats[name]
        await camat.says(f"sudah 20%, terkendala {words}, perlu bantuan BPN", reply_to=camat.sees("cetak sawah"))
    await secretary.says("/ekspor")
    await secretary.presses("📊 Excel")
    await cast.papers_are_made()
    table = opened(io.BytesIO(document(cast, secretary.last))).worksheets[0]
    row = {str(head.value): str(cell.value) for head, cell in zip(table[5], table[6], strict=True)}
    assert row["Kendala"].casefold() == (
        "peta bidang belum terbit (kec. air joman, kec. meranti); alat berat rusak (kec. silau laut)"
    )
    assert row["Rencana Tindak Lanjut"] == "perlu BPN (Kec. Air Joman +2 unit)"
    assert row["Keterangan"] == "0 dari 3 unit selesai; 3 terkendala"


async def test_evidence_comes_as_one_archive_with_an_index(cast: Cast) -> None:
    secretary, _ = await some_evidence(cast)
    await secretary.says("/ekspor")
    assert "3 berkas bukti" in secretary.reads()
    assert "3 berkas" in await secretary.presses("📦 Bukti per arahan")
    assert "✖️ Batalkan" in secretary.last.labels
    await cast.papers_are_made()
    secretary.sees("Selesai disiapkan")
    archive = zipfile.ZipFile(io.BytesIO(document(cast, secretary.last)))
    assert archive.testzip() is None
    names = archive.namelist()
    folder = "2026-01-01 Mendata lahan cetak sawah irigasi"
    assert f"{folder}/Kecamatan Air Joman/2026-01-01_L-1_1.jpg" in names
    assert sum(name.startswith(f"{folder}/Kecamatan Meranti/") for name in names) == 1
    assert not any("Audit" in name for name in names)
    rows = list(opened(io.BytesIO(archive.read("indeks.xlsx"))).worksheets[0].iter_rows(min_row=5))
    assert len(rows) == 4
    assert any(row[12].value == "2.980000, 99.600000" for row in rows), "a place has no file, but a line"
    assert not any(str(cell.value).startswith("=") for row in rows for cell in row)
    linked = {row[10].hyperlink.target for row in rows if row[10].hyperlink}
    assert {name for name in names if name.endswith(".jpg")} == {
        unquote(target).replace("\\", "/") for target in linked
    }


async def test_evidence_by_programme_and_quarter_for_sakip(cast: Cast) -> None:
    secretary, _ = await some_evidence(cast)
    await secretary.says("/ekspor triwulan I")
    await secretary.presses("🗂 Bukti per program")
    await cast.papers_are_made()
    names = zipfile.ZipFile(io.BytesIO(document(cast, secretary.last))).namelist()
    assert any(name.startswith("Cetak sawah rakyat/2026 Triwulan I/Kecamatan Air Joman/") for name in names)


async def test_evidence_lies_under_the_rpjmd_mission_that_the_programmes_file_states(
    cast: Cast, tmp_path: Path
) -> None:
    secretary, _ = await some_evidence(cast)
    programmes = tmp_path / "programmes.csv"
    original = cast.settings.organisation.programmes.read_text(encoding="utf-8")
    programmes.write_text(
        original.replace("Cetak sawah rakyat,national,,", "Cetak sawah rakyat,national,Misi 2: Ekonomi kerakyatan,"),
        encoding="utf-8",
    )
    async with cast.database.writing() as session:
        await load_units(session, cast.settings.organisation.units, programmes)
    await secretary.says("/ekspor triwulan I")
    await secretary.presses("🗂 Bukti per program")
    await cast.papers_are_made()
    names = zipfile.ZipFile(io.BytesIO(document(cast, secretary.last))).namelist()
    folder = "Misi 2 Ekonomi kerakyatan/Cetak sawah rakyat/2026 Triwulan I/Kecamatan Air Joman/"
    assert any(name.startswith(folder) for name in names), names


async def test_a_large_archive_comes_in_parts_that_telegram_takes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary, camat = await some_evidence(cast)
    for _ in range(6):
        await camat.sends_photo("tambahan", reply_to=camat.sees("cetak sawah"))
    await evidence_arrives(cast, size=20_000)
    limit = 60_000
    whole: Any = bundle._write

    def smaller(*arguments: Any) -> Any:
        return whole(*arguments, limit=limit)

    monkeypatch.setattr(bundle, "_write", smaller)
    await secretary.says("/ekspor")
    await secretary.presses("📦 Bukti per arahan")
    await cast.papers_are_made()
    parts = [shown for shown in secretary.screen.messages if shown.method == "sendDocument"]
    assert len(parts) >= 3
    sizes = [len(document(cast, part)) for part in parts]
    assert max(sizes) <= limit
    names = [name for part in parts for name in zipfile.ZipFile(io.BytesIO(document(cast, part))).namelist()]
    assert sum(name.endswith(".jpg") for name in names) == 9
    assert names.count("indeks.xlsx") == len(parts), "each part can be opened alone"
    assert parts[0].payload["document"]["$name"].endswith(f"bagian-1-dari-{len(parts)}.zip")


async def test_progress_is_shown_in_one_message_and_can_be_cancelled(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    secretary, _ = await some_evidence(cast)
    written = zipfile.ZipFile.write

    def slowly(self: Any, *arguments: Any, **named: Any) -> None:
        time.sleep(0.15)
        written(self, *arguments, **named)

    monkeypatch.setattr(zipfile.ZipFile, "write", slowly)
    await secretary.says("/ekspor")
    await secretary.presses("📦 Bukti per arahan")
    message = secretary.last
    shown: list[str] = []
    content = progress.under_way

    def watched(*arguments: Any) -> Content:
        shown.append(content(*arguments).text)
        return content(*arguments)

    monkeypatch.setattr(long_work, "under_way", watched)
    await long_work.fulfil_long(cast.database, cast.settings, cast.clock, every=0.05)
    assert any("2 dari 3 berkas (66 %)" in text for text in shown), shown
    await cast.delivers()
    assert "Selesai disiapkan" in message.text

    await secretary.presses("📦 Bukti per arahan", on=secretary.sees("Matriks tindak lanjut"))
    await secretary.presses("✖️ Batalkan")
    assert "Dibatalkan" in secretary.sees("Tidak ada berkas yang dikirim").text
    documents = sum(shown.method == "sendDocument" for shown in secretary.screen.messages)
    await cast.papers_are_made()
    assert sum(shown.method == "sendDocument" for shown in secretary.screen.messages) == documents
    async with cast.database.reading() as session:
        states = [order.state for order in await session.scalars(select(PaperOrder).order_by(PaperOrder.id))]
    assert states == [OrderState.DONE, OrderState.CANCELLED]


async def test_work_that_is_under_way_stops_when_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary, _ = await some_evidence(cast)
    written = zipfile.ZipFile.write
    files, cancelled = 0, threading.Event()

    def slowly(self: Any, *arguments: Any, **named: Any) -> None:
        nonlocal files
        files += 1
        cancelled.wait(30)
        time.sleep(0.8)  # until the loop that watches has seen it
        written(self, *arguments, **named)

    monkeypatch.setattr(zipfile.ZipFile, "write", slowly)
    await secretary.says("/ekspor")
    await secretary.presses("📦 Bukti per arahan")

    working = asyncio.create_task(long_work.fulfil_long(cast.database, cast.settings, cast.clock, every=0.05))
    await secretary.presses("✖️ Batalkan")
    cancelled.set()
    await working
    await cast.delivers()
    assert files < 3, "the files that were not read yet are left alone"
    assert not any(shown.method == "sendDocument" for shown in secretary.screen.messages)
    assert list(cast.settings.files.directory.glob("papers/*/.*")) == [], "nothing half-written stays behind"
    assert "sudah selesai" in await secretary.presses_data("1:order_cancel:1", secretary.last)


async def test_nobody_cancels_what_somebody_else_asked_for(cast: Cast) -> None:
    secretary, camat = await some_evidence(cast)
    await secretary.says("/ekspor")
    await secretary.presses("📦 Bukti per arahan")
    assert "tidak ditemukan" in await camat.presses_data("1:order_cancel:1", camat.last)
    assert "bukan untuk jabatan" in await camat.presses_data("1:bundle:a:all", camat.last)


async def test_without_evidence_there_is_no_archive(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"])
    await secretary.says("/ekspor")
    assert "📦 Bukti per arahan" not in secretary.last.labels
    assert "Belum ada berkas bukti" in await secretary.presses_data("1:bundle:a:all", secretary.last)


def test_a_folders_name_is_taken_by_every_system() -> None:
    assert safe('a/b\\c:d*e?"f<g>h|i') == "a b c d e f g h i"
    assert safe("../../etc/passwd") == "etc passwd"
    assert safe(" . ") == "tanpa nama"
    assert len(safe("kata " * 40)) <= 60


async def test_a_misspelt_unit_is_offered_for_export_rapor_and_letters(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"])
    for command, shown in (("/ekspor", "Matriks tindak lanjut"), ("/rapor", "Rapor"), ("/surat", "Surat")):
        await secretary.says(f"{command} air jman")
        offer = secretary.last
        assert "Mungkin yang dimaksud" in offer.text
        await secretary.presses("🏛 Kecamatan Air Joman", on=offer)
        assert shown in offer.text
        assert "Kecamatan Air Joman" in offer.text
    await secretary.says("/ekspor qwertz")
    assert "Contoh: /ekspor Air Joman" in secretary.reads()
