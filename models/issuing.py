"""Sending drafts off: each gets its number and becomes one assignment for each of its units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.assignments import Assignment, NotAllowed, Status
from models.directives import Directive, DirectiveState, next_sequence
from models.drafting import assignees_of, can_be_sent, lead_of
from models.lookups import assignments_of
from models.mailbox import Card, OutboxState, Outgoing
from models.meetings import Minutes, MinutesState
from models.people import Holding, Member, Post, Role
from models.units import Unit


@dataclass(frozen=True)
class Issued:
    """A directive that was sent, with its assignments, the one responsible first."""

    directive: Directive
    assignments: list[Assignment]


async def issue(
    session: AsyncSession,
    minutes: Minutes,
    drafts: Sequence[Directive],
    units: Mapping[str, Unit],
    *,
    now: datetime,
    zone: ZoneInfo,
) -> list[Issued]:
    """Number the drafts and give them to their units. Raises NotAllowed when they were sent before, or one has no unit."""
    if minutes.state != MinutesState.DRAFT:
        raise NotAllowed("already_sent")
    if not drafts or not all(can_be_sent(draft) for draft in drafts):
        raise NotAllowed("no_unit")
    year, month, sequence = await next_sequence(session, minutes.meeting, zone)
    issued = []
    for offset, draft in enumerate(drafts):
        draft.meeting_year, draft.meeting_month, draft.sequence = year, month, sequence + offset
        draft.state, draft.sent_at = DirectiveState.SENT, now
        codes = [code for code in assignees_of(draft) if code in units]
        codes.sort(key=lambda code: (code != lead_of(draft), units[code].position))
        issued.append(Issued(draft, [_assignment(draft, units[code], now) for code in codes]))
        session.add_all(issued[-1].assignments)
    minutes.state, minutes.sent_at = MinutesState.SENT, now
    await session.flush()
    return issued


async def give_to(
    session: AsyncSession, directive: Directive, units: Sequence[Unit], *, now: datetime
) -> list[Assignment]:
    """Give a directive that was sent to further units; those that have it already are left alone."""
    existing = {one.unit_code: one for one in await assignments_of(session, directive)}
    added = []
    for unit in units:
        known = existing.get(unit.code)
        if known is None:
            assignment = _assignment(directive, unit, now)
            session.add(assignment)
            added.append(assignment)
        elif known.status == Status.CANCELLED:
            known.status, known.closed_at, known.sent_at = Status.SENT, None, now
            added.append(known)
    await session.flush()
    return added


def _assignment(directive: Directive, unit: Unit, now: datetime) -> Assignment:
    return Assignment(
        directive=directive,
        unit=unit,
        is_lead=unit.code == lead_of(directive),
        due_at=directive.due_at,
        due_has_time=directive.due_has_time,
        sent_at=now,
    )


async def move_deadline(
    session: AsyncSession, directive: Directive, due: datetime | None, *, has_time: bool
) -> list[Assignment]:
    """Change a sent directive's deadline for all its open assignments; one extended beyond the new day keeps its own.

    Returns the assignments that changed.
    """
    before = directive.due_at
    directive.due_at, directive.due_has_time = due, has_time
    moved = []
    for one in await assignments_of(session, directive):
        extended = one.due_at != before
        if not one.is_open or (extended and due is not None and one.due_at is not None and one.due_at > due):
            continue
        if (one.due_at, one.due_has_time) != (due, has_time):
            one.due_at, one.due_has_time = due, has_time
            moved.append(one)
    return moved


async def cancel(session: AsyncSession, directive: Directive, *, now: datetime) -> list[Assignment]:
    """Cancel a sent directive; what is finished stays finished. Returns the assignments that were open. Raises NotAllowed."""
    if directive.state != DirectiveState.SENT:
        raise NotAllowed("directive_not_open")
    directive.state = DirectiveState.CANCELLED
    cancelled = [one for one in await assignments_of(session, directive) if one.is_open]
    for one in cancelled:
        one.cancel(at=now)
    return cancelled


async def people_of_units(session: AsyncSession, codes: Collection[str]) -> dict[str, list[Member]]:
    """Who deals with the tasks of each of these units now; a unit nobody has joined for has an empty list."""
    query = (
        select(Post.unit_code, Member)
        .join(Holding, Holding.post_id == Post.id)
        .join(Member, Member.id == Holding.member_id)
        .where(Post.role == Role.PELAKSANA, Post.unit_code.in_(codes), Holding.until.is_(None),
               Member.revoked_at.is_(None))
        .order_by(Member.id)
    )  # fmt: skip
    people: dict[str, list[Member]] = {code: [] for code in codes}
    for code, member in await session.execute(query):
        if code is not None and member not in people[code]:
            people[code].append(member)
    return people


async def not_delivered(session: AsyncSession, assignments: Sequence[Assignment]) -> list[tuple[Assignment, Member]]:
    """Whom the task's card did not reach: they blocked the bot, Telegram refused it, or its answers kept getting lost."""
    by_subject = {f"assignment:{one.id}": one for one in assignments}
    query = (
        select(Card.subject, Member)
        .join(Outgoing, Outgoing.card_id == Card.id)
        .join(Member, Member.id == Card.member_id)
        .where(Card.subject.in_(by_subject), Card.message_id.is_(None))
        .where(Outgoing.state.in_((OutboxState.FAILED, OutboxState.UNCERTAIN)))
        .distinct()
    )
    return [(by_subject[subject], member) for subject, member in await session.execute(query)]
