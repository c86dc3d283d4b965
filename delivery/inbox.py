"""The inbox as the dispatcher sees it: whose turn it is, taking it, and writing down how it ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Table, bindparam, case, func, literal, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import UtcDateTime
from models.mailbox import InboxState, Incoming, in_state

inbox = cast(Table, Incoming.__table__)

LEASE = timedelta(seconds=30)
DEATHS = 12
"""Times a process may die over an update before it is set aside. The tries are spread over two and a half minutes, so
that a process that is killed again and again for another reason is not held against the update it had at hand."""
LONGEST_WAIT = 32.0
"""Seconds until an update over which processes died is tried once more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An update taken up: how often it was before without an end, and how often its handler raised."""

    update_id: int
    lane: int
    raw: dict[str, Any]
    attempts: int
    failures: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates of different chats taken up together, under one token."""

    token: str
    updates: Sequence[Taken]


class LostLease(RuntimeError):
    """Somebody else has the updates by now: what was done about them must not be committed."""


def real_now() -> datetime:
    """The machine's time: leases and retries don't travel with the injected clock."""
    return datetime.now(UTC)


def _is_free(row: FromClause) -> ColumnElement[bool]:
    """Nobody holds it and no retry is pending. A time further off than any lease was written under a wrong clock."""
    until, now = row.c.lease_until, bindparam("now", type_=UtcDateTime())
    return or_(until.is_(None), until <= now, until > bindparam("far", type_=UtcDateTime()))


def _heads() -> Any:
    other = inbox.alias("other")
    oldest = (
        select(func.min(other.c.update_id)).where(in_state(other.c.state, InboxState.WAITING)).group_by(other.c.lane)
    )
    # An older update may arrive while a newer one of its chat is being dealt with: it waits for that.
    chat_is_busy = (
        select(literal(1))
        .where(other.c.lane == inbox.c.lane, other.c.lease_token.is_not(None))
        .where(other.c.update_id != inbox.c.update_id, ~_is_free(other))
        .exists()
    )
    return (
        select(inbox.c.update_id, inbox.c.lane, inbox.c.raw, inbox.c.attempts, inbox.c.failures)
        .where(inbox.c.update_id.in_(oldest), in_state(inbox.c.state, InboxState.WAITING))
        .where(_is_free(inbox), ~chat_is_busy)
        .order_by(inbox.c.update_id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=inbox)
    )


# Built once: building a statement costs several times as much as running it.
_HEADS = _heads()
_TAKE = (
    update(inbox)
    .where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
    .values(
        attempts=inbox.c.attempts + 1,
        lease_token=bindparam("token"),
        lease_until=bindparam("until", type_=UtcDateTime()),
    )
)
_COMPLETE = (
    update(inbox)
    .where(inbox.c.update_id.in_(bindparam("ids", expanding=True)), inbox.c.lease_token == bindparam("token"))
    .values(
        state=InboxState.DONE.value,
        lease_token=None,
        lease_until=None,
        handled_at=bindparam("at", type_=UtcDateTime()),
        error=None,
    )
)


async def take(session: AsyncSession, token: str, most: int) -> Batch | None:
    """Take up the oldest waiting update of each chat that nobody holds and that need not wait; None when there is none.

    One that was taken up before without an end may be what killed the process: it goes alone.
    """
    now = real_now()
    connection = await session.connection()
    rows = (await connection.execute(_HEADS, {"now": now, "far": now + 2 * LEASE, "most": most})).all()
    heads = [Taken(row.update_id, row.lane, row.raw, row.attempts, row.failures) for row in rows]
    suspect = bool(heads) and heads[0].attempts > 0
    chosen = heads[:1] if suspect else [head for head in heads if head.attempts == 0]
    if not chosen:
        return None
    ids = [head.update_id for head in chosen]
    await connection.execute(_TAKE, {"ids": ids, "token": token, "until": now + LEASE})
    return Batch(token, chosen)


async def complete(session: AsyncSession, done: Sequence[int], token: str, now: datetime) -> None:
    """These updates have been dealt with. Raises LostLease when one of them is not ours any more."""
    connection = await session.connection()
    completed = await connection.execute(_COMPLETE, {"ids": done, "token": token, "at": now})
    if completed.rowcount != len(done):
        raise LostLease


async def write_down(session: AsyncSession, one: Taken, token: str, **values: Any) -> None:
    """Write how it ended, and let go of it. Raises LostLease when it is not ours any more."""
    mine = update(inbox).where(inbox.c.update_id == one.update_id, inbox.c.lease_token == token)
    connection = await session.connection()
    written = await connection.execute(mine.values(lease_token=None, **values))
    if written.rowcount != 1:
        raise LostLease


async def release(session: AsyncSession, tokens: Collection[str], *, counted: bool) -> None:
    """Let go of what was taken under these tokens. Not `counted`: as if it had never been taken."""
    await session.execute(
        update(inbox)
        .where(inbox.c.lease_token.in_(tokens), in_state(inbox.c.state, InboxState.WAITING))
        .values(lease_token=None, lease_until=None, attempts=inbox.c.attempts - (0 if counted else 1))
    )


async def free_abandoned(session: AsyncSession, gone: ColumnElement[bool] | None = None) -> int:
    """Free the updates that dead processes held: all that are held, or those whose lease is `gone`.

    Returns their number. Without `gone` only for the sole process of a database, before it takes anything.
    """
    now = real_now()
    waits = {died: now + timedelta(seconds=min(0.125 * 2**died, LONGEST_WAIT)) for died in range(2, DEATHS + 1)}
    freed = await session.execute(
        update(inbox)
        .where(in_state(inbox.c.state, InboxState.WAITING), inbox.c.lease_token.is_not(None))
        .where(true() if gone is None else gone)
        .values(lease_token=None, lease_until=case(waits, value=inbox.c.attempts))
        .returning(inbox.c.update_id)
    )
    return len(freed.all())
