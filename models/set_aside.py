"""Updates that could not be dealt with: kept for the admin, who has them tried again once the cause is mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, String, delete, func, literal, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncSession

from models.mailbox import InboxState, Incoming, in_state
from models.people import Member
from models.records import Occasion

TOLD, TOLD_END = "set_aside:", "set_aside;"
"""The keys of the occasions on which the admins were told of an update, and what comes after the last of them."""
TELL_AGAIN = timedelta(hours=1)
"""A defect sets much aside at once: the admins hear of the first at once, and of what follows once an hour."""

_IS_ASIDE = in_state(Incoming.state, InboxState.ASIDE)


async def all_set_aside(session: AsyncSession) -> Sequence[tuple[Incoming, Member | None]]:
    """What is set aside and whose it is, oldest first."""
    query = (
        select(Incoming, Member)
        .join(Member, Member.chat_id == Incoming.lane, isouter=True)
        .where(_IS_ASIDE)
        .order_by(Incoming.update_id)
    )
    return [(incoming, member) for incoming, member in await session.execute(query)]


async def untold(session: AsyncSession, now: datetime) -> int:
    """How many the admins have not heard of; from now on they have. 0 when there is nothing to tell, or not yet."""
    key = literal(TOLD) + sql_cast(Incoming.update_id, String)
    query = select(Incoming.update_id).where(_IS_ASIDE, ~select(Occasion).where(Occasion.key == key).exists())
    new = (await session.scalars(query)).all()
    if not new:
        return 0
    last = await session.scalar(select(func.max(Occasion.at)).where(Occasion.key >= TOLD, Occasion.key < TOLD_END))
    if last is not None and last <= now < last + TELL_AGAIN:
        return 0
    session.add_all(Occasion(key=f"{TOLD}{update_id}", at=now) for update_id in new)
    await session.flush()
    return len(new)


async def try_again(session: AsyncSession) -> int:
    """Have all that is set aside dealt with as if it had just come. Returns the number."""
    told = select(literal(TOLD) + sql_cast(Incoming.update_id, String)).where(_IS_ASIDE)
    await session.execute(delete(Occasion).where(Occasion.key.in_(told)))
    return await _rows(
        session,
        update(Incoming)
        .where(_IS_ASIDE)
        .values(state=InboxState.WAITING, attempts=0, failures=0, lease_until=None, handled_at=None, error=None),
    )


async def throw_away(session: AsyncSession) -> int:
    """Forget what is set aside. Returns the number."""
    return await _rows(session, delete(Incoming).where(_IS_ASIDE))


async def _rows(session: AsyncSession, statement: Any) -> int:
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
