"""What stands around the directives: sections, speakers, common deadlines, those who answer for points."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from understanding.minutes import Draft, read_minutes
from understanding.units import UnitIndex

MEETING = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, units: UnitIndex) -> list[Draft]:
    return read_minutes(text, MEETING, units)


def days(text: str, units: UnitIndex) -> list[str]:
    return [draft.due.strftime("%d.%m.") if draft.due else "-" for draft in read(text, units)]


@pytest.mark.parametrize(
    "heading",
    [
        "Arahan Bupati (semua poin berikut paling lambat 27 Februari 2026):",
        "ARAHAN BUPATI - batas waktu umum: Jumat, 27 Februari 2026",
        "Arahan Bupati, semuanya harus rampung sebelum 27 Februari kecuali disebutkan tanggalnya:",
        "ARAHAN\nBatas waktu arahan di bagian ini 27 Februari 2026.",
    ],
)
def test_a_heading_gives_its_deadline_to_those_without_one(units: UnitIndex, heading: str) -> None:
    text = f"{heading}\n1. Dinas Sosial agar mendata warga\n2. BPBD agar mengecek tanggul, 30 Januari"
    assert days(text, units) == ["27.02.", "30.01."]


def test_a_deadline_for_one_part_ends_with_it(units: UnitIndex) -> None:
    text = """I. ARAHAN BUPATI
Batas waktu arahan di bagian ini 27 Februari 2026.
1. Dinas Sosial agar mendata warga
II. ARAHAN SEKDA
1. BPBD agar mengecek tanggul"""
    assert days(text, units) == ["27.02.", "-"]


def test_both_of_them_are_the_last_two(units: UnitIndex) -> None:
    text = """Bupati meminta Dinas Sosial mendata warga terdampak.
Bupati meminta BPBD mengecek tanggul, sedangkan Dinas PUTR memperbaiki pintu air.
Kedua hal itu ditargetkan tuntas 30 Januari 2026."""
    assert days(text, units) == ["-", "30.01.", "30.01."]


def test_points_get_the_one_who_answers_for_them(units: UnitIndex) -> None:
    text = """Arahan:
1. Menyusun daftar kendaraan dinas
2. Menata arsip inaktif
3. Menjaga kebersihan
4. Dinas PMD dan Dinas Sosial agar mendata warga
BKAD penanggung jawab poin 1, Dinas Perpustakaan dan Kearsipan penanggung jawab poin 2, Dinas Sosial penanggung jawab poin 4."""
    assert [(draft.number, draft.assignees, draft.lead) for draft in read(text, units)] == [
        ("1", ("bkad",), "bkad"),
        ("2", ("perpusarsip",), "perpusarsip"),
        ("4", ("dinsos", "pmd"), "dinsos"),
    ]


def test_a_note_takes_a_point_back(units: UnitIndex) -> None:
    text = """Arahan:
1. Dinas Pertanian agar mendata lahan
2. Dinas Pariwisata agar menggelar festival

Catatan: arahan nomor 2 dicabut oleh Bupati karena anggaran dialihkan."""
    assert [draft.assignees for draft in read(text, units)] == [("distan",)]


def test_who_announces_what_follows_is_not_asked(units: UnitIndex) -> None:
    text = """Sekretaris Daerah menyampaikan:
1. Dinas Kominfo memasang jaringan paling lambat Kamis
2. Rapat staf hari Selasa depan di ruang rapat Mawar."""
    assert [draft.assignees for draft in read(text, units)] == [("kominfo",)]


def test_a_meeting_opened_in_a_sentence_is_no_end_of_the_directives(units: UnitIndex) -> None:
    text = """Rapat dibuka Bupati Asahan dengan doa.

Bupati menegaskan bahwa Kepala Dinas Pertanian segera menyelesaikan CPCL, sedangkan DLH mengawasi limbah pabrik."""
    assert [draft.assignees for draft in read(text, units)] == [("distan",), ("dlh",)]


def test_a_part_behind_the_revoked_ones_is_read_again(units: UnitIndex) -> None:
    text = """I. ARAHAN YANG DICABUT
   1. Dinas Pariwisata menggelar konser
II. LAIN-LAIN
   1. Inspektorat berkoordinasi dengan Bagian Hukum paling lambat 30 Januari."""
    assert [draft.assignees for draft in read(text, units)] == [("inspektorat",)]


def test_numbers_of_several_levels(units: UnitIndex) -> None:
    text = """Arahan:
1. Pelayanan
   1.1 DPMPTSP buka gerai di kantor Camat Sei Dadap
   1.2 Camat Sei Dadap siapkan ruang gerai
2. Pertanian
   2.1 Distan salurkan 1.5 ton benih"""
    assert [(draft.number, draft.assignees) for draft in read(text, units)] == [
        ("1.1", ("dpmptsp",)),
        ("1.2", ("12.09.23",)),
        ("2.1", ("distan",)),
    ]


def test_done_on_a_day_that_is_over_is_done_and_a_day_ahead_is_a_deadline(units: UnitIndex) -> None:
    text = """Arahan:
1. Dinas Kominfo agar memasang jaringan (SELESAI 20 Januari 2026)
2. Dinas Kominfo agar memasang CCTV (selesai 20 Februari 2026)
3. DLH supaya angkut sampah -> sudah diangkut, dinyatakan selesai"""
    assert days(text, units) == ["20.02."]


def test_what_was_praised_before_is_not_the_programme_of_what_follows(units: UnitIndex) -> None:
    text = """Wakil Bupati mengapresiasi Dinas PMD yang telah menuntaskan akta 204 koperasi.
Sekda menegaskan agar Inspektorat mengawasi penggunaan mobil dinas selama libur Lebaran."""
    assert [draft.programme for draft in read(text, units)] == ["lainnya"]
