"""Render the story's drawn photos from `data/photos/photos.typ`. Not used while the simulator runs.

Usage: python -m simulator.draw_photos
"""

from __future__ import annotations

from pathlib import Path

import typst

FOLDER = Path(__file__).parent / "data" / "photos"
NAMES = ("sawah.png", "patok.png", "gerai.png")
PIXELS_PER_INCH = 216.0


def main() -> None:
    pages = typst.compile(FOLDER / "photos.typ", format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(pages, list)
    for name, content in zip(NAMES, pages, strict=True):
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
