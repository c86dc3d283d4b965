"""Every picture and paper on a realistic year and on its edges: `python -m benchmarks.papers --out FOLDER`.

Prints for each how long it takes to look up and to draw, and its size, and writes it to the folder to be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.year import NOW, Year, fill
from clock import Clock
from config import ROOT, Settings, load_settings
from console.run import open_database
from jobs.papers import MAKERS
from jobs.papers.long_work import LONG_MAKERS
from jobs.papers.making import Progress
from jobs.papers.summary import gather
from models.assignments import Assignment
from models.database import Database
from models.letters import WarningLetter
from models.papers import PaperOrder
from models.people import Member, Role, members_in
from models.records import Summary
from models.report_cards import ReportCard
from models.reports import Evidence, Report, Verification
from models.standing import standing
from models.units import Unit
from presentation.kept import as_kept
from presentation.weekly import summary_view

CASES: dict[str, Year | None] = {
    "tahun": Year(),
    "kosong": None,
    "satu-unit": Year(units=1, meetings=2, directives=12),
    "semua-terlambat": Year(seed=11, meetings=4, late=3.0),
    "nama-panjang": Year(seed=3, meetings=2, long_names=True),
}
ALL_POSTS = ["kecamatan", "opd", "puskesmas"]


class FixedClock:
    """The moment at which the year is looked at."""

    def now(self) -> datetime:
        return NOW


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--case", choices=CASES, action="append")
    chosen = parser.parse_args()
    for case in chosen.case or CASES:
        with tempfile.TemporaryDirectory(prefix="kawal-year-") as folder:
            asyncio.run(_case(case, CASES[case], Path(folder), chosen.out / case))


async def _case(name: str, year: Year | None, folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    settings = load_settings(
        ROOT / "config.example.toml",
        database={"url": f"sqlite:///{folder / 'year.sqlite'}"},
        files={"directory": str(folder / "files")},
    )
    database = await open_database(settings)
    try:
        started = time.perf_counter()
        await fill(database, settings.files.directory, year or Year(units=0, meetings=0))
        async with database.reading() as session:
            counts = [
                await session.scalar(select(func.count()).select_from(table))
                for table in (Assignment, Report, Evidence)
            ]
        _say(
            f"\n{name}: {counts[0]} tasks, {counts[1]} reports, {counts[2]} evidence, filled in {time.perf_counter() - started:.1f} s"
        )
        await _last_week(database, settings)
        for label, kind, about in await _orders(database):
            await _make(database, settings, label, kind, about, out)
    finally:
        await database.close()


async def _last_week(database: Database, settings: Settings) -> None:
    """The summary of the week before, a few right-of-reply answers, and a letter, to compare with and to print."""
    async with database.writing() as session:
        week = await gather(
            session, settings, NOW - timedelta(days=7), week="", compared_before=NOW - timedelta(days=30)
        )
        if not week.standing.overall.total:
            return
        # The year is written as it stands at its end, so what was closed since is put back for the comparison.
        before = NOW - timedelta(days=7)
        closed = (
            await session.scalar(select(func.count()).select_from(Assignment).where(Assignment.closed_at >= before))
            or 0
        )
        first = (
            await session.scalar(select(func.count()).select_from(Assignment).where(Assignment.accepted_at >= before))
            or 0
        )
        overall = week.standing.overall
        overall.done, overall.not_reported = overall.done - closed, overall.not_reported + first
        overall.in_progress = max(0, overall.in_progress + closed - first)
        session.add(
            Summary(week="2026-W51", as_of=NOW - timedelta(days=7), monday=(NOW - timedelta(days=7)).date(),
                    figures=week.standing.snapshot(), view=as_kept(summary_view(week)))
        )  # fmt: skip
        counts = (await standing(session, NOW, settings.zone)).units
        worst = sorted(counts, key=lambda code: -counts[code].late)
        for code in worst[:3]:
            heads = await members_in(session, Role.PELAKSANA)
            session.add(ReportCard(unit_code=code, week="2026-W52", as_of=NOW, figures=asdict(counts[code]), replied_at=NOW,
                                   reply="Peta bidang dari BPN baru terbit pekan lalu; pendataan kami selesaikan akhir bulan.",
                                   replied_as=heads[0].title, replied_by=heads[0].id))  # fmt: skip
        first_letter = NOW - timedelta(days=42)
        late = list(
            await session.scalars(
                select(Assignment.id).where(Assignment.unit_code == worst[0], Assignment.due_at < first_letter)
            )
        )
        author = (await members_in(session, Role.SEKRETARIAT))[0].id
        for level, number in ((1, "700/121/Setda/2026"), (2, None)):
            dated = (first_letter if level == 1 else NOW).date()
            session.add(WarningLetter(unit_code=worst[0], level=level, number=number, dated=dated, assignment_ids=late,
                                      answer_by=dated + timedelta(days=7), drafted_by=author, drafted_at=NOW))  # fmt: skip


async def _orders(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    async with database.reading() as session:
        counts = (await standing(session, NOW, NOW.tzinfo)).units  # type: ignore[arg-type]
        units = sorted(counts, key=lambda code: -counts[code].late) or ["12.09.09"]
        verified = await session.scalar(
            select(Assignment.unit_code).join(Verification, Verification.assignment_id == Assignment.id)
            .group_by(Assignment.unit_code).order_by(func.count().desc()).limit(1)
        )  # fmt: skip
        letters = list(await session.scalars(select(WarningLetter).order_by(WarningLetter.id)))
        idle = (await session.scalars(select(Unit).where(Unit.kind == "opd", Unit.code.not_in(units)).limit(1))).first()
    orders: list[tuple[str, str, dict[str, Any]]] = [
        ("ringkasan", "summary", {}),
        ("ringkasan-pdf", "summary_pdf", {}),
        ("rapor-terburuk", "rapor", {"unit": units[0]}),
        ("rapor-terbaik", "rapor", {"unit": units[-1]}),
        (
            "bahan",
            "meeting_pack",
            {"meeting": "Rakorpem Januari 2027", "starts": "2027-01-18T09:00:00+07:00", "place": "Aula Melati"},
        ),
        ("berita-acara", "verification_record", {"scope": f"u.{verified or units[0]}+t.20261101.20261231"}),
        ("belum-bergabung", "not_joined", {}),
        ("undangan", "invitation_sheet", {"kinds": ALL_POSTS, "bot": "KawalAsahanBot"}),
        ("matriks-desember", "matrix_pdf", {"scope": "t.20261201.20261231"}),
        ("matriks-tahun", "matrix_pdf", {"scope": "all"}),
        ("matriks-tahun-xlsx", "matrix_xlsx", {"scope": "all"}),
        ("bukti-triwulan", "evidence", {"scope": "t.20261001.20261231", "layout": "g", "label": "Triwulan IV 2026"}),
    ]
    if idle is not None:
        orders.append(("rapor-tanpa-tugas", "rapor", {"unit": idle.code}))
    return orders + [(f"teguran-{one.level}", "warning_letter", {"letter": one.id}) for one in letters]


async def _make(
    database: Database, settings: Settings, label: str, kind: str, about: dict[str, Any], out: Path
) -> None:
    clock: Clock = FixedClock()
    async with database.reading() as session:
        member = (await session.scalars(select(Member).limit(1))).first()
        order = PaperOrder(id=1, kind=kind, about=about, member_id=1, chat_id=1, asked_at=NOW, member=member)
        with _timed() as looked_up:
            maker: Any = MAKERS.get(kind) or LONG_MAKERS[kind]
            draft = await maker(session, order, settings, clock)
    with _timed() as drawn:
        sheets = draft.work(Progress(), out) if kind in LONG_MAKERS else draft.draw()
    sizes = []
    for number, sheet in enumerate(sheets, start=1):
        target = out / f"{label}{number if len(sheets) > 1 else ''}{Path(sheet.name).suffix}"
        if isinstance(sheet.data, Path):
            sheet.data.replace(target)
        else:
            target.write_bytes(sheet.data)
        sizes.append(target.stat().st_size)
    _say(
        f"  {label:<20} look up {looked_up[0]:6.0f} ms   draw {drawn[0]:6.0f} ms   {sum(sizes) / 1024:8.0f} kB in {len(sizes)}"
    )


@contextmanager
def _timed() -> Iterator[list[float]]:
    spent: list[float] = []
    started = time.perf_counter()
    yield spent
    spent.append((time.perf_counter() - started) * 1000)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
