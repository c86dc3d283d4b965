"""Drafts: directives as they were understood, and how the secretariat changes them before they are sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.directives import Directive, DirectiveState
from models.meetings import Minutes, MinutesState


class DoubtSeen(Protocol):
    """A doubt as understanding.minutes.Doubt has it."""

    @property
    def kind(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def candidates(self) -> tuple[str, ...]: ...


class Understood(Protocol):
    """What is needed of understanding.minutes.Draft."""

    lines: tuple[int, int]
    text: str
    assignees: tuple[str, ...]
    lead: str | None
    due: datetime | None
    programme: str
    unresolved: tuple[str, ...]
    groups: tuple[str, ...]
    exclude: tuple[str, ...]
    due_words: str | None
    has_time: bool
    recurrence: str | None
    ambiguous_due: bool
    target_quantity: float | None
    target_unit: str | None

    @property
    def doubts(self) -> Sequence[DoubtSeen]: ...


MISSING = frozenset({"deadline", "output"})


@dataclass(frozen=True)
class Doubt:
    """Something about a draft that the secretariat should look at. `number` is its place among the draft's doubts.

    Kinds: unit, group, date, owner, output, deadline (as understanding names them). Once settled it is shown no more.
    """

    number: int
    kind: str
    words: str
    question: str
    candidates: tuple[str, ...]
    settled: bool

    @property
    def is_pressing(self) -> bool:
        """Something was not understood, as against a deadline or an output that is merely missing."""
        return self.kind not in MISSING


def assignees_of(draft: Directive) -> list[str]:
    return list(draft.proposal.get("assignees", []))


def lead_of(draft: Directive) -> str | None:
    lead: str | None = draft.proposal.get("lead")
    return lead


def doubts_of(draft: Directive) -> list[Doubt]:
    """The draft's open doubts."""
    every = [
        Doubt(number, one["kind"], one["words"], one["question"], tuple(one["candidates"]), bool(one.get("settled")))
        for number, one in enumerate(draft.proposal.get("doubts", []))
    ]
    return [doubt for doubt in every if not doubt.settled]


def asks_date(draft: Directive) -> bool:
    """Whether the deadline was read from a wording whose meaning is a decision ("Jumat depan"), not yet confirmed."""
    return bool(draft.proposal.get("ambiguous_due")) and draft.due_at is not None


def is_doubtful(draft: Directive, now: datetime) -> bool:
    """Whether the secretariat should look at the draft before it is sent; what it merely lacks is no such doubt."""
    pressing = any(doubt.is_pressing for doubt in doubts_of(draft))
    return pressing or asks_date(draft) or not assignees_of(draft) or is_past(draft, now)


def is_past(draft: Directive, now: datetime) -> bool:
    return draft.due_at is not None and draft.due_at < now


def can_be_sent(draft: Directive) -> bool:
    """Only a unit is indispensable; every other doubt is a warning."""
    return bool(assignees_of(draft)) and bool(draft.text.strip())


def change(draft: Directive, **proposal: Any) -> None:
    """Change the draft's proposal; a changed draft survives a new reading of its notulen."""
    draft.proposal = {**draft.proposal, **proposal, "touched": True}


def assign(draft: Directive, codes: Iterable[str], *, lead: str | None = None) -> None:
    """Give the draft to exactly these units, in this order; without a lead the old one stays if it is among them."""
    chosen = list(dict.fromkeys(codes))
    keep = lead if lead in chosen else lead_of(draft)
    change(draft, assignees=chosen, lead=keep if keep in chosen else None)


def add_units(draft: Directive, codes: Iterable[str], *, lead: str | None = None) -> None:
    """Add units; `lead` becomes responsible where the draft had no units before."""
    before = assignees_of(draft)
    assign(draft, [*before, *codes], lead=None if before else lead)


def remove_units(draft: Directive, codes: Collection[str]) -> None:
    assign(draft, [code for code in assignees_of(draft) if code not in codes])


def lead_with(draft: Directive, code: str) -> None:
    """Make this unit the one responsible, adding it where it wasn't among the units."""
    assign(draft, [code, *(one for one in assignees_of(draft) if one != code)], lead=code)


def set_due(
    draft: Directive,
    due: datetime | None,
    *,
    has_time: bool = False,
    words: str | None = None,
    recurrence: str | None = None,
) -> None:
    """Set or take away the deadline, as decided by a person; doubts about it are settled."""
    if draft.due_words and draft.due_words in draft.text:
        change(draft, said_due=draft.due_words)
    draft.due_at, draft.due_has_time, draft.due_words, draft.recurrence = due, has_time, words, recurrence
    change(draft, ambiguous_due=False, due_decided=True)
    settle(draft, "date", "deadline")


def outdated_date(draft: Directive) -> str | None:
    """The date that the wording still names, although another deadline was decided since."""
    said: str | None = draft.proposal.get("said_due")
    return said if said and said in draft.text and said != draft.due_words else None


def reword_date(draft: Directive, words: str) -> None:
    """Have the wording name the deadline that was decided."""
    said = outdated_date(draft)
    if said is not None:
        draft.text = draft.text.replace(said, words)
        change(draft, said_due=None)


def confirm_due(draft: Directive) -> None:
    """The deadline as understood is right."""
    change(draft, ambiguous_due=False, due_decided=True)
    settle(draft, "date", "deadline")


def settle(draft: Directive, *kinds: str, number: int | None = None) -> None:
    """Take doubts as answered: all of these kinds, or the one with this number."""
    doubts = [
        {**one, "settled": True} if one["kind"] in kinds or place == number else one
        for place, one in enumerate(draft.proposal.get("doubts", []))
    ]
    change(draft, doubts=doubts)


async def drafts_of(session: AsyncSession, minutes_id: int) -> list[Directive]:
    """The drafts of a notulen that can still be sent, in its order."""
    query = (
        select(Directive)
        .where(Directive.minutes_id == minutes_id, Directive.state == DirectiveState.DRAFT)
        .order_by(Directive.position)
    )
    return list(await session.scalars(query))


async def sent_before(session: AsyncSession, drafts: Sequence[Directive]) -> dict[int, str]:
    """Drafts that say what was sent already at the same meeting: the draft's id and the number it was sent under."""
    if not drafts:
        return {}
    query = select(Directive).where(
        Directive.meeting_id == drafts[0].meeting_id, Directive.state == DirectiveState.SENT
    )
    numbers = {_plain(row.text): row.number or "" for row in await session.scalars(query)}
    return {draft.id: numbers[_plain(draft.text)] for draft in drafts if _plain(draft.text) in numbers}


async def open_minutes(session: AsyncSession, author_id: int) -> Minutes | None:
    """The notulen or line this person is still preparing, the newest."""
    query = (
        select(Minutes)
        .where(Minutes.state == MinutesState.DRAFT, Minutes.author_id == author_id)
        .order_by(Minutes.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def lay_drafts(
    session: AsyncSession,
    minutes: Minutes,
    readings: Sequence[Understood],
    tags: Collection[str],
    *,
    now: datetime,
    overlooked: Sequence[str] = (),
) -> list[Directive]:
    """Put what was understood of a notulen into its drafts; `tags` are the programmes there are.

    `overlooked` are lines that ask for something without having become a draft; they are kept to be shown.

    A notulen that is read again, because a further piece of it came, keeps what was corrected or thrown away.
    """
    known = list(
        await session.scalars(select(Directive).where(Directive.minutes_id == minutes.id).order_by(Directive.position))
    )
    kept: dict[str, list[Directive]] = {}
    for row in known:
        if _was_decided(row) and not row.proposal.get("added"):
            kept.setdefault(_key(row), []).append(row)
    await _forget(session, [row for row in known if not _was_decided(row)])
    rows = []
    for reading in readings:
        same = kept.get(_plain(reading.text))
        rows.append(same.pop(0) if same else _new(session, minutes, reading, tags, now))
    rows += [row for row in known if row.proposal.get("added")]
    for position, row in enumerate(rows, 1):
        row.position = position
    there = {_key(row) for row in rows}
    minutes.overlooked = [line for line in overlooked if _plain(line) not in there]
    await session.flush()
    # Corrected, but read differently with its continuation: the new reading is the whole one.
    left = [row for same in kept.values() for row in same if row.state == DirectiveState.DRAFT]
    await _forget(session, left)
    return [row for row in rows if row.state == DirectiveState.DRAFT]


async def add_drafts(
    session: AsyncSession, minutes: Minutes, readings: Sequence[Understood], tags: Collection[str], *, now: datetime
) -> None:
    """Add drafts at the end of a notulen, by a person's decision."""
    last = await session.scalar(select(func.max(Directive.position)).where(Directive.minutes_id == minutes.id)) or 0
    for offset, reading in enumerate(readings, 1):
        row = _new(session, minutes, reading, tags, now)
        row.position = last + offset
        change(row, added=True)
    await session.flush()


def _new(
    session: AsyncSession, minutes: Minutes, reading: Understood, tags: Collection[str], now: datetime
) -> Directive:
    row = Directive(meeting=minutes.meeting, minutes=minutes, state=DirectiveState.DRAFT, created_at=now)
    _write(row, reading, tags)
    session.add(row)
    return row


async def _forget(session: AsyncSession, rows: Sequence[Directive]) -> None:
    if rows:
        await session.execute(delete(Directive).where(Directive.id.in_([row.id for row in rows])))


def _was_decided(row: Directive) -> bool:
    return row.state == DirectiveState.DISCARDED or bool(row.proposal.get("touched"))


def _key(row: Directive) -> str:
    return _plain(row.proposal.get("as_read", row.text))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _write(row: Directive, reading: Understood, tags: Collection[str]) -> None:
    row.text = reading.text.strip()
    row.programme_tag = reading.programme if reading.programme in tags else None
    row.due_at, row.due_has_time, row.due_words = reading.due, reading.has_time, reading.due_words
    row.recurrence = reading.recurrence
    quantity = reading.target_quantity
    row.target_quantity = Decimal(str(quantity)) if quantity is not None else None
    row.target_unit = reading.target_unit
    doubts = [
        {"kind": one.kind, "words": one.words, "question": one.question, "candidates": list(one.candidates)}
        for one in reading.doubts
        # A deadline that only wants confirming has its own question and button.
        if not (one.kind == "date" and reading.ambiguous_due and reading.due is not None)
    ]
    row.proposal = {
        "as_read": row.text,
        "lines": list(reading.lines),
        "assignees": list(dict.fromkeys(reading.assignees)),
        "lead": reading.lead,
        "groups": list(reading.groups),
        "exclude": list(reading.exclude),
        "ambiguous_due": reading.ambiguous_due,
        "doubts": doubts,
    }
