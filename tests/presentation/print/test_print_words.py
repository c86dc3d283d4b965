"""Dates, numbers and typed words as they reach paper."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presentation.print import formats
from presentation.print.salutation import Addressee, Rank, opening, pronoun
from presentation.print.text import cell_text, hyphenatable, printable

FRIDAY = date(2026, 1, 30)


def test_dates_and_numbers_are_written_as_officials_write_them() -> None:
    assert formats.long_date(FRIDAY) == "Jumat, 30 Januari 2026"
    assert formats.plain_date(FRIDAY) == "30 Januari 2026"
    assert formats.short_date(FRIDAY) == "Jum, 30 Jan"
    assert formats.number(1398.13) == "1.398,13"
    assert formats.percent(36.18) == "36,18\u00a0%"
    assert formats.spelled_date(FRIDAY) == (
        "Jumat, tanggal tiga puluh, bulan Januari, tahun dua ribu dua puluh enam (30-01-2026)"
    )


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (timezone(timedelta(hours=7)), "07.05\u00a0WIB"),
        (timezone(timedelta(hours=8)), "07.05\u00a0WITA"),
        (timezone(timedelta(hours=9)), "07.05\u00a0WIT"),
        (UTC, "07.05\u00a0UTC"),
        (timezone(timedelta(hours=3)), "07.05\u00a0+0300"),
    ],
)
def test_clock_names_its_zone(zone: timezone, words: str) -> None:
    assert formats.clock_time(datetime(2026, 1, 30, 7, 5, tzinfo=zone)) == words


def test_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.clock_time(datetime(2026, 1, 30, 7, 5))


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, 0), (1, 2, 50), (1, 3, 33), (2, 3, 67), (999, 1000, 99), (5, 5, 100), (6, 5, 100)],
)
def test_hundred_percent_means_all_of_it(part: int, whole: int, expected: int) -> None:
    assert formats.share(part, whole) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1998, "seribu sembilan ratus sembilan puluh delapan"),
        (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_in_words(value: int, words: str) -> None:
    assert formats.spelled(value) == words


@pytest.mark.parametrize("value", [-1, 10_000])
def test_numbers_no_paper_spells_out_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match="spelled"):
        formats.spelled(value)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("*Sudah 60%* 👍🏽 siap", "Sudah 60% siap"),
        ("𝐌𝐨𝐡𝐨𝐧 𝗶𝘇𝗶𝗻 ｌａｐｏｒ", "Mohon izin lapor"),
        ("12\u200b ha\u00a0 di\u202e Silo\tBonto", "12 ha di Silo Bonto"),
        ("luas 2*3*4 m², suhu 30°", "luas 2*3*4 m², suhu 30°"),
        ("1️⃣ Rapat ✓ selesai", "1 Rapat ✓ selesai"),
        ("a\u0301\u0302\u0303\u0304b", "\u00e1\u0302b"),
        ("baris\nkedua", "baris kedua"),
    ],
)
def test_chat_ornaments_do_not_reach_paper(typed: str, printed: str) -> None:
    assert printable(typed, 100) == printed


def test_lines_stay_where_a_cell_needs_them() -> None:
    assert printable("satu\n\n\n\n dua \r\ntiga", 100, keep_lines=True) == "satu\n\ndua\ntiga"


def test_long_words_can_break_and_long_texts_end_in_an_ellipsis() -> None:
    assert printable("x" * 30, 100) == "\u200b".join(["x" * 10] * 3)
    assert printable("kata " * 100, 20) == "kata kata kata kata…"


def test_official_words_get_syllable_breaks_only_when_long() -> None:
    assert hyphenatable("dipertanggungjawabkan").replace("\u00ad", "-") == "dipertanggungja-wabkan"
    assert hyphenatable("berkelanjutan Bagian").replace("\u00ad", "-") == "berke-lanju-tan Bagian"


@given(st.text(max_size=300), st.integers(min_value=2, max_value=200))
@settings(max_examples=60)
def test_whatever_is_typed_prints_within_its_limit(typed: str, limit: int) -> None:
    printed = printable(typed, limit)
    assert len(printed.replace("\u200b", "")) <= limit
    assert all(unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"} for char in printed)
    assert all(len(word) <= 24 for word in printed.replace("\u200b", " ").split())


@given(
    st.text(max_size=200), st.sampled_from(["", "=", "+", "-", "@", "\t=", "\r\n=", " =", "\u202e=", "＝", "- ", "|"])
)
@settings(max_examples=60)
def test_no_typed_text_becomes_a_formula(typed: str, start: str) -> None:
    cell = cell_text(start + typed)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "|", "％", "＝", "＋", "－", "＠"))
    assert cell == cell.strip()


@pytest.mark.parametrize(
    ("rank", "honorific", "first", "you"),
    [
        (Rank.DISTRICT_HEAD, "", "Yth. Sdr. Camat", "Saudara"),
        (Rank.DISTRICT_HEAD, "Ibu", "Yth. Sdri. Camat", "Saudari"),
        (Rank.REGIONAL_SECRETARY, "Bapak", "Yth. Bapak Camat", "Bapak"),
        (Rank.REGENT, "", "Yth. Bapak/Ibu Camat", "Bapak/Ibu"),
    ],
)
def test_letters_address_people_by_rank(rank: Rank, honorific: str, first: str, you: str) -> None:
    addressee = Addressee("Camat", "Kisaran", rank, honorific)
    assert opening(addressee, Rank.REGIONAL_SECRETARY) == first
    assert pronoun(addressee, Rank.REGIONAL_SECRETARY) == you
