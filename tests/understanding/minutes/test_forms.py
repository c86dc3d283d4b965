"""The forms in which a notulen arrives, one trait at a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from understanding.minutes import Draft, read_minutes
from understanding.units import UnitIndex

MEETING = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, units: UnitIndex) -> list[Draft]:
    return read_minutes(text, MEETING, units)


def whom(text: str, units: UnitIndex) -> list[tuple[str, ...]]:
    return [draft.assignees for draft in read(text, units)]


@pytest.mark.parametrize(
    "marker",
    [
        "1. ",
        "1) ",
        "(1) ",
        "1/ ",
        "a. ",
        "A. ",
        "II. ",
        "- ",
        "• ",
        "▪️ ",
        "> ",
        "*1.* ",
        "1️⃣ ",
        "① ",
        "✅ ",
        "1.\t",
        "  – ",
        "",
    ],
)
def test_any_bullet(units: UnitIndex, marker: str) -> None:
    [draft] = read(f"Arahan Bupati:\n{marker}Dinas Pertanian agar mendata lahan sawah besok", units)
    assert draft.assignees == ("distan",)
    assert draft.text == "Dinas Pertanian agar mendata lahan sawah besok"
    assert draft.lines == (2, 2)


def test_formatting_marks_and_odd_spaces_are_no_part_of_the_words(units: UnitIndex) -> None:
    [draft] = read("*ARAHAN*\n1. \u200b*Dinas\u00a0Pertanian* agar _mendata_ lahan\u200b sawah 🙏", units)
    assert draft.text == "Dinas Pertanian agar mendata lahan sawah"
    assert draft.assignees == ("distan",)


def test_struck_and_called_off_directives_are_left_out(units: UnitIndex) -> None:
    text = """Arahan:
1. ~Dinas Pertanian agar mendata lahan~
2. Dinas Sosial agar mendata warga (dibatalkan)
3. Dinas PUTR agar menimbun jalan. Sudah selesai 11 Mei.
4. Satpol PP agar menutup usaha yang izinnya dicabut
5. DLH agar mengangkut sampah yang sudah dikumpulkan warga"""
    assert whom(text, units) == [("satpolpp",), ("dlh",)]


def test_a_page_break_within_a_word(units: UnitIndex) -> None:
    text = """Arahan Bupati:
1. Camat Sei Kepayang Timur agar menyelesaikan pen-

Notulen Rakorpem Januari 2026            Halaman 2 dari 3

   dataan lahan paling lambat 30 Januari 2026."""
    [draft] = read(text, units)
    assert draft.lines == (2, 6)
    assert "menyelesaikan pendataan lahan" in draft.text
    assert draft.due is not None


def test_steps_stay_with_their_directive_and_tasks_under_a_heading_do_not(units: UnitIndex) -> None:
    text = """Arahan Bupati:
1. Dinas Pertanian agar membangun kebun induk kelapa dalam, meliputi:
   a. pembersihan lahan
   b. pagar, paling lambat 30 April 2026
2. Dinas Kesehatan agar:
   a. melaksanakan skrining TBC
   b. melaksanakan imunisasi kejar"""
    assert [(draft.assignees, draft.lines) for draft in read(text, units)] == [
        (("distan",), (2, 4)),
        (("dinkes",), (6, 6)),
        (("dinkes",), (7, 7)),
    ]


def test_attendance_is_no_directive(units: UnitIndex) -> None:
    text = """DAFTAR HADIR
1. Kepala Dinas Pertanian
2. Camat Air Joman, Camat Meranti
Tidak hadir: Camat Bandar Pulau (sakit)
Mengetahui,
Asisten Administrasi Umum"""
    assert read(text, units) == []


def test_reports_praise_and_thanks_are_no_directives(units: UnitIndex) -> None:
    text = """1. Kepala Dinas PUTR melaporkan jembatan sudah 70 persen, target rampung akhir bulan.
2. Bupati mengucapkan terima kasih kepada Camat Meranti.
3. Dinas Koperasi telah membentuk 190 koperasi.
4. Mari kita jaga kekompakan."""
    assert read(text, units) == []


def test_answers_in_a_dialogue_are_no_directives(units: UnitIndex) -> None:
    text = """Bupati : Kapan lahan selesai?
Camat Air Joman : Minggu depan, Pak.
Bupati : Dinas PMD dampingi desanya, lapor 30 Januari.
Kadis PMD : Siap."""
    [draft] = read(text, units)
    assert draft.assignees == ("pmd",)
    assert draft.lines == (3, 3)


def test_a_deadline_for_all_spares_those_with_their_own(units: UnitIndex) -> None:
    text = """Arahan Bupati:
Semua arahan paling lambat 27 Februari 2026.
1. Dinas Pertanian agar mendata lahan sawah.
2. Dinas Sosial agar mendata warga, paling lambat 30 Januari 2026."""
    assert [draft.due and draft.due.day for draft in read(text, units)] == [27, 30]


def test_the_coordinators_of_earlier_points(units: UnitIndex) -> None:
    text = """Arahan:
1. Dinas Pertanian dan Dinas PUTR agar memeriksa irigasi
2. Dinas Sosial agar mendata warga
3. Masing-masing penanggung jawab poin 1 s.d. 2 melapor kepada Sekda setiap Senin"""
    drafts = read(text, units)
    assert drafts[2].assignees == ("distan", "dinsos")
    assert drafts[2].lead is None


def test_a_point_is_withdrawn_or_changed_further_down(units: UnitIndex) -> None:
    text = """Arahan:
1. Dinas Pertanian agar mendata lahan sawah, 30 Januari 2026
2. Dinas Sosial agar mendata warga
Poin 2 dibatalkan.
Ralat: poin 1 tenggatnya menjadi 6 Februari 2026."""
    [draft] = read(text, units)
    assert draft.due is not None
    assert (draft.due.month, draft.due.day) == (2, 6)


def test_a_table_with_repeats_and_broken_rows(units: UnitIndex) -> None:
    text = (
        "No\tArahan\tPJ\tPendukung\tTenggat\tKet\n"
        "1\tPendataan lahan\tDinas Pertanian\tCamat Meranti, Rawang Panca Arga\t30 Januari 2026\t\n"
        "2\tPerbaikan irigasi\tsda\t\tidem\t\n"
        "\t\t\tDinas PUTR\t\t\n"
        "3\tPasar murah\tDiskopdag\tOPD terkait\t-\t\n"
        "4\tLomba desa\tDinas PMD\t\t\tselesai\n"
        "Jumlah\t4 arahan\t\t\t\t\n"
    )
    drafts = read(text, units)
    assert [draft.assignees for draft in drafts] == [
        ("distan", "12.09.08", "12.09.29"),
        ("distan", "putr"),
        ("kopdagrin",),
    ]
    assert [draft.due and draft.due.day for draft in drafts] == [30, 30, None]
    assert [draft.unresolved for draft in drafts] == [(), (), ("OPD terkait",)]
    assert drafts[1].lines == (3, 4)


def test_an_attendance_table_is_none_of_directives(units: UnitIndex) -> None:
    assert read("No\tJabatan\tTanda tangan\n1\tKepala Dinas Pertanian\t1.\n2\tCamat Air Joman\t2.\n", units) == []


def test_nothing_to_read(units: UnitIndex) -> None:
    for text in ("", "\n\n", "Rapat ditutup.", "\t\t\t", "1.", "*", "😀"):
        assert read(text, units) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("1. Dinas Pertanian bersama Dinas Pekerjaan\nUmum dan Tata Ruang agar membersihkan saluran", [("distan", "putr")]),
        ("Arahan:\n1. BPBD agar cek tanggul\n2. DLH agar angkut sampah\nPoin 2 dibatalkan.", [("bpbd",)]),
        ("Arahan:\nDinas PMD : gerai kopdes, kamis\nDinkes/Disdik : SPPG, jumat dpn", [("pmd",), ("dinkes", "disdik")]),
        ("Kadis Kominfo dan Camat Sei Kepayang Tmur agar memasang wifi", [("kominfo", "12.09.25")]),
        ("Kepala Bapenda: PAD sampai Desember 2025 sebesar Rp 150 miliar.", []),
    ],
)  # fmt: skip
def test_short_texts(units: UnitIndex, text: str, asked: list[tuple[str, ...]]) -> None:
    assert whom(text, units) == asked


def test_a_date_broken_over_two_lines(units: UnitIndex) -> None:
    [draft] = read("1. Dinas Sosial agar mendata warga paling lambat 28\nFebruari 2026.", units)
    assert draft.due is not None
    assert draft.due.date().isoformat() == "2026-02-28"
