"""What lands on the Bupati's phone and desk on Monday morning."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

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
from presentation.print.typesetting import typeset_pdf
from tests.presentation.print import asahan, papers, pixels

TALLEST = round(1080 * 2.2)
"""A phone's screen is about 390 by 844; what is taller is shrunk to fit."""
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


def words_of_the_picture(view: SummaryView, monkeypatch: pytest.MonkeyPatch) -> str:
    """What can be read on the picture: the same template set as a PDF."""
    with monkeypatch.context() as patch:
        patch.setattr(summary, "typeset_png", lambda template, data, ppi: typeset_pdf(template, data))
        return papers.text(render_summary_picture(view)).replace("\u202f", " ")


def test_picture_fills_a_phone_and_is_not_shrunk_by_it() -> None:
    width, height = pixels.size(render_summary_picture(asahan.weekly_summary()))
    assert width == 1080
    assert 2000 < height <= TALLEST


@pytest.mark.parametrize("name", [asahan.LONG_NAME, "X" * 120, asahan.HOSTILE, "Air Joman"])
def test_crowded_week_still_fits_the_phone_and_two_pages(name: str) -> None:
    view = crowded(name)
    width, height = pixels.size(render_summary_picture(view))
    assert (width, height <= TALLEST) == (1080, True)
    assert len(papers.pages(render_summary_pdf(view))) == 2


def test_picture_tells_the_whole_week(monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of_the_picture(asahan.weekly_summary(), monkeypatch)
    for programme in ("Koperasi Merah Putih 44/81 ✗ 9", "Makan Bergizi Gratis 40/64 ✗ 6", "Cetak Sawah 9/27 ✗ 12"):
        assert programme in words
    assert "Perlu keputusan Bapak/Ibu +1 lagi ? Apakah batas pendataan" in words
    assert "✗ 24 hari Camat Silau Laut: pendataan lahan cetak sawah peta lahan dari BPN belum terbit" in words
    assert "Belum menyampaikan sebab" in words
    assert "! Camat Air Joman: cetak sawah 40 ha di Desa Silo Bonto → Dinas PUTR: saluran irigasi tersumbat" in words
    assert "→ BKAD: lahan belum bersertifikat" in words
    assert "Pekan depan 3 tenggat, terdekat Rab, 4 Mar: Jadwal pelatihan" in words
    assert "Terbaik melapor Kecamatan Meranti, Bapperida +3 lagi" in words
    assert "Keadaan Senin, 2 Maret 2026, 07.00 WIB · ▲▼ sejak pekan lalu" in words


def test_who_can_help_is_read_even_when_the_obstacle_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = BlockedItem("Puskesmas Air Batu", "data balita", "petugas pindah " * 20, "BKPSDM")
    words = words_of_the_picture(replace(asahan.weekly_summary(), blocked=[blocked]), monkeypatch)
    assert "→ BKPSDM: petugas pindah" in words


def test_tile_says_how_many_are_late_and_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    tiles = [
        UnitTile("Air Joman", "Kecamatan", Grade.WATCH, 63, 40, 12),
        UnitTile("Bandar Pasir Mandoge", "Kecamatan", Grade.BEHIND, 66, 44, 107),
    ]
    words = words_of_the_picture(replace(asahan.one_unit(), units=tiles), monkeypatch)
    assert "Air Joman ! 12" in words
    assert "Mandoge ✗" in words
    on_paper = papers.text(render_summary_pdf(replace(asahan.one_unit(), units=tiles))).replace("\u202f", " ")
    assert "Air Joman 40/63 ! 12" in on_paper
    assert "Bandar Pasir Mandoge ✗ 107" in on_paper


def test_late_stands_at_the_right_end_of_a_programmes_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Green and orange look alike to some: the place tells them apart."""
    monkeypatch.setattr(summary, "PICTURE_WIDTH", 390)
    view = replace(asahan.one_unit(), programmes=[ProgrammeRow("Cetak Sawah", 10, 3, 2)], units=[], late=[])
    strips = [
        row
        for row in pixels.rows(render_summary_picture(view))
        if row.count(RED) > 5 and row.count(GREEN) > 10 and row.index(GREEN) > 150
    ]
    assert strips
    strip = strips[len(strips) // 2]
    green, red = strip.index(GREEN), strip.index(RED)
    last_green = len(strip) - 1 - strip[::-1].index(GREEN)
    assert green < last_green < red
    assert red - last_green > 20, "what is neither done nor late lies between"


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours such as "#C0410F"."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_tile_is_readable_and_has_a_sign_of_its_own() -> None:
    style = (Path(summary.__file__).parent / "style.typ").read_text(encoding="utf-8")
    tiles = re.findall(
        r'name: "([^"]+)", fill: rgb\("(#\w{6})"\), ink: (?:rgb\("(#\w{6})"\)|white), sign: "(.)"', style
    )
    assert len(tiles) == len(Grade)
    assert len({sign for *_, sign in tiles}) == len(Grade)
    assert {name: round(contrast(fill, ink or "#FFFFFF"), 1) for name, fill, ink, _ in tiles if
            contrast(fill, ink or "#FFFFFF") < 4.5} == {}  # fmt: skip
    fills = {name: fill for name, fill, _, _ in tiles}
    assert contrast(fills["merah"], fills["kuning"]) > 3, "red and yellow differ without hue"
    assert contrast(fills["merah"], fills["hijau"]) > 3


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
    assert "+5 lagi" in text


def test_group_without_units_prints_its_figures() -> None:
    view = replace(asahan.one_unit(), groups=[GroupRow("Puskesmas", 4, 3, 0)])
    assert "Puskesmas 3 dari 4 selesai" in papers.text(render_summary_pdf(view))


def test_worker_threads_print_different_weeks_at_once() -> None:
    views = [replace(asahan.one_unit(), week_label=f"Pekan ke-{week}") for week in range(8)]
    with ThreadPoolExecutor(4) as workers:
        printed = list(workers.map(render_summary_pdf, views))
    assert [f"Pekan ke-{week} " in papers.text(pdf) for week, pdf in enumerate(printed)] == [True] * 8
