"""The secretariat corrects drafts by replying in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from understanding.corrections import Change, Correction, Problem, read_correction
from understanding.units import UnitIndex

MEETING = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, units: UnitIndex) -> Correction:
    return read_correction(text, MEETING, units)


def only(text: str, units: UnitIndex) -> Change:
    correction = read(text, units)
    assert correction.problems == ()
    [change] = correction.changes
    return change


def refused(text: str, units: UnitIndex) -> Problem:
    correction = read(text, units)
    assert correction.changes == ()
    [problem] = correction.problems
    return problem


@pytest.mark.parametrize(
    ("typed", "numbers", "day"),
    [
        ("tenggat 30 Januari", (), date(2026, 1, 30)),
        ("Tenggat: Jumat depan", (), date(2026, 1, 30)),
        ("deadline 6 Feb 2026", (), date(2026, 2, 6)),
        ("batas waktu akhir bulan", (), date(2026, 1, 31)),
        ("paling lambat 5 Februari", (), date(2026, 2, 5)),
        ("3 tenggat 30 Januari", (3,), date(2026, 1, 30)),
        ("no 3 tenggat 30 Januari", (3,), date(2026, 1, 30)),
        ("ubah tenggat nomor 3 menjadi 30 Januari", (3,), date(2026, 1, 30)),
        ("3, 4 dan 6 tenggat 30 Januari", (3, 4, 6), date(2026, 1, 30)),
        ("1-3 tenggat 30 Januari", (1, 2, 3), date(2026, 1, 30)),
        ("tenggat diubah menjadi 30 Januari", (), date(2026, 1, 30)),
        ("tenggat 3 Februari", (), date(2026, 2, 3)),
        ("30 Januari", (), date(2026, 1, 30)),
    ],
)
def test_another_deadline(units: UnitIndex, typed: str, numbers: tuple[int, ...], day: date) -> None:
    change = only(typed, units)
    assert change.kind == "deadline"
    assert change.numbers == numbers
    assert change.due is not None
    assert change.due.date() == day


def test_a_deadline_for_all_drafts(units: UnitIndex) -> None:
    change = only("semua tenggat 30 Januari", units)
    assert change.everything
    assert change.due is not None


def test_a_deadline_is_taken_away(units: UnitIndex) -> None:
    assert only("hapus tenggat", units) == Change("deadline", "hapus tenggat")


@pytest.mark.parametrize(
    ("typed", "kind", "numbers", "codes"),
    [
        ("tambah Dinas PUTR", "add", (), ("putr",)),
        ("tambahkan Camat Meranti dan Camat Air Joman", "add", (), ("12.09.08", "12.09.09")),
        ("no 3 tambah Dinas PUTR", "add", (3,), ("putr",)),
        ("hapus Camat Meranti", "remove", (), ("12.09.08",)),
        ("3 hapus Camat Meranti", "remove", (3,), ("12.09.08",)),
        ("unit Dinas Perikanan", "units", (), ("perikanan",)),
        ("4 unit Dinas Perikanan", "units", (4,), ("perikanan",)),
        ("ganti unit menjadi Dinas Perikanan dan Camat Silau Laut", "units", (), ("perikanan", "12.09.28")),
        ("koordinator Dinas Pertanian", "lead", (), ("distan",)),
        ("2 pj Bapperida", "lead", (2,), ("bapperida",)),
        ("tambah kadis prtanian", "add", (), ("distan",)),
        ("tambah Air Joman", "add", (), ("12.09.09",)),
    ],
)
def test_other_units(units: UnitIndex, typed: str, kind: str, numbers: tuple[int, ...], codes: tuple[str, ...]) -> None:
    change = only(typed, units)
    assert (change.kind, change.numbers, change.codes) == (kind, numbers, codes)


def test_a_group_with_an_exception(units: UnitIndex) -> None:
    change = only("unit seluruh camat kecuali Camat Meranti", units)
    assert change.groups == ("seluruh_camat",)
    assert len(change.codes) == 24
    assert change.exclude == ("12.09.08",)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("hapus 5", (5,)),
        ("hapus no 5", (5,)),
        ("5 hapus", (5,)),
        ("hapus 5 dan 7", (5, 7)),
        ("hapus 5-7", (5, 6, 7)),
        ("buang nomor 2, 3", (2, 3)),
    ],
)
def test_a_number_behind_hapus_drops_that_draft(units: UnitIndex, typed: str, numbers: tuple[int, ...]) -> None:
    change = only(typed, units)
    assert (change.kind, change.numbers) == ("drop", numbers)


def test_programme_text_priority_and_target(units: UnitIndex) -> None:
    assert only("program mbg", units).programme == "mbg"
    assert only("program cetak sawah", units).programme == "cetak_sawah"
    assert only("ubah teks mendata lahan, lalu melaporkannya", units).text == "mendata lahan, lalu melaporkannya"
    assert only("2 teks Mendata lahan; selesai", units).text == "Mendata lahan; selesai"
    assert only("sifat sangat segera", units).priority == "sangat segera"
    change = only("target 1.200,5 ha", units)
    assert (change.target_quantity, change.target_unit) == (1200.5, "ha")


def test_several_corrections_at_once(units: UnitIndex) -> None:
    correction = read(
        "3 tenggat 30 Januari, tambah Dinas PUTR; hapus 5\n4 unit Dinas Perikanan dan koordinator Dinas Perikanan",
        units,
    )
    assert correction.understood
    assert [(change.kind, change.numbers) for change in correction.changes] == [
        ("deadline", (3,)),
        ("add", (3,)),
        ("drop", (5,)),
        ("units", (4,)),
        ("lead", (4,)),
    ]


def test_two_candidates_are_offered(units: UnitIndex) -> None:
    problem = refused("3 tambah Camat Kisaran", units)
    assert set(problem.candidates) == {"12.09.19", "12.09.20"}
    assert problem.change is not None
    assert (problem.change.kind, problem.change.numbers) == ("add", (3,))
    assert "Kecamatan Kota Kisaran Barat atau Kecamatan Kota Kisaran Timur" in problem.message


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("tenggat 31 Februari", "Februari"),
        ("tenggat entah kapan", "tenggat 30 Januari"),
        ("tambah Dinas Tani", "tidak dikenal"),
        ("unit OPD terkait", "tidak dikenal"),
        ("koordinator seluruh camat", "hanya satu"),
        ("program apa saja", "tidak dikenal"),
        ("sifat penting", "sangat segera"),
        ("target banyak", "satuan"),
        ("teks", "setelah kata"),
        ("Dinas Perikanan", "tambah Dinas Perikanan"),
        ("halo", "belum dapat dipahami"),
        ("", "tenggat 30 Januari"),
        ("😀" * 500, "belum dapat dipahami"),
    ],
)
def test_what_is_not_understood_says_what_to_write(units: UnitIndex, typed: str, says: str) -> None:
    assert says in refused(typed, units).message
