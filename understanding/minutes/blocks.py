"""Lines put together again: a wrapped item is one block, page headers are dropped, a table is a table."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from understanding.minutes.lines import Line
from understanding.minutes.wording import LABEL_AT_END, LABELLED

_PAGE = re.compile(
    r"(?:[-–—|\s]*\d{1,3}\s*[-–—|]\s*|\d{1,2}|\W*(?:hal(?:aman)?|page|lembar)\b\.?(?:\s*ke)?[\s:.-]*\d{1,3}.{0,20}"
    r"|.{0,60}\b(?:hal(?:aman)?|page)\b\.?[\s:.-]*\d{1,3}(?:\s*(?:dari|/|of)\s*\d{1,3})?\W*|\d{1,3}\s*/\s*\d{1,3}|={3,}|-{3,}|_{3,})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^.*\b(?:notulen\w*|notula|risalah|resume|rakorpem|rapat|setdakab|sekretariat|pemerintah|pemkab|kabupaten)\b.*(?<![.;,:])$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SPEAKER = re.compile(
    r"(?:pak |bapak |bpk )?(?:bupati|wakil bupati|wabup|sekda|asisten|kadis|kaban|kabag|kepala|camat|kapus|direktur|inspektur)\b"
    r"(?:[^:.;]{0,40}:\s|(?:\s+asahan)?\s*:?\s*$)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(?:ralat|koreksi|revisi|tambahan|catatan|nb)\b[^.;:]{0,30}:", re.IGNORECASE)
_POINT = re.compile(r"(?:poin|point|butir|nomor|arahan nomor)\s*\d", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][^:.;]{1,40}\s?:\s")  # "Dinkes/Disdik : …"
# Words behind which no line ends by itself.
_OPEN = re.compile(
    r"(?:\b(?i:dan|serta|agar|supaya|di|ke|dari|untuk|dengan|bersama|yang|oleh|pada|paling|lambat|tanggal|tgl|sampai|kepada|dalam"
    r"|setiap|para|seluruh)|\b(?:Dinas|Kepala|Kecamatan|Camat|Badan|Bagian|Puskesmas))$"
)
_MONTH = re.compile(r"(?:jan|feb|peb|mar|apr|mei|jun|jul|agu|agt|ags|sep|okt|nov|nop|des)[a-z]*\b", re.IGNORECASE)
_END = (".", "!", "?", ";", ":")
_LONGEST = 5_000  # characters; what is longer than any paragraph is none, and joining on would cost ever more
_TAIL = 80  # characters in which the end of a text is looked for
_PAGE_WIDTH = 130  # text with longer lines was not broken by a page's edge


@dataclass(slots=True)
class Block:
    """What belongs together: a heading, an item, a paragraph, or a table's row; `starts` maps text offsets to lines."""

    text: str
    first: int
    last: int
    marker: str = ""
    level: str = ""
    indent: int = 0
    struck: bool = False
    bold: bool = False
    rows: list[Line] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    after_blank: bool = False
    reach: int = 0  # how far to the right its last line goes

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of the text between two offsets."""
        first = last = self.first
        for offset, number in self.starts:
            if offset <= start:
                first = number
            if offset < end:
                last = number
        return first, max(first, last)


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """Blocks in order; blank lines and page headers between them are gone."""
    running = _running_heads(lines)
    edge = _edge(lines, running)
    blocks: list[Block] = []
    gap = furniture = False
    for line in lines:
        if line.blank:
            gap = True
            continue
        if not line.cells and not line.marker and (line.number in running or _PAGE.fullmatch(line.text)):
            furniture = True
            continue
        if line.level.startswith("number") and not line.text and not line.struck:
            furniture = True  # a page number: "2."
            continue
        last = blocks[-1] if blocks else None
        if line.cells:
            if last is not None and last.rows and not (gap and not furniture and _is_header(line)):
                last.rows.append(line)
                last.last = line.number
            else:
                blocks.append(Block(line.text, line.number, line.number, rows=[line]))
        elif last is not None and last.rows and not gap and not line.marker and _continues_row(line):
            last.rows.append(line)
            last.last = line.number
        elif last is not None and not last.rows and _continues(last, line, gap, furniture, edge):
            _append(last, line)
        else:
            blocks.append(_block(line, gap and not furniture))
        gap = furniture = False
    return blocks


def _block(line: Line, gap: bool) -> Block:
    return Block(
        line.text,
        line.number,
        line.number,
        line.marker,
        line.level,
        line.indent,
        line.struck,
        line.bold,
        starts=[(0, line.number)],
        after_blank=gap,
        reach=_reach(line),
    )


def _append(block: Block, line: Line) -> None:
    if block.text.endswith("-") and len(block.text) > 1 and block.text[-2].isalpha() and line.text[:1].isalpha():
        joined = block.text if line.text[:1].isupper() or _doubles(block.text, line.text) else block.text[:-1]
        block.starts.append((len(joined), line.number))
        block.text = joined + line.text
    else:
        block.starts.append((len(block.text) + 1, line.number))
        block.text = f"{block.text} {line.text}"
    block.last = line.number
    block.reach = _reach(line)


def _doubles(before: str, after: str) -> bool:
    """ "desa-" + "desa …": the hyphen of a doubled word stays."""
    tail = before[:-1].rsplit(None, 1)[-1].lower()
    return after.lower().startswith(tail)


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Lines that stand on every page: the same title at least twice, numbers aside."""
    keyed = [
        (line.number, _DIGITS.sub("#", line.text.lower()))
        for line in lines
        if line.text
        and not line.marker
        and not line.cells
        and len(line.text) < 110
        and not line.text[0].islower()
        and _TITLE.search(line.text)
    ]
    counts = Counter(key for _, key in keyed)
    return {number for number, key in keyed if counts[key] > 1}


def _edge(lines: Sequence[Line], running: set[int]) -> int:
    """The column at which lines were broken: the farthest any reaches; a page's width if only one comes near it."""
    reaches = [_reach(line) for line in lines if line.text and not line.cells and line.number not in running]
    edge = max(reaches, default=0)
    near = sum(reach >= edge * 0.85 for reach in reaches)
    return edge if near > 1 and near * 8 >= len(reaches) else _PAGE_WIDTH + 1


def _reach(line: Line) -> int:
    return line.indent + line.width


def _is_header(line: Line) -> bool:
    return any("arahan" in cell.lower() or "uraian" in cell.lower() for cell in line.cells)


def _continues_row(line: Line) -> bool:
    return line.text[:1].islower() or line.text[:1] in "(,;&"


def _continues(block: Block, line: Line, gap: bool, furniture: bool, edge: int) -> bool:
    if line.marker or line.struck or block.struck:
        return False
    if LABELLED.match(line.text) or _SPEAKER.match(line.text) or _REMARK.match(line.text):
        return False
    text, start = block.text, line.text[:1]
    if (gap and not furniture) or not text or len(text) > _LONGEST:
        return False
    if text.isupper() and not line.text.isupper() and len(text.split()) < 8:
        return False  # a title
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha():
        return True
    if _POINT.match(line.text) or (_NAMED.match(text) and _NAMED.match(line.text)):
        return False
    if _OPEN.search(text[-_TAIL:]) or (text[-1].isdigit() and _MONTH.match(line.text)):
        return True
    ended = text.endswith(_END) and not text.endswith(
        ("Kec.", "Kab.", "Kel.", "Sp.", "Tg.", "No.", "Bag.", "tgl.", "s.d.", "Sei.")
    )
    if ended and block.marker and LABEL_AT_END.search(text[-_TAIL:]):
        ended = False  # "… Tenggat:" with its date on the next line
    lower = start.islower() or start.isdigit() or start in "(&/+,"
    first_word = len(line.text.split(maxsplit=1)[0])
    broken = edge <= _PAGE_WIDTH and block.reach + 1 + first_word >= edge * 0.88
    if not ended:
        if lower:
            return bool(block.marker) or broken or furniture
        broken = broken or (bool(block.marker) and line.indent > block.indent)
        return broken and not (line.text.endswith(":") and len(line.text) < 45)
    if block.marker and not furniture and not text.endswith(":"):
        return broken and line.indent > block.indent
    return False
