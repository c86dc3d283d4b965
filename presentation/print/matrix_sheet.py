"""Matriks tindak lanjut as a workbook: real dates and numbers, filters, colours that follow the words, ready to print."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from presentation.print.formats import clock_time, long_date
from presentation.print.matrix_view import CLOSED_STATUSES, COLUMNS, FINISHED_STATUSES, MatrixHead, MatrixRow, Paper
from presentation.print.text import cell_text

_HEADER_ROW = 4
_WIDTHS = (5, 28, 26, 17, 16, 14, 19, 8, 14, 18, 19, 14, 14)
_DATE = "[$-421]d mmmm yyyy"
_PAPER_CODES = {Paper.A4: 9, Paper.F4: 14}
_DUE, _PROGRESS, _STATUS = COLUMNS.index("Batas Waktu"), COLUMNS.index("Progres"), COLUMNS.index("Status")
_STATUS_FILLS = {
    "Selesai": "#CDEBDD",
    "Selesai berkelanjutan": "#CDEBDD",
    "Menunggu verifikasi": "#D6E8F7",
    "Diterima": "#FFFFFF",
    "Dalam proses": "#FFFFFF",
    "Terkendala": "#FBE3A2",
    "Dikembalikan": "#FBD9C0",
    "Belum dilaporkan": "#E9EDF0",
    "Dibatalkan": "#E9EDF0",
}
"""Official status words, in the order of the second sheet, and their colours."""


def render_matrix_xlsx(rows: Sequence[MatrixRow], head: MatrixHead) -> bytes:
    """The workbook, sheets `Matriks` and `Ringkasan`; text that looks like a formula stays text everywhere."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"title": cell_text(head.title), "created": head.as_of.replace(tzinfo=None)})
    styles = _Styles(workbook)
    _write_matrix(workbook.add_worksheet("Matriks"), rows, head, styles)
    _write_overview(workbook.add_worksheet("Ringkasan"), rows, head, styles)
    workbook.close()
    return file.getvalue()


class _Styles:
    def __init__(self, workbook: Workbook) -> None:
        def style(**properties: object) -> Format:
            return workbook.add_format({"font_name": "Arial", "font_size": 9, "valign": "top"} | properties)

        line = {"border": 1, "border_color": "#8A97A3"}
        self.workbook = workbook
        self.title = style(bold=True, font_size=13)
        self.plain = style()
        self.muted = style(font_color="#566471")
        self.heading = style(bold=True, bg_color="#DCE7EF", align="center", valign="vcenter", text_wrap=True, **line)
        self.text = style(text_wrap=True, **line)
        self.centred = style(text_wrap=True, align="center", **line)
        self.whole = style(num_format="#,##0", align="right", **line)
        self.date = style(num_format=_DATE, align="center", text_wrap=True, **line)
        self.percent = style(num_format='0" %"', align="center", **line)
        self.share = style(num_format="0.0 %", align="center", **line)


def _write_matrix(sheet: Worksheet, rows: Sequence[MatrixRow], head: MatrixHead, styles: _Styles) -> None:
    _write_title(sheet, head, styles)
    sheet.set_row(_HEADER_ROW, 28)
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, name, styles.heading)
    for line, row in enumerate(rows, start=_HEADER_ROW + 1):
        _write_row(sheet, line, row, styles)
    last = _HEADER_ROW + max(1, len(rows))
    sheet.autofilter(_HEADER_ROW, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    _colour(sheet, last, head.as_of.date(), styles)
    _prepare_print(sheet, head)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)


def _write_title(sheet: Worksheet, head: MatrixHead, styles: _Styles) -> None:
    office = f"{head.letterhead.government} · {head.letterhead.office}"
    sheet.write_string(0, 0, cell_text(office), styles.muted)
    sheet.write_string(1, 0, cell_text(head.title.upper()), styles.title)
    sheet.write_string(2, 0, cell_text(head.scope), styles.plain)
    sheet.write_string(3, 0, f"Keadaan {long_date(head.as_of)}, pukul {clock_time(head.as_of)}", styles.muted)


def _write_row(sheet: Worksheet, line: int, row: MatrixRow, styles: _Styles) -> None:
    sheet.write_number(line, 0, row.no, styles.centred)
    texts = {1: row.directive, 2: row.follow_up, 3: row.lead, 4: row.support, 5: row.target}
    texts |= {9: row.obstacle, 10: row.next_step, 11: row.evidence, 12: row.remark}
    texts = {column: cell_text(text) for column, text in texts.items()}
    sheet.set_row(line, _row_points(texts))
    for column, text in texts.items():
        sheet.write_string(line, column, text, styles.text)
    if row.due is None:
        sheet.write_blank(line, _DUE, None, styles.date)
    else:
        sheet.write_datetime(line, _DUE, datetime.combine(row.due, time()), styles.date)
    if row.progress is None:
        sheet.write_blank(line, _PROGRESS, None, styles.percent)
    else:
        sheet.write_number(line, _PROGRESS, row.progress, styles.percent)
    sheet.write_string(line, _STATUS, cell_text(row.status), styles.centred)


def _row_points(texts: Mapping[int, str]) -> float:
    """Room for the longest wrapped cell; only Excel finds it by itself. Spreadsheets stop at 409 points."""
    lines = max(
        sum(1 + int(len(line) / (1.25 * _WIDTHS[column])) for line in text.split("\n"))
        for column, text in texts.items()
    )
    return min(409.0, 12.0 * lines + 4)


def _colour(sheet: Worksheet, last: int, today: date, styles: _Styles) -> None:
    """Colours as rules on the words and dates, so that they stay right when the secretariat edits the sheet."""
    first = _HEADER_ROW + 1
    add = styles.workbook.add_format
    for status, fill in _STATUS_FILLS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{status}"', "format": add({"bg_color": fill})}
        if fill != "#FFFFFF":
            sheet.conditional_format(first, _STATUS, last, _STATUS, rule)
    closed = ",".join(f'$I{first + 1}="{status}"' for status in sorted(CLOSED_STATUSES))
    past = f"$G{first + 1}<DATE({today.year},{today.month},{today.day})"
    late = add({"bg_color": "#F6D5C9", "font_color": "#8E2605", "num_format": '[$-421]"✗ "d mmmm yyyy'})
    rule = {"type": "formula", "criteria": f'=AND($G{first + 1}<>"",{past},NOT(OR({closed})))', "format": late}
    sheet.conditional_format(first, _DUE, last, _DUE, rule)
    bars = {"type": "data_bar", "bar_color": "#9CCBB6", "bar_solid": True, "min_type": "num", "max_type": "num"}
    sheet.conditional_format(first, _PROGRESS, last, _PROGRESS, bars | {"min_value": 0, "max_value": 100})


def _prepare_print(sheet: Worksheet, head: MatrixHead) -> None:
    sheet.set_landscape()
    sheet.set_paper(_PAPER_CODES[head.paper])
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    scope = cell_text(head.scope)[:120].replace("&", "&&")
    sheet.set_footer(f"&L&8{scope}&R&8Halaman &P dari &N")


def _write_overview(sheet: Worksheet, rows: Sequence[MatrixRow], head: MatrixHead, styles: _Styles) -> None:
    _write_title(sheet, head, styles)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 4, 14)
    line = _write_statuses(sheet, _HEADER_ROW, rows, head.as_of.date(), styles)
    _write_units(sheet, line + 1, rows, head.as_of.date(), styles)
    _prepare_print(sheet, head)


def _write_statuses(sheet: Worksheet, line: int, rows: Sequence[MatrixRow], today: date, styles: _Styles) -> int:
    counts = Counter(row.status for row in rows)
    names = [status for status in _STATUS_FILLS if counts[status]]
    names += sorted(status for status in counts if status not in _STATUS_FILLS)
    figures = [(status or "(tanpa status)", counts[status]) for status in names]
    figures += [
        ("Jumlah", len(rows)),
        ("Terlambat, di antara yang belum ditutup", sum(1 for row in rows if row.days_late(today))),
    ]
    _write_headings(sheet, line, ("Status", "Jumlah", "Bagian"), styles)
    for name, count in figures:
        line += 1
        sheet.write_string(line, 0, cell_text(name), styles.text)
        sheet.write_number(line, 1, count, styles.whole)
        sheet.write_number(line, 2, count / len(rows) if rows else 0, styles.share)
    return line + 1


def _write_units(sheet: Worksheet, line: int, rows: Sequence[MatrixRow], today: date, styles: _Styles) -> None:
    """By responsible unit, most late first."""
    units: dict[str, list[MatrixRow]] = {}
    for row in rows:
        units.setdefault(row.lead, []).append(row)
    figures = [
        (
            name or "(belum ditetapkan)",
            len(own),
            sum(1 for row in own if row.status in FINISHED_STATUSES),
            sum(1 for row in own if row.days_late(today)),
            sum(row.progress or 0 for row in own) / len(own),
        )
        for name, own in units.items()
    ]
    figures.sort(key=lambda unit: (-unit[3], unit[0]))
    heads = ("Penanggung Jawab", "Jumlah", "Selesai", "Terlambat", "Rata-rata progres")
    _write_headings(sheet, line, heads, styles)
    for name, *numbers, progress in figures:
        line += 1
        sheet.write_string(line, 0, cell_text(str(name)), styles.text)
        for column, count in enumerate(numbers, start=1):
            sheet.write_number(line, column, int(count), styles.whole)
        sheet.write_number(line, 4, round(float(progress)), styles.percent)


def _write_headings(sheet: Worksheet, line: int, names: Sequence[str], styles: _Styles) -> None:
    for column, name in enumerate(names):
        sheet.write_string(line, column, name, styles.heading)
