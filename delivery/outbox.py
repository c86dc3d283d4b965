"""The outbox as the sender sees it: what is due, taking it, and writing down what became of it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, literal, literal_column, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from delivery.decisions import REPEATS_AFTER_DEATH, Change, Due, after_unknown
from models.base import Base, UtcDateTime
from models.mailbox import PAYLOAD_VERSION, Card, OutboxState, Outgoing, Urgency, in_state

log = logging.getLogger(__name__)

outbox = cast(Table, Outgoing.__table__)
cards = cast(Table, Card.__table__)

FAVOURED = (
    None, None, None, Urgency.REMINDER, None, Urgency.ESCALATION, None, Urgency.BULK,
)  # fmt: skip
"""Turn by turn, which urgency goes first out of order: each of the lower ones is sure of an eighth."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that might be called now, with what decides whether it can."""

    due: Due
    urgency: int
    expires_at: datetime | None
    version: int

    def obstacle(self, now: datetime) -> str | None:
        """Why it can't ever be called, if so."""
        if self.expires_at is not None and self.expires_at <= now:
            return "kedaluwarsa"
        if self.version != PAYLOAD_VERSION:
            return f"versi muatan {self.version} tidak dikenal"
        if self.due.needs_message and self.due.message_id is None:
            return "pesan tidak ada"
        return None


async def candidates(
    session: AsyncSession, now: datetime, *, busy: Collection[int], each: int
) -> dict[int, list[Candidate]]:
    """By urgency, the first rows that are due and whose chat isn't busy; at most `each` of an urgency."""
    connection = await session.connection()
    found: dict[int, list[Candidate]] = {urgency: [] for urgency in Urgency}
    for row in await connection.execute(_CANDIDATES, {"now": now, "busy": list(busy), "each": each}):
        due = Due(
            id=row.id, chat_id=row.chat_id, member_id=row.member_id, card_id=row.card_id, kind=row.kind,
            method=row.method, payload=row.payload, attempts=row.attempts + 1,
            possible_repeat=row.possible_repeat, message_id=row.card_message,
            since=row.not_before or row.created_at,
        )  # fmt: skip
        found.setdefault(row.urgency, []).append(Candidate(due, row.urgency, row.expires_at, row.version))
    return found


def _of_urgency(urgency: Urgency) -> Any:
    coming = outbox.alias("coming")
    card_is_coming = (
        select(literal(1))
        .where(coming.c.card_id == outbox.c.card_id, coming.c.id != outbox.c.id)
        .where(coming.c.method.startswith("send"))
        .where(or_(in_state(coming.c.state, OutboxState.READY), in_state(coming.c.state, OutboxState.SENDING)))
        .exists()
    )
    can_go = or_(
        outbox.c.card_id.is_(None), outbox.c.method.startswith("send"), cards.c.message_id.is_not(None), ~card_is_coming
    )
    query = (
        select(
            outbox.c.id, outbox.c.chat_id, outbox.c.member_id, outbox.c.card_id, outbox.c.kind, outbox.c.method,
            outbox.c.payload, outbox.c.attempts, outbox.c.possible_repeat, outbox.c.urgency, outbox.c.expires_at,
            outbox.c.version, outbox.c.not_before, outbox.c.created_at, cards.c.message_id.label("card_message"),
        )
        .join_from(outbox, cards, cards.c.id == outbox.c.card_id, isouter=True)
        .where(in_state(outbox.c.state, OutboxState.READY), outbox.c.urgency == literal_column(str(int(urgency))))
        .where(or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now", type_=UtcDateTime())), can_go)
        .order_by(outbox.c.id)
        .limit(bindparam("each"))
    )  # fmt: skip
    if urgency is not Urgency.PRESS:
        query = query.where(outbox.c.chat_id.not_in(bindparam("busy", expanding=True)))
    return select(query.subquery())


# Built once: building a statement costs several times as much as running it.
_CANDIDATES = union_all(*(_of_urgency(urgency) for urgency in Urgency))
_TAKE = (
    update(outbox)
    .where(
        outbox.c.id.in_(
            select(outbox.c.id)
            .where(outbox.c.id.in_(bindparam("ids", expanding=True)), in_state(outbox.c.state, OutboxState.READY))
            .with_for_update(skip_locked=True)
        )
    )
    .values(state=OutboxState.SENDING.value, lease_token=bindparam("token"), attempts=outbox.c.attempts + 1)
    .returning(outbox.c.id)
)
_RECORD = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.lease_token == bindparam("token"))
    .where(in_state(outbox.c.state, OutboxState.SENDING))
    .values(
        state=bindparam("new_state"),
        error=bindparam("new_error"),
        message_id=bindparam("new_message"),
        attempts=bindparam("new_attempts"),
        possible_repeat=bindparam("repeat"),
        sent_at=bindparam("at", type_=UtcDateTime()),
        lease_token=None,
    )
)


def pick(found: dict[int, list[Candidate]], count: int, turn: int) -> list[Candidate]:
    """Choose up to `count` rows: by urgency and age, with a turn now and then for the less urgent.

    One per chat at a time, save answers to presses. `turn` is the number of rows ever chosen.
    """
    waiting = {urgency: list(reversed(rows)) for urgency, rows in sorted(found.items())}
    chosen: list[Candidate] = []
    chats: set[int] = set()
    while len(chosen) < count:
        favoured = FAVOURED[(turn + len(chosen)) % len(FAVOURED)]
        order = [u for u in waiting if u == Urgency.PRESS] + [u for u in waiting if u == favoured] + list(waiting)
        candidate = next((c for u in order if (c := _pop(waiting[u], chats)) is not None), None)
        if candidate is None:
            break
        chosen.append(candidate)
        if candidate.urgency != Urgency.PRESS:
            chats.add(candidate.due.chat_id)
    return chosen


def _pop(rows: list[Candidate], chats: set[int]) -> Candidate | None:
    while rows:
        candidate = rows.pop()
        if candidate.urgency == Urgency.PRESS or candidate.due.chat_id not in chats:
            return candidate
    return None


async def take(session: AsyncSession, ids: Sequence[int], token: str) -> set[int]:
    """Mark rows as being sent, under a token. Returns those that were still ready."""
    connection = await session.connection()
    return set((await connection.execute(_TAKE, {"ids": ids, "token": token})).scalars())


async def give_up(session: AsyncSession, reasons: dict[int, str]) -> None:
    """Fail rows that can't be called any more."""
    for row_id, reason in reasons.items():
        await session.execute(
            update(outbox)
            .where(outbox.c.id == row_id, in_state(outbox.c.state, OutboxState.READY))
            .values(state=OutboxState.FAILED, error=reason)
        )


async def give_back(session: AsyncSession, tokens: Collection[str]) -> None:
    """Return rows to ready that were taken but certainly not called."""
    await session.execute(
        update(outbox)
        .where(outbox.c.lease_token.in_(tokens), in_state(outbox.c.state, OutboxState.SENDING))
        .values(state=OutboxState.READY, lease_token=None, attempts=outbox.c.attempts - 1)
    )


async def record(session: AsyncSession, changes: Sequence[tuple[Due, str, Change]], now: datetime) -> None:
    """Write down what became of calls; each under the token it was taken with, else it is not ours any more."""
    if not changes:
        return
    connection = await session.connection()
    await connection.execute(
        _RECORD,
        [
            {
                "row": row.id, "token": token, "new_state": change.state.value, "new_error": change.error,
                "new_message": change.message_id, "new_attempts": change.attempts, "repeat": change.possible_repeat,
                "at": now if change.state == OutboxState.SENT else None,
            }
            for row, token, change in changes
        ],
    )  # fmt: skip
    for row, _, change in changes:
        await _follow_up(session, row, change, now)
    await _supersede(session, [row for row, _, change in changes if change.state == OutboxState.READY])


async def _follow_up(session: AsyncSession, row: Due, change: Change, now: datetime) -> None:
    if change.payload is not None:
        await session.execute(update(outbox).where(outbox.c.id == row.id).values(payload=change.payload))
    if row.card_id is not None and (change.card_message is not None or change.forget_card_message):
        await session.execute(update(cards).where(cards.c.id == row.card_id).values(message_id=change.card_message))
    if change.unreachable:
        await _mark_unreachable(session, row, now)
    if change.new_chat_id is not None:
        await move_chat(session, row.chat_id, change.new_chat_id)


async def _supersede(session: AsyncSession, again: Iterable[Due]) -> None:
    """An edit that has to be made again is pointless when a later edit of its card waits or went out meanwhile."""
    later = outbox.alias("later")
    for row in again:
        if row.card_id is not None and row.method.startswith("edit"):
            newer = select(later.c.id).where(
                later.c.card_id == row.card_id, later.c.method == row.method, later.c.id > row.id
            )
            await session.execute(
                update(outbox).where(outbox.c.id == row.id, newer.exists()).values(state=OutboxState.SUPERSEDED)
            )


async def _mark_unreachable(session: AsyncSession, row: Due, now: datetime) -> None:
    members = Base.metadata.tables["members"]
    who = members.c.id == row.member_id if row.member_id is not None else members.c.chat_id == row.chat_id
    await session.execute(
        update(members).where(who, members.c.reachable).values(reachable=False, unreachable_since=now)
    )


async def move_chat(session: AsyncSession, old: int, new: int) -> None:
    """Follow a group to its new id. Its old messages can't be edited under the new id, so cards forget theirs."""
    open_rows = or_(in_state(outbox.c.state, OutboxState.READY), in_state(outbox.c.state, OutboxState.SENDING))
    await session.execute(update(outbox).where(outbox.c.chat_id == old, open_rows).values(chat_id=new))
    await session.execute(update(cards).where(cards.c.chat_id == old).values(chat_id=new, message_id=None))
    groups = Base.metadata.tables.get("groups")
    if groups is not None:
        known = await session.scalar(select(func.count()).select_from(groups).where(groups.c.chat_id == new))
        if not known:
            await session.execute(update(groups).where(groups.c.chat_id == old).values(chat_id=new))


async def settle_abandoned(session: AsyncSession, own_tokens: Collection[str] = ()) -> int:
    """Decide about the calls that another process was making: nobody knows what became of them.

    Rows taken under `own_tokens` are left alone. Returns the number of the others.
    """
    rows = await session.execute(
        select(Outgoing.id, Outgoing.kind, Outgoing.attempts)
        .where(in_state(Outgoing.state, OutboxState.SENDING))
        .where(or_(Outgoing.lease_token.is_(None), Outgoing.lease_token.not_in(own_tokens)))
    )
    abandoned = rows.all()
    for row in abandoned:
        why = "the process ended during the call"
        change = after_unknown(row.kind, row.attempts, why, ordinary=REPEATS_AFTER_DEATH)
        await session.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(
                state=change.state, error=change.error, possible_repeat=change.possible_repeat, lease_token=None
            )
        )  # fmt: skip
    return len(abandoned)


async def recent_calls(session: AsyncSession, now: datetime, within: timedelta) -> list[tuple[datetime, int, str]]:
    """When what was sent to which chat lately, oldest first: (moment, chat_id, method)."""
    rows = await session.execute(
        select(Outgoing.sent_at, Outgoing.chat_id, Outgoing.method)
        .where(Outgoing.sent_at > now - within, Outgoing.sent_at <= now)
        .order_by(Outgoing.sent_at)
    )
    return [(row.sent_at, row.chat_id, row.method) for row in rows]
