"""Excel workbooks: a matrix of directives as lines with tabs."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from openpyxl.reader import excel

from understanding.documents.refusal import UnreadableDocument

_load_workbook: Any = excel.load_workbook  # untyped
_MOST_ROWS = 5_000
_MOST_COLUMNS = 60
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _number(value: float, number_format: str) -> str:
    sign = ""
    if "%" in number_format:
        value, sign = value * 100, "%"
    return f"{round(value, 6):.10g}".replace(".", ",") + sign


def _shown(value: Any, number_format: str) -> str:
    """A cell as a person would read it aloud: dates in Indonesian, decimals with a comma."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return _day(value) if value.time() == time() else f"{_day(value)} pukul {value:%H.%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, int | float):
        return _number(value, number_format) if isinstance(value, float) or "%" in number_format else str(value)
    return " ".join(str(value).split())


def _filled_merges(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell below the first of a merged block: where its value is."""
    filled = {}
    for block in list(sheet.merged_cells.ranges)[:2_000]:
        for row in range(block.min_row + 1, min(block.max_row, _MOST_ROWS) + 1):
            filled[row, block.min_col] = (block.min_row, block.min_col)
    return filled


def _lines(sheet: Any, name: str) -> list[str]:
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        raise UnreadableDocument(
            f"Lembar “{sheet.title}” pada {name[0].lower()}{name[1:]} terlalu besar. "
            "Mohon salin baris arahannya saja ke berkas baru lalu kirim kembali."
        )
    merges = _filled_merges(sheet)
    rows: list[list[str]] = []
    for row in sheet.iter_rows():
        cells: list[str] = []
        for cell in row:
            source = merges.get((cell.row, cell.column))
            shown = sheet.cell(*source) if source else cell
            cells.append(_shown(shown.value, shown.number_format))
        if any(cells):
            rows.append(cells)
    width = max((index + 1 for cells in rows for index, text in enumerate(cells) if text), default=0)
    return ["\t".join(cells[:width]) for cells in rows]


def read_workbook(data: bytes, name: str) -> str:
    """The text of every visible sheet, one line per filled row, cells parted by tabs; formulas by their last result."""
    book = _load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    lines: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            lines += _lines(sheet, name)
    return "\n".join(lines)
