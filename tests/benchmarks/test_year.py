"""The pictures and papers hold on a made-up year and on its edges: nothing runs over, nothing is counted wrongly."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from openpyxl.reader import excel
from sqlalchemy import func, select

from benchmarks.year import NOW, Year, fill
from config import ROOT, Settings, load_settings
from jobs.papers import MAKERS
from jobs.papers.summary import gather
from models.assignments import Assignment, Status
from models.database import Database
from models.directives import Directive, Priority
from models.papers import PaperOrder
from models.people import Member
from models.units import load_units
from presentation.weekly import summary_view
from tests.presentation.print.papers import pages, text

CASES = {
    "a month": Year(meetings=1),
    "400 late": Year(seed=11, meetings=2, late=3.0),
    "names of 120 characters": Year(seed=3, meetings=1, long_names=True),
    "one unit": Year(units=1, meetings=1, directives=14),
    "nothing": Year(meetings=0),
}


class Now:
    def now(self) -> object:
        return NOW


@pytest.fixture(params=list(CASES))
async def filled(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> tuple[str, Database, Settings]:
    """A database with one of the cases in it; drawing does not depend on the engine."""
    settings = load_settings(
        ROOT / "config.example.toml", database={"url": sqlite_url}, files={"directory": str(tmp_path)}
    )
    database = Database(sqlite_url)
    async with database.writing() as session:
        await load_units(session, settings.organisation.units, settings.organisation.programmes)
    await fill(database, tmp_path, CASES[request.param])
    return request.param, database, settings


async def made(database: Database, settings: Settings, kind: str, **about: object) -> bytes:
    async with database.reading() as session:
        member = (await session.scalars(select(Member).limit(1))).one()
        order = PaperOrder(id=1, kind=kind, about=about, member_id=member.id, chat_id=1, asked_at=NOW, member=member)
        draft = await MAKERS[kind](session, order, settings, Now())  # type: ignore[arg-type]
    [sheet] = draft.draw()
    assert isinstance(sheet.data, bytes)
    return sheet.data


async def test_every_product_holds_on_the_edges(filled: tuple[str, Database, Settings]) -> None:
    name, database, settings = filled
    try:
        picture = await made(database, settings, "summary")
        width, height = struct.unpack(">II", picture[16:24])
        assert (width, height <= round(1080 * 2.2)) == (1080, True), "a phone would shrink it"
        assert len(pages(await made(database, settings, "summary_pdf"))) <= 2
        rapor = pages(await made(database, settings, "rapor", unit="distan"))
        assert len(rapor) == 1
        assert pages(await made(database, settings, "meeting_pack", meeting="Rakorpem", starts=None, place=""))
        invitations = text(
            await made(database, settings, "invitation_sheet", kinds=["kecamatan"], bot="KawalAsahanBot")
        )
        assert "start=" not in invitations or "…" not in invitations.split("start=")[1][:33], "a cut link opens nothing"
        if name == "400 late":
            async with database.reading() as session:
                week = await gather(session, settings, NOW, week="", compared_before=NOW)
            assert week.standing.overall.late >= 400
    finally:
        await database.close()


async def test_the_figures_of_picture_and_workbook_are_those_of_the_tables(
    filled: tuple[str, Database, Settings],
) -> None:
    _, database, settings = filled
    try:
        async with database.reading() as session:
            visible = select(func.count()).select_from(Assignment).join(Directive)
            visible = visible.where(Directive.priority != Priority.RAHASIA, Assignment.status != Status.CANCELLED)
            tasks = await session.scalar(visible)
            directives = await session.scalar(
                select(func.count()).select_from(Directive).where(Directive.priority != Priority.RAHASIA)
            )
            view = summary_view(await gather(session, settings, NOW, week="", compared_before=NOW))
        assert view.counts.total == tasks == sum(tile.total for tile in view.units)
        assert sum(row.late for row in view.programmes) == view.counts.late
        data = io.BytesIO(await made(database, settings, "matrix_xlsx", scope="all"))
        book = excel.load_workbook(data)  # type: ignore[no-untyped-call]
        numbered = [row[0].value for row in book.worksheets[0].iter_rows(min_row=6) if isinstance(row[0].value, int)]
        assert len(numbered) == directives
    finally:
        await database.close()
