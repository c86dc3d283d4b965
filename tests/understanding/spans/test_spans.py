"""Periods as they are named after /ekspor."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.spans import quarter_of, read_span

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("words", "label", "first", "last"),
    [
        ("Januari 2026", "Januari 2026", date(2026, 1, 1), date(2026, 1, 31)),
        ("bulan februari", "Februari 2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("desember", "Desember 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("triwulan I", "Triwulan I 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("TW IV 2025", "Triwulan IV 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("tw 2 tahun 2025", "Triwulan II 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("triwulan iii", "Triwulan III 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("semester II 2025", "Semester II 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("Januari s.d. Maret 2026", "Januari s.d. Maret 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("November - Januari 2026", "November 2025 s.d. Januari 2026", date(2025, 11, 1), date(2026, 1, 31)),
        ("tahun 2025", "Tahun 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024", "Tahun 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("bulan ini", "Maret 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("bulan lalu", "Februari 2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("minggu lalu", "Minggu lalu", date(2026, 3, 2), date(2026, 3, 8)),
        ("triwulan lalu", "Triwulan IV 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("tahun ini", "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_in_an_officials_words(words: str, label: str, first: date, last: date) -> None:
    span, rest = read_span(words, TODAY)
    assert span is not None
    assert (span.label, span.first, span.last, rest) == (label, first, last, "")


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("Air Joman Januari 2026", "Air Joman"),
        ("cetak sawah tw i", "cetak sawah"),
        ("bulan lalu Dinas PUTR", "Dinas PUTR"),
    ],
)
def test_what_is_left_names_the_unit_or_programme(words: str, rest: str) -> None:
    assert read_span(words, TODAY)[1] == rest


@pytest.mark.parametrize("words", ["Air Joman", "2026-01-07", "Mandoge", "tw v", "", "koperasi merah putih"])
def test_words_without_a_period_stay_as_they_are(words: str) -> None:
    assert read_span(words, TODAY) == (None, words)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_nothing_that_is_written_breaks_it(words: str) -> None:
    span, _ = read_span(words, TODAY)
    assert span is None or span.first <= span.last


@settings(max_examples=40)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_its_quarter(day: date) -> None:
    span = quarter_of(day)
    assert span.first <= day <= span.last
    assert read_span(span.label, day)[0] == span
