"""Matriks tindak lanjut, as a workbook and as a paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.kop import letterhead, signatory
from jobs.papers.making import Draft, Sheet
from models.assignments import Assignment, Status
from models.evidence import counted_by_assignment
from models.listing import Viewer, tasks_in
from models.papers import PaperOrder
from models.said import said_last
from models.scopes import Scope, named, read_scope
from models.standing import by_directive
from presentation.chat import render
from presentation.exports import scope_label
from presentation.mail import Content
from presentation.matrix import Told, matrix_rows
from presentation.print.matrix import render_matrix_pdf, render_matrix_xlsx
from presentation.print.matrix_view import MatrixHead, MatrixRow, Paper

Renderer = Callable[[Sequence[MatrixRow], MatrixHead], bytes]


async def workbook(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The matrix as XLSX: about `scope` (see models.scopes)."""
    return await _matrix(session, order, settings, clock, render_matrix_xlsx, "xlsx")


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The matrix as PDF with letterhead."""
    return await _matrix(session, order, settings, clock, render_matrix_pdf, "pdf")


async def _matrix(
    session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock, renderer: Renderer, ending: str
) -> Draft:
    now, zone = clock.now(), settings.zone
    scope = read_scope(str(order.about["scope"])) or Scope()
    names = await named(session, scope)
    label = scope_label(scope, *names) if names else ""
    tasks = in_order((await session.scalars(tasks_in(Viewer(None, now, zone), "all", scope))).all())
    ids = {task.id for task in tasks}
    told = Told(await said_last(session, ids), await counted_by_assignment(session, ids))
    rows = matrix_rows(by_directive(tasks), told, now, zone)
    head = MatrixHead(letterhead(settings), label, now.astimezone(zone), paper=Paper(settings.letterhead.matrix_paper),
                      place=settings.letterhead.place, signatory=signatory(settings))  # fmt: skip
    text = render("paper_caption", title=f"Matriks tindak lanjut: {label}", now=now, zone=zone)
    name = f"matriks-tindak-lanjut-{now.astimezone(zone):%Y-%m-%d}.{ending}"
    return Draft(partial(_draw, renderer, rows, head, name), Content(text), "paper")


def in_order(tasks: Sequence[Assignment]) -> list[Assignment]:
    """By number of the directive, the unit responsible first."""
    return sorted(
        (task for task in tasks if task.status != Status.CANCELLED),
        key=lambda task: (task.directive.number or "", not task.is_lead, task.unit.position),
    )


def _draw(renderer: Renderer, rows: Sequence[MatrixRow], head: MatrixHead, name: str) -> list[Sheet]:
    return [Sheet(renderer(rows, head), name)]
