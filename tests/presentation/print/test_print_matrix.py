"""The official matrix of follow-up, opened again as the secretariat would."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl.reader.excel import load_workbook
from openpyxl.workbook.workbook import Workbook

from presentation.print.letterhead import Letterhead, Signatory
from presentation.print.matrix import COLUMNS, MatrixHead, MatrixRow, Paper, render_matrix_pdf, render_matrix_xlsx
from presentation.print.matrix_sheet import _STATUS_FILLS
from presentation.words import STATUS_WORDS
from tests.presentation.print import asahan, papers

# openpyxl does not know the data bars; Excel does.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

ARMS = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
KOP = Letterhead(
    "Pemerintah Kabupaten Asahan",
    "Sekretariat Daerah",
    "Jalan Jenderal Sudirman No. 5 Kisaran",
    "Telepon (0623) 41928",
    ARMS,
)
HEAD = MatrixHead(
    KOP,
    "Rakorpem Januari 2026 · Aula Melati",
    asahan.MONDAY,
    place="Kisaran",
    signatory=Signatory(
        "Kepala Bagian Tata Pemerintahan", "Drs. Fulan Siregar", "Pembina (IV/a)", "19700101 199503 1 001"
    ),
)
ROWS = [
    MatrixRow(
        no=1,
        directive="Camat agar mendata lahan gerai Koperasi Merah Putih di setiap desa",
        follow_up="12 dari 18 desa selesai",
        lead="Camat Air Joman",
        support="Dinas PMD",
        target="18 lokasi",
        due=date(2026, 2, 6),
        progress=67,
        status="Terkendala",
        obstacle="Dua desa belum memiliki lahan",
        next_step="Koordinasi dengan BPN",
        evidence="4 foto",
        remark="Catatan Bupati",
    ),
    MatrixRow(
        2,
        "Peta lahan cetak sawah 1.200 ha",
        lead="Dinas Pertanian",
        due=date(2026, 3, 20),
        progress=40,
        status="Dalam proses",
    ),
    MatrixRow(
        3, "Lokasi Kampung Nelayan", lead="Dinas Perikanan", due=date(2026, 1, 30), progress=100, status="Selesai"
    ),
    MatrixRow(4, "Stok obat puskesmas", lead="Camat Air Joman", status="Belum dilaporkan"),
]


def opened(rows: list[MatrixRow], head: MatrixHead = HEAD) -> Workbook:
    book: Workbook = load_workbook(io.BytesIO(render_matrix_xlsx(rows, head)))  # type: ignore[no-untyped-call]
    return book


def test_workbook_has_the_official_columns_with_filters_and_a_frozen_header() -> None:
    sheet = opened(ROWS)["Matriks"]
    assert [cell.value for cell in sheet[5]] == list(COLUMNS)
    assert sheet["A2"].value == "MATRIKS TINDAK LANJUT ARAHAN BUPATI"
    assert sheet["A4"].value == "Keadaan Senin, 2 Maret 2026, pukul 07.00\u00a0WIB"
    assert sheet.auto_filter.ref == "A5:M9"
    assert sheet.freeze_panes == "C6"


def test_dates_and_progress_are_real_dates_and_numbers() -> None:
    sheet = opened(ROWS)["Matriks"]
    assert sheet["G6"].value == datetime(2026, 2, 6)
    assert sheet["G6"].number_format == "[$-421]d mmmm yyyy"
    assert [sheet[f"H{line}"].value for line in range(6, 10)] == [67, 40, 100, None]
    assert sheet["G9"].value is None
    assert [cell.value for cell in sheet[6]][8:] == [
        "Terkendala",
        "Dua desa belum memiliki lahan",
        "Koordinasi dengan BPN",
        "4 foto",
        "Catatan Bupati",
    ]


def test_second_sheet_counts_by_status_and_by_responsible_unit() -> None:
    sheet = opened(ROWS)["Ringkasan"]
    table = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert table["Selesai"][:2] == (1, 0.25)
    assert table["Jumlah"][0] == 4
    assert table["Terlambat, di antara yang belum ditutup"][0] == 1
    assert table["Camat Air Joman"] == (2, 0, 1, 34)
    assert table["Dinas Perikanan"] == (1, 1, 0, 100)


@pytest.mark.parametrize(("paper", "code"), [(Paper.A4, "9"), (Paper.F4, "14")])
def test_workbook_prints_landscape_one_page_wide_with_its_header_repeated(paper: Paper, code: str) -> None:
    sheet = opened(ROWS, replace(HEAD, paper=paper))["Matriks"]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", code)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(None, 0), (1, 0)}
    assert sheet.print_title_rows == "$5:$5"
    assert "Halaman &P dari &N" in sheet.oddFooter.right.text


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://x","klik")',
        "+62 811",
        "-5",
        "@SUM(A1)",
        "\t=1+1",
        "\r=2",
        "\u202e=3",
        "＝4",
        "%0A",
        "|calc",
        "  =5",
    ],
)
def test_what_looks_like_a_formula_stays_text_in_every_column(typed: str) -> None:
    row = MatrixRow(1, typed, typed, typed, typed, typed, None, None, typed, typed, typed, typed, typed)
    head = replace(HEAD, title=typed, scope=typed, letterhead=replace(KOP, government=typed))
    book = opened([row], head)
    written = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert all(cell.data_type != "f" for cell in written)
    assert not [cell.value for cell in written if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert typed.strip("\t\r\u202e ") in str(book["Matriks"]["B6"].value)


def test_list_dashes_stay_readable() -> None:
    row = MatrixRow(1, "Arahan", next_step="- menyusun SOP\n- rapat")
    assert opened([row])["Matriks"]["K6"].value == "– menyusun SOP\n- rapat"


def test_late_dates_and_statuses_are_coloured_by_rules() -> None:
    sheet = opened(ROWS)["Matriks"]
    rules = {
        str(area.sqref): [rule for rule in found] for area, found in sheet.conditional_formatting._cf_rules.items()
    }
    assert {rule.formula[0] for rule in rules["I6:I9"]} >= {'"Terkendala"', '"Selesai"', '"Belum dilaporkan"'}
    (late,) = rules["G6:G9"]
    assert "$G6<DATE(2026,3,2)" in late.formula[0]
    assert '$I6="Selesai berkelanjutan"' in late.formula[0]


def test_every_status_people_see_has_a_place_in_the_matrix() -> None:
    assert set(STATUS_WORDS.values()) == set(_STATUS_FILLS)


def test_broken_characters_and_endless_text_still_make_a_workbook() -> None:
    row = MatrixRow(1, "a\x00b\x07c\ud800d", "x" * 90_000)
    sheet = opened([row])["Matriks"]
    assert sheet["B6"].value == "abcd"
    assert len(sheet["C6"].value) == 32_000


def test_matrix_on_paper_has_kop_table_and_signature() -> None:
    (page,) = papers.pages(render_matrix_pdf(ROWS, HEAD))
    assert "PEMERINTAH KABUPATEN ASAHAN SEKRETARIAT DAERAH Jalan Jenderal Sudirman No. 5 Kisaran" in page
    assert "MATRIKS TINDAK LANJUT ARAHAN BUPATI" in page
    assert "4 baris · 1 selesai atau ditutup · 1 terlambat" in page
    assert "6 Februari 2026 ✗ terlambat 24 hari 67 % Terkendala Dua desa belum memiliki lahan" in page
    assert "Kisaran, 2 Maret 2026 Kepala Bagian Tata Pemerintahan, Drs. Fulan Siregar Pembina (IV/a)" in page
    assert "Halaman 1 dari 1" in page


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (297, 210)), (Paper.F4, (330, 215))])
def test_long_matrix_repeats_its_column_heads(paper: Paper, size: tuple[int, int]) -> None:
    printed = render_matrix_pdf([replace(ROWS[0], no=n) for n in range(60)], replace(HEAD, paper=paper))
    pages = papers.pages(printed)
    assert len(pages) > 2
    assert all("Rencana Tindak" in page for page in pages)
    assert papers.sheet_millimetres(printed) == size


def test_a_row_stays_on_one_page_however_long_its_words_are() -> None:
    long = replace(ROWS[0], follow_up="Mulai kata " + "sudah dikerjakan " * 40 + "akhir", obstacle="satu\ndua\n" * 300)
    printed = papers.pages(render_matrix_pdf([replace(long, no=n) for n in range(1, 10)], HEAD))
    assert len(printed) > 2
    for page in printed:
        assert page.count("Mulai") == page.count("akhir"), "no row begins on one page and ends on another"
    assert sum(page.count("akhir") for page in printed) == 9
    assert "akhir" in printed[-1], "the signature never stands alone on a page"
    assert "NIP 19700101 199503 1 001" in printed[-1]


def test_what_is_left_empty_is_a_dash_on_paper_and_empty_in_the_workbook() -> None:
    (page,) = papers.pages(render_matrix_pdf([MatrixRow(1, "Stok obat", status="Belum dilaporkan")], HEAD))
    assert "1 Stok obat – – – – – – Belum dilaporkan – – – –" in page
    assert opened([MatrixRow(1, "Stok obat")])["Matriks"]["F6"].value in (None, "")


def test_empty_choice_says_so() -> None:
    assert "Belum ada arahan pada pilihan ini." in papers.text(render_matrix_pdf([], HEAD))
    assert opened([])["Matriks"].auto_filter.ref == "A5:M6"


def test_hostile_and_endless_words_are_only_words_on_paper() -> None:
    row = MatrixRow(1, asahan.HOSTILE, "X" * 5000, asahan.LONG_NAME * 20, status="Selesai")
    text = papers.text(render_matrix_pdf([row], HEAD))
    assert '#panic("x")' in text.replace("\u00ad", "")


@pytest.mark.parametrize("logo", [b"GIF89a", b"<svg" + b" " * 500_000, b""])
def test_a_logo_that_cannot_be_printed_is_refused_at_once(logo: bytes) -> None:
    with pytest.raises(ValueError, match="logo"):
        Letterhead("Pemerintah Kabupaten Asahan", "Sekretariat Daerah", logo=logo)


def test_rows_have_room_for_their_wrapped_words() -> None:
    sheet = opened([ROWS[0], replace(ROWS[0], follow_up="kata " * 5000), MatrixRow(3, "Singkat")])["Matriks"]
    wrapped, endless, short = (float(sheet.row_dimensions[line].height or 0) for line in (6, 7, 8))
    assert short + 12 <= wrapped < 408 < endless <= 409
