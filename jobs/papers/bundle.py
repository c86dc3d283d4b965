"""Evidence as ZIP archives with an index: written to the disk file by file, in parts that Telegram takes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.making import LongDraft, Progress, Sheet
from models.evidence import EvidenceItem, evidence_items
from models.papers import PaperOrder
from models.scopes import Scope, read_scope
from presentation.archive import PART_LIMIT, Layout, Packed, index_rows, pack
from presentation.chat import render
from presentation.mail import Content
from presentation.print.evidence_index import render_index

INDEX = "indeks.xlsx"


async def evidence(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> LongDraft:
    """The evidence of about `scope`, foldered by about `layout`, under about `label`."""
    scope = read_scope(str(order.about["scope"])) or Scope()
    items = await evidence_items(session, scope, settings.zone)
    made_at, title = clock.now().astimezone(settings.zone), f"Bukti dukung: {order.about['label']}"
    text = render("paper_caption", title=title, now=made_at, zone=settings.zone)
    layout = Layout(order.about["layout"])
    return LongDraft(partial(_write, items, layout, title, made_at, settings.files.directory), Content(text))


def _write(
    items: Sequence[EvidenceItem],
    layout: Layout,
    title: str,
    made_at: datetime,
    files: Path,
    progress: Progress,
    folder: Path,
    limit: int = PART_LIMIT,
) -> list[Sheet]:
    sizes = {
        item.path: (files / item.path).stat().st_size for item in items if item.path and (files / item.path).is_file()
    }
    packed = pack(items, layout, sizes, max(limit // 2, limit - len(items) * 300))
    parts = max((one.part for one in packed), default=0) or 1
    progress.begin(sum(1 for one in packed if one.name), "berkas")
    note = f"{progress.total} berkas dalam {parts} bagian. Buka semua bagian ke folder yang sama agar tautan berfungsi."
    index = render_index(index_rows(packed), title, note, made_at)
    return [
        _part(number, parts, [one for one in packed if one.part == number], index, files, progress, folder, made_at)
        for number in range(1, parts + 1)
    ]


def _part(
    number: int,
    parts: int,
    packed: Sequence[Packed],
    index: bytes,
    files: Path,
    progress: Progress,
    folder: Path,
    made_at: datetime,
) -> Sheet:
    ending = f"-bagian-{number}-dari-{parts}" if parts > 1 else ""
    target = folder / f"{number}.zip"
    # Photos and PDF are compressed already: storing them is quick, and the size of a part is known beforehand.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        archive.writestr(INDEX, index)
        for one in packed:
            assert one.item.path is not None
            archive.write(files / one.item.path, one.name)
            progress.step()
    return Sheet(target, f"bukti-dukung-{made_at:%Y-%m-%d}{ending}.zip")
