"""What lands on the Bupati's phone and desk on Monday morning."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from presentation.print import summary
from presentation.print.summary import (
    BlockedItem,
    Counts,
    DeadlineItem,
    Grade,
    GroupRow,
    LateItem,
    ProgrammeRow,
    SummaryView,
    UnitTile,
    render_summary_pdf,
    render_summary_picture,
)
from tests.presentation.print import asahan, papers, pixels

GREEN, GREY, RED, WHITE = (27, 127, 92), (201, 209, 216), (192, 65, 15), (255, 255, 255)


def crowded(name: str) -> SummaryView:
    """More of everything than any page holds, every word of it `name`."""
    week = asahan.weekly_summary()
    return replace(
        week,
        organisation=name,
        week_label=name,
        counts=Counts(12345, 2345, 5000, 1000, 1000, 3000, 4321),
        programmes=[ProgrammeRow(name, 9999, 1234, 4000)] * 40,
        units=[replace(tile, name=name) for tile in week.units]
        + [UnitTile(name, f"Kelompok {n % 9}", Grade.WATCH, 1000, 999, 1) for n in range(300)],
        moved=[name * 3] * 30,
        late=[LateItem(name, name, 400 - n, name * 3) for n in range(400)],
        blocked=[BlockedItem(name, name, name * 3, name)] * 60,
        decisions=[name * 4] * 20,
        deadlines=[DeadlineItem(date(2026, 3, 6), name, name)] * 90,
        best_reporters=[name] * 40,
    )


def test_picture_is_made_for_a_phone() -> None:
    width, height = pixels.size(render_summary_picture(asahan.weekly_summary()))
    assert width == 1080
    assert 2000 < height <= 2700  # a phone's screen is about 1080 by 2400


@pytest.mark.parametrize("name", [asahan.LONG_NAME, "X" * 120, asahan.HOSTILE])
def test_crowded_week_still_fits_the_phone_and_two_pages(name: str) -> None:
    view = crowded(name)
    width, height = pixels.size(render_summary_picture(view))
    assert (width, height <= 2700) == (1080, True)
    assert len(papers.pages(render_summary_pdf(view))) == 2


def test_picture_of_one_unit_shows_its_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "PICTURE_WIDTH", 390)
    picture = pixels.rows(render_summary_picture(asahan.one_unit()))
    assert len(picture[0]) == 390
    assert picture[2][2] == WHITE
    assert any(row[:80].count(RED) > 40 for row in picture), "the tile of Air Joman"
    done_bar = next(row for row in picture if row.count(GREEN) > 100)
    assert abs(done_bar.count(GREEN) - done_bar.count(GREY)) <= 3, "one of two is done: half the bar"
    assert done_bar.index(GREEN) < done_bar.index(GREY)


def test_week_on_paper_has_everything_by_name() -> None:
    first, second = papers.pages(render_summary_pdf(asahan.weekly_summary()))
    assert "Pemerintah Kabupaten Asahan Ringkasan Mingguan Arahan" in first
    assert "Senin, 2 Maret 2026, pukul 07.00 WIB" in first
    assert "51 % selesai dari 442 tugas ▲ 5 poin" in first
    for words in ("226 ▲ 28", "31 ▲ 6", "58 ▼ 6", "28 ▼ 3", "104 ▼ 17", "53 ▼ 3"):
        assert words in first
    assert "Cetak Sawah 9/27 ✗ 12" in first
    for words in (
        "Kota Kisaran Barat",
        "Dinas PPKBP3A",
        "Binjai Serbangan",
        "Tertinggal",
        "Perhatian",
        "Baik",
        "Istimewa",
    ):
        assert words in first
    assert "? Apakah batas pendataan lahan cetak sawah" in second
    assert "✗ 24 Camat Silau Laut pendataan lahan cetak sawah peta lahan dari BPN belum terbit" in second
    assert "Belum menyampaikan sebab" in second
    assert "saluran irigasi tersumbat Dinas PUTR" in second
    assert second.index("Rab, 4 Mar") < second.index("Kam, 5 Mar") < second.index("Jum, 6 Mar")
    assert "★ Kecamatan Meranti, Bapperida" in second


def test_long_lists_say_how_many_more() -> None:
    second = papers.pages(render_summary_pdf(crowded("Air Joman")))[1]
    assert "+392 lagi" in second
    assert "+55 lagi" in second
    assert "+83 lagi" in second


def test_first_week_compares_with_nothing() -> None:
    text = papers.text(render_summary_pdf(replace(asahan.weekly_summary(), previous=None)))
    assert "▲ 28" not in text
    assert "Pekan pertama, belum ada pembanding." in text


def test_unchanged_figure_is_said_to_be_unchanged() -> None:
    week = asahan.weekly_summary()
    assert "226 = tetap" in papers.text(render_summary_pdf(replace(week, previous=week.counts)))


def test_before_any_directive_the_summary_says_so() -> None:
    assert "Belum ada tugas yang dipantau" in papers.text(render_summary_pdf(asahan.first_week()))
    assert pixels.size(render_summary_picture(asahan.first_week()))[0] == 1080


def test_markup_in_what_people_typed_is_printed_not_executed() -> None:
    view = replace(
        asahan.one_unit(),
        decisions=['#panic("x") $x^2$ @label <lab> [a] `b` \\'],
        late=[LateItem("#eval", '#read("/etc/passwd")', 3, "= Judul")],
    )
    text = papers.text(render_summary_pdf(view))
    assert '#panic("x") $x^2$ @label <lab> [a] `b` \\' in text
    assert '#read("/etc/passwd")' in text
    assert "= Judul" in text


def test_group_known_only_from_its_tiles_is_summed_up() -> None:
    view = replace(asahan.one_unit(), units=[UnitTile(n, "Kelurahan", Grade.GOOD, 3, 2, 0) for n in "ABC"], groups=[])
    assert "6 dari 9 selesai" in papers.text(render_summary_pdf(view))


def test_programmes_with_most_late_stay_when_not_all_fit() -> None:
    quiet = [ProgrammeRow(f"Program {n}", 5, 5, 0) for n in range(20)]
    view = replace(asahan.weekly_summary(), programmes=[*quiet, ProgrammeRow("Cetak Sawah", 27, 9, 12)])
    text = papers.text(render_summary_pdf(view))
    assert "Cetak Sawah" in text
    assert "+10 lagi" in text


def test_group_without_units_prints_its_figures() -> None:
    view = replace(asahan.one_unit(), groups=[GroupRow("Puskesmas", 4, 3, 0)])
    assert "Puskesmas 3 dari 4 selesai" in papers.text(render_summary_pdf(view))


def test_worker_threads_print_different_weeks_at_once() -> None:
    views = [replace(asahan.one_unit(), week_label=f"Pekan ke-{week}") for week in range(8)]
    with ThreadPoolExecutor(4) as workers:
        printed = list(workers.map(render_summary_pdf, views))
    assert [f"Pekan ke-{week} " in papers.text(pdf) for week, pdf in enumerate(printed)] == [True] * 8
