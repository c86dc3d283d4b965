"""Files the secretariat sends (.txt, .docx, .xlsx, .pdf) made into the text that `read_minutes` reads.

Nothing in a file is ever executed; what a file is, its content decides and not its name.
"""

from __future__ import annotations

from collections.abc import Callable

from understanding.documents.refusal import UnreadableDocument

__all__ = ["LARGEST_FILE", "UnreadableDocument", "read_document"]

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; what Telegram lets a bot download."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ASK_FOR_ANOTHER = "Mohon simpan sebagai .docx, .xlsx, .pdf, atau .txt lalu kirim kembali."


def read_document(data: bytes, file_name: str) -> str:
    """The text of a file: paragraphs as lines, table rows as lines with tabs between cells, line ends as `\\n`.

    Raises `UnreadableDocument` for what is too large, locked, broken, empty, scanned, or of another kind.
    CPU-bound: call it in a thread.
    """
    name = _shown(file_name)
    if len(data) > LARGEST_FILE:
        raise UnreadableDocument(
            f"{name} lebih besar dari 20 MB. Mohon kirim berkas yang lebih kecil, cukup bagian arahannya."
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(f"{name} kosong. Mohon periksa berkasnya lalu kirim kembali.")
    text = _reader_for(data, name)(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise UnreadableDocument(f"{name} tidak berisi teks. Mohon periksa berkasnya lalu kirim kembali.")
    return text


def _shown(file_name: str) -> str:
    """The file's name as it may appear in a sentence."""
    name = "".join(letter for letter in file_name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable()).strip()
    return f"Berkas {name[:60]}" if name else "Berkas ini"


def _reader_for(data: bytes, name: str) -> Callable[[bytes, str], str]:
    """The reader for what `data` is; each one loads its library only when it is needed."""
    if b"%PDF-" in data[:1024]:
        from understanding.documents.pdf import read_pdf

        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        from understanding.documents.office import read_office

        return read_office
    if data.startswith(_OLD_OFFICE):
        raise UnreadableDocument(_why_old_office(data, name))
    if data.startswith(_PICTURES) or data[4:12] in (b"ftypheic", b"ftypmif1") or data[8:12] == b"WEBP":
        raise UnreadableDocument(
            f"{name} adalah gambar; teksnya tidak dapat dibaca. Mohon ketik arahannya atau kirim berkas Word-nya."
        )
    if data.startswith(_ARCHIVES):
        raise UnreadableDocument(f"{name} adalah arsip. Mohon keluarkan isinya lalu kirim berkasnya satu per satu.")
    if data.startswith(b"{\\rtf"):
        raise UnreadableDocument(f"{name} berformat RTF yang belum dapat dibaca. {_ASK_FOR_ANOTHER}")
    from understanding.documents.plain import read_plain

    return read_plain


def _why_old_office(data: bytes, name: str) -> str:
    """An old Office file, or a new one under a password, which is wrapped the same way."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{name} dikunci kata sandi. Mohon simpan tanpa kata sandi lalu kirim kembali."
    return f"{name} berformat Office lama (.doc/.xls) yang belum dapat dibaca. {_ASK_FOR_ANOTHER}"
