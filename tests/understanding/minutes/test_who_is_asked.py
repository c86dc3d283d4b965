"""Who is asked in a sentence, and who is only spoken of: one way of writing at a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from understanding.minutes import Draft, read_minutes
from understanding.units import UnitIndex

MEETING = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, units: UnitIndex) -> list[Draft]:
    return read_minutes(text, MEETING, units)


@pytest.mark.parametrize(
    ("directive", "asked", "lead"),
    [
        ("Dinas Sosial; Dishub; DLH supaya rapikan jalur karnaval", "dinsos dishub dlh", "dinsos"),
        ("Kepala Dinas Perkim selaku koordinator, Dinas PUTR, dan Camat Meranti supaya bedah rumah", "perkim putr 12.09.08", "perkim"),
        ("Asisten I memimpin, Bagian Hukum dan BPN menyelesaikan sengketa lahan", "asisten-pemkesra bag-hukum", "asisten-pemkesra"),
        ("asisten 1,2,3 bagi tugas pendampingan kecamatan", "asisten-pemkesra asisten-ekbang asisten-adum", "asisten-pemkesra"),
        ("Asisten I s.d. III agar memantau kehadiran ASN", "asisten-pemkesra asisten-ekbang asisten-adum", "asisten-pemkesra"),
        ("Dinas Perpus kumpulkan arsip vital desa", "perpusarsip", "perpusarsip"),
        ("Pak Kasatpol tolong tertibkan ternak", "satpolpp", "satpolpp"),
        ("Camat Air Batu, Camat Meranti beserta kepala desanya mengawasi kebun sawit", "12.09.08 12.09.13", None),
        ("Dinas Kesehatan agar memastikan setiap Puskesmas, khususnya Puskesmas Meranti, memiliki stok vaksin", "dinkes", "dinkes"),
        ("Dinas PMD agar mengingatkan kepala desa melunasi PBB", "pmd", "pmd"),
        ("Setiap kecamatan menunjuk operator SIPD", "25 camat", None),
        ("BAGIAN PEREKONOMIAN: laporan inflasi kepada Bupati setiap hari Jumat", "bag-ekonomi", "bag-ekonomi"),
        ("Tapal batas menjadi tanggung jawab Camat Air Batu, Camat Meranti, dan Camat Rahuning, 30 Januari", "12.09.08 12.09.13 12.09.22", None),
        ("Untuk BKPSDM, seleksi JPT dibuka setelah surat BKN turun", "bkpsdm", "bkpsdm"),
        ("Evaluasi TPID bersama Bagian Perekonomian dan Dinas Ketapang, 30 Januari", "bag-ekonomi ketapang", "bag-ekonomi"),
    ],
)  # fmt: skip
def test_in_a_list(units: UnitIndex, directive: str, asked: str, lead: str | None) -> None:
    [draft] = read(f"Arahan Bupati:\n1. {directive}", units)
    codes = set(units.group("seluruh_camat")) if asked == "25 camat" else set(asked.split())
    assert set(draft.assignees) == codes
    assert draft.lead == lead
    assert draft.unresolved == ()


def test_called_by_name_and_then_told_what_to_do(units: UnitIndex) -> None:
    text = """Transkrip
Ibu Kadis Kesehatan, capaian imunisasi kita rendah; kejar 95 persen, batas akhir semester I.
Ibu Kadis Kesehatan, capaian imunisasi kita sudah 95 persen."""
    [draft] = read(text, units)
    assert draft.assignees == ("dinkes",)
    assert draft.due is not None


def test_answers_in_a_dialogue_ask_for_nothing(units: UnitIndex) -> None:
    text = """Sekda : Untuk Asisten I dan II, hasil monitoring kopdes saya tunggu hari Senin jam 9 pagi.
Asisten II : Baik, Pak Sekda.
Sekda : Saya titip Camat Sei Dadap, jalan ke kantor camat ditambal bersama Dinas PUTR.
Dinas Perikanan menyanggupi."""
    assert [draft.assignees for draft in read(text, units)] == [
        ("asisten-pemkesra", "asisten-ekbang"),
        ("12.09.23", "putr"),
    ]


def test_a_group_that_is_left_open_may_be_told_when_before_what(units: UnitIndex) -> None:
    [draft] = read("Camat yang belum setor laporan, malam ini juga kirim ke Dinas Koperasi.", units)
    assert draft.unresolved == ("Camat yang belum setor laporan",)
    assert draft.due is not None


def test_a_date_before_the_next_one_who_is_asked_keeps_its_day(units: UnitIndex) -> None:
    first, second = read(
        "Arahan:\n- BKAD menyetor data setiap tanggal 5. Bupati juga meminta DLH mengangkut sampah.", units
    )
    assert first.due is not None
    assert first.text.endswith("setiap tanggal 5.")
    assert second.assignees == ("dlh",)
