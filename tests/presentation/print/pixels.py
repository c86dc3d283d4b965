"""A PNG as rows of colours, enough to look at single pixels without an imaging library."""

from __future__ import annotations

import struct
import zlib

Colour = tuple[int, int, int]


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n"), "not a PNG"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def rows(png: bytes) -> list[list[Colour]]:
    """Every pixel's red, green and blue; for 8-bit RGBA without interlace, as Typst writes it."""
    width, height = size(png)
    assert png[24:29] == bytes((8, 6, 0, 0, 0)), "expected 8-bit RGBA"
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(packed), width * 4
    above = bytearray(stride)
    picture: list[list[Colour]] = []
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        _undo_filter(raw[start], line, above)
        picture.append([(line[x], line[x + 1], line[x + 2]) for x in range(0, stride, 4)])
        above = line
    return picture


def _undo_filter(kind: int, line: bytearray, above: bytearray) -> None:
    for i in range(len(line) if kind else 0):
        left = line[i - 4] if i >= 4 else 0
        corner = above[i - 4] if i >= 4 else 0
        up = above[i]
        guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]
        line[i] = (line[i] + guess) & 0xFF


def _nearest(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))
