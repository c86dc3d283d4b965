"""Tables pasted from Word or a spreadsheet: which column holds what, and one task per row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from understanding.minutes.lines import Line
from understanding.minutes.status import is_called_off, is_finished, speaks_of_calling_off
from understanding.minutes.wording import SAME

# Column heads, tried in this order for every cell of the header.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:no|nomor|nmr|#)\W*$", re.IGNORECASE)),
    (
        "support",
        re.compile(
            r".*\b(?:pendukung|dukungan|anggota|unit terkait|opd terkait|instansi terkait|pembantu|bantu)",
            re.IGNORECASE,
        ),
    ),
    (
        "due",
        re.compile(
            r".*\b(?:tenggat|batas|deadline|waktu|jatuh tempo|jadwal|tanggal|tgl|target selesai|dl)\b", re.IGNORECASE
        ),
    ),
    (
        "note",
        re.compile(
            r".*\b(?:ket|keterangan|status|progre[s]+|catatan|output|keluaran|kendala|capaian|realisasi|eviden|indikator|sifat|prioritas)\b",
            re.IGNORECASE,
        ),
    ),
    ("context", re.compile(r".*\b(?:permasalahan|masalah|isu|temuan|program|urusan|bidang)\b", re.IGNORECASE)),
    (
        "lead",
        re.compile(
            r".*\b(?:pj|penanggung\s?jawab|penjab|pic|koordinator|leading|pengampu|ditugaskan)\b", re.IGNORECASE
        ),
    ),
    (
        "doer",
        re.compile(r".*\b(?:pelaksana|opd|unit|perangkat daerah|instansi|skpd|ditujukan|kepada)\b", re.IGNORECASE),
    ),
    (
        "text",
        re.compile(
            r".*\b(?:arahan|uraian|tindak lanjut|instruksi|kegiatan|tugas|hasil|isi|perintah|rekomendasi|keputusan|hal|pekerjaan|rencana aksi)\b",
            re.IGNORECASE,
        ),
    ),
    ("due", re.compile(r".*\btarget\b", re.IGNORECASE)),
)
_TEXT_RANK = ("uraian", "arahan", "instruksi", "tugas", "tindak lanjut", "kegiatan")
_TOTAL = re.compile(r"\W*(?:jumlah|total|keterangan|catatan)\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:tanda tangan|ttd|paraf|nama|jabatan|nip|no\.? ?hp|telepon)\b", re.IGNORECASE)
_OVER = re.compile(
    r"(?:sudah |telah |sdh )?(?:selesai|tuntas|rampung|100\s?%|dibatalkan|batal|dicabut|dicoret|done)\b(?! (?:tgl|tanggal|\d))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*\d{1,3}\W*$")


@dataclass(slots=True)
class Row:
    """One task of a table: the cells by what they hold; `topic` is a row of one cell above it."""

    first: int
    last: int
    number: str = ""
    text: str = ""
    lead: str = ""
    support: str = ""
    due: str = ""
    note: str = ""
    context: str = ""
    topic: str = ""
    struck: bool = False


@dataclass(slots=True)
class Columns:
    """Which cell of a row is which; several cells may hold the text (the best is first)."""

    roles: dict[int, str] = field(default_factory=dict)
    size: int = 0


def read_table(lines: Sequence[Line]) -> list[Row]:
    """Rows that are tasks, with "sda" filled in; finished and cancelled ones are left out."""
    columns: Columns | None = None
    rows: list[Row] = []
    topic = ""
    signing = False
    for line in _whole_rows(lines):
        if sum(bool(_SIGNED.match(cell)) for cell in line.cells) and not any(
            _NUMBER.match(cell) for cell in line.cells
        ):
            signing = True  # an attendance list
        header = _columns(line.cells)
        if header is not None:
            columns, signing = header, False
            continue
        if signing:
            continue
        filled = [cell for cell in line.cells if cell]
        if not filled or (_TOTAL.match(filled[0]) and len(filled) < 4) or (columns and _column_numbers(filled)):
            continue
        if columns is None and len(filled) < 3:
            continue  # a label and its value, no row
        cells = columns or _guessed(line.cells)
        place = next(index for index, cell in enumerate(line.cells) if cell)
        if len(filled) == 1 and len(line.cells) > 1 and cells.roles.get(place) not in ("lead", "support", "due"):
            topic = filled[0]
            continue
        row = _row(line, cells, topic)
        if not row.text and rows and not row.number:
            _extend(rows[-1], row)
            continue
        if not (row.text or row.lead or row.support or row.due):
            topic = row.context or row.note or topic
            continue
        rows.append(row)
    _fill_same(rows)
    return [row for row in rows if row.text and not _over(row)]


def has_header(lines: Sequence[Line]) -> bool:
    """Whether a table says in a header that it holds directives."""
    return any(_columns(line.cells) is not None for line in lines if line.cells)


def _whole_rows(lines: Sequence[Line]) -> list[Line]:
    """Rows that a line break inside a cell had cut are put together again."""
    size = max((len(line.cells) for line in lines), default=0)
    whole: list[Line] = []
    for line in lines:
        cells = line.cells or (line.text,)
        if (
            whole
            and len(whole[-1].cells) + len(cells) - 1 <= size
            and not _NUMBER.match(cells[0])
            and (not line.cells or (len(whole[-1].cells) < size and cells[0] and _cut(whole[-1])))
        ):
            before = whole[-1]
            joined = (*before.cells[:-1], f"{before.cells[-1]} {cells[0]}".strip(), *cells[1:])
            whole[-1] = Line(before.number, before.text, cells=joined, struck=before.struck, width=line.number)
        else:
            whole.append(Line(line.number, line.text, cells=cells, struck=line.struck, width=line.number))
    return whole


def _cut(line: Line) -> bool:
    return bool(line.cells) and bool(_NUMBER.match(line.cells[0]))


def _columns(cells: Sequence[str]) -> Columns | None:
    """The columns if a row is a header: at least two known heads, one of them the text or who."""
    if sum(bool(cell) for cell in cells) < 2 or any(len(cell) > 60 for cell in cells):
        return None
    roles: dict[int, str] = {}
    for index, cell in enumerate(cells):
        role = next((name for name, pattern in _COLUMNS if pattern.match(cell)), "")
        if role:
            roles[index] = role
    if (
        len(roles) < 2
        or not {"text", "lead", "doer"} & set(roles.values())
        or any(_NUMBER.match(cell) for cell in cells if cell)
    ):
        return None
    if len(roles) < sum(bool(cell) for cell in cells) - 2:
        return None
    leads = [index for index, role in roles.items() if role == "lead"]
    for index in [index for index, role in roles.items() if role == "doer"]:
        roles[index] = "support" if leads else "lead"
    texts = [index for index, role in roles.items() if role == "text"]
    if len(texts) > 1:
        best = min(texts, key=lambda index: _text_rank(cells[index]))
        for index in texts:
            roles[index] = "text" if index == best else "note"
    return Columns(roles, len(cells))


def _text_rank(head: str) -> int:
    low = head.lower()
    return next((rank for rank, word in enumerate(_TEXT_RANK) if word in low), len(_TEXT_RANK))


def _column_numbers(filled: Sequence[str]) -> bool:
    """The row "1 2 3 4 5" under a header."""
    return len(filled) > 2 and all(_NUMBER.match(cell) or cell.strip("()").isdigit() for cell in filled)


def _guessed(cells: Sequence[str]) -> Columns:
    """Without a header: number, text, who, when, by place."""
    start = 1 if cells and _NUMBER.match(cells[0]) else 0
    names = ["text", "lead", "due", "note"] if len(cells) - start < 5 else ["text", "lead", "support", "due", "note"]
    roles = {start + place: name for place, name in enumerate(names) if start + place < len(cells)}
    if start:
        roles[0] = "number"
    return Columns(roles, len(cells))


def _row(line: Line, columns: Columns, topic: str) -> Row:
    row = Row(line.number, max(line.number, line.width), topic=topic, struck=line.struck)
    for index, cell in enumerate(line.cells):
        role = columns.roles.get(index)
        if role and cell:
            before = getattr(row, role)
            setattr(row, role, f"{before}; {cell}" if before else cell)
    return row


def _extend(row: Row, more: Row) -> None:
    row.last = more.last
    for role in ("lead", "support", "due", "note"):
        cell = getattr(more, role)
        if cell:
            setattr(row, role, "; ".join(filter(None, (getattr(row, role), cell))))


def _fill_same(rows: Sequence[Row]) -> None:
    for before, row in pairwise(rows):
        for role in ("text", "lead", "support", "due"):
            if SAME.fullmatch(getattr(row, role) or "x"):
                setattr(row, role, getattr(before, role))


def _over(row: Row) -> bool:
    """Whether a row is struck, called off, or done."""
    note = row.note.strip()
    return (
        row.struck
        or bool(_OVER.match(note))
        or (speaks_of_calling_off(note) and len(note) < 40)
        or is_finished(row.text, asks=True)
        or is_called_off(row.text)
    )
