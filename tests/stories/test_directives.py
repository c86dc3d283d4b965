"""The secretariat posts one directive: typed in a line or guided, looked at, corrected, sent, changed, cancelled."""

from __future__ import annotations

from sqlalchemy import select

from models.assignments import Assignment, Status
from models.directives import Directive, DirectiveState
from models.meetings import Meeting
from models.people import Member
from tests.cast import Cast, Person, wib

RAPAT = "/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati"
LINE = "/arahan Camat Air Joman dan Dinas Pertanian agar mendata lahan cetak sawah paling lambat 30 Januari 2026"


async def office(cast: Cast) -> Person:
    sekretariat = await cast.sekretariat()
    await sekretariat.says(RAPAT)
    return sekretariat


async def assignments(cast: Cast) -> list[Assignment]:
    async with cast.database.reading() as session:
        return list(await session.scalars(select(Assignment).order_by(Assignment.id)))


async def directives(cast: Cast) -> list[Directive]:
    async with cast.database.reading() as session:
        return list(await session.scalars(select(Directive).order_by(Directive.id)))


async def test_a_line_becomes_a_preview_and_then_cards_for_each_unit(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat, dinas = await cast.pelaksana("Air Joman"), await cast.pelaksana("Dinas Pertanian")
    await sekretariat.says(LINE)
    preview = sekretariat.reads()
    for words in ("Rancangan arahan 2026-01-01", "Kecamatan Air Joman", "Dinas Pertanian", "Cetak sawah"):
        assert words in preview
    assert "Jumat, 30 Januari 2026" in preview
    assert camat.screen.messages == []

    assert await sekretariat.presses("📤 Kirim") == "Terkirim."
    assert "Tugas 2026-01-01" in camat.sees("mendata lahan cetak sawah").text
    assert camat.last.labels[0] == "✅ Terima"
    assert "Jumat, 30 Januari 2026 (7 hari lagi)" in dinas.last.text
    assert "2 tugas untuk 2 unit; 2 orang menerima kartunya" in sekretariat.sees("Arahan 2026-01-01 terkirim").text
    assert "0 dari 2 sudah melapor" in sekretariat.sees("📊 Arahan 2026-01-01").text

    await camat.presses("✅ Terima")
    await camat.says("sudah 40%")
    assert "1 dari 2 sudah melapor" in sekretariat.sees("📊 Arahan 2026-01-01").text


async def test_everyone_who_serves_a_post_gets_the_card(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat, operator = await cast.pelaksana("Air Joman"), await cast.pelaksana("Air Joman", "Operator")
    await sekretariat.says("/arahan Camat Air Joman agar melaporkan stok beras paling lambat 30 Januari 2026")
    await sekretariat.presses("📤 Kirim")
    camat.sees("stok beras")
    operator.sees("stok beras")


async def test_what_the_words_could_mean_is_confirmed_with_one_tap(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat Jumat depan")
    assert "“Jumat depan” = Jumat, 30 Januari 2026?" in sekretariat.reads()
    await sekretariat.presses("✓ Jumat, 30 Januari 2026")
    assert "⚠️" not in sekretariat.last.text
    assert "Jumat, 30 Januari 2026 (dari “Jumat depan”)" in sekretariat.last.text


async def test_a_directive_is_asked_for_step_by_step(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan")
    assert "Apa arahannya?" in sekretariat.reads()
    await sekretariat.says("menyusun jadwal panen padi")
    assert "Kepada siapa" in sekretariat.reads()
    await sekretariat.says("Dinas Pertanian dan Camat Meranti")
    assert "Paling lambat kapan?" in sekretariat.reads()
    await sekretariat.says("13 Februari 2026")
    preview = sekretariat.reads()
    assert "menyusun jadwal panen padi" in preview
    assert "Dinas Pertanian · penanggung jawab" in preview
    assert "Kecamatan Meranti · pendukung" in preview
    assert "Jumat, 13 Februari 2026" in preview
    await sekretariat.presses("📤 Kirim")
    assert len(await assignments(cast)) == 2


async def test_the_guided_way_goes_by_buttons_too(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan")
    await sekretariat.says("melaporkan data kelompok tani")
    await sekretariat.presses("Seluruh camat")
    assert "Seluruh camat" not in [label for shown in sekretariat.screen.messages for label in shown.labels]
    await sekretariat.presses("Tanpa tenggat")
    assert "seluruh kecamatan (25)" in sekretariat.last.text
    assert "tanpa tenggat" in sekretariat.last.text
    await sekretariat.presses("📤 Kirim")
    assert len(await assignments(cast)) == 25


async def test_a_group_fans_out_to_one_assignment_for_each_unit(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says(
        "/arahan Seluruh camat kecuali Camat Meranti agar mendata lahan gerai paling lambat 6 Februari 2026"
    )
    assert "seluruh kecamatan kecuali Meranti (24)" in sekretariat.reads()
    await sekretariat.presses("📤 Kirim")
    rows = await assignments(cast)
    assert len(rows) == 24
    assert not any(one.is_lead for one in rows)
    assert "Belum ada yang bergabung (23 unit)" in sekretariat.sees("terkirim").text
    assert "0 dari 24 sudah melapor" in sekretariat.sees("📊").text
    camat.sees("mendata lahan gerai")


async def test_who_joins_later_gets_the_card_then(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan Camat Meranti agar mendata lahan gerai koperasi paling lambat 6 Februari 2026")
    await sekretariat.presses("📤 Kirim")
    assert "Belum ada yang bergabung (1 unit): Kecamatan Meranti" in sekretariat.sees("terkirim").text


async def test_without_a_unit_nothing_is_sent(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan menyusun laporan realisasi triwulan I")
    assert "unit pelaksana belum ada" in sekretariat.reads()
    assert "Unit pelaksananya belum ada" in await sekretariat.presses("📤 Kirim")
    assert await assignments(cast) == []
    await sekretariat.says("tambah Dinas Pertanian")
    await sekretariat.presses("📤 Kirim")
    assert len(await assignments(cast)) == 1


async def test_an_unknown_unit_is_chosen_once_and_remembered_for_ever(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan Dinas Tani agar menyusun daftar penerima pupuk paling lambat 30 Januari 2026")
    assert "“Dinas Tani” tidak ada dalam daftar unit" in sekretariat.reads()
    await sekretariat.presses("🏛 Pilih: Dinas Tani")
    await sekretariat.says("Dinas Pertanian")
    assert "“Dinas Tani” selalu berarti Dinas Pertanian?" in sekretariat.reads()
    await sekretariat.presses("✅ Simpan")
    assert "Disimpan" in sekretariat.reads()
    await sekretariat.says("/arahan Dinas Tani agar mendata kelompok tani paling lambat 6 Februari 2026")
    preview = sekretariat.reads()
    assert "⭐ Dinas Pertanian" in preview
    assert "tidak ada dalam daftar" not in preview


async def test_two_near_candidates_are_two_buttons(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(
        "/arahan Dinas Pertanian dan Camat Kisaran agar menyiapkan pasar tani paling lambat 6 Februari 2026"
    )
    assert "Kecamatan Kota Kisaran Barat atau Kecamatan Kota Kisaran Timur?" in sekretariat.reads()
    assert "🏛 Kecamatan Kota Kisaran Barat" in sekretariat.last.labels
    assert await sekretariat.presses("🏛 Kecamatan Kota Kisaran Timur") == "Kecamatan Kota Kisaran Timur ditambahkan."
    shown = sekretariat.sees("Rancangan arahan")
    assert "Kecamatan Kota Kisaran Timur · pendukung" in shown.text
    assert "⚠️" not in shown.text


async def test_a_name_that_does_not_matter_is_left_aside(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(
        "/arahan Dinas Pertanian dan Dinas Xyz agar menyiapkan pasar tani paling lambat 6 Februari 2026"
    )
    assert "“Dinas Xyz”" in sekretariat.reads()
    await sekretariat.presses("Abaikan ⚠️")
    assert "⚠️" not in sekretariat.last.text


async def test_an_impossible_date_is_said_and_asked_again(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat 31 Februari 2026")
    assert "31 Februari 2026” tidak dapat dipakai" in sekretariat.reads()
    await sekretariat.presses("🗓 Beri tenggat")
    await sekretariat.says("30 Februari 2026")
    assert "tidak ada" in sekretariat.reads()
    await sekretariat.says("kapan-kapan")
    assert "Tanggalnya belum terbaca" in sekretariat.reads()
    await sekretariat.says("27 Februari 2026")
    assert "Jumat, 27 Februari 2026" in sekretariat.reads()


async def test_a_past_deadline_is_warned_about_but_can_be_sent(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Januari, 5 Januari 2026")
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat 12 Januari 2026")
    assert "Tenggat ini sudah lewat" in sekretariat.reads()
    await sekretariat.presses("📤 Kirim")
    assert len(await assignments(cast)) == 1


async def test_long_after_the_meeting_the_day_is_asked(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Januari, 5 Januari 2026")
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat dalam 3 hari")
    preview = sekretariat.reads()
    assert "Kamis, 8 Januari 2026" in preview
    assert "Apakah arahan ini dari Jumat, 23 Januari 2026?" in preview
    await sekretariat.presses("🗓 Ya, Jumat, 23 Januari 2026")
    assert "Senin, 26 Januari 2026" in sekretariat.last.text
    assert "Apakah arahan ini" not in sekretariat.last.text


async def test_without_a_meeting_a_directive_is_kept_under_its_day(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says(LINE)
    assert "dicatat pada “Arahan Jumat, 23 Januari 2026”" in sekretariat.reads()
    await sekretariat.presses("📤 Kirim")
    await cast.time_passes(days=3)
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat 30 Januari 2026")
    assert "Arahan Senin, 26 Januari 2026" in sekretariat.last.text


async def test_nonsense_changes_nothing(cast: Cast) -> None:
    sekretariat = await office(cast)
    for text in ("/arahan 😀😀😀", "/arahan ... 123", "/arahan " + "😀" * 2000):
        await sekretariat.says(text)
        assert "Uraian arahannya masih kosong" in sekretariat.reads()
    await sekretariat.says("/arahan " + "a" * 3500)
    assert "paling panjang 3000 huruf" in sekretariat.reads()
    assert await directives(cast) == []


async def test_pressing_kirim_twice_sends_once(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says(LINE)
    preview = sekretariat.last
    kirim = next(one["callback_data"] for one in preview.buttons if one["text"] == "📤 Kirim")
    await sekretariat.presses("📤 Kirim")
    assert "sudah dikirim" in await sekretariat.presses_data(kirim, preview)
    assert len(await assignments(cast)) == 2
    assert len([shown for shown in camat.screen.messages if "Tugas" in shown.text]) == 1


async def test_buang_sends_nothing_and_can_be_taken_back(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says(LINE)
    await sekretariat.presses("🗑 Buang")
    assert "Tidak ada yang dikirim" in sekretariat.reads()
    assert await assignments(cast) == []
    await sekretariat.presses("↩️ Batal membuang")
    await sekretariat.presses("📤 Kirim")
    assert len(await assignments(cast)) == 2


async def test_numbers_run_on_within_the_month_of_the_meeting(cast: Cast) -> None:
    sekretariat = await office(cast)
    for _ in range(2):
        await sekretariat.says(LINE)
        await sekretariat.presses("📤 Kirim")
    await sekretariat.says("/rapat Rakorpem Februari, 9 Februari 2026")
    await sekretariat.says("/arahan Dinas Pertanian agar mendata pupuk paling lambat 20 Februari 2026")
    await sekretariat.presses("📤 Kirim")
    assert [one.number for one in await directives(cast)] == ["2026-01-01", "2026-01-02", "2026-02-01"]


async def test_who_cannot_be_reached_is_named_for_a_telephone_call(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    async with cast.database.writing() as session:
        member = (await session.scalars(select(Member).where(Member.telegram_id == camat.telegram_id))).one()
        member.reachable, member.unreachable_since = False, cast.clock.now()
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    assert "mohon ditelepon" in sekretariat.sees("terkirim").text
    assert "Camat Air Joman" in sekretariat.sees("terkirim").text
    await sekretariat.presses("⚙️ Kelola")
    assert "📵 Belum sampai, mohon ditelepon" in sekretariat.last.text


async def test_at_night_a_card_comes_without_a_sound_unless_it_is_urgent(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    cast.clock.at = wib("2026-01-23 21:15")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    assert "tanpa bunyi, karena sudah malam" in sekretariat.sees("terkirim").text
    assert camat.last.payload["disable_notification"] is True
    await sekretariat.says(LINE.replace("mendata", "memetakan"))
    await sekretariat.says("sifat sangat segera")
    await sekretariat.presses("📤 Kirim")
    assert "disable_notification" not in camat.last.payload


async def test_colleagues_learn_what_was_sent(cast: Cast) -> None:
    sekretariat = await office(cast)
    colleague = await cast.sekretariat("Rekan")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    colleague.sees("mengirim 1 arahan Rakorpem Januari: 2026-01-01")


async def test_a_sent_directive_gets_a_later_deadline(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    await sekretariat.presses("⚙️ Kelola")
    await sekretariat.presses("🗓 Ubah tenggat")
    await sekretariat.says("1 Januari 2026")
    assert "sudah lewat" in sekretariat.reads()
    await sekretariat.says("13 Februari 2026")
    assert "menjadi Jumat, 13 Februari 2026" in sekretariat.reads()
    assert "semula Jumat, 30 Januari 2026" in camat.sees("berubah menjadi").text
    assert "Jumat, 13 Februari 2026" in camat.sees("📌 Tugas 2026-01-01").text
    assert {one.due_at for one in await assignments(cast)} == {(await directives(cast))[0].due_at}


async def test_a_unit_is_added_and_another_relieved(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat, dinas = await cast.pelaksana("Air Joman"), await cast.pelaksana("Dinas Pekerjaan Umum dan Tata Ruang")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    await sekretariat.presses("⚙️ Kelola")
    await sekretariat.presses("➕ Tambah unit")
    await sekretariat.says("Dinas PUTR")
    dinas.sees("Tugas 2026-01-01")
    await sekretariat.presses("➖ Kurangi unit")
    await sekretariat.says("Camat Air Joman")
    camat.sees("tidak lagi menjadi tugas Kecamatan Air Joman")
    assert "Dibatalkan" in camat.sees("📌 Tugas").text
    statuses = {one.unit_code: one.status for one in await assignments(cast)}
    assert sorted(statuses.values()) == [Status.CANCELLED, Status.SENT, Status.SENT]


async def test_a_directive_is_cancelled_with_a_reason(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    await sekretariat.presses("⚙️ Kelola")
    await sekretariat.presses("❌ Batalkan")
    await sekretariat.says("-")
    assert "Alasannya belum terbaca" in sekretariat.reads()
    await sekretariat.says("Sudah dikerjakan provinsi")
    assert "Alasan: Sudah dikerjakan provinsi" in camat.sees("dibatalkan oleh Sekretariat").text
    assert camat.sees("📌 Tugas").labels == []
    assert "DIBATALKAN" in sekretariat.sees("📊 Arahan").text
    assert (await directives(cast))[0].state == DirectiveState.CANCELLED
    assert {one.status for one in await assignments(cast)} == {Status.CANCELLED}
    await sekretariat.presses("⚙️ Kelola", on=sekretariat.sees("📊 Arahan"))
    assert "Alasan pembatalan: Sudah dikerjakan provinsi" in sekretariat.last.text


async def test_a_confidential_directive_reaches_only_those_it_names(cast: Cast) -> None:
    sekretariat = await office(cast)
    inspektur, camat = await cast.pelaksana("Inspektorat Kabupaten Asahan"), await cast.pelaksana("Air Joman")
    await sekretariat.says("/arahan Inspektorat agar memeriksa kas Kecamatan Air Joman paling lambat 6 Februari 2026")
    await sekretariat.says("sifat rahasia")
    await sekretariat.presses("📤 Kirim")
    assert "RAHASIA" in inspektur.last.text
    camat.does_not_see("memeriksa kas")


async def test_buttons_of_drafts_are_not_for_others_nor_for_forgers(cast: Cast) -> None:
    sekretariat = await office(cast)
    camat = await cast.pelaksana("Air Joman")
    await sekretariat.says(LINE)
    preview = sekretariat.last
    await camat.says("/tugas")
    assert "bukan untuk jabatan" in await camat.presses_data("1:drafts_send:1", camat.last)
    forged = ["drafts_send", "drafts_send:77", "drafts_send:x", "draft:9", "draft_ask:1", "draft_ask:1:zz", "draft_fix:1",
              "draft_unit_is:1:9:zz", "draft_group:1:zz", "draft_due:1:99", "draft_lead:1:zz", "draft_programme:1:zz",
              "draft_priority:1:9999999999", "draft_choose:1:zz", "drafts_page:1:-5", "drafts_restore:1", "alias_keep:1",
              "alias_keep", "issued:1", "issued_ask:1:due", "drafts_day:1", "drafts_overlooked:1", "draft_reword:1"]  # fmt: skip
    for data in forged:
        await sekretariat.presses_data("1:" + data, preview)
    assert await assignments(cast) == []


async def test_a_meeting_chosen_again_takes_the_next_directive(cast: Cast) -> None:
    sekretariat = await office(cast)
    await sekretariat.says("/rapat Rapat Stunting, 22 Januari 2026")
    await sekretariat.says("/rapat")
    await sekretariat.presses("📍 Rakorpem Januari")
    await sekretariat.says(LINE)
    await sekretariat.presses("📤 Kirim")
    async with cast.database.reading() as session:
        meeting = await session.get(Meeting, (await directives(cast))[0].meeting_id)
        assert meeting is not None
        assert meeting.title == "Rakorpem Januari"


async def test_batal_while_changing_keeps_the_draft(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/arahan Camat Air Joman agar melaporkan stok beras paling lambat 30 Januari 2026")
    await secretary.presses("✏️ Ubah")
    await secretary.says("batal")
    assert "📤 Kirim" in secretary.sees("stok beras").labels
    await secretary.says("batal")
    assert "dibuang" in secretary.reads()
