"""Teguran and berita acara verifikasi as papers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.kop import letterhead, signatory
from jobs.papers.making import Draft, Sheet
from models.assignments import Assignment
from models.directives import Directive, visible_to
from models.evidence import counted_by_assignment
from models.letters import WarningLetter, letters_to
from models.listing import Viewer, tasks_in
from models.papers import PaperOrder
from models.people import Capacity, Holding, Post, Role
from models.reports import Verification
from models.scopes import Scope, moments, read_scope
from models.units import Unit
from presentation.archive import safe
from presentation.chat import render
from presentation.letters import printed_record, printed_warning
from presentation.mail import Content
from presentation.print.formats import roman
from presentation.print.letterhead import Signatory
from presentation.print.verification_record import render_verification_record
from presentation.print.warning_letter import render_warning_letter
from presentation.receipts import evidence_counted


async def warning(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The teguran of about `letter`, about its tasks that are late still."""
    now, zone = clock.now(), settings.zone
    letter = await session.get_one(WarningLetter, order.about["letter"])
    every = await letters_to(session, letter.unit_code)
    earlier = [one for one in every if one.id < letter.id][-(letter.level - 1) :] if letter.level > 1 else []
    late = (await session.scalars(tasks_in(Viewer(None, now, zone), "late", Scope(unit=letter.unit_code)))).all()
    tasks = [task for task in late if task.id in set(letter.assignment_ids)]
    title = f"Teguran {roman(letter.level)} {letter.unit.name}"
    if not tasks:
        return Draft(list, Content(f"Tugas yang ditegur pada {title} tidak lagi terlambat."), "paper")
    leaders = {
        unit.code: unit.head
        for unit in await session.scalars(select(Unit).where(Unit.code.in_(("bupati", "inspektorat"))))
    }
    copies = [f"Yth. {leaders.get('bupati', 'Bupati')} (sebagai laporan)"]
    copies += [f"Yth. {leaders['inspektorat']}"] if letter.level > 1 and "inspektorat" in leaders else []
    paper = printed_warning(letter, earlier, tasks, letterhead(settings), signatory(settings) or Signatory("Sekretaris Daerah"),
                            settings.letterhead.place, copies, now, zone)  # fmt: skip
    text = render("paper_caption", title=title, now=now, zone=zone)
    name = f"teguran-{letter.level}-{safe(letter.unit.short_name)}-{letter.dated}.pdf"
    return Draft(lambda: [Sheet(render_warning_letter(paper), name)], Content(text), "paper")


async def record(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The berita acara of a unit's verifications within about `scope`; nothing confidential."""
    now, zone = clock.now(), settings.zone
    scope = read_scope(str(order.about["scope"])) or Scope()
    unit = await session.get_one(Unit, scope.unit)
    query = (
        select(Verification)
        .join(Assignment, Assignment.id == Verification.assignment_id)
        .join(Directive, Directive.id == Assignment.directive_id)
        .where(Assignment.unit_code == unit.code, visible_to(None))
        .order_by(Verification.id)
    )
    if scope.period is not None:
        begin, end = moments(scope.period, zone)
        query = query.where(Verification.at >= begin, Verification.at < end)
    verifications = (await session.scalars(query)).all()
    counted = await counted_by_assignment(session, {one.assignment_id for one in verifications})
    evidence = {task: evidence_counted(kinds) for task, kinds in counted.items()}
    today = now.astimezone(zone).date()
    paper = printed_record(unit, verifications, evidence, letterhead(settings), settings.letterhead.place,
                           signatory(settings), await _head_of(session, unit), today)  # fmt: skip
    text = render("paper_caption", title=f"Berita acara verifikasi {unit.name}", now=now, zone=zone)
    name = f"berita-acara-{safe(unit.short_name)}-{today}.pdf"
    return Draft(lambda: [Sheet(render_verification_record(paper), name)], Content(text), "paper")


async def _head_of(session: AsyncSession, unit: Unit) -> str:
    """The name of whoever leads the unit now, as far as he or she has joined."""
    query = (
        select(Holding)
        .join(Post, Post.id == Holding.post_id)
        .where(Post.role == Role.PELAKSANA, Post.unit_code == unit.code, Holding.until.is_(None))
        .where(Holding.capacity != Capacity.OPERATOR)
        .order_by(Holding.id.desc())
    )
    holding = (await session.scalars(query)).first()
    return holding.member.name if holding is not None else ""
