"""Plain text in the encodings that Windows and phones write."""

from __future__ import annotations

import codecs

from understanding.documents.refusal import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_CONTROLS = 0.02


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return data.decode("utf-16-le")
    if sample[0::2].count(0) > len(sample) // 4:
        return data.decode("utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 leaves five bytes undefined; none of them is a letter.
        return data.decode("cp1252", errors="replace")


def read_plain(data: bytes, name: str) -> str:
    """The text of a .txt file; raises `UnreadableDocument` for what is no text at all."""
    try:
        text = _decode(data)
    except UnicodeDecodeError:
        raise UnreadableDocument(_no_text(name)) from None
    strange = sum(1 for letter in text if (letter < " " and letter not in "\t\n\r\f\v") or letter in "\x7f\ufffd")
    if strange > len(text) * _MOST_CONTROLS:
        raise UnreadableDocument(_no_text(name))
    return text


def _no_text(name: str) -> str:
    return f"{name} bukan berkas teks yang dapat dibaca. Mohon kirim .docx, .xlsx, .pdf, atau .txt."
