"""The index of handed-over evidence, as a workbook: what each file proves, with a link to it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from presentation.print.text import cell_text

_HEADS = ("No", "Nomor Arahan", "Arahan", "Program", "Unit", "Laporan", "Waktu Laporan", "Pelapor", "Isi Laporan",
          "Jenis", "Berkas", "Bagian", "Lokasi", "Status Tugas", "Diverifikasi oleh", "SHA-256")  # fmt: skip
_WIDTHS = (5, 13, 40, 26, 26, 10, 18, 22, 40, 12, 44, 9, 22, 20, 22, 20)
_HEADER_ROW = 3


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One piece of evidence. `file` is its path in the archive; without one it says why in `missing`."""

    number: str
    directive: str
    programme: str
    unit: str
    report: str
    reported_at: datetime
    reporter: str
    words: str
    kind: str
    status: str
    verified_by: str
    file: str = ""
    part: int = 0
    missing: str = ""
    latitude: float | None = None
    longitude: float | None = None
    sha256: str = ""


def render_index(rows: Sequence[IndexRow], title: str, note: str, made_at: datetime) -> bytes:
    """The workbook; what looks like a formula stays text. Links are relative, so they work once all is unpacked."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties({"title": cell_text(title), "created": made_at.replace(tzinfo=None)})
    base = {"font_name": "Arial", "font_size": 9, "valign": "top"}
    line = {"border": 1, "border_color": "#8A97A3", "text_wrap": True}
    text, head = (
        workbook.add_format(base | line),
        workbook.add_format(base | line | {"bold": True, "bg_color": "#DCE7EF"}),
    )
    when = workbook.add_format(base | line | {"num_format": "[$-421]d mmm yyyy hh.mm"})
    link = workbook.add_format(base | line | {"font_color": "#0B4F6C", "underline": 1})
    sheet = workbook.add_worksheet("Indeks")
    sheet.write_string(0, 0, cell_text(title), workbook.add_format(base | {"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, cell_text(note), workbook.add_format(base | {"font_color": "#566471"}))
    for column, (name, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, name, head)
    for place, row in enumerate(rows, start=_HEADER_ROW + 1):
        sheet.write_number(place, 0, place - _HEADER_ROW, text)
        cells = (row.number, row.directive, row.programme, row.unit, row.report)
        for column, value in enumerate(cells, start=1):
            sheet.write_string(place, column, cell_text(value), text)
        sheet.write_datetime(place, 6, row.reported_at.replace(tzinfo=None), when)
        for column, value in enumerate((row.reporter, row.words[:2000], row.kind), start=7):
            sheet.write_string(place, column, cell_text(value), text)
        if row.file:
            sheet.write_url(place, 10, f"external:{row.file}", link, string=cell_text(row.file))
            sheet.write_number(place, 11, row.part, text)
        else:
            sheet.write_string(place, 10, cell_text(row.missing), text)
            sheet.write_blank(place, 11, None, text)
        where = "" if row.latitude is None else f"{row.latitude:.6f}, {row.longitude:.6f}"
        for column, value in enumerate((where, row.status, row.verified_by, row.sha256), start=12):
            sheet.write_string(place, column, cell_text(value), text)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, len(rows)), len(_HEADS) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    workbook.close()
    return file.getvalue()
