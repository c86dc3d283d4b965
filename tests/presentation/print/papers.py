"""Reading back what was printed."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with break points and runs of white space made plain."""
    reader = PdfReader(io.BytesIO(pdf))
    return [
        re.sub(r"\s+", " ", page.extract_text().replace("\u200b", "").replace("\u2060", "")) for page in reader.pages
    ]


def text(pdf: bytes) -> str:
    """All pages' text in one line."""
    return " ".join(pages(pdf))


def sheet_millimetres(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page, rounded."""
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)
