"""The one place that runs Typst: a template of this folder and plain data in, PDF or PNG bytes out.

Everything is passed as JSON and set as text, so markup in what people typed is printed, never executed. Only the fonts
of this folder are used, and no file outside it can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    import typst

T = TypeVar("T")

FOLDER = Path(__file__).resolve().parent


class PrintError(RuntimeError):
    """A template could not be set with this data; the message is for the log, not for people."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst  # a start does without it, and the first paper waits for it once

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "fonts"])


def typeset_pdf(
    template: str, data: Mapping[str, object], *, made_at: datetime | None = None, tagged: bool = True
) -> bytes:
    """Set `template` (a file name in this folder) as PDF; `made_at` becomes its creation time. Raises PrintError.

    Tags let a screen reader follow the page; on tables of thousands of cells they cost ten times the size.
    """
    import typst

    compiler = _compiler(template, data)
    created = int(made_at.timestamp()) if made_at else 0
    try:
        made = compiler.compile(format="pdf", timestamp=created, pdf_tags=tagged)
    except typst.TypstError as error:
        raise PrintError(f"{template}: {error.message}") from error
    return cast(bytes, made)


def typeset_png(template: str, data: Mapping[str, object], *, ppi: float) -> bytes:
    """Set `template` as the PNG of its first page, `ppi` pixels per 72 points. Raises PrintError."""
    import typst

    compiler = _compiler(template, data)
    try:
        made = compiler.compile(format="png", ppi=ppi)
    except typst.TypstError as error:
        raise PrintError(f"{template}: {error.message}") from error
    return made[0] if isinstance(made, list) else cast(bytes, made)


def shortened(items: Sequence[T], limit: int, as_data: Callable[[T], object]) -> dict[str, object]:
    """The first `limit` items as data and how many more there are, in the shape the templates' lists expect."""
    return {"shown": [as_data(item) for item in items[:limit]], "more": max(0, len(items) - limit)}


def _compiler(template: str, data: Mapping[str, object]) -> typst.Compiler:
    import typst

    return typst.Compiler(
        input=FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
