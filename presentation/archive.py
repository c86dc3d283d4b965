"""The archive of evidence: how its folders are called, how it is parted, and its index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from models.evidence import EvidenceItem
from models.reports import EvidenceState
from presentation.print.evidence_index import IndexRow
from presentation.receipts import EVIDENCE_WORDS
from presentation.words import STATUS_WORDS
from understanding.spans import quarter_of

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]+')
_LONGEST = 60
PART_LIMIT = 24_000_000
"""Bytes of one part. Telegram takes 50 MB from a bot, but a slow line must get it through within the minute of a call."""
MOST_PARTS = 40
"""What is larger is asked for in smaller pieces; a quarter of a busy year is some twenty parts."""
_OVERHEAD = 400
"""Bytes that a file's entries in the archive take besides the file itself, generously."""


class Layout(StrEnum):
    """How the folders follow each other."""

    DIRECTIVE = "a"
    """arahan / unit: as the work goes."""
    GOAL = "g"
    """misi RPJMD / program / triwulan / unit: as SAKIP and LKjIP want it."""


@dataclass(frozen=True)
class Packed:
    """One piece of evidence with its place: `name` within the archive, `part` from 1; no place when it isn't packed."""

    item: EvidenceItem
    name: str = ""
    part: int = 0
    missing: str = ""


def pack(items: Sequence[EvidenceItem], layout: Layout, sizes: dict[str, int], limit: int) -> list[Packed]:
    """Give every file its folder and the part it goes into, each part at most `limit` bytes.

    `sizes` are the bytes of the stored files by path; what isn't among them can't be packed, nor what is over the limit.
    """
    packed: list[Packed] = []
    numbers: Counter[tuple[str, int]] = Counter()
    part, filled = 1, 0
    for item in items:
        size = sizes.get(item.path) if item.path else None
        if item.path is None or size is None or size > limit:
            packed.append(Packed(item, missing=_why(item, size)))
            continue
        if filled and filled + size + _OVERHEAD > limit:
            part, filled = part + 1, 0
        filled += size + _OVERHEAD
        folder = folder_of(item, layout)
        numbers[folder, item.report_id] += 1
        name = f"{item.number}_L-{item.report_id}_{numbers[folder, item.report_id]}{PurePosixPath(item.path).suffix}"
        packed.append(Packed(item, f"{folder}/{name}", part))
    return packed


def folder_of(item: EvidenceItem, layout: Layout) -> str:
    """ "2026-01-07 Mendata lahan/Kecamatan Air Joman", or "Cetak sawah rakyat/2026 Triwulan I/Kecamatan Air Joman".

    Where the programmes' file states a programme's mission in the RPJMD, that comes first.
    """
    if layout is Layout.GOAL:
        quarter = quarter_of(item.reported_at.date())
        word, part, year = quarter.label.split()
        goal = [safe(item.goal)] if item.goal else []
        return "/".join((*goal, safe(item.programme), f"{year} {word} {part}", safe(item.unit)))
    return f"{safe(f'{item.number} {item.directive}')}/{safe(item.unit)}"


def safe(name: str) -> str:
    """A folder's name that every system takes."""
    plain = " ".join(_UNFIT.sub(" ", name).split())
    if len(plain) > _LONGEST:
        plain = plain[:_LONGEST].rsplit(" ", 1)[0]
    return plain.strip(" .") or "tanpa nama"


def index_rows(packed: Sequence[Packed]) -> list[IndexRow]:
    """The index's lines, in the same order."""
    return [
        IndexRow(
            number=one.item.number,
            directive=one.item.directive,
            programme=one.item.programme,
            unit=one.item.unit,
            report=f"L-{one.item.report_id}",
            reported_at=one.item.reported_at,
            reporter=one.item.reporter,
            words=one.item.words,
            kind=EVIDENCE_WORDS.get(one.item.kind, one.item.kind),
            status=STATUS_WORDS[one.item.status],
            verified_by=one.item.verified_by,
            file=one.name,
            part=one.part,
            missing=one.missing,
            latitude=one.item.latitude,
            longitude=one.item.longitude,
            sha256=one.item.sha256 or "",
        )
        for one in packed
    ]


def _why(item: EvidenceItem, size: int | None) -> str:
    if item.kind == "location":
        return "lokasi, lihat kolom Lokasi"
    if size is not None:
        return f"terlalu besar untuk dikirim lewat Telegram; di server: {item.path}"
    if item.state == EvidenceState.WAITING:
        return "sedang diambil dari Telegram"
    return "berkas tidak tersimpan"
