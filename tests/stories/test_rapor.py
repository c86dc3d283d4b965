"""A unit sees its colour before the Bupati does, may answer it, and what was sent never changes afterwards."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from config import load_settings
from models.people import Role
from models.records import Summary
from models.report_cards import ReportCard
from tests.cast import Cast, Person, Shown, wib
from tests.presentation.print.papers import pages, text


async def a_red_unit(cast: Cast) -> tuple[Person, Person]:
    """Air Joman is late with one of two tasks, Meranti with none; it is Thursday 29 January."""
    bupati, camat = await cast.pimpinan(), await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan cetak sawah", ["Kecamatan Air Joman"], due=wib("2026-01-27 23:59"),
                         programme_tag="cetak_sawah")  # fmt: skip
    await cast.directive("Melatih pengurus koperasi", ["Kecamatan Air Joman", "Kecamatan Meranti"],
                         due=wib("2026-02-20 23:59"), programme_tag="kopdes_merah_putih")  # fmt: skip
    await camat.says("sudah 40%, terkendala peta bidang, perlu bantuan BPN", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await cast.time_passes(to=wib("2026-01-29 10:00"))
    return bupati, camat


def paper(cast: Cast, shown: Shown) -> bytes:
    return Path(cast.settings.files.directory, shown.payload["document"]["$file"]).read_bytes()


async def test_the_unit_sees_its_colour_on_the_working_day_before(cast: Cast) -> None:
    bupati, camat = await a_red_unit(cast)
    camat.does_not_see("Rapor Kecamatan Air Joman")
    await cast.time_passes(to=wib("2026-01-30 07:30"))
    preview = camat.sees("Rapor Kecamatan Air Joman")
    assert "Merah (tertinggal): 1 dari 2 tugas terlambat, lebih dari 25 %" in preview.text
    assert "Senin, 2 Februari 2026 pukul 07.00 WIB" in preview.text
    assert "terbuka sampai Minggu, 1 Februari 2026 pukul 23.59 WIB" in preview.text
    bupati.does_not_see("Rapor")
    await cast.time_passes(minutes=30)
    assert sum("Rapor Kecamatan" in shown.text for shown in camat.screen.messages) == 1
    async with cast.database.reading() as session:
        cards = (await session.scalars(select(ReportCard).order_by(ReportCard.unit_code))).all()
        assert {(card.week, card.figures["late"]) for card in cards} == {("2026-W06", 1), ("2026-W06", 0)}


async def test_a_holiday_is_no_working_day_and_the_preview_can_be_left_out(cast: Cast) -> None:
    _, camat = await a_red_unit(cast)
    changed = load_settings(summary={"preview_days": 0}).summary
    cast.office.settings = cast.settings.model_copy(update={"summary": changed})
    await cast.time_passes(to=wib("2026-01-30 07:30"))
    camat.does_not_see("Rapor Kecamatan")
    # 16 February is joint leave before Imlek, 13 February a Friday; Monday 16 brings the summary all the same.
    cast.office.settings = cast.settings.model_copy(update={"summary": load_settings().summary})
    await cast.time_passes(to=wib("2026-02-13 07:30"))
    assert "Senin, 16 Februari 2026" in camat.sees("Rapor Kecamatan Air Joman").text


async def test_the_answer_stands_beside_the_colour(cast: Cast) -> None:
    bupati, camat = await a_red_unit(cast)
    await cast.time_passes(to=wib("2026-01-30 07:30"))
    await camat.presses("✍️ Hak jawab")
    await camat.says("Peta bidang dari BPN baru terbit Selasa; pendataan selesai Jumat.")
    assert "ditampilkan di samping warnanya pada ringkasan Senin, 2 Februari 2026" in camat.reads()
    await camat.presses("📄 Rapor (PDF)", on=camat.sees("Rapor Kecamatan"))
    await cast.papers_are_made()
    rapor = paper(cast, camat.last)
    assert len(pages(rapor)) == 1
    for words in ("Kecamatan Air Joman", "MERAH", "Peta bidang dari BPN baru terbit Selasa", "Camat Air Joman", "40 %",
                  "lebih dari 25 %", "terlambat"):  # fmt: skip
        assert words in text(rapor), words
    await cast.time_passes(to=wib("2026-02-02 07:00"))
    summary = bupati.sees("Ringkasan tindak lanjut")
    await bupati.presses("📄 PDF", on=summary)
    await cast.papers_are_made()
    assert "Peta bidang dari BPN baru terbit Selasa" in text(paper(cast, bupati.last))
    await bupati.says("/pantau Air Joman")
    assert "✍️ Hak jawab: Peta bidang" in bupati.reads()
    await bupati.presses("🏅 Rapor")
    assert "Hak jawab (Camat Air Joman" in bupati.last.text
    assert "✍️ Hak jawab" not in bupati.last.labels
    await bupati.presses("⬅️ Tugas unit", on=bupati.last)
    assert "Mendata lahan" in bupati.last.text


async def test_the_right_of_reply_ends_the_day_before_and_begins_anew(cast: Cast) -> None:
    _, camat = await a_red_unit(cast)
    await cast.time_passes(to=wib("2026-02-01 23:58"))
    await camat.says("/rapor")
    await camat.presses("✍️ Hak jawab")
    await camat.says("Sedang kami kejar")
    await camat.presses("✍️ Hak jawab", on=camat.sees("Hak jawab terbuka sampai"))
    await camat.says("Selesai Jumat")
    await cast.time_passes(to=wib("2026-02-02 06:30"))
    assert "sudah ditutup" in await camat.presses("✍️ Hak jawab", on=camat.sees("Hak jawab terbuka sampai"))
    await cast.time_passes(to=wib("2026-02-02 07:00"))
    async with cast.database.reading() as session:
        kept = (await session.scalars(select(Summary))).one()
        assert [reply["words"] for reply in kept.view["replies"]] == ["Selesai Jumat"], "the later answer counts"
    await camat.says("/rapor")
    assert "Selesai Jumat" in camat.reads()
    await camat.presses("✍️ Ubah hak jawab")
    assert "Minggu, 8 Februari 2026" in camat.reads()


async def test_figures_that_were_sent_never_change(cast: Cast) -> None:
    bupati, camat = await a_red_unit(cast)
    secretary = await cast.sekretariat()
    await cast.time_passes(to=wib("2026-02-02 07:00"))
    summary = bupati.sees("Ringkasan tindak lanjut")
    await camat.sends_photo("pendataan selesai 100%", reply_to=camat.sees("📌 Tugas 2026-01-01"))
    await secretary.presses("✅ Setujui")
    await cast.time_passes(to=wib("2026-02-03 15:00"))
    await bupati.presses("📄 PDF", on=summary)
    await cast.papers_are_made()
    sent = text(paper(cast, bupati.last))
    assert "Senin, 2 Februari 2026, pukul 07.00" in sent
    assert "0 % selesai dari 3 tugas" in sent
    assert "Terlambat paling lama" in sent
    await bupati.says("/ringkasan")
    await cast.papers_are_made()
    assert "1 selesai (+1)" in bupati.last.text, "now is compared with what was sent"
    assert "0 terlambat (-1)" in bupati.last.text
    await bupati.presses("📄 PDF", on=bupati.last)
    await cast.papers_are_made()
    assert "perubahan dari 2 Februari 2026" in text(paper(cast, bupati.last))


async def test_whoever_reads_late_gets_the_same_figures(cast: Cast) -> None:
    bupati, camat = await a_red_unit(cast)
    await cast.member(Role.PIMPINAN, "sekda")
    async with cast.database.writing() as session:
        from jobs.weekly import summarise

        await summarise(session, cast.settings, wib("2026-02-02 07:00"))
    cast.clock.at = wib("2026-02-02 07:20")
    await camat.says("sudah 80%", reply_to=camat.sees("📌 Tugas 2026-01-02"))
    await cast.papers_are_made()
    assert "2 belum dilaporkan" in bupati.sees("Ringkasan tindak lanjut").text


async def test_everyone_sees_the_rapor_that_is_theirs_to_see(cast: Cast) -> None:
    bupati, camat = await a_red_unit(cast)
    secretary = await cast.sekretariat()
    await camat.says("/rapor")
    assert "Rapor Kecamatan Air Joman" in camat.reads()
    await camat.says("/rapor Meranti")
    assert "tidak dapat dibuka dari sini" in camat.reads()
    for person in (bupati, secretary):
        await person.says("/rapor Meranti")
        assert "Hijau (baik)" in person.reads() or "Kuning" in person.last.text
        assert "✍️ Hak jawab" not in person.last.labels
    await bupati.says("/rapor")
    assert "🏛 Per unit" in bupati.reads()
    await bupati.says("/rapor Entah Mana")
    assert "belum kami kenal" in bupati.reads()
    assert "bukan untuk jabatan" in await bupati.presses_data("1:unit_reply:12.09.09", bupati.last)
    assert "tidak dapat dibuka" in await camat.presses_data("1:rapor_pdf:12.09.08", camat.last)
    assert "tidak ditemukan" in await bupati.presses_data("1:rapor:zzz", bupati.last)


async def test_a_unit_without_tasks_has_nothing_to_answer(cast: Cast) -> None:
    await a_red_unit(cast)
    other = await cast.pelaksana("Rahuning")
    await other.says("/rapor")
    assert "Abu-abu (tanpa tugas)" in other.reads()
    assert other.last.labels == ["📄 Rapor (PDF)", "⬅️ Tugas unit"]
    await other.presses("📄 Rapor (PDF)")
    await cast.papers_are_made()
    assert "Tidak ada tugas yang jatuh tempo" in text(paper(cast, other.last))


async def test_a_long_answer_is_asked_to_be_short(cast: Cast) -> None:
    _, camat = await a_red_unit(cast)
    await camat.says("/rapor")
    await camat.presses("✍️ Hak jawab")
    await camat.says("panjang " * 120)
    assert "mohon diringkas" in camat.reads()
    await camat.says("Singkat saja.")
    assert "tersimpan" in camat.reads()


async def test_nobody_turns_yellow_over_tasks_that_came_yesterday(cast: Cast) -> None:
    bupati, camat = await cast.pimpinan(), await cast.pelaksana("Air Joman")
    for asked in ("Mendata lahan cetak sawah", "Melatih pengurus koperasi"):
        await cast.directive(asked, ["Kecamatan Air Joman"], due=wib("2026-02-27 23:59"))
    await cast.time_passes(to=wib("2026-01-30 07:30"))
    assert "Hijau" in camat.sees("Rapor Kecamatan Air Joman").text
    assert "2 belum dilaporkan" in camat.sees("Rapor Kecamatan Air Joman").text
    await cast.time_passes(to=wib("2026-02-02 07:00"))
    await bupati.says("/pantau Air Joman")
    assert "2 dari 2 tugas belum dilaporkan sesudah 7 hari, lebih dari 50 %" in bupati.last.text
