"""PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import time

from understanding.documents.refusal import UnreadableDocument

_MOST_PAGES = 300
_MOST_LETTERS = 2_000_000
_LEAST_LETTERS_A_PAGE = 10
_SECONDS = 30.0  # an honest page takes hundredths; a few kilobytes can be made to take hours


def read_pdf(data: bytes, name: str) -> str:
    """The text of all pages, one after another; a scan without text is refused, for nothing may be guessed."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    until = time.monotonic() + _SECONDS

    def in_time(*_: object) -> None:
        if time.monotonic() > until:
            raise UnreadableDocument(f"{name} terlalu rumit. Mohon kirim halaman arahannya saja, atau berkas Word-nya.")

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings would quote the file
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(_locked(name))
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise UnreadableDocument(f"{name} lebih dari {_MOST_PAGES} halaman. Mohon kirim halaman arahannya saja.")
        pages: list[str] = []
        letters = 0
        for page in reader.pages:
            in_time()
            pages.append(page.extract_text(visitor_operand_before=in_time))
            letters += len(pages[-1])
            if letters > _MOST_LETTERS:
                raise UnreadableDocument(f"{name} terlalu panjang. Mohon kirim halaman arahannya saja.")
    except UnreadableDocument:
        raise
    except (FileNotDecryptedError, DependencyError):
        raise UnreadableDocument(_locked(name)) from None
    except Exception:  # pypdf raises many kinds on broken files, RecursionError among them
        raise UnreadableDocument(
            f"{name} rusak dan tidak dapat dibuka. Mohon simpan ulang sebagai PDF lalu kirim kembali."
        ) from None
    text = "\n".join(pages)
    if sum(map(str.isalnum, text)) < _LEAST_LETTERS_A_PAGE * min(count, 3):
        raise UnreadableDocument(
            f"{name} hanya berisi gambar hasil pindaian, tidak ada teks yang dapat dibaca. "
            "Mohon kirim berkas Word-nya atau tempelkan teksnya di sini."
        )
    return text


def _locked(name: str) -> str:
    return f"{name} dikunci kata sandi. Mohon simpan tanpa kata sandi lalu kirim kembali."
