"""Word documents: paragraphs and tables in the order in which they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from understanding.documents.numbering import Numbering

_INSIDE = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"))
# Deleted text, text boxes (also drawn a second time for old programs), field codes.
_SKIPPED = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr", "w:rPr"))
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc", "w:r"))
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def _blocks(parent: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """The children that are wanted, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _INSIDE:
            yield from _blocks(child, wanted)


def _is_struck(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    for name in ("w:strike", "w:dstrike"):
        mark = properties.find(qn(name)) if properties is not None else None
        if mark is not None and mark.get(qn("w:val"), "true") not in ("false", "0", "none"):
            return True
    return False


def _pieces(element: Any, struck: bool = False) -> Iterator[tuple[str, bool]]:
    """The pieces of text under `element`, each with whether it is struck through."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or "", struck
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], struck
        elif child.tag == _RUN:
            yield from _pieces(child, _is_struck(child))
        else:
            yield from _pieces(child, struck)


def _text_of(paragraph: Any) -> str:
    """The paragraph's text; what is struck through stands between tildes, as in WhatsApp."""
    written: list[str] = []
    was_struck = False
    for piece, struck in [*_pieces(paragraph), ("", False)]:
        struck = struck and bool(piece.strip())
        if struck != was_struck:
            written.append("~")
        written.append(piece)
        was_struck = struck
    return "".join(written)


class _Page:
    """Collects the lines of one document."""

    def __init__(self, document: Any) -> None:
        self._numbering = Numbering(document)
        self._body = document.element.body

    def _paragraph(self, paragraph: Any) -> str:
        label = self._numbering.label_of(paragraph)
        text = _text_of(paragraph).strip()
        return f"{label} {text}" if label and text else text

    def _cell(self, cell: Any) -> str:
        """A cell on one line: its paragraphs, and tables within it, with spaces between."""
        parts: list[str] = []
        for block in _blocks(cell, frozenset((_PARAGRAPH, _TABLE))):
            parts += [self._paragraph(block)] if block.tag == _PARAGRAPH else self._rows(block)
        return " ".join(" ".join(parts).split())

    def _rows(self, table: Any) -> list[str]:
        """One line per row. A cell merged downwards says the same in every row it covers."""
        lines: list[str] = []
        above: dict[int, str] = {}
        for row in _blocks(table, frozenset((_ROW,))):
            cells: list[str] = []
            for cell in _blocks(row, frozenset((_CELL,))):
                properties = cell.find(qn("w:tcPr"))
                text = self._cell(cell)
                merged = properties.find(qn("w:vMerge")) if properties is not None else None
                if merged is not None and merged.get(qn("w:val"), "continue") == "continue":
                    text = text or above.get(len(cells), "")
                above[len(cells)] = text
                span = properties.find(qn("w:gridSpan")) if properties is not None else None
                width = str(span.get(qn("w:val"), "1")) if span is not None else "1"
                cells += [text] + [""] * (min(int(width), 60) - 1 if width.isdecimal() else 0)
            lines.append("\t".join(cells) if any(cells) else "")
        return lines

    def lines(self) -> Iterator[str]:
        for block in _blocks(self._body, frozenset((_PARAGRAPH, _TABLE))):
            if block.tag == _PARAGRAPH:
                yield self._paragraph(block)
            else:
                yield from self._rows(block)


def read_word(data: bytes) -> str:
    """The text of a .docx file; automatic numbers are written out, struck text is put between tildes."""
    return "\n".join(_Page(Document(io.BytesIO(data))).lines())
