"""Rapor, meeting pack, berita acara and teguran, read back from the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from presentation.print.letterhead import Letterhead, Signatory
from presentation.print.meeting_pack import (
    AgendaItem,
    MeetingPack,
    OpenDirective,
    PackProgramme,
    RepeatedDirective,
    render_meeting_pack,
)
from presentation.print.report_card import CardTask, ReportCard, RightOfReply, render_report_card
from presentation.print.salutation import Addressee, Rank
from presentation.print.summary import Counts, Grade
from presentation.print.typesetting import PrintError
from presentation.print.verification_record import VerificationRecord, VerifiedItem, render_verification_record
from presentation.print.warning_letter import EarlierLetter, OverdueTask, WarningLetter, render_warning_letter
from tests.presentation.print import asahan, papers

KOP = Letterhead("Pemerintah Kabupaten Asahan", "Sekretariat Daerah", "Jalan Jenderal Sudirman No. 5 Kisaran")
SEKDA = Signatory("Sekretaris Daerah", "Drs. Fulan Siregar", "Pembina Utama Madya (IV/d)", "19690101 199503 1 001")
CAMAT = Signatory("Camat Air Joman", "Fulanah Lubis, S.Sos.", "Pembina (IV/a)", "19780505 200501 2 003")
TAPEM = Signatory("Kepala Bagian Tata Pemerintahan", "Fulan Harahap", "Pembina (IV/a)", "19800101 200003 1 002")


def rapor() -> ReportCard:
    return ReportCard(
        organisation="Pemerintah Kabupaten Asahan",
        unit="Kecamatan Silau Laut",
        post="Camat Silau Laut",
        period="Pekan ke-9",
        as_of=asahan.MONDAY,
        grade=Grade.BEHIND,
        previous_grade=Grade.WATCH,
        counts=Counts(8, 3, 2, 1, 1, 1, 2),
        on_time=(3, 5),
        reported_in_time=(6, 9),
        evidence=14,
        reasons=("2 dari 8 tugas terlambat, yang terlama 31 hari.",),
        tasks=(
            CardTask("2026-01-07", "Mendata lahan cetak sawah", date(2026, 1, 30), "Terkendala", 40, 31),
            CardTask("2026-01-12", "Kesiapan dapur MBG", None, "Selesai", 100),
        ),
        obstacles=("Peta lahan dari BPN belum terbit.",),
        reply=RightOfReply(
            datetime(2026, 3, 1, 20, 0, tzinfo=asahan.WIB),
            "Peta telah kami mohonkan kepada BPN.",
            "Camat Silau Laut",
            datetime(2026, 2, 28, 9, 0, tzinfo=asahan.WIB),
        ),
    )


def pack() -> MeetingPack:
    return MeetingPack(
        KOP,
        "Rakorpem Maret 2026",
        datetime(2026, 3, 20, 9, 0, tzinfo=asahan.WIB),
        "Aula Melati",
        "Bupati Asahan",
        date(2026, 3, 16),
        agenda=(AgendaItem("Pembukaan", "Protokol", "09.00–09.10"), AgendaItem("Arahan Bupati")),
        programmes=(
            PackProgramme(
                "Cetak Sawah",
                (
                    OpenDirective(
                        "2026-01-07", "Mendata lahan 1.200 ha", "6 kecamatan", date(2026, 1, 30), 55, "2 terkendala", 45
                    ),
                    OpenDirective(
                        "2026-02-04",
                        "Saluran irigasi Silo Bonto",
                        "Dinas PUTR",
                        date(2026, 3, 27),
                        None,
                        "menunggu alat",
                    ),
                ),
            ),
        ),
        repeated=(
            RepeatedDirective("Gali potensi PAD", ("Rakor September 2025", "Rakorpem Januari 2026"), "belum terukur"),
        ),
        decisions=("Apakah batas pendataan diperpanjang?",),
    )


def record() -> VerificationRecord:
    return VerificationRecord(
        KOP,
        date(2026, 3, 2),
        "Ruang Rapat Bagian Tata Pemerintahan",
        "Rakorpem Januari 2026",
        "Kecamatan Air Joman",
        (
            VerifiedItem("2026-01-03", "Mendata lahan gerai koperasi", 100, "18 foto, 2 dokumen", "Selesai"),
            VerifiedItem(
                "2026-01-07", "Mendata lahan cetak sawah", 100, "3 foto", "Dikembalikan", "Lokasi belum tampak"
            ),
        ),
        (TAPEM,),
        CAMAT,
        SEKDA,
        city="Kisaran",
    )


def letter(level: int, **changes: object) -> WarningLetter:
    earlier = (EarlierLetter("100.2/101/2026", date(2026, 2, 9)), EarlierLetter("100.2/160/2026", date(2026, 2, 18)))
    base = WarningLetter(
        letterhead=KOP,
        level=1,
        dated=date(2026, 3, 2),
        place="Kisaran",
        addressee=Addressee("Camat Silau Laut", "Silau Laut", Rank.DISTRICT_HEAD),
        meeting="Rakorpem Januari 2026",
        meeting_date=date(2026, 1, 23),
        tasks=(
            OverdueTask("2026-01-07", "mendata lahan cetak sawah", date(2026, 1, 30), 31, 40),
            OverdueTask("2026-01-03", "mendata lahan gerai koperasi", date(2026, 2, 6), 24),
        ),
        answer_by=date(2026, 3, 9),
        signatory=SEKDA,
        signed_by=Rank.REGIONAL_SECRETARY,
        copies=("Yth. Bapak Bupati Asahan (sebagai laporan).",),
    )
    return replace(base, level=level, earlier=earlier[: level - 1], **changes)  # type: ignore[arg-type]


def test_rapor_says_the_colour_and_why_and_lets_the_unit_answer() -> None:
    (page,) = papers.pages(render_report_card(rapor()))
    assert "Kecamatan Silau Laut" in page
    assert "✗ MERAH Tertinggal pekan lalu: ! kuning" in page
    for figure in (
        "38 % Tugas selesai 3 dari 8",
        "60 % Selesai tepat waktu 3 dari 5",
        "67 % Melapor tepat waktu 6 dari 9",
    ):
        assert figure in page
    assert "2 dari 8 tugas terlambat, yang terlama 31 hari." in page
    assert "Jum, 30 Jan ✗ 31 hari Terkendala, 40 %" in page
    assert "Hak jawab unit terbuka sampai Minggu, 1 Maret 2026, pukul 20.00 WIB" in page
    assert "“Peta telah kami mohonkan kepada BPN.”" in page
    assert "Camat Silau Laut, Sabtu, 28 Februari 2026" in page


def test_rapor_of_a_unit_with_nothing_due_judges_nothing() -> None:
    empty = replace(
        rapor(),
        grade=Grade.NOTHING_DUE,
        previous_grade=None,
        counts=Counts(0, 0, 0, 0, 0, 0, 0),
        on_time=(0, 0),
        reported_in_time=(0, 0),
        tasks=(),
        obstacles=(),
        reasons=(),
        reply=None,
    )
    (page,) = papers.pages(render_report_card(empty))
    assert "– ABU-ABU Tanpa tugas" in page
    assert "– Selesai tepat waktu belum dinilai" in page
    assert "Tidak ada tugas yang jatuh tempo bagi unit ini." in page


@pytest.mark.parametrize("name", [asahan.LONG_NAME, "X" * 120, asahan.HOSTILE])
def test_rapor_never_grows_past_one_page(name: str) -> None:
    full = rapor()
    assert full.reply is not None
    crowded = replace(
        full,
        organisation=name,
        unit=name,
        post=name,
        period=name,
        reasons=[name * 3] * 9,
        obstacles=[name * 3] * 9,
        tasks=[CardTask(name, name * 3, date(2026, 1, 1), name, 5, 400)] * 60,
        reply=replace(full.reply, answer=name * 12, answered_by=name),
    )
    (page,) = papers.pages(render_report_card(crowded))
    assert re.search(r"\+\d\d lagi", page)


def test_rapor_uses_the_page_for_as_many_tasks_as_it_holds() -> None:
    many = [
        CardTask(f"2026-01-{n:02}", "Mendata lahan cetak sawah " * 3, date(2026, 1, 1), "Terkendala", 5, 9)
        for n in range(60)
    ]
    (page,) = papers.pages(render_report_card(replace(rapor(), tasks=many, obstacles=(), reply=None)))
    assert "2026-01-18" in page
    assert "+40 lagi" in page


def test_pack_lists_what_is_unresolved_and_what_keeps_coming_back() -> None:
    text = papers.text(render_meeting_pack(pack()))
    assert "BAHAN RAPAT RAKORPEM MARET 2026" in text
    assert "Jumat, 20 Maret 2026" in text
    assert "09.00 WIB s.d. selesai" in text
    assert (
        "Per 16 Maret 2026 terdapat 2 arahan yang belum selesai pada 1 program, 1 di antaranya melewati batas "
        "waktu; 1 arahan disampaikan lebih dari satu kali."
    ) in text
    assert "1 09.00–09.10 Pembukaan Protokol" in text
    assert "Cetak Sawah (2 arahan)" in text
    assert "2026-01-07 Mendata lahan 1.200 ha 6 kecamatan Jum, 30 Jan ✗ 45 hari 55 % 2 terkendala" in text
    assert "1 Gali potensi PAD 2 kali Rakor September 2025; Rakorpem Januari 2026 belum terukur" in text
    parts = ["A. Rancangan", "B. Hal yang", "C. Arahan yang belum", "D. Arahan yang berulang"]
    assert sorted(parts, key=text.index) == parts


def test_pack_after_everything_is_done_is_one_glad_page() -> None:
    done = replace(pack(), programmes=(), repeated=(), agenda=(), decisions=())
    (page,) = papers.pages(render_meeting_pack(done))
    assert "seluruh arahan rapat terdahulu telah selesai" in page


def test_pack_before_any_directive_does_not_claim_that_all_is_done() -> None:
    nothing = replace(pack(), programmes=(), repeated=(), agenda=(), decisions=(), given=False)
    text = papers.text(render_meeting_pack(nothing))
    assert "belum ada arahan rapat terdahulu yang dipantau" in text
    assert "telah selesai" not in text


def test_berita_acara_spells_the_day_and_counts_the_results() -> None:
    (page,) = papers.pages(render_verification_record(record()))
    assert "BERITA ACARA VERIFIKASI TINDAK LANJUT ARAHAN PIMPINAN Nomor: ......" in page
    assert "Pada hari ini, Senin, tanggal dua, bulan Maret, tahun dua ribu dua puluh enam (02-03-2026)" in page
    assert "2026-01-07 Mendata lahan cetak sawah 100 % 3 foto Dikembalikan Lokasi belum tampak" in page
    assert (
        "Dari 2 (dua) tindak lanjut yang diverifikasi, 1 (satu) dinyatakan selesai dan 1 (satu) dikembalikan "
        "kepada unit untuk dilengkapi."
    ) in page
    for who in (
        "Yang memverifikasi, Kepala Bagian",
        "Yang diverifikasi, Camat Air Joman",
        "Mengetahui, Sekretaris Daerah",
    ):
        assert who in page


def test_berita_acara_of_all_accepted_returns_nothing() -> None:
    accepted = replace(record(), items=record().items[:1], number="100/7/2026")
    text = papers.text(render_verification_record(accepted))
    assert "Dari 1 (satu) tindak lanjut yang diverifikasi, 1 (satu) dinyatakan selesai." in text
    assert "Nomor: 100/7/2026" in text


def test_first_warning_is_a_draft_addressed_by_rank() -> None:
    (page,) = papers.pages(render_warning_letter(letter(1)))
    assert "DRAF" in page
    assert "Kisaran, 2 Maret 2026" in page
    assert "Hal : Teguran I Yth. Sdr. Camat Silau Laut di Silau Laut" in page
    assert "Sehubungan dengan arahan pimpinan pada Rakorpem Januari 2026, Jumat, 23 Januari 2026" in page
    assert "1 2026-01-07 mendata lahan cetak sawah 30 Januari 2026 31 hari 40 %" in page
    assert "24 hari belum dilaporkan" in page
    assert "diminta perhatian Saudara agar:" in page
    assert "paling lambat Senin, 9 Maret 2026" in page
    assert "NIP 19690101 199503 1 001" in page
    assert "Tembusan: 1. Yth. Bapak Bupati Asahan" in page


def test_second_and_third_warning_recall_those_before() -> None:
    second, third = (papers.text(render_warning_letter(letter(n, number="100.2/215/2026"))) for n in (2, 3))
    assert "Menindaklanjuti Surat Teguran I Nomor 100.2/101/2026 tanggal 9 Februari 2026 mengenai" in second
    assert "akan diterbitkan Teguran III" in second
    assert (
        "Surat Teguran I Nomor 100.2/101/2026 tanggal 9 Februari 2026 dan Surat Teguran II Nomor 100.2/160/2026"
        in third
    )
    assert "Teguran ini merupakan teguran terakhir" in third
    assert "DRAF" not in third
    assert "Nomor : 100.2/215/2026" in third


def test_a_long_list_is_attached_so_that_the_letter_is_one_page() -> None:
    tasks = [OverdueTask(f"2026-01-{n:02}", "mendata lahan", date(2026, 1, 30), 31) for n in range(1, 31)]
    first, *attachment = papers.pages(render_warning_letter(letter(1, tasks=tasks, number="100.2/215/2026")))
    assert "Lampiran : 1 (satu) berkas" in first
    assert "terdapat 30 (tiga puluh) tindak lanjut yang belum diselesaikan" in first
    assert "sebagaimana daftar terlampir" in first
    assert "NIP 19690101 199503 1 001" in first
    assert "2026-01-01" not in first
    listed = " ".join(attachment)
    assert "Lampiran Surat Sekretaris Daerah Nomor : 100.2/215/2026 Tanggal : 2 Maret 2026" in listed
    assert "DAFTAR TINDAK LANJUT YANG MELEWATI BATAS WAKTU Sdr. Camat Silau Laut" in listed
    assert all(f"2026-01-{n:02}" in listed for n in range(1, 31))
    assert "NIP 19690101 199503 1 001" in listed


@pytest.mark.parametrize("items", range(5, 15))
def test_berita_acara_is_never_signed_on_a_page_without_its_last_sentence(items: int) -> None:
    several = [replace(record().items[0], directive="Mendata lahan gerai koperasi di setiap desa " * 3)] * items
    *_, last = papers.pages(render_verification_record(replace(record(), items=several)))
    for words in ("Demikian Berita Acara ini", "Yang diverifikasi", "Yang memverifikasi", "Mengetahui"):
        assert words in last


@pytest.mark.parametrize("level", [0, 4])
def test_there_are_only_three_warnings(level: int) -> None:
    with pytest.raises(ValueError, match="warnings are I, II and III"):
        replace(letter(1), level=level)


def test_a_second_warning_needs_the_first() -> None:
    with pytest.raises(ValueError, match="letters before it"):
        replace(letter(1), level=2)


def test_letters_survive_hostile_and_endless_words() -> None:
    tasks = [OverdueTask("9" * 40, asahan.HOSTILE + "X" * 400, date(2026, 1, 1), 60)] * 70
    text = papers.text(render_warning_letter(letter(1, tasks=tasks)))
    assert text.count("60 hari") == 70, "every task is in the attachment"
    items = [VerifiedItem(asahan.HOSTILE, asahan.LONG_NAME * 5, 100, "X" * 500, asahan.HOSTILE, asahan.HOSTILE)] * 30
    assert papers.text(render_verification_record(replace(record(), items=items, place=asahan.HOSTILE)))


def test_a_broken_coat_of_arms_is_an_error_the_caller_can_name() -> None:
    broken = replace(KOP, logo=b"\x89PNG\r\n\x1a\nnot a picture")
    with pytest.raises(PrintError, match=r"warning_letter\.typ"):
        render_warning_letter(letter(1, letterhead=broken))
