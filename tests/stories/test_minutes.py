"""The secretariat pastes a notulen, in one piece or several, or sends it as a file, and posts all its directives."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from delivery.files import FetchedFile, FetchError, Gone, TooBig, TryAgain
from handlers.minutes import join_pieces, looks_like_notulen
from jobs.minutes_files import read_files
from models.assignments import Assignment
from models.directives import Directive, DirectiveState
from models.mailbox import Outgoing, Urgency
from models.meetings import Minutes, MinutesState
from tests.cast import Cast, Person

RAPAT = "/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati"
NOTULEN = """NOTULEN RAKORPEM
Hari/Tanggal : Jumat, 23 Januari 2026
Tempat : Aula Melati

ARAHAN BUPATI:
1. Camat se-Kabupaten Asahan agar mendata lahan gerai Koperasi Merah Putih paling lambat 6 Februari 2026.
2. Dinas Kesehatan agar memeriksa higiene seluruh dapur SPPG paling lambat 13 Februari 2026.
3. Dinas Pertanian bersama Dinas PUTR agar menyelesaikan survei irigasi cetak sawah paling lambat 27 Februari 2026.

Rapat ditutup pukul 12.15 WIB."""


async def office(cast: Cast) -> Person:
    sekretariat = await cast.sekretariat()
    await sekretariat.says(RAPAT)
    return sekretariat


async def drafts(cast: Cast) -> list[Directive]:
    async with cast.database.reading() as session:
        query = select(Directive).where(Directive.state != DirectiveState.DISCARDED).order_by(Directive.position)
        return list(await session.scalars(query))


async def sent(cast: Cast) -> list[Assignment]:
    async with cast.database.reading() as session:
        return list(await session.scalars(select(Assignment)))


def numbered(first: int, last: int) -> str:
    return "\n".join(
        f"{number}. Dinas Pertanian agar menyusun laporan nomor urut {number} tentang perkembangan cetak sawah rakyat "
        f"di seluruh lokasi beserta foto lapangan paling lambat 30 Januari 2026."
        for number in range(first, last + 1)
    )


async def test_a_pasted_notulen_becomes_a_numbered_list_and_is_sent_at_once(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says("/notulen")
    assert "tempel teks notulennya" in sekretariat.reads()
    await sekretariat.says(NOTULEN)
    listed = sekretariat.reads()
    assert "3 rancangan arahan" in listed
    assert "2026-01-01 s.d. 2026-01-03" in listed
    assert "seluruh kecamatan (25)" in listed
    assert "⭐ Dinas Pertanian" in listed
    assert "Jumat, 13 Februari 2026" in listed
    await sekretariat.presses("✅ Sudah semua")
    assert "✅ Sudah semua" not in sekretariat.last.labels

    await sekretariat.presses("📤 Kirim")
    assert len(await sent(cast)) == 28
    assert "3 arahan terkirim: 2026-01-01 s.d. 2026-01-03" in sekretariat.sees("terkirim").text
    assert len([one for one in sekretariat.screen.messages if one.text.startswith("📊 Arahan")]) == 3
    camat.sees("Tugas 2026-01-01")
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Minutes.text))).one() == NOTULEN


async def test_a_long_numbered_text_is_understood_without_the_command(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(NOTULEN)
    assert "3 rancangan arahan" in sekretariat.reads()


async def test_one_sentence_with_a_unit_and_work_is_a_draft_too(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("Dinas Kesehatan agar memeriksa dapur SPPG paling lambat 13 Februari 2026")
    assert "Rancangan arahan 2026-01-01" in sekretariat.reads()
    await sekretariat.says("/batal")
    await sekretariat.says("terima kasih")
    assert "belum kami pahami" in sekretariat.reads()


async def test_a_text_that_telegram_cut_is_put_together(cast: Cast) -> None:
    sekretariat = await office(cast)
    whole = numbered(1, 40)
    assert len(whole) > 4096
    await sekretariat.says("/notulen")
    await sekretariat.says(whole[:4096])
    assert "rancangan arahan" in sekretariat.reads()
    await sekretariat.says(whole[4096:])
    assert "40 rancangan arahan" in sekretariat.last.text
    assert "halaman 1 dari 7" in sekretariat.last.text
    assert [one.text for one in await drafts(cast)] == [line.split(". ", 1)[1] for line in whole.split("\n")]
    assert len([one for one in sekretariat.screen.messages if "40 rancangan arahan" in one.text]) == 1


async def test_pieces_come_without_the_command_and_the_tail_is_short(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(numbered(1, 24))
    await sekretariat.says("Demikian untuk dilaksanakan.")
    assert "24 rancangan arahan" in sekretariat.last.text
    async with cast.database.reading() as session:
        assert (await session.scalars(select(Minutes.text))).one().endswith("Demikian untuk dilaksanakan.")


async def test_what_was_corrected_survives_the_next_piece(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/notulen")
    await sekretariat.says(NOTULEN)
    await sekretariat.says("2 tenggat 20 Februari 2026")
    await sekretariat.says("hapus 1")
    await sekretariat.says(
        "4. Dinas Perikanan agar mendata nelayan paling lambat 6 Maret 2026.\n5. Dinas Sosial agar mendata warga miskin."
    )
    listed = sekretariat.sees("rancangan arahan").text
    assert "4 rancangan arahan" in listed
    assert "Jumat, 20 Februari 2026" in listed
    assert "gerai Koperasi" not in listed


async def test_a_notulen_pasted_again_is_noticed(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(NOTULEN)
    await sekretariat.presses("📤 Kirim")
    await sekretariat.says(NOTULEN)
    assert "⚠️ Sudah pernah dikirim sebagai arahan 2026-01-02." in sekretariat.reads()


async def test_pages_lead_through_a_long_list(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(numbered(1, 14))
    await sekretariat.presses("Berikutnya ➡️")
    assert "halaman 2 dari 3" in sekretariat.last.text
    assert "nomor urut 7 " in sekretariat.last.text
    await sekretariat.presses("9")
    assert "butir 9 dari 14" in sekretariat.last.text
    await sekretariat.presses("⬅️ Daftar")
    assert "halaman 2 dari 3" in sekretariat.last.text
    assert all(len(one.text) <= 4096 for one in sekretariat.screen.messages if one.by_bot)


async def test_doubts_are_marked_and_looked_at_one_after_another(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(
        "1. OPD terkait agar menyusun laporan penanganan banjir paling lambat 30 Januari 2026.\n"
        "2. Dinas Kesehatan agar memeriksa dapur SPPG paling lambat 13 Februari 2026.\n"
        "3. Dinas Pertanian agar mendata lahan cetak sawah paling lambat 31 Februari 2026."
    )
    assert "⚠️ Perlu dilihat: butir 1, 3" in sekretariat.reads()
    assert "⚠️ 1" in sekretariat.last.labels
    assert "2" in sekretariat.last.labels
    assert "butir 1 belum punya unit" in await sekretariat.presses("📤 Kirim")
    await sekretariat.presses("⚠️ Periksa 2 butir")
    assert "OPD terkait" in sekretariat.last.text
    await sekretariat.presses("🏛 Tulis nama unit")
    await sekretariat.says("BPBD")
    await sekretariat.presses("⚠️ Butir 3 ➡️")
    await sekretariat.presses("🗓 Beri tenggat")
    await sekretariat.says("27 Februari 2026")
    await sekretariat.presses("⬅️ Daftar")
    assert await sekretariat.presses("📤 Kirim") == "Terkirim."
    assert len(await sent(cast)) == 3


async def test_what_asks_but_was_not_read_as_a_directive_is_shown(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(
        NOTULEN.replace("Rapat ditutup", "Semua pihak supaya tetap menjaga kebersihan lingkungan.\nRapat ditutup")
    )
    listed = sekretariat.reads()
    assert "Tidak dibaca sebagai arahan: “Semua pihak supaya" in listed
    await sekretariat.presses("➕ Tambahkan yang terlewat")
    assert "4 rancangan arahan" in sekretariat.last.text
    assert "Tidak dibaca" not in sekretariat.last.text


async def test_a_notulen_of_another_day_offers_its_own_day(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Desember, 15 Desember 2025, Aula Melati")
    await sekretariat.says(NOTULEN.replace("6 Februari 2026", "minggu depan"))
    listed = sekretariat.reads()
    assert "Apakah arahan ini dari Jumat, 23 Januari 2026?" in listed
    assert "Jumat, 26 Desember 2025" in listed
    await sekretariat.presses("🗓 Ya, Jumat, 23 Januari 2026")
    assert "Jumat, 30 Januari 2026" in sekretariat.last.text
    assert "Rakorpem, Jumat, 23 Januari 2026" in sekretariat.last.text
    assert "2026-01-01" in sekretariat.last.text


async def test_without_a_meeting_the_notulen_opens_its_own(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says(NOTULEN)
    assert "Belum ada rapat yang dibuka, jadi dicatat pada" in sekretariat.reads()
    assert "Jumat, 23 Januari 2026" in sekretariat.last.text


async def test_an_edited_message_is_read_again(cast: Cast) -> None:
    sekretariat = await office(cast)
    written = await sekretariat.says(NOTULEN)
    await sekretariat.edits(written, NOTULEN.replace("13 Februari", "20 Februari"))
    assert "Jumat, 20 Februari 2026" in sekretariat.last.text
    await sekretariat.presses("📤 Kirim")
    await sekretariat.edits(written, NOTULEN)
    assert "sudah dikirim" in sekretariat.reads()


async def test_a_text_without_directives_says_what_one_looks_like(cast: Cast) -> None:
    sekretariat = await office(cast)
    for text in ("halo", "😀" * 2000, "1. \n2. \n3. "):
        await sekretariat.says("/notulen")
        await sekretariat.says(text)
        assert "Belum ada arahan yang terbaca" in sekretariat.reads()
        assert "📤 Kirim" not in sekretariat.last.labels
        assert "🗑 Buang" in sekretariat.last.labels


async def test_pictures_and_stickers_are_no_notulen(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/notulen")
    await sekretariat.sends_photo()
    assert "Foto notulen belum dapat dibaca" in sekretariat.reads()
    await sekretariat.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                                     "is_animated": False, "is_video": False})  # fmt: skip
    assert "tidak berisi teks" in sekretariat.reads()
    await sekretariat.says(NOTULEN)
    assert "3 rancangan arahan" in sekretariat.reads()


async def test_many_cards_stand_behind_what_people_wait_for(cast: Cast) -> None:
    sekretariat = await office(cast)
    await cast.pelaksana("Dinas Pertanian")
    await sekretariat.says(numbered(1, 6))
    await sekretariat.presses("📤 Kirim")
    async with cast.database.reading() as session:
        rows = list(await session.scalars(select(Outgoing).where(Outgoing.kind == "card")))
    assert {row.urgency for row in rows if "Tugas" in row.payload["text"]} == {Urgency.BULK}
    assert {row.urgency for row in rows if row.payload["text"].startswith("📊")} == {Urgency.BULK}


class Files:
    """A file that Telegram has, or the trouble with it."""

    def __init__(self, content: bytes | FetchError) -> None:
        self.content, self.fetched = content, 0

    async def __call__(self, file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
        self.fetched += 1
        if isinstance(self.content, FetchError):
            raise self.content
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.content)
        return FetchedFile(len(self.content), "0" * 64)


async def reads_files(cast: Cast, files: Files) -> int:
    read = await read_files(cast.database, cast.settings, cast.clock, files)
    await cast.delivers()
    return read


def docx(tmp_path: Path) -> bytes:
    document = Document()
    for line in NOTULEN.split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "n.docx"))
    return (tmp_path / "n.docx").read_bytes()


def xlsx(tmp_path: Path) -> bytes:
    with xlsxwriter.Workbook(tmp_path / "n.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["No", "Arahan", "Penanggung Jawab", "Batas Waktu"])
        sheet.write_row(1, 0, [1, "Menyusun jadwal panen padi", "Dinas Pertanian", "13 Februari 2026"])
        sheet.write_row(2, 0, [2, "Memeriksa dapur SPPG", "Dinas Kesehatan", "20 Februari 2026"])
    return (tmp_path / "n.xlsx").read_bytes()


@pytest.mark.parametrize(("kind", "count"), [("txt", 3), ("docx", 3), ("xlsx", 2)])
async def test_a_file_is_fetched_read_and_shown(cast: Cast, tmp_path: Path, kind: str, count: int) -> None:
    content = {"txt": lambda _: NOTULEN.encode(), "docx": docx, "xlsx": xlsx}[kind](tmp_path)
    sekretariat = await office(cast)
    await sekretariat.says("/notulen")
    await sekretariat.sends_file(f"Notulen Januari.{kind}")
    assert f"Berkas Notulen Januari.{kind} sedang dibaca" in sekretariat.reads()
    await sekretariat.says("sudah?")
    assert "masih dibaca" in sekretariat.reads()
    assert await reads_files(cast, Files(content)) == 1
    assert f"{count} rancangan arahan" in sekretariat.reads()
    await sekretariat.says("2 tenggat 27 Februari 2026")
    await sekretariat.presses("📤 Kirim")
    assert len([one for one in await drafts(cast) if one.state == DirectiveState.SENT]) == count
    async with cast.database.reading() as session:
        minutes = (await session.scalars(select(Minutes))).one()
    assert minutes.path is not None
    assert (cast.settings.files.directory / minutes.path).read_bytes() == content
    assert minutes.sha256 == "0" * 64


async def test_a_file_needs_no_command(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.sends_file("notulen.txt")
    files = Files(NOTULEN.encode())
    await reads_files(cast, files)
    assert "3 rancangan arahan" in sekretariat.last.text
    assert await reads_files(cast, files) == 0
    assert files.fetched == 1


TROUBLES: list[tuple[bytes | FetchError, str]] = [
    (TooBig("x"), "terlalu besar"),
    (Gone("x"), "sudah tidak ada di Telegram"),
    (b"\x00\x01\x02\x03" * 50, "belum dapat dibaca"),
    (b"%PDF-1.4 broken", "belum dapat dibaca"),
    (b"", "kosong"),
]


async def test_a_file_that_cannot_be_read_is_said_so(cast: Cast) -> None:
    sekretariat = await office(cast)
    for trouble, words in TROUBLES:
        await sekretariat.sends_file("notulen.txt")
        await reads_files(cast, Files(trouble))
        assert words in sekretariat.reads()
    assert await drafts(cast) == []
    await sekretariat.says(NOTULEN)
    assert "3 rancangan arahan" in sekretariat.reads()


async def test_a_file_that_is_away_for_now_is_tried_again(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.sends_file("notulen.txt")
    away = Files(TryAgain("x"))
    await reads_files(cast, away)
    await reads_files(cast, away)
    assert away.fetched == 1
    await cast.time_passes(minutes=1)
    assert await reads_files(cast, Files(NOTULEN.encode())) == 1
    assert "3 rancangan arahan" in sekretariat.last.text


async def test_a_file_discarded_by_another_hand_stays_discarded(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.sends_file("notulen.txt")
    async with cast.database.writing() as session:
        (await session.scalars(select(Minutes))).one().state = MinutesState.DISCARDED
    assert await reads_files(cast, Files(NOTULEN.encode())) == 0
    assert await drafts(cast) == []


async def test_files_of_a_wrong_kind_or_size_are_refused_at_once(cast: Cast) -> None:
    sekretariat = await office(cast)
    for name, size, words in (
        ("lama.doc", 9, "simpan sebagai .docx"),
        ("foto.jpg", 9, "Mohon kirim .txt"),
        ("n.pdf", 30 << 20, "melebihi batas 20 MB"),
    ):
        await sekretariat.sends_file(name, size=size)
        assert words in sekretariat.reads()
    async with cast.database.reading() as session:
        assert list(await session.scalars(select(Minutes))) == []


def test_pieces_are_joined_where_telegram_cut_them() -> None:
    line = "a" * 4096
    assert join_pieces([line, "b"]) == line + "b"
    cut = "1. Dinas " + "x" * 3990 + " agar menyusun"
    assert join_pieces([cut, "laporan paling lambat besok"]) == cut + " laporan paling lambat besok"
    assert join_pieces([cut + ".", "2. Camat Meranti"]) == cut + ".\n2. Camat Meranti"
    assert join_pieces(["pendek", "lanjut"]) == "pendek\nlanjut"


@settings(max_examples=40)
@given(st.text(alphabet="ab 1.\n", min_size=1, max_size=60).map(lambda part: part * 200))
def test_a_text_cut_at_the_limit_comes_back_whole(text: str) -> None:
    pieces = [text[start : start + 4096] for start in range(0, len(text), 4096)]
    assert join_pieces(pieces) == text


def test_a_greeting_is_no_notulen() -> None:
    assert not looks_like_notulen("Selamat pagi Bapak/Ibu, mohon informasi perkembangan arahan Bupati minggu lalu.")
    assert looks_like_notulen(NOTULEN)
