"""One line behind /arahan becomes a draft, and says what it could not understand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from understanding.minutes import Draft, read_directive
from understanding.units import UnitIndex

FRIDAY = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, units: UnitIndex) -> Draft:
    return read_directive(text, FRIDAY, units)


def kinds(draft: Draft) -> list[str]:
    return [doubt.kind for doubt in draft.doubts]


def test_the_line_of_the_handbook(units: UnitIndex) -> None:
    draft = read("Camat Air Joman dan Dinas Pertanian agar mendata lahan cetak sawah paling lambat Jumat depan", units)
    assert draft.assignees == ("12.09.09", "distan")
    assert draft.lead == "12.09.09"
    assert draft.due == datetime(2026, 1, 30, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert not draft.has_time
    assert draft.due_words == "Jumat depan"
    assert draft.programme == "cetak_sawah"
    assert draft.ambiguous_due
    [doubt] = draft.doubts
    assert doubt.question == "Apakah “Jumat depan” dimaksudkan Jumat, 30 Januari 2026?"


def test_everyone_named_in_two_clauses_is_asked(units: UnitIndex) -> None:
    draft = read(
        "Dinas Pertanian dan Dinas PUTR: survei irigasi; Camat Silau Laut mendampingi, paling lambat 30 Januari", units
    )
    assert draft.assignees == ("distan", "putr", "12.09.28")
    assert draft.lead == "distan"
    assert draft.due is not None
    assert draft.due.date() == date(2026, 1, 30)


def test_labels_in_the_line(units: UnitIndex) -> None:
    draft = read("pendataan lahan kopdes, PJ Dinas PMD, pendukung para camat, tenggat 6 Februari", units)
    assert draft.lead == "pmd"
    assert draft.groups == ("seluruh_camat",)
    assert len(draft.assignees) == 26


def test_a_group_with_exceptions_and_a_target(units: UnitIndex) -> None:
    draft = read("seluruh camat kecuali Camat Meranti: data 1.200 ha sawah, tenggat akhir bulan", units)
    assert len(draft.assignees) == 24
    assert draft.exclude == ("12.09.08",)
    assert draft.lead is None
    assert (draft.target_quantity, draft.target_unit) == (1200.0, "ha")


def test_a_recurring_directive(units: UnitIndex) -> None:
    draft = read("Diskominfo mempublikasikan harga bahan pokok setiap hari Senin", units)
    assert draft.recurrence is not None
    assert "BYDAY=MO" in draft.recurrence
    assert draft.due is not None
    assert draft.due.date() == date(2026, 1, 26)


def test_a_time_is_kept(units: UnitIndex) -> None:
    draft = read("BKAD menyampaikan laporan kas besok pukul 10.00", units)
    assert draft.has_time
    assert draft.due is not None
    assert (draft.due.hour, draft.due.minute) == (10, 0)


def test_two_near_units_are_offered_as_buttons(units: UnitIndex) -> None:
    draft = read("Camat Kisaran agar tertibkan PKL besok", units)
    assert draft.assignees == ()
    assert draft.unresolved == ("Camat Kisaran",)
    [doubt] = draft.doubts
    assert doubt.kind == "unit"
    assert doubt.candidates == ("12.09.19", "12.09.20")
    assert "Kecamatan Kota Kisaran Barat atau Kecamatan Kota Kisaran Timur?" in doubt.question


def test_an_unknown_unit_and_an_impossible_date_are_asked_about(units: UnitIndex) -> None:
    draft = read("kadis tani siapkan bibit 20.000 batang paling lambat 31 Februari", units)
    assert draft.unresolved[0] == "kadis tani"
    assert "31 Februari" in draft.unresolved[1]
    assert kinds(draft) == ["unit", "date"]
    assert draft.due is None
    assert (draft.target_quantity, draft.target_unit) == (20000.0, "batang")


def test_a_learned_alias_removes_the_doubt(units: UnitIndex) -> None:
    learned = units.with_alias("Dinas Tani", "distan")
    assert read("kadis tani siapkan bibit besok", learned).assignees == ("distan",)


def test_a_group_that_nobody_can_compute(units: UnitIndex) -> None:
    draft = read("OPD terkait agar menyiapkan bahan evaluasi SAKIP besok", units)
    assert draft.unresolved == ("OPD terkait",)
    assert kinds(draft) == ["group"]


def test_village_heads_alone(units: UnitIndex) -> None:
    draft = read("Kades Silo Bonto agar melunasi PBB besok", units)
    assert draft.unresolved == ("Kades Silo Bonto",)
    assert kinds(draft) == ["group"]


def test_a_vague_directive_is_asked_for_its_output_and_date(units: UnitIndex) -> None:
    draft = read("Seluruh OPD dan kecamatan agar memahami dan mengimplementasikan kebijakan nasional", units)
    assert len(draft.assignees) == 55
    assert draft.unresolved == ()
    assert kinds(draft) == ["deadline", "output"]
    assert draft.doubts[1].question.startswith("Apa yang akan terlihat")


def test_a_name_alone_is_asked_for_its_task(units: UnitIndex) -> None:
    draft = read("Dinas Pertanian", units)
    assert draft.assignees == ("distan",)
    assert kinds(draft) == ["deadline", "output"]
    assert draft.doubts[1].question == "Apa yang harus dikerjakan?"


def test_a_unit_that_is_only_spoken_of_is_offered_not_taken(units: UnitIndex) -> None:
    draft = read("minta laporan dari Dinas Kesehatan tentang DBD besok", units)
    assert draft.assignees == ()
    [doubt] = draft.doubts
    assert (doubt.kind, doubt.candidates) == ("owner", ("dinkes",))


@pytest.mark.parametrize("text", ["", " ", "😀" * 1000, "mendata lahan", "\n\n", "(((", "~~~~", "1."])
def test_whatever_is_typed_gives_a_draft_that_asks_for_an_owner(units: UnitIndex, text: str) -> None:
    draft = read(text, units)
    assert draft.assignees == ()
    assert "owner" in kinds(draft)
    assert draft.programme == "lainnya"
