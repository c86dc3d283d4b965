"""Word files as offices make them: lists, tables, merged cells, tracked changes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.documents.making import answer, saved
from understanding.documents import read_document


def test_word_paragraphs_and_tables_in_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("NOTULEN RAKORPEM")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["No", "Arahan", "PJ", "1", "Mendata lahan\nsawah", "Camat Meranti"],
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("Rapat ditutup.")

    assert read_document(saved(document), "notulen.docx").split("\n") == [
        "NOTULEN RAKORPEM",
        "No\tArahan\tPJ",
        "1\tMendata lahan sawah\tCamat Meranti",
        "Rapat ditutup.",
    ]


def test_word_writes_out_its_automatic_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("Arahan Bupati")
    document.add_paragraph("Camat mendata lahan", style="List Number")
    document.add_paragraph("Dinas Pertanian menyiapkan bibit", style="List Number")
    document.add_paragraph("Bagian Umum", style="List Bullet")

    assert read_document(saved(document), "notulen.docx").split("\n") == [
        "Arahan Bupati",
        "1. Camat mendata lahan",
        "2. Dinas Pertanian menyiapkan bibit",
        "- Bagian Umum",
    ]


def _numbered(document: Any, text: str, number: int, level: int) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def _with_outline(document: Any) -> None:
    """Two lists of one outline, I. a) 1.1; the second starts anew."""
    root = document.part.numbering_part.element
    levels = [("upperRoman", "%1."), ("lowerLetter", "%2)"), ("decimal", "%2.%3")]
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{written}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/>{restart}</w:num>'))


def test_word_outline_counts_each_level() -> None:
    document = docx.Document()
    _with_outline(document)
    for text, number, level in [
        ("Laporan", 90, 0), ("Dinkes", 90, 1), ("Bapperida", 90, 1), ("Arahan", 90, 0), ("Camat", 90, 1), ("Lagi", 91, 0),
    ]:  # fmt: skip
        _numbered(document, text, number, level)

    lines = read_document(saved(document), "notulen.docx").split("\n")
    assert lines == ["I. Laporan", "a) Dinkes", "b) Bapperida", "II. Arahan", "a) Camat", "IV. Lagi"]


def test_word_merged_cells() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "MATRIKS"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Dinas Sosial"
    table.cell(1, 1).text, table.cell(1, 2).text = "mendata", "Jumat"
    table.cell(2, 1).text, table.cell(2, 2).text = "menyalurkan", "Senin"

    assert read_document(saved(document), "m.docx").split("\n") == [
        "MATRIKS\t\t",
        "Dinas Sosial\tmendata\tJumat",
        "Dinas Sosial\tmenyalurkan\tSenin",
    ]


def test_word_tracked_changes_and_content_controls_are_read_as_they_now_stand() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Camat ")
    for tag, text in (("ins", "Meranti"), ("del", "Rahuning")):
        kind = "t" if tag == "ins" else "delText"
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:{kind}>{text}</w:{kind}></w:r></w:{tag}>"))
    document.element.body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>mendata lahan</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )

    assert read_document(saved(document), "n.docx").split("\n") == ["Camat Meranti", "mendata lahan"]


def test_word_struck_text_is_marked_as_in_whatsapp() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("1. ")
    paragraph.add_run("Dinas Sosial mendata").font.strike = True

    assert read_document(saved(document), "n.docx") == "1. ~Dinas Sosial mendata~"


def test_word_table_inside_a_cell_stays_on_the_row() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    inner = outer.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    outer.cell(0, 1).text = "c"

    assert read_document(saved(document), "n.docx") == "a b\tc"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_damaged_word_file_is_read_or_refused(place: int, noise: bytes) -> None:
    whole = _some_word_file()
    at = place * len(whole) // 2001
    assert answer(whole[:at] + noise + whole[at + len(noise) :]).strip()


@lru_cache
def _some_word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Camat mendata lahan", style="List Number")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "PJ"
    assert document.element.body.tag == qn("w:body")
    return saved(document)
