"""Size and kind of a picture from its first bytes, and a plain grey one for thumbnails; no image library needed."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


@dataclass(slots=True, frozen=True)
class Picture:
    """`kind` is jpeg, png, gif or webp; width and height in pixels."""

    kind: str
    width: int
    height: int

    @property
    def mime_type(self) -> str:
        return f"image/{self.kind}"


def measure(content: bytes) -> Picture | None:
    """Read the header; None when this is no picture of a known kind, or a broken one."""
    try:
        if content[:8] == b"\x89PNG\r\n\x1a\n":
            width, height = struct.unpack(">II", content[16:24])
            return Picture("png", width, height)
        if content[:2] == b"\xff\xd8":
            return _measure_jpeg(content)
        if content[:6] in (b"GIF87a", b"GIF89a"):
            width, height = struct.unpack("<HH", content[6:10])
            return Picture("gif", width, height)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _measure_webp(content)
    except (struct.error, IndexError):
        return None
    return None


def _measure_jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("jpeg", width, height)
        if marker == 0xFF or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _measure_webp(content: bytes) -> Picture | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        return Picture("webp", width, height)
    if chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return Picture("webp", width & 0x3FFF, height & 0x3FFF)
    return None


def grey_png(width: int, height: int, shade: int = 190) -> bytes:
    """A one-colour greyscale PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + bytes([shade]) * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
