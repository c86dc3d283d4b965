"""What the secretariat sees of a deadline: the words it came from, doubts, and a clear answer to an impossible date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.understanding.deadlines.reading import answer, read
from understanding.deadlines import ImpossibleDate, find_deadline


def test_secretary_pastes_a_directive_and_sees_which_words_gave_the_date() -> None:
    text = "Dinas Pertanian agar mendata lahan sawit, paling lambat Jumat depan, dan melapor ke Sekda"
    deadline = read(text)
    assert deadline is not None
    assert deadline.words == "Jumat depan"
    assert text[slice(*deadline.span)] == "Jumat depan"
    assert text[slice(*deadline.cued_span)] == "paling lambat Jumat depan"
    assert deadline.cued


def test_a_date_without_a_time_is_due_at_the_end_of_the_day_in_jakarta() -> None:
    deadline = read("paling lambat 30 Januari 2026")
    assert deadline is not None
    assert deadline.due.isoformat() == "2026-01-30T23:59:00+07:00"
    assert not deadline.has_time


def test_the_reference_may_be_in_another_time_zone() -> None:
    late_evening_utc = datetime(2026, 1, 22, 20, 0, tzinfo=UTC)  # Friday 03.00 in Kisaran
    deadline = find_deadline("hari ini", late_evening_utc)
    assert deadline is not None
    assert deadline.due.date().isoformat() == "2026-01-23"


def test_words_are_shown_exactly_as_typed_even_in_fancy_letters() -> None:
    text = "Mohon 𝗽𝗮𝗹𝗶𝗻𝗴 𝗹𝗮𝗺𝗯𝗮𝘁 *Jum’at\u00a0depan* 🙏"
    deadline = read(text)
    assert deadline is not None
    assert deadline.words == "Jum’at\u00a0depan"
    assert deadline.due.date().isoformat() == "2026-01-30"


def test_jumat_depan_is_always_a_doubt_and_jumat_minggu_depan_is_none() -> None:
    for day in ("2026-01-21T14:00", "2026-01-23T10:30"):
        doubtful, clear = read("Jumat depan", day), read("Jumat minggu depan", day)
        assert doubtful is not None
        assert clear is not None
        assert doubtful.due == clear.due
        assert (doubtful.ambiguous, clear.ambiguous) == (True, False)


def test_a_weekday_that_does_not_fit_its_date_is_a_doubt() -> None:
    wrong, right = read("Senin, 30 Januari 2026"), read("Jumat, 30 Januari 2026")
    assert wrong is not None
    assert wrong.ambiguous
    assert right is not None
    assert not right.ambiguous


def test_two_deadlines_in_one_directive_are_a_doubt_and_the_later_counts() -> None:
    deadline = read("Draf paling lambat Senin, laporan akhir paling lambat 10 Februari")
    assert deadline is not None
    assert deadline.due.date().isoformat() == "2026-02-10"
    assert deadline.ambiguous


def test_secretary_types_a_day_that_does_not_exist_and_is_told_what_to_write() -> None:
    with pytest.raises(ImpossibleDate) as caught:
        read("Camat2 kumpulkan data ternak, batas tgl 31 November")
    assert caught.value.words == "tgl 31 November"
    assert "November 2026 sampai tanggal 30" in caught.value.why
    assert "Mohon tulis" in caught.value.why


def test_secretary_types_last_years_date_and_is_told_it_is_past() -> None:
    with pytest.raises(ImpossibleDate) as caught:
        read("paling lambat 5 Januari 2026")
    assert caught.value.why.startswith("Senin, 5 Januari 2026 sudah lewat")


def test_an_hour_that_does_not_exist_is_named() -> None:
    with pytest.raises(ImpossibleDate) as caught:
        read("besok pukul 25.00")
    assert "00.00 sampai 24.00" in caught.value.why


def test_impossible_date_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="tidak ada"):
        read("30 Februari 2026")


def test_weekly_report_starts_with_the_first_day_and_repeats() -> None:
    deadline = read("Diskominfo mempublikasikan harga pangan setiap hari Senin pukul 10.00")
    assert deadline is not None
    assert deadline.recurring
    assert deadline.recurrence == "FREQ=WEEKLY;BYDAY=MO"
    assert deadline.due.strftime("%A %d %H.%M") == "Monday 26 10.00"


def test_hours_count_from_the_minute_the_text_was_written() -> None:
    written = datetime(2026, 1, 23, 10, 30, 42).astimezone()
    deadline = find_deadline("mengungsi dalam 2x24 jam", written)
    assert deadline is not None
    assert deadline.due - written.replace(second=0) == timedelta(hours=48)
    assert deadline.has_time


def test_a_struck_out_deadline_does_not_count() -> None:
    assert answer("~paling lambat Senin~ paling lambat Selasa") == "2026-01-27"


def test_a_numbered_emoji_bullet_is_no_number() -> None:
    assert answer("2️⃣ minggu depan lapor ke Sekda") == "2026-01-30"


def test_a_table_cell_holds_a_length_alone() -> None:
    assert answer("Cek tanggul\tBPBD\t5 hari kerja\t-") == "2026-01-30"
    assert answer("Pelatihan 5 hari kerja di Aula") == "NONE"


def test_a_deadline_may_be_broken_over_two_lines() -> None:
    assert answer("menyerahkan data paling lambat 30\nJanuari 2026") == "2026-01-30"


def test_a_whole_notulen_line_with_numbers_of_every_kind() -> None:
    text = (
        "3. Sesuai Perda No. 5 Tahun 2021 dan surat Nomor 005/12/1/2026 tanggal 12 Januari 2026, Dinas PUTR menambal "
        "2,5 km Jl. 17 Agustus (Rp 1,5 miliar, TA 2026, tahap 2) di RT 02/RW 05, selesai akhir Maret."
    )
    assert answer(text) == "2026-03-31"
