"""Matriks tindak lanjut, as a workbook and as a paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.making import Draft, Sheet
from models.assignments import Assignment, Status
from models.lookups import assignments_where
from models.meetings import Meeting
from models.papers import PaperOrder
from models.standing import by_directive
from models.units import Programme, Unit
from presentation.chat import render
from presentation.mail import Content
from presentation.matrix import matrix_rows
from presentation.print.letterhead import Letterhead
from presentation.print.matrix import render_matrix_pdf, render_matrix_xlsx
from presentation.print.matrix_view import MatrixHead, MatrixRow

Renderer = Callable[[Sequence[MatrixRow], MatrixHead], bytes]


async def workbook(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The matrix as XLSX: about `scope` ("all", "m.<meeting>", "u.<unit>", "p.<programme>")."""
    return await _matrix(session, order, settings, clock, render_matrix_xlsx, "xlsx")


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The matrix as PDF with letterhead."""
    return await _matrix(session, order, settings, clock, render_matrix_pdf, "pdf")


async def _matrix(
    session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock, renderer: Renderer, ending: str
) -> Draft:
    now, zone = clock.now(), settings.zone
    kind, _, identity = str(order.about["scope"]).partition(".")
    label, found = "Semua arahan tahun berjalan", None
    if kind == "m":
        meeting = await session.get_one(Meeting, int(identity))
        label, found = meeting.title, await assignments_where(session, None, now, zone, meeting_id=meeting.id)
    elif kind == "u":
        label = (await session.get_one(Unit, identity)).name
        found = await assignments_where(session, None, now, zone, unit_code=identity)
    elif kind == "p":
        label = (await session.get_one(Programme, identity)).name
        found = await assignments_where(session, None, now, zone, programme_tag=identity)
    tasks = _in_order(found if found is not None else await assignments_where(session, None, now, zone))
    for task in tasks:
        await session.refresh(task, ["reports"])
    rows = matrix_rows(by_directive(tasks), now, zone)
    head = MatrixHead(Letterhead(settings.organisation.name, "Sekretariat Daerah"), label, now.astimezone(zone))
    text = render("paper_caption", title=f"Matriks tindak lanjut: {label}", now=now, zone=zone)
    name = f"matriks-tindak-lanjut-{now.astimezone(zone):%Y-%m-%d}.{ending}"
    return Draft(partial(_draw, renderer, rows, head, name), Content(text), "paper")


def _in_order(tasks: Sequence[Assignment]) -> list[Assignment]:
    """By number of the directive, the unit responsible first."""
    return sorted(
        (task for task in tasks if task.status != Status.CANCELLED),
        key=lambda task: (task.directive.number or "", not task.is_lead, task.unit.position),
    )


def _draw(renderer: Renderer, rows: Sequence[MatrixRow], head: MatrixHead, name: str) -> list[Sheet]:
    return [Sheet(renderer(rows, head), name)]
