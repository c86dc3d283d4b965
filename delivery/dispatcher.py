"""Dealing with what came in: in order within a chat, each update with all of its effects or with none."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from delivery import inbox
from delivery.faults import fault_point
from delivery.inbox import Batch, LostLease, Taken
from delivery.leadership import announce
from delivery.sender import POLL_SECONDS, Sender
from models.database import Database
from models.mailbox import InboxState, Urgency, enqueue

log = logging.getLogger(__name__)

Handle = Callable[[AsyncSession, dict[str, Any]], Awaitable[None]]

TRIES = 3
"""Times a handler may raise before its update is set aside."""
TRIES_WHEN_BUSY = 20
"""The same, when it is the database that raises: deadlocks and full disks pass."""
HANDLER_SECONDS = 10.0


class HandlerTooSlow(RuntimeError):
    """A handler did not come to an end."""


class HandlerFailed(RuntimeError):
    """A handler raised `error` where nothing could be saved of the others: all is undone, and done more carefully."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def retry_delay(failures: int) -> timedelta:
    """How long an update, and with it its chat, waits after a failure: 0.5 s, 1 s, 2 s, … 15 s."""
    return timedelta(seconds=min(0.25 * 2**failures, 15))


class Dispatcher:
    """Takes the oldest waiting update of each chat and has `handle` deal with it, in one transaction per batch.

    A `companion` is the sender of this process: it records and takes within the same transactions, which saves it
    most of its own.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Handle,
        *,
        apology: str,
        batch: int | None = None,
        companion: Sender | None = None,
        on_handled: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._apology = apology
        # Several processes share the chats on PostgreSQL: small batches keep the locks of a transaction short.
        self._most = batch or (64 if database.is_sqlite else 16)
        self._companion = companion
        self._on_handled = on_handled
        self._unreleased: set[str] = set()
        self._uncommitted: str | None = None
        self._at_hand: deque[Batch] = deque()

    async def take(self, session: AsyncSession) -> Callable[[], None]:
        """Take up a batch in somebody's transaction, unless one is at hand. Call what it returns after the commit."""
        if self._unreleased:
            return lambda: None
        # Known before anything is awaited: what is let go of meanwhile must not be this.
        self._uncommitted = self._new_token()
        batch = await self._take(session, self._uncommitted)

        def after_commit() -> None:
            self._uncommitted = None
            self._at_hand.extend([batch] if batch else [])

        return after_commit

    async def step(self) -> int:
        """Deal with one batch. Returns how many updates it had; 0 when none can be dealt with now.

        Raises SQLAlchemyError while the database is away; nothing is lost then, and nothing counted.
        """
        batch = self._at_hand.popleft() if self._at_hand else None
        if batch is None:
            await self.release()
            async with self._database.writing() as session:
                batch = await self._take(session, self._new_token())
        if batch is None:
            return 0
        fault_point("dispatcher.after_claim")
        await self._deal_with(batch)
        self._unreleased.discard(batch.token)
        return len(batch.updates)

    async def release(self) -> None:
        """Let go of what was taken and not dealt with: the database went away in the middle, or the process stops."""
        self._at_hand.clear()
        tokens = self._unreleased - {self._uncommitted}
        if tokens:
            async with self._database.writing() as session:
                await inbox.release(session, tokens, counted=False)
            self._unreleased.difference_update(tokens)

    def _new_token(self) -> str:
        return f"{self._database.number}:{uuid4().hex}"

    async def _take(self, session: AsyncSession, token: str) -> Batch | None:
        # Until the batch is dealt with it may have to be released, also when the commit's fate is unknown.
        self._unreleased.add(token)
        batch = await inbox.take(session, token, self._most)
        if batch is None:
            self._unreleased.discard(token)
        return batch

    async def _deal_with(self, batch: Batch) -> None:
        careful = any(one.attempts or one.failures for one in batch.updates)
        try:
            try:
                await self._attempt(batch, careful=careful)
            except HandlerFailed as failure:
                if len(batch.updates) == 1:
                    await self._after_lost_transaction(batch, failure.error)
                else:
                    await self._attempt(batch, careful=True)
        except LostLease:
            log.warning("others have taken over %d updates; what was done is undone", len(batch.updates))
        except HandlerTooSlow as error:
            await self._after_lost_transaction(batch, error)

    async def _attempt(self, batch: Batch, *, careful: bool) -> None:
        """One transaction: this batch and all its effects, what the sender has to write down, and taking the next."""
        sender = self._companion
        async with sender.joining if sender else nullcontext():
            async with self._database.writing() as session:
                if batch.updates[0].attempts >= inbox.DEATHS:
                    await self._set_aside(session, batch.updates[0], batch.token, "the process died over it")
                elif careful:
                    await self._handle_each(session, batch)
                else:
                    await self._handle_all(session, batch)
                after_commit = await sender.join(session) if sender else None
                await announce(session, "outbox")
                # Taking the next at once would leave nothing to other processes.
                alone = self._database.is_sqlite and not self._at_hand
                following = await self._take(session, self._new_token()) if alone else None
                fault_point("dispatcher.before_commit")
            self._at_hand.extend([following] if following else [])
            if sender is None or after_commit is None:
                self._on_handled()
            elif after_commit() < POLL_SECONDS:
                sender.wake()
        fault_point("dispatcher.after_commit")

    async def _handle_all(self, session: AsyncSession, batch: Batch) -> None:
        """The ordinary way. Savepoints would cost as much as the handlers, so when one raises all is undone."""
        for one in batch.updates:
            try:
                await self._handle_in_time(session, one)
                await session.flush()
            except HandlerTooSlow:
                raise
            except Exception as error:
                raise HandlerFailed(error) from error
            # The next update starts from what the database says, not from what this one had loaded.
            session.expunge_all()
        await inbox.complete(session, [one.update_id for one in batch.updates], batch.token, self._clock.now())

    async def _handle_each(self, session: AsyncSession, batch: Batch) -> None:
        """The careful way, each in a savepoint: what one raised is noted and spoils nothing of the others."""
        done = []
        for one in batch.updates:
            error = await self._try(session, one)
            if error is None:
                done.append(one.update_id)
            else:
                await self._note_failure(session, one, batch.token, error)
        if done:
            await inbox.complete(session, done, batch.token, self._clock.now())

    async def _try(self, session: AsyncSession, one: Taken) -> Exception | None:
        try:
            async with session.begin_nested():
                await self._handle_in_time(session, one)
        except HandlerTooSlow:
            # A database call may have been cut off in the middle: this transaction can't be trusted any more.
            raise
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            return error
        finally:
            session.expunge_all()
        return None

    async def _handle_in_time(self, session: AsyncSession, one: Taken) -> None:
        try:
            async with asyncio.timeout(HANDLER_SECONDS) as limit:
                await self._handle(session, one.raw)
        except TimeoutError as error:
            if limit.expired():
                raise HandlerTooSlow(f"no end within {HANDLER_SECONDS:.0f} s") from error
            raise

    async def _note_failure(self, session: AsyncSession, one: Taken, token: str, error: Exception) -> None:
        failures, note = one.failures + 1, f"{type(error).__name__}: {error}"[:1000]
        busy = isinstance(error, OperationalError | InterfaceError)
        log.error("update %d failed, try %d", one.update_id, failures, exc_info=error)
        if failures >= (TRIES_WHEN_BUSY if busy else TRIES):
            await self._set_aside(session, one, token, note)
            return
        again_at = inbox.real_now() + retry_delay(failures)
        await inbox.write_down(
            session, one, token, failures=failures, attempts=one.attempts, lease_until=again_at, error=note
        )

    async def _set_aside(self, session: AsyncSession, one: Taken, token: str, why: str) -> None:
        """Give up on it, keep it for the admin, and tell the person."""
        # An error's own text may quote what a person wrote: it is for the admin, not for the log.
        log.error("update %d is set aside: %s", one.update_id, why.partition(":")[0])
        now = self._clock.now()
        await inbox.write_down(
            session, one, token, state=InboxState.ASIDE, lease_until=None, handled_at=now, error=why,
            failures=one.failures + 1,
        )  # fmt: skip
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

    async def _after_lost_transaction(self, batch: Batch, error: Exception) -> None:
        """The whole batch is undone. A single one bears it; of several it is not known which, so each goes alone."""
        async with self._database.writing() as session:
            if len(batch.updates) == 1:
                await self._note_failure(session, batch.updates[0], batch.token, error)
            else:
                await inbox.release(session, [batch.token], counted=True)
