"""The secretariat's own papers: the pack for the next meeting, teguran, berita acara, and who has not joined."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from models.directives import Priority
from models.letters import WarningLetter
from models.meetings import Meeting
from models.people import Role
from tests.cast import Cast, Person, Shown, wib
from tests.presentation.print.papers import text


def paper(cast: Cast, shown: Shown) -> str:
    return text(Path(cast.settings.files.directory, shown.payload["document"]["$file"]).read_bytes())


async def a_late_unit(cast: Cast) -> tuple[Person, Person]:
    """Air Joman is late with one task since 27 January; it is Monday 2 February. Returns secretary and camat."""
    secretary, camat = await cast.sekretariat("Nurhayati"), await cast.pelaksana("Air Joman", "Budi Santoso")
    await cast.directive("Mendata lahan cetak sawah", ["Kecamatan Air Joman", "Kecamatan Meranti"],
                         due=wib("2026-01-27 23:59"), programme_tag="cetak_sawah")  # fmt: skip
    await cast.directive("Audit kas kecamatan", ["Kecamatan Air Joman"], due=wib("2026-01-25 23:59"),
                         priority=Priority.RAHASIA)  # fmt: skip
    await camat.says("sudah 40%", reply_to=camat.sees("cetak sawah"))
    await cast.time_passes(to=wib("2026-02-02 09:00"))
    return secretary, camat


async def number_is(secretary: Person, number: str) -> None:
    await secretary.presses("🔢 Catat nomor surat", on=secretary.sees("Surat Kecamatan Air Joman"))
    await secretary.says(number)


async def test_a_first_warning_is_a_draft_until_it_has_a_number(cast: Cast) -> None:
    secretary, camat = await a_late_unit(cast)
    await secretary.says("/surat")
    assert "Air Joman: 1 tugas terlambat" in secretary.reads()
    await secretary.presses("✉️ Air Joman")
    await secretary.presses("✉️ Teguran I", on=secretary.last)
    await cast.papers_are_made()
    letter = paper(cast, secretary.last)
    for words in ("Teguran I", "DRAF", "Yth. Sdr. Camat Air Joman", "Mendata lahan cetak sawah", "27 Januari 2026", "6 hari",
                  "40 %", "Senin, 9 Februari 2026", "Sekretaris Daerah", "Tembusan", "Bupati Asahan (sebagai laporan)"):  # fmt: skip
        assert words in letter, words
    assert "Audit kas" not in letter, "what is confidential is not written about"
    await number_is(secretary, "700/12/Setda/2026")
    await cast.papers_are_made()
    final = paper(cast, secretary.last)
    assert "700/12/Setda/2026" in final
    assert "DRAF" not in final
    assert not any(shown.method == "sendDocument" for shown in camat.screen.messages), (
        "nothing goes to the unit by itself"
    )


async def test_the_second_follows_only_when_the_first_was_not_answered(cast: Cast) -> None:
    secretary, _ = await a_late_unit(cast)
    await secretary.says("/surat Air Joman")
    await secretary.presses("✉️ Teguran I")
    await number_is(secretary, "700/12/Setda/2026")
    await secretary.presses("✉️ Cetak ulang Teguran I", on=secretary.sees("Surat Kecamatan"))
    await cast.time_passes(to=wib("2026-02-10 09:00"))
    await secretary.says("/surat Air Joman")
    await secretary.presses("✉️ Teguran II")
    await cast.papers_are_made()
    second = paper(cast, secretary.last)
    assert "Surat Teguran I Nomor 700/12/Setda/2026 tanggal 2 Februari 2026" in second
    assert "akan diterbitkan Teguran III" in second
    assert "Inspektur" in second
    await number_is(secretary, "700/20/Setda/2026")
    await cast.time_passes(to=wib("2026-02-23 09:00"))
    await secretary.says("/surat Air Joman")
    await secretary.presses("✉️ Teguran III")
    await number_is(secretary, "700/31/Setda/2026")
    await cast.papers_are_made()
    assert "teguran terakhir" in paper(cast, secretary.last)
    await cast.time_passes(to=wib("2026-03-10 09:00"))
    await secretary.says("/surat Air Joman")
    assert not any(label.startswith("✉️ Teguran") for label in secretary.last.labels)
    assert "dilaporkan kepada pimpinan" in await secretary.presses_data("1:warn:12.09.09", secretary.last)
    async with cast.database.reading() as session:
        levels = [letter.level for letter in await session.scalars(select(WarningLetter).order_by(WarningLetter.id))]
    assert levels == [1, 2, 3], "printing again makes no new letter"


async def test_a_matter_that_was_settled_begins_anew(cast: Cast) -> None:
    secretary, camat = await a_late_unit(cast)
    await secretary.says("/surat Air Joman")
    await secretary.presses("✉️ Teguran I")
    await number_is(secretary, "700/12/Setda/2026")
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await secretary.says("/surat Air Joman")
    assert not any("Teguran" in label for label in secretary.last.labels)
    assert "tidak memiliki tugas yang terlambat" in await secretary.presses_data("1:warn:12.09.09", secretary.last)
    await cast.directive("Melatih pengurus koperasi", ["Kecamatan Air Joman"], due=wib("2026-02-05 23:59"))
    await cast.time_passes(to=wib("2026-02-10 09:00"))
    await secretary.says("/surat Air Joman")
    assert "✉️ Teguran I" in secretary.last.labels


async def test_berita_acara_says_who_verified_what(cast: Cast) -> None:
    secretary, camat = await a_late_unit(cast)
    await secretary.says("/surat Air Joman")
    assert "Belum ada tugas" in await secretary.presses("📝 Berita acara verifikasi")
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await secretary.says("/surat Air Joman")
    await secretary.presses("📝 Berita acara verifikasi")
    await cast.papers_are_made()
    record = paper(cast, secretary.last)
    for words in ("BERITA ACARA VERIFIKASI", "Senin, tanggal dua, bulan Februari, tahun dua ribu dua puluh enam", "Nurhayati",
                  "Budi Santoso", "Mendata lahan cetak sawah", "1 foto", "Selesai", "Dari 1 (satu) tindak lanjut",
                  "Mengetahui"):  # fmt: skip
        assert words in record, words
    await secretary.says("/surat Air Joman Januari 2026")
    await cast.papers_are_made()
    assert "Tidak terdapat tindak lanjut yang diverifikasi" in paper(cast, secretary.last)


async def test_the_pack_for_the_next_meeting(cast: Cast) -> None:
    secretary, camat = await a_late_unit(cast)
    async with cast.database.writing() as session:
        session.add(Meeting(title="Rakorpem Februari", held_at=wib("2026-02-20 09:00"), opened_at=cast.clock.now(),
                            place="Aula Melati"))  # fmt: skip
    await cast.directive("Agar camat segera mendata lahan untuk cetak sawah", ["Kecamatan Meranti"],
                         due=wib("2026-03-20 23:59"), programme_tag="cetak_sawah")  # fmt: skip
    await camat.says("terkendala peta bidang, perlu bantuan BPN", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await secretary.says("/bahan")
    assert "Jumat, 20 Februari 2026 pukul 09.00 WIB" in secretary.reads()
    await cast.papers_are_made()
    pack = paper(cast, secretary.last)
    for words in ("RAKORPEM FEBRUARI", "Jumat, 20 Februari 2026", "Aula Melati", "Bupati Asahan", "Cetak sawah rakyat",
                  "1 dari 2 sudah melapor", "2 kali", "Rakorpem Januari", "09.00–09.10", "Siapa yang menugaskan BPN? Kec. Air Joman menunggu: peta bidang"):  # fmt: skip
        assert words in pack, words
    assert "Audit kas" not in pack


async def test_a_pack_without_a_date_leaves_it_to_the_hand(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/bahan")
    assert "Hari dan tempat dikosongkan" in secretary.reads()
    await cast.papers_are_made()
    assert "belum ada arahan rapat terdahulu" in paper(cast, secretary.last)
    await secretary.says("/bahan Rakorpem Februari, 27 Februari 2026, Aula Melati")
    await cast.papers_are_made()
    assert "Jumat, 27 Februari 2026" in paper(cast, secretary.last)
    await secretary.says("/bahan Rakorpem, 31 Februari 2026")
    assert "tidak ada" in secretary.reads()


async def test_who_has_not_joined_can_be_taken_along(cast: Cast) -> None:
    secretary, _ = await a_late_unit(cast)
    await secretary.says("/undang Camat Meranti")
    await cast.papers_are_made()
    await secretary.says("/pengguna")
    await secretary.presses("📄 Belum bergabung (PDF)")
    await cast.papers_are_made()
    paper_words = paper(cast, secretary.last)
    assert "1 dari" in paper_words
    assert "Camat Meranti berlaku s.d. 9 Feb 2026" in paper_words
    assert "Camat Air Joman" not in paper_words


async def test_only_the_secretariat_writes_letters(cast: Cast) -> None:
    secretary, camat = await a_late_unit(cast)
    bupati, watcher = await cast.pimpinan(), await cast.member(Role.PEMANTAU, "asisten-ekbang")
    for person in (camat, bupati, watcher):
        for words in ("/surat", "/bahan"):
            await person.says(words)
            assert "bukan untuk jabatan" in person.reads()
        assert "bukan untuk jabatan" in await person.presses_data("1:warn:12.09.09", camat.last)
    await bupati.says("/pantau Air Joman")
    assert "✉️ Surat" not in bupati.last.labels
    await secretary.says("/surat Entah")
    assert "belum kami kenal" in secretary.reads()
    for forged in ("1:letters_of:zzz", "1:warn:bupati", "1:record:", "1:letter_number:99", "1:letter_number:²"):
        assert "tidak ditemukan" in await secretary.presses_data(forged, secretary.last), forged
