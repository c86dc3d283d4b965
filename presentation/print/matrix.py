"""Matriks tindak lanjut, the official table of follow-up, as a workbook and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from presentation.print.formats import clock_time, long_date, number, percent, plain_date
from presentation.print.letterhead import letterhead_data, signatory_data
from presentation.print.matrix_sheet import render_matrix_xlsx
from presentation.print.matrix_view import CLOSED_STATUSES, COLUMNS, MatrixHead, MatrixRow, Paper
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import typeset_pdf

__all__ = ["COLUMNS", "MatrixHead", "MatrixRow", "Paper", "render_matrix_pdf", "render_matrix_xlsx"]

# Characters of one cell on paper, so that a row never outgrows a page; the workbook has all of them.
_WIDE, _NARROW, _BARE = 700, 400, 200
_LINES = 24
_TAGGED_ROWS = 200


def render_matrix_pdf(rows: Sequence[MatrixRow], head: MatrixHead) -> bytes:
    """PDF, landscape on the head's paper, letterhead on the first page, column heads on every page."""
    today = head.as_of.date()
    late = sum(1 for row in rows if row.days_late(today))
    closed = sum(1 for row in rows if row.status in CLOSED_STATUSES)
    data: dict[str, object] = {
        "letterhead": letterhead_data(head.letterhead),
        "paper": head.paper.value,
        "title": printable(head.title, 160).upper(),
        "scope": printable(head.scope, 200),
        "as_of": f"Keadaan {long_date(head.as_of)}, pukul {clock_time(head.as_of)}",
        "figures": f"{number(len(rows))} baris · {number(closed)} selesai atau ditutup · {number(late)} terlambat",
        "columns": COLUMNS,
        "rows": [_row(row, today) for row in rows],
        "place_and_date": f"{printable(head.place, 40)}, {plain_date(head.as_of)}"
        if head.place
        else plain_date(head.as_of),
        "signatory": signatory_data(head.signatory),
    }
    return typeset_pdf("matrix.typ", data, made_at=head.as_of, tagged=len(rows) <= _TAGGED_ROWS)


def _row(row: MatrixRow, today: date) -> dict[str, object]:
    days = row.days_late(today)
    words = (
        (row.directive, _WIDE),
        (row.follow_up, _WIDE),
        (row.lead, _NARROW),
        (row.support, _NARROW),
        (row.target, _BARE),
    )
    rest = ((row.obstacle, _NARROW), (row.next_step, _NARROW), (row.evidence, _BARE), (row.remark, _BARE))
    return {
        "no": str(row.no),
        "before": [_cell(text, limit) for text, limit in words],
        "due": plain_date(row.due) if row.due else "–",
        "late": f"✗ terlambat {number(days)} hari" if days else "",
        "progress": "–" if row.progress is None else percent(row.progress),
        "status": _cell(row.status, _BARE),
        "colour": row.status,
        "after": [_cell(text, limit) for text, limit in rest],
    }


def _cell(text: str, limit: int) -> str:
    """What is empty on purpose is a dash, as on every official table."""
    lines = printable(text, limit, keep_lines=True).split("\n")
    return hyphenatable("\n".join(lines[:_LINES])) or "–"
