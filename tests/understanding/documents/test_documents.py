"""What the secretariat sends as a file arrives as the text of the notulen; real files, made here."""

from __future__ import annotations

import codecs
import io
import zipfile
from datetime import date, datetime
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import workbook

from tests.understanding.documents.making import answer, pdf, png, refusal, saved, zipped
from understanding.documents import LARGEST_FILE, read_document

Workbook: Any = workbook.Workbook  # untyped
NOTULEN = "NOTULEN RAKORPEM\n1. Camat Air Joman agar mendata lahan sawah, paling lambat Jumat.\n2. Dinas Pertanian – bibit “kelapa dalam”."


# --- text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        NOTULEN.encode("utf-8"),
        NOTULEN.encode("utf-8-sig"),
        NOTULEN.encode("utf-16"),
        codecs.BOM_UTF16_BE + NOTULEN.encode("utf-16-be"),
        NOTULEN.encode("utf-16-le"),
        NOTULEN.encode("cp1252"),
        NOTULEN.replace("\n", "\r\n").encode("utf-8"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big endian", "utf-16 without mark", "Windows", "Windows lines"],
)
def test_notepad_in_any_encoding(data: bytes) -> None:
    assert read_document(data, "notulen.txt") == NOTULEN


def test_tabs_of_a_pasted_table_stay() -> None:
    assert read_document(b"No\tArahan\tPJ\n1\tMendata\tCamat", "a.txt") == "No\tArahan\tPJ\n1\tMendata\tCamat"


# --- Excel ----------------------------------------------------------------------------------------------------------


def test_excel_matrix_with_real_dates() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["No", "Arahan", "PJ", "Batas waktu", "Target"])
    sheet.append([1, "Mendata lahan\nsawah", "Camat Meranti", date(2026, 1, 30), 12.5])
    sheet.append([2, "Rapat", "Bagian Umum", datetime(2026, 2, 3, 14, 0), None])
    sheet.append([])
    sheet["E3"] = 0.6
    sheet["E3"].number_format = "0%"
    hidden = book.create_sheet("lama")
    hidden.append(["arahan lama"])
    hidden.sheet_state = "hidden"

    assert read_document(saved(book), "matriks.xlsx").split("\n") == [
        "No\tArahan\tPJ\tBatas waktu\tTarget",
        "1\tMendata lahan sawah\tCamat Meranti\t30 Januari 2026\t12,5",
        "2\tRapat\tBagian Umum\t3 Februari 2026 pukul 14.00\t60%",
    ]


def test_excel_cells_merged_downwards_count_for_every_row() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Dinas Sosial", "mendata"])
    sheet.append([None, "menyalurkan"])
    sheet.merge_cells("A1:A2")

    assert read_document(saved(book), "m.xlsx") == "Dinas Sosial\tmendata\nDinas Sosial\tmenyalurkan"


def test_excel_formulas_are_never_computed() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["arahan", '=HYPERLINK("https://example.org")'])

    assert read_document(saved(book), "m.xlsx") == "arahan"


def test_excel_sheet_without_end_is_refused() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["XFD1048576"] = "a", "z"

    assert "terlalu besar" in refusal(saved(book), "m.xlsx")


# --- PDF ------------------------------------------------------------------------------------------------------------


def test_pdf_with_a_text_layer() -> None:
    text = read_document(
        pdf("NOTULEN RAKORPEM\n\n1. Camat Air Joman mendata lahan sawah.\n\n#pagebreak()\nHalaman dua"), "n.pdf"
    )

    assert "NOTULEN RAKORPEM" in text
    assert "Camat Air Joman mendata lahan sawah." in text
    assert text.index("Camat") < text.index("Halaman dua")


def test_scanned_pdf_is_told_to_come_as_text() -> None:
    picture = ", ".join(str(byte) for byte in png(16, 16))
    message = refusal(pdf(f"#image(bytes(({picture})))"), "pindaian.pdf")

    assert "pindaian.pdf hanya berisi gambar" in message
    assert "tempelkan teksnya" in message


def test_pdf_under_a_password() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Rahasia: arahan Bupati tentang mutasi"))))
    writer.encrypt("sandi", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)

    assert "kata sandi" in refusal(buffer.getvalue(), "n.pdf")


def test_pdf_that_may_be_read_but_not_changed_is_read() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Camat mendata lahan sawah"))))
    writer.encrypt("", owner_password="pemilik", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)

    assert "Camat mendata lahan sawah" in read_document(buffer.getvalue(), "n.pdf")


# --- what a file is, its content decides ----------------------------------------------------------------------------


def test_a_wrong_name_does_not_matter() -> None:
    document = docx.Document()
    document.add_paragraph("Camat mendata")

    assert read_document(saved(document), "notulen.txt") == "Camat mendata"
    assert read_document(NOTULEN.encode(), "notulen.pdf") == NOTULEN


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong"),
        (b" \n\t ", "kosong"),
        (b"\x00" * 50, "kosong"),
        (png(), "gambar"),
        (b"\xff\xd8\xff\xe0 jpeg", "gambar"),
        (b"{\\rtf1 halo}", "RTF"),
        (b"Rar!\x1a\x07", "arsip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Office lama"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (bytes(range(256)) * 4, "bukan berkas teks"),
        (b"%PDF-1.7 tapi rusak", "rusak"),
        (b"PK\x03\x04 tapi rusak", "rusak"),
        (zipped({"foto.jpg": b"x"}), "bukan berkas Word"),
        (zipped({"word/document.xml": b"<rusak"}), "rusak"),
        (zipped({"xl/workbook.xml": b"<rusak"}), "rusak"),
        (saved(docx.Document()), "tidak berisi teks"),
        (saved(Workbook()), "tidak berisi teks"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, said: str) -> None:
    message = refusal(data, "notulen rakorpem.docx")

    assert said in message
    assert message.startswith("Berkas notulen rakorpem.docx ")
    assert "Mohon" in message


def test_too_large_a_file() -> None:
    assert "20 MB" in refusal(b"a" * (LARGEST_FILE + 1))


def test_a_zip_bomb_is_not_unpacked() -> None:
    zeros = b"\x00" * (11 * 1024 * 1024)
    bomb = zipped({"word/document.xml": b"<w/>", **{f"word/media/{n}.bin": zeros for n in range(10)}})

    assert len(bomb) < 200_000
    assert "terlalu besar" in refusal(bomb)


def test_entities_that_multiply_are_refused() -> None:
    document = docx.Document()
    document.add_paragraph("x")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"]
    declaration, rest = body.split(b"?>", 1)
    parts["word/document.xml"] = declaration + b'?><!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>' + rest

    assert "rusak" in refusal(zipped(parts))


def test_a_file_name_never_breaks_the_sentence() -> None:
    message = refusal(b"", "../../etc/\nnotulen\x00" + "x" * 300 + ".docx")

    assert "\n" not in message
    assert "/" not in message
    assert len(message) < 200


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    assert answer(start + data).strip()
