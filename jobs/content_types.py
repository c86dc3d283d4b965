"""What a file is by its first bytes, whatever its name says. Nothing is opened or run to find out."""

from __future__ import annotations

from pathlib import Path

HEAD_BYTES = 64 << 10
UNKNOWN = "application/octet-stream"
PROGRAMS = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-elf",
        "application/x-mach-binary",
        "application/x-shellscript",
        "application/vnd.android.package-archive",
        "application/x-ms-shortcut",
        "text/html",
    }
)
"""What runs when somebody opens it; no proof of any work done comes in this form."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"AC10", "image/vnd.dwg"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (b"#!", "application/x-shellscript"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"AndroidManifest.xml", "application/vnd.android.package-archive"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis", "application/vnd.oasis.opendocument"),
    (b"doc.kml", "application/vnd.google-earth.kmz"),
)


def content_type_of(path: Path) -> str:
    """The media type of a stored file. Raises OSError."""
    with path.open("rb") as file:
        return content_type(file.read(HEAD_BYTES))


def content_type(head: bytes) -> str:
    """The media type of what begins with these bytes; `application/octet-stream` when they tell nothing."""
    if head.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _ZIPPED if part in head), "application/zip")
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:11] in (b"hei", b"mif") else "video/mp4"
    known = next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)
    return known or _text_type(head)


def _text_type(head: bytes) -> str:
    if not head or b"\x00" in head:
        return UNKNOWN
    try:
        # The end may be in the middle of a letter.
        words = head.decode("utf-8-sig", "strict" if len(head) < HEAD_BYTES else "ignore")
    except UnicodeDecodeError:
        return UNKNOWN
    start = words.lstrip().lower()[:512]
    if start.startswith(("<!doctype html", "<html", "<script", "<svg")) or "<script" in start:
        return "text/html"
    return "application/xml" if start.startswith("<?xml") else "text/plain"
