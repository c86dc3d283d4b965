"""The only place that says something to Telegram: takes due rows, paces the calls, writes down what happened."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import InvalidToken, TelegramError

from clock import Clock
from delivery import outbox
from delivery.decisions import Change, Due, decide
from delivery.faults import fault_point
from delivery.files import attach
from delivery.leadership import Election, SoleProcess
from delivery.pacing import Limits, Pacing
from delivery.telegram import KawalBot, Outcome, Verdict, judge
from models.database import Database
from models.mailbox import OutboxState

log = logging.getLogger(__name__)

HORIZON = 0.12
"""Seconds ahead for which rows are taken: so few that an urgent one overtakes thousands at once."""
IN_FLIGHT = 64
"""Calls that may be under way together."""
POLL_SECONDS = 1.0
PROBE_SECONDS = 15.0
"""The longest time between two looks whether Telegram is back."""
HELD_BACK = "held back"
"""Why a row that was taken is not called: the process stops, or it may not be the leader any more."""


@dataclass(slots=True)
class Tally:
    """What the sender has done since it started, for the metrics."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    refused_for_pace: int = 0
    possible_repeats: int = 0
    calls: int = 0
    call_seconds: float = 0.0
    answer_seconds: float = 0.0


class Sender:
    """One per bot. `step` is one transaction: it records finished calls and takes the next due rows."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: KawalBot,
        files_directory: Path,
        limits: Limits | None = None,
        *,
        election: Election | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.tally = Tally()
        self._database = database
        self._clock = clock
        self._bot = bot
        self._files_directory = files_directory
        self._election = election or SoleProcess()
        self._steady = steady
        self._limits = limits or Limits()
        self._pacing = Pacing(self._limits)
        self._awake = asyncio.Event()
        self.joining = asyncio.Lock()
        """Held by whoever records and takes, from before its transaction until after its commit."""
        self._calls: dict[asyncio.Task[None], str] = {}
        self._busy_chats: set[int] = set()
        self._finished: list[tuple[Due, str, Change]] = []
        self._doubtful: list[str] = []
        self._unsent_tries: dict[int, int] = {}
        self._turn = 0
        self._stopping = False
        self._away = False
        self._probes = 0
        self._probe_at = 0.0

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._awake.set()

    async def start(self) -> None:
        """Settle what another process left, and remember what was sent lately. Call it again after each election."""
        now = self._clock.now()
        own = {*self._calls.values(), *self._doubtful, *(token for _, token, _ in self._finished)}
        async with self._database.writing() as session:
            await self._election.check(session)
            abandoned = await outbox.settle_abandoned(session, own)
            recent = await outbox.recent_calls(session, now, timedelta(seconds=60))
        if abandoned:
            log.warning("%d calls were under way when the last process ended; they are made again", abandoned)
        self._pacing = Pacing(self._limits)
        self._remember(recent, now)

    async def run(self) -> None:
        """Send until `stop`; what is under way then is waited for."""
        while not self._stopping:
            self._awake.clear()
            delay = await self.step()
            if delay > 0:
                try:
                    async with asyncio.timeout(delay):
                        await self._awake.wait()
                except TimeoutError:
                    pass

    async def stop(self, patience: float = 10.0) -> None:
        """Take nothing more, let calls under way end for `patience` seconds, and record them."""
        self._stopping = True
        self.wake()
        async with self.joining:
            pass  # what a step is just taking is under way, or known not to be called, after it
        if self._calls:
            await asyncio.wait(self._calls, timeout=patience)
        for call in self._calls:
            call.cancel()
        if self._finished or self._doubtful:
            await self.step()

    def abandon(self) -> None:
        """Stop at once and record nothing: another process is the sender, or will be, and settles what was under way."""
        self._stopping = True
        self.wake()
        for call in self._calls:
            call.cancel()

    async def drain(self) -> None:
        """Send all that can go now, and return when it is recorded."""
        while True:
            await self.step()
            if self._calls:
                await asyncio.wait(self._calls, return_when=asyncio.FIRST_COMPLETED)
            elif not self._finished:
                return

    async def step(self) -> float:
        """Record, take, start. Returns the seconds until the next step is worthwhile, if nothing wakes it before.

        Raises SQLAlchemyError while the database is away: then what finished is recorded by a later step. Raises Deposed.
        """
        await self._probe()
        async with self.joining:
            async with self._database.writing() as session:
                await self._election.check(session)
                after_commit = await self.join(session)
            return after_commit()

    async def join(self, session: AsyncSession) -> Callable[[], float]:
        """Record and take within somebody's transaction, while holding `joining`. Call what it returns after the commit.

        That starts the calls, and returns the seconds until the next step is worthwhile.
        """
        finished, doubtful = list(self._finished), list(self._doubtful)
        token = uuid4().hex
        # Until the commit is known to have succeeded these rows may be marked as being sent, or not.
        self._doubtful.append(token)
        if doubtful:
            await outbox.give_back(session, doubtful)
        await outbox.record(session, finished, self._clock.now())
        free = {row.chat_id for row, _, _ in finished}
        taken, delay = await self._take(session, token, self._busy_chats - free)
        fault_point("sender.before_commit")

        def after_commit() -> float:
            self._doubtful = [other for other in self._doubtful if other != token and other not in doubtful]
            del self._finished[: len(finished)]
            for row, _, change in finished:
                self._busy_chats.discard(row.chat_id)
                self._count(row, change)
            fault_point("sender.after_commit")
            for row in taken:
                self._start(row, token)
            return 0.0 if self._finished else delay

        return after_commit

    async def _take(self, session: AsyncSession, token: str, busy_chats: set[int]) -> tuple[list[Due], float]:
        now = self._steady()
        room = IN_FLIGHT - len(self._calls)
        if self._stopping or self._away or room <= 0:
            return [], self._probe_at - now if self._away else POLL_SECONDS
        slot = self._pacing.next_slot(now)
        if slot > now + HORIZON:
            return [], slot - now - HORIZON / 2
        if self._limits.overall is not None:
            room = min(room, 1 + int((now + HORIZON - slot) * self._limits.overall))
        busy = busy_chats.union(self._pacing.blocked(now))
        moment = self._clock.now()
        found = await outbox.candidates(session, moment, busy=busy, each=2 * room + 8)
        hopeless = {
            candidate.due.id: why
            for rows in found.values()
            for candidate in rows
            if (why := candidate.obstacle(moment))
        }
        await outbox.give_up(session, hopeless)
        able = {urgency: [c for c in rows if c.due.id not in hopeless] for urgency, rows in found.items()}
        chosen = outbox.pick(able, room, self._turn)
        ids = await outbox.take(session, [c.due.id for c in chosen], token) if chosen else set()
        taken = [c.due for c in chosen if c.due.id in ids]
        more = len(chosen) == room or bool(hopeless)
        delay = HORIZON / 2 if more else min(POLL_SECONDS, self._pacing.next_change(now) - now)
        return taken, delay

    def _start(self, row: Due, token: str) -> None:
        slot = self._pacing.next_slot(self._steady())
        self._pacing.note_call(slot, row.chat_id if row.counts_for_chat else None)
        self._turn += 1
        if row.has_chat:
            self._busy_chats.add(row.chat_id)
        call = asyncio.create_task(self._call(row, token, slot))
        self._calls[call] = token
        call.add_done_callback(self._calls.pop)

    async def _call(self, row: Due, token: str, slot: float) -> None:
        delay = slot - self._steady()
        while delay > 0 or (delay := self._pacing.start(self._steady())) > 0:
            await asyncio.sleep(delay)
            delay = 0.0
        if self._stopping or not self._election.leads:
            verdict = Verdict(Outcome.UNSENT, HELD_BACK)
        else:
            began = self._steady()
            verdict = await self._make(row)
            self.tally.calls += 1
            self.tally.call_seconds += self._steady() - began
            fault_point("sender.after_call")
        self._finished.append((row, token, self._decide(row, verdict)))
        self.wake()

    async def _make(self, row: Due) -> Verdict:
        try:
            parameters, files = await attach(row.payload, self._files_directory)
        except OSError as error:
            return Verdict(Outcome.REFUSED, f"berkas tidak ada: {type(error).__name__}")
        except ValueError as error:
            return Verdict(Outcome.REFUSED, f"berkas tidak boleh dikirim: {error}")
        if row.has_chat:
            parameters["chat_id"] = row.chat_id
        if row.needs_message:
            parameters["message_id"] = row.message_id
        try:
            return Verdict(Outcome.SENT, result=await self._bot.call(row.method, parameters, files=files))
        except Exception as error:
            return judge(error)

    def _decide(self, row: Due, verdict: Verdict) -> Change:
        if verdict.outcome is Outcome.LATER:
            self.tally.refused_for_pace += 1
            self._pacing.note_refusal(self._steady(), row.chat_id, verdict.retry_after)
        elif verdict.outcome is Outcome.MOVED and verdict.new_chat_id is not None:
            self._pacing.move_chat(row.chat_id, verdict.new_chat_id)
        elif verdict.outcome in (Outcome.UNSENT, Outcome.UNKNOWN) and verdict.reason != HELD_BACK:
            if verdict.outcome is Outcome.UNSENT:
                self._unsent_tries[row.id] = self._unsent_tries.get(row.id, 0) + 1
            self._go_away(verdict.reason)
        change = decide(row, verdict, self._unsent_tries.get(row.id, 0))
        if change.state is not OutboxState.READY:
            self._unsent_tries.pop(row.id, None)
        if change.defect:
            log.error(
                "message %d (%s) could not be parsed, it goes out without formatting: %s",
                row.id,
                row.kind,
                change.error,
            )
        return change

    def _count(self, row: Due, change: Change) -> None:
        if change.state is OutboxState.SENT:
            self.tally.sent += 1
            self.tally.answer_seconds += max(0.0, (self._clock.now() - row.since).total_seconds())
        self.tally.failed += change.state is OutboxState.FAILED
        self.tally.uncertain += change.state is OutboxState.UNCERTAIN
        self.tally.possible_repeats += change.possible_repeat and not row.possible_repeat
        if change.state in (OutboxState.FAILED, OutboxState.UNCERTAIN):
            log.warning("message %d (%s) is %s: %s", row.id, row.kind, change.state.value, change.error)

    def _go_away(self, why: str) -> None:
        """Stop taking rows until Telegram answers a harmless call: a message sent into an outage is one in doubt."""
        if not self._away:
            log.warning("Telegram is away: %s", why)
            self._away, self._probes, self._probe_at = True, 0, self._steady()

    async def _probe(self) -> None:
        if not self._away or self._stopping or self._steady() < self._probe_at:
            return
        try:
            await self._bot.call("getMe", {}, seconds=10)
        except TelegramError as error:
            self._probes += 1
            self._probe_at = self._steady() + min(0.5 * 2**self._probes, PROBE_SECONDS)
            level = logging.ERROR if isinstance(error, InvalidToken) else logging.INFO
            log.log(level, "Telegram is still away: %s", error)
        else:
            log.info("Telegram is back")
            self._away = False

    def _remember(self, recent: list[tuple[datetime, int, str]], now: datetime) -> None:
        steady = self._steady()
        for sent_at, chat_id, method in recent:
            paced = method.startswith(("send", "edit"))
            self._pacing.note_call(steady - (now - sent_at).total_seconds(), chat_id if paced else None)
