"""Dealing with what came in: in order within a chat, each update with all of its effects or with none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import ColumnElement, Table, case, func, literal, or_, select, true, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from clock import Clock
from delivery.faults import fault_point
from delivery.leadership import announce
from models.database import Database
from models.mailbox import InboxState, Incoming, Urgency, enqueue, in_state

log = logging.getLogger(__name__)

Handle = Callable[[AsyncSession, dict[str, Any]], Awaitable[None]]

inbox = cast(Table, Incoming.__table__)

TRIES = 3
"""Times a handler may raise before its update is set aside."""
TRIES_WHEN_BUSY = 20
"""The same, when it is the database that raises: deadlocks and full disks pass."""
DEATHS = 8
"""Times a process may die over an update before it is set aside. The tries are spread over half a minute, so that a
process that is killed again and again for another reason is not held against the update it had at hand."""
LEASE = timedelta(seconds=30)
HANDLER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Taken:
    """An update taken up: how often it was before without an end, and how often its handler raised."""

    update_id: int
    lane: int
    raw: dict[str, Any]
    attempts: int
    failures: int


class LostLease(RuntimeError):
    """Somebody else has the updates by now: what was done about them must not be committed."""


class HandlerTooSlow(RuntimeError):
    """A handler did not come to an end."""


def retry_delay(failures: int) -> timedelta:
    """How long an update, and with it its chat, waits after a failure: 0.5 s, 1 s, 2 s, … 15 s."""
    return timedelta(seconds=min(0.25 * 2**failures, 15))


class Dispatcher:
    """Takes the oldest waiting update of each chat and has `handle` deal with it, in one transaction per batch."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Handle,
        *,
        apology: str,
        batch: int | None = None,
        on_handled: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._apology = apology
        # Several processes share the chats on PostgreSQL: small batches keep the locks of a transaction short.
        self._batch = batch or (64 if database.is_sqlite else 16)
        self._on_handled = on_handled
        self._unreleased: list[str] = []

    async def step(self) -> int:
        """Take up one batch and deal with it. Returns how many updates were taken; 0 when none can be now.

        Raises SQLAlchemyError while the database is away; nothing is lost then, and nothing counted.
        """
        await self._release_leftovers()
        token = f"{self._database.number}:{uuid4().hex}"
        self._unreleased.append(token)
        async with self._database.writing() as session:
            taken = await self._take(session, token)
        if taken:
            fault_point("dispatcher.after_claim")
            await self._deal_with(taken, token)
            self._on_handled()
        self._unreleased.remove(token)
        return len(taken)

    async def _take(self, session: AsyncSession, token: str) -> list[Taken]:
        heads = await self._heads(session)
        # One that was taken up before without an end may be what killed the process: it goes alone.
        alone = bool(heads) and heads[0].attempts > 0
        chosen = heads[:1] if alone else [head for head in heads if head.attempts == 0]
        if not chosen:
            return []
        now = real_now()
        await session.execute(
            update(inbox)
            .where(inbox.c.update_id.in_([head.update_id for head in chosen]))
            .values(attempts=inbox.c.attempts + 1, lease_token=token, lease_until=now + LEASE)
        )
        return chosen

    async def _heads(self, session: AsyncSession) -> list[Taken]:
        """The oldest waiting update of each chat that nobody holds and that need not wait, oldest first."""
        same_chat = aliased(Incoming)
        oldest = (
            select(func.min(same_chat.update_id))
            .where(in_state(same_chat.state, InboxState.WAITING))
            .group_by(same_chat.lane)
        )
        # An older update may arrive while a newer one of its chat is being dealt with: it waits for that.
        chat_is_busy = (
            select(literal(1))
            .where(same_chat.lane == Incoming.lane, same_chat.lease_token.is_not(None))
            .where(same_chat.update_id != Incoming.update_id, ~_is_free(same_chat))
            .exists()
        )
        heads = (
            select(Incoming.update_id, Incoming.lane, Incoming.raw, Incoming.attempts, Incoming.failures)
            .where(Incoming.update_id.in_(oldest), in_state(Incoming.state, InboxState.WAITING))
            .where(_is_free(Incoming), ~chat_is_busy)
            .order_by(Incoming.update_id)
            .limit(self._batch)
            .with_for_update(skip_locked=True, of=Incoming)
        )
        rows = (await session.execute(heads)).all()
        return [Taken(row.update_id, row.lane, row.raw, row.attempts, row.failures) for row in rows]

    async def _deal_with(self, taken: Sequence[Taken], token: str) -> None:
        try:
            async with self._database.writing() as session:
                if taken[0].attempts >= DEATHS:
                    await self._set_aside(session, taken[0], token, "the process died over it")
                else:
                    await self._handle_all(session, taken, token)
                await announce(session, "outbox")
                fault_point("dispatcher.before_commit")
        except LostLease:
            log.warning("another process has taken over %d updates; what was done about them is undone", len(taken))
        except HandlerTooSlow as error:
            await self._after_lost_transaction(taken, token, error)
        else:
            fault_point("dispatcher.after_commit")

    async def _handle_all(self, session: AsyncSession, taken: Sequence[Taken], token: str) -> None:
        done = []
        for one in taken:
            error = await self._try(session, one)
            if error is None:
                done.append(one.update_id)
            else:
                await self._note_failure(session, one, token, error)
        if done:
            await self._complete(session, done, token)

    async def _try(self, session: AsyncSession, one: Taken) -> Exception | None:
        """Have the handler deal with it inside a savepoint; what it raised, if it raised."""
        try:
            async with session.begin_nested():
                try:
                    async with asyncio.timeout(HANDLER_SECONDS) as limit:
                        await self._handle(session, one.raw)
                except TimeoutError as error:
                    if limit.expired():
                        raise HandlerTooSlow(f"no end within {HANDLER_SECONDS:.0f} s") from error
                    raise
        except HandlerTooSlow:
            # A database call may have been cut off in the middle: this transaction can't be trusted any more.
            raise
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            return error
        finally:
            # The next update starts from what the database says, not from what this one had loaded.
            session.expunge_all()
        return None

    async def _complete(self, session: AsyncSession, done: Sequence[int], token: str) -> None:
        completed = await session.execute(
            update(inbox)
            .where(inbox.c.update_id.in_(done), inbox.c.lease_token == token)
            .values(state=InboxState.DONE, lease_token=None, lease_until=None, handled_at=self._clock.now(), error=None)
        )
        if completed.rowcount != len(done):  # type: ignore[attr-defined]
            raise LostLease

    async def _note_failure(self, session: AsyncSession, one: Taken, token: str, error: Exception) -> None:
        failures = one.failures + 1
        busy = isinstance(error, OperationalError | InterfaceError)
        log.error("update %d failed, try %d", one.update_id, failures, exc_info=error)
        if failures >= (TRIES_WHEN_BUSY if busy else TRIES):
            await self._set_aside(session, one, token, _note(error))
            return
        noted = await session.execute(
            update(inbox)
            .where(inbox.c.update_id == one.update_id, inbox.c.lease_token == token)
            .values(
                failures=failures,
                attempts=inbox.c.attempts - 1,
                lease_token=None,
                lease_until=real_now() + retry_delay(failures),
                error=_note(error),
            )
        )
        if noted.rowcount != 1:  # type: ignore[attr-defined]
            raise LostLease

    async def _set_aside(self, session: AsyncSession, one: Taken, token: str, why: str) -> None:
        """Give up on it, keep it for the admin, and tell the person."""
        log.error("update %d is set aside: %s", one.update_id, why)
        kept = await session.execute(
            update(inbox)
            .where(inbox.c.update_id == one.update_id, inbox.c.lease_token == token)
            .values(
                state=InboxState.ASIDE, lease_token=None, lease_until=None, handled_at=self._clock.now(), error=why,
                failures=one.failures + 1,
            )
        )  # fmt: skip
        if kept.rowcount != 1:  # type: ignore[attr-defined]
            raise LostLease
        now = self._clock.now()
        press = one.raw.get("callback_query")
        if isinstance(press, dict) and "id" in press:
            await enqueue(
                session, now=now, chat_id=one.lane, method="answerCallbackQuery", kind="toast",
                payload={"callback_query_id": press["id"], "text": self._apology[:200], "show_alert": True},
                expires_at=now + timedelta(minutes=10), dedupe_key=f"aside:answer:{one.update_id}",
            )  # fmt: skip
        if one.lane:
            await enqueue(
                session, now=now, chat_id=one.lane, method="sendMessage", payload={"text": self._apology},
                kind="apology", urgency=Urgency.ANSWER, dedupe_key=f"aside:{one.update_id}",
            )  # fmt: skip

    async def _after_lost_transaction(self, taken: Sequence[Taken], token: str, error: Exception) -> None:
        """The whole batch is undone. A single one bears it; of several it is not known which, so each goes alone."""
        async with self._database.writing() as session:
            if len(taken) == 1:
                await self._note_failure(session, taken[0], token, error)
            else:
                await self._release(session, [token], counted=True)

    async def _release_leftovers(self) -> None:
        """Free what was taken when the database went away in the middle: it was nobody's fault."""
        if self._unreleased:
            tokens = list(self._unreleased)
            async with self._database.writing() as session:
                await self._release(session, tokens, counted=False)
            self._unreleased = [token for token in self._unreleased if token not in tokens]

    async def _release(self, session: AsyncSession, tokens: Sequence[str], *, counted: bool) -> None:
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
    waits = {died: now + timedelta(seconds=min(0.125 * 2**died, 16)) for died in range(2, DEATHS + 1)}
    freed = await session.execute(
        update(inbox)
        .where(in_state(inbox.c.state, InboxState.WAITING), inbox.c.lease_token.is_not(None))
        .where(true() if gone is None else gone)
        .values(lease_token=None, lease_until=case(waits, value=inbox.c.attempts))
        .returning(inbox.c.update_id)
    )
    return len(freed.all())


def real_now() -> datetime:
    """The machine's time: leases and retries don't travel with the injected clock."""
    return datetime.now(UTC)


def _is_free(row: type[Incoming]) -> ColumnElement[bool]:
    """Nobody holds it and no retry is pending. A time further off than any lease was written under a wrong clock."""
    now, until = real_now(), row.lease_until
    return or_(until.is_(None), until <= now, until > now + LEASE * 2)


def _note(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1000]
