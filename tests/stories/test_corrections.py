"""Drafts are corrected in words, as one would say it to a colleague, or by a tap."""

from __future__ import annotations

from sqlalchemy import select

from models.assignments import Assignment
from models.directives import Directive, DirectiveState
from models.drafting import assignees_of, lead_of
from models.units import UnitAlias
from tests.cast import Cast, Person

LINE = "/arahan Camat Air Joman dan Dinas Pertanian agar mendata lahan cetak sawah paling lambat 30 Januari 2026"
LIST = """1. Camat Meranti dan Camat Air Joman agar mendata lahan gerai Koperasi Merah Putih paling lambat 6 Februari 2026.
2. Dinas Kesehatan agar memeriksa higiene seluruh dapur SPPG paling lambat 13 Februari 2026.
3. Dinas Pertanian bersama Dinas PUTR agar survei saluran irigasi cetak sawah paling lambat 27 Februari 2026."""


async def office(cast: Cast, words: str = LINE) -> Person:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
    await sekretariat.says(words)
    return sekretariat


async def drafts(cast: Cast) -> list[Directive]:
    async with cast.database.reading() as session:
        query = select(Directive).where(Directive.state != DirectiveState.DISCARDED).order_by(Directive.position)
        return list(await session.scalars(query))


def preview(sekretariat: Person) -> str:
    """The preview as it stands."""
    return next(one.text for one in reversed(sekretariat.screen.messages) if "ancangan arahan" in one.text)


SAID = [
    ("tenggat 6 Februari", "tenggat Jumat, 6 Februari 2026", "🗓 Jumat, 6 Februari 2026"),
    ("ubah tenggat menjadi 6 Februari pukul 14.00", "pukul 14.00 WIB", "6 Februari 2026 pukul 14.00 WIB"),
    ("tambah Dinas PUTR", "ditambah", "Tata Ruang"),
    ("hapus Camat Air Joman", "dikurangi Kecamatan Air Joman", "⭐ Dinas Pertanian"),
    ("unit Dinas Perikanan", "pelaksananya Dinas Perikanan", "⭐ Dinas Perikanan · penanggung jawab"),
    ("koordinator Dinas Pertanian", "penanggung jawabnya Dinas Pertanian", "⭐ Dinas Pertanian"),
    ("program MBG", "programnya Makan Bergizi Gratis", "🎯 Makan Bergizi Gratis"),
    ("sifat sangat segera", "sifatnya sangat segera", "SANGAT SEGERA"),
    ("target 20 ha", "targetnya 20 ha", "target 20 ha"),
    ("hapus tenggat", "tanpa tenggat", "🗓 tanpa tenggat"),
    ("teks Mendata seluruh calon lahan", "uraiannya diganti", "Mendata seluruh calon lahan"),
]


async def test_one_draft_is_corrected_by_plain_messages(cast: Cast) -> None:
    sekretariat = await office(cast)
    for words, answer, shown in SAID:
        await sekretariat.says(words)
        assert answer in sekretariat.reads(), words
        assert shown in preview(sekretariat), words


async def test_a_reply_to_the_preview_corrects_it_whatever_came_between(cast: Cast) -> None:
    sekretariat = await office(cast)
    first = sekretariat.last
    await sekretariat.presses("📤 Kirim")
    await sekretariat.says(LINE.replace("mendata lahan", "memetakan lahan"))
    second = sekretariat.last
    await sekretariat.says("/verifikasi")
    await sekretariat.says("/batal")
    await sekretariat.says("tenggat 6 Februari", reply_to=second)
    assert "Jumat, 6 Februari 2026" in second.text
    await sekretariat.says("tenggat 6 Februari", reply_to=first)
    assert "sudah dikirim" in sekretariat.reads()


async def test_after_a_restart_of_the_talk_a_correction_finds_the_open_preview(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/batal")
    await sekretariat.says("tenggat 6 Februari")
    assert "Jumat, 6 Februari 2026" in preview(sekretariat)


async def test_a_list_is_corrected_by_number(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("3 tenggat 20 Februari\n2 unit Dinas Perikanan\n1 tambah Camat Rahuning")
    read = sekretariat.reads()
    assert "Butir 3: tenggat Jumat, 20 Februari 2026" in read
    assert "Butir 2: pelaksananya Dinas Perikanan" in read
    assert "Butir 1: ditambah Kecamatan Rahuning" in read
    rows = await drafts(cast)
    assert len(assignees_of(rows[0])) == 3
    assert lead_of(rows[0]) is None
    assert assignees_of(rows[1]) == [lead_of(rows[1])]


async def test_numbers_stay_when_one_is_dropped(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("hapus 2")
    assert "Butir 2: dibuang" in sekretariat.reads()
    await sekretariat.says("3 tenggat 20 Februari")
    assert "2 rancangan arahan" in preview(sekretariat)
    assert "3. Dinas Pertanian" in preview(sekretariat)
    await sekretariat.says("2 tenggat 20 Februari")
    assert "Butir 2 tidak ada dalam daftar ini" in sekretariat.reads()
    await sekretariat.presses("📤 Kirim")
    assert [one.number for one in await drafts(cast)] == ["2026-01-01", "2026-01-02"]


async def test_everything_at_once(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("semua tenggat 27 Februari")
    assert {one.due_at for one in await drafts(cast)} == {(await drafts(cast))[0].due_at}
    assert preview(sekretariat).count("Jumat, 27 Februari 2026") == 3


async def test_without_a_number_it_is_asked_unless_it_is_plain(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("tenggat 20 Februari")
    assert "sebutkan nomor butirnya" in sekretariat.reads()
    await sekretariat.says("hapus Camat Meranti")
    assert "Butir 1: dikurangi Kecamatan Meranti" in sekretariat.reads()
    await sekretariat.presses("2")
    await sekretariat.says("tenggat 20 Februari")
    assert "Butir 2: tenggat Jumat, 20 Februari 2026" in sekretariat.reads()


async def test_what_is_wrong_in_a_correction_does_not_undo_what_is_right(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("3 tenggat 20 Februari\n9 tenggat 20 Februari\n2 hapus Camat Meranti")
    read = sekretariat.reads()
    assert "✓ Butir 3: tenggat Jumat, 20 Februari 2026" in read
    assert "⚠️ Butir 9 tidak ada" in read
    assert "⚠️ Kecamatan Meranti tidak termasuk pelaksana" in read


async def test_an_unclear_name_gives_buttons(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("tambah Camat Kisaran")
    assert sekretariat.last.labels == ["Kecamatan Kota Kisaran Barat", "Kecamatan Kota Kisaran Timur"]
    await sekretariat.presses("Kecamatan Kota Kisaran Timur")
    assert "Kota Kisaran Timur" in preview(sekretariat)
    assert "Kota Kisaran Barat" not in preview(sekretariat)


WRONG = [
    ("apa kabar", "belum dapat dipahami"),
    ("tenggat 31 Februari", "31 Februari"),
    ("tambah Dinas Antah Berantah", "tidak dikenal"),
    ("sifat gawat", "Sifat arahan: biasa, segera"),
    ("program entah", "tidak dikenal"),
    ("hapus Camat Meranti", "tidak termasuk pelaksana"),
]


async def test_what_cannot_be_done_is_said_and_changes_nothing(cast: Cast) -> None:
    sekretariat = await office(cast)
    before = preview(sekretariat)
    for words, answer in WRONG:
        await sekretariat.says(words)
        assert answer in sekretariat.reads(), words
        assert preview(sekretariat) == before, words


async def test_a_past_date_is_pointed_out(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem, 5 Januari 2026")
    await sekretariat.says(LINE)
    await sekretariat.says("tenggat 12 Januari")
    assert "Tanggal ini sudah lewat" in sekretariat.reads()


async def test_the_wording_can_follow_the_new_date(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("tenggat 6 Februari")
    assert "Uraiannya masih menyebut “30 Januari 2026”" in preview(sekretariat)
    await sekretariat.presses("✍️ Sesuaikan tanggal di uraian")
    assert "paling lambat Jumat, 6 Februari 2026" in preview(sekretariat)
    assert "masih menyebut" not in preview(sekretariat)


async def test_ubah_leads_to_every_field(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("⭐ Penanggung jawab")
    await sekretariat.presses("Dinas Pertanian")
    assert "⭐ Dinas Pertanian" in preview(sekretariat)
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("🎯 Program")
    await sekretariat.presses("Karet rakyat")
    assert "🎯 Karet rakyat" in preview(sekretariat)
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("🔖 Sifat")
    await sekretariat.presses("segera")
    assert "SEGERA" in preview(sekretariat)
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("✍️ Uraian")
    await sekretariat.says("Mendata lahan")
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("➖ Kurangi unit")
    await sekretariat.says("Camat Air Joman")
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("🗓 Tenggat")
    await sekretariat.presses("Akhir bulan depan")
    shown = preview(sekretariat)
    assert "Mendata lahan" in shown
    assert "Sabtu, 28 Februari 2026" in shown
    assert "Air Joman" not in shown


async def test_asked_for_one_thing_the_secretary_may_say_another(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.presses("✏️ Ubah")
    await sekretariat.presses("🗓 Tenggat")
    await sekretariat.says("tambah Dinas PUTR")
    assert "Tata Ruang" in preview(sekretariat)


async def test_kirim_and_buang_can_be_written(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("buang")
    assert "Tidak ada yang dikirim" in sekretariat.reads()
    await sekretariat.says(LINE)
    await sekretariat.says("kirim")
    sekretariat.sees("Arahan 2026-01-01 terkirim")
    async with cast.database.reading() as session:
        assert len(list(await session.scalars(select(Assignment)))) == 2


async def test_a_further_directive_joins_the_preview(cast: Cast) -> None:
    sekretariat = await office(cast, LIST)
    await sekretariat.says("Dinas Sosial agar mendata warga miskin ekstrem paling lambat 6 Maret 2026")
    assert "4 rancangan arahan" in preview(sekretariat)


async def test_a_unit_named_by_hand_is_offered_as_an_alias(cast: Cast) -> None:
    sekretariat = await office(cast, "/arahan Dinas Tani agar mendata pupuk paling lambat 30 Januari 2026")
    await sekretariat.says("tambah Dinas Pertanian")
    assert "“Dinas Tani” selalu berarti Dinas Pertanian?" in sekretariat.reads()
    await sekretariat.presses("Tidak perlu")
    async with cast.database.reading() as session:
        assert list(await session.scalars(select(UnitAlias))) == []
    assert "tidak ada dalam daftar" not in preview(sekretariat)


async def test_a_group_that_cannot_be_reckoned_is_no_alias(cast: Cast) -> None:
    sekretariat = await office(cast, "/arahan OPD terkait agar menyusun laporan banjir paling lambat 30 Januari 2026")
    await sekretariat.says("tambah BPBD")
    assert "selalu berarti" not in sekretariat.reads()


async def test_stickers_and_photos_correct_nothing(cast: Cast) -> None:
    sekretariat = await office(cast)
    before = preview(sekretariat)
    await sekretariat.sends_photo("tenggat 6 Februari")
    assert "Foto notulen belum dapat dibaca" in sekretariat.reads()
    assert preview(sekretariat) == before


async def test_a_reply_to_a_sent_directive_corrects_no_other_preview(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.presses("📤 Kirim")
    rollup = sekretariat.last
    await sekretariat.says(LINE.replace("mendata lahan", "memetakan lahan"))
    before = preview(sekretariat)
    await sekretariat.says("tenggat 6 Februari", reply_to=rollup)
    assert "⚙️ Kelola" in sekretariat.reads()
    assert preview(sekretariat) == before
