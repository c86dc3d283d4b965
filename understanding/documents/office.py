"""Word and Excel files: what kind a zip archive is, and whether it is safe to open."""

from __future__ import annotations

import io
import zipfile

from understanding.documents.refusal import UnreadableDocument

_MOST_PARTS = 5_000
_MOST_BYTES = 100 * 1024 * 1024
_MOST_XML_BYTES = 30 * 1024 * 1024
_ENCRYPTED = 0x1


def read_office(data: bytes, name: str) -> str:
    """The text of a .docx or .xlsx file; raises `UnreadableDocument` for every other archive."""
    parts = _checked_parts(data, name)
    try:
        if "word/document.xml" in parts:
            from understanding.documents.word import read_word

            return read_word(data)
        if "xl/workbook.xml" in parts:
            from understanding.documents.workbook import read_workbook

            return read_workbook(data, name)
    except UnreadableDocument:
        raise
    except Exception:  # both libraries raise many kinds on broken files
        raise UnreadableDocument(_broken(name)) from None
    raise UnreadableDocument(
        f"{name} bukan berkas Word atau Excel. Mohon simpan sebagai .docx, .xlsx, .pdf, atau .txt lalu kirim kembali."
    )


def _checked_parts(data: bytes, name: str) -> set[str]:
    """The names in the archive, once it is known to unpack to a sane size and to hold no entity declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise UnreadableDocument(_too_large(name))
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise UnreadableDocument(
                    f"{name} dikunci kata sandi. Mohon simpan tanpa kata sandi lalu kirim kembali."
                )
            texts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
            if sum(entry.file_size for entry in texts) > _MOST_XML_BYTES:
                raise UnreadableDocument(_too_large(name))
            for entry in texts:
                # Office writes no DTD; one would only serve to blow up or to reach outside.
                if _declares_entities(archive.read(entry)):
                    raise UnreadableDocument(_broken(name))
            return {entry.filename for entry in entries}
    except UnreadableDocument:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.LargeZipFile):
        raise UnreadableDocument(_broken(name)) from None
    except Exception as error:  # zlib and lzma have errors of their own
        raise UnreadableDocument(_broken(name)) from error


def _declares_entities(xml: bytes) -> bool:
    return any("<!DOCTYPE".encode(encoding) in xml for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _too_large(name: str) -> str:
    return f"Isi {name[0].lower()}{name[1:]} terlalu besar. Mohon kirim bagian arahannya saja, tanpa gambar atau lembar lain."


def _broken(name: str) -> str:
    return f"{name} rusak dan tidak dapat dibuka. Mohon simpan ulang lalu kirim kembali."
