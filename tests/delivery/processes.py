"""Starts and ends the small bot of echo_process.py, and checks what it left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.database import Database
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing
from models.records import AuditEntry
from simulator.world import World

ROOT = Path(__file__).parents[2]


QUICK = {"beat": 0.1, "valid": 0.3, "stale": 0.6}
"""An election that fits into a test."""


class Nursery:
    """The process that forks small bots, ready to run. One serves the whole test run."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.delivery.echo_process"], cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Bots:
    """Processes of the small bot on one database and one Telegram."""

    def __init__(self, nursery: Nursery, settings: dict[str, Any]) -> None:
        self._nursery = nursery
        self._settings = {"timing": QUICK} | settings
        self._running: set[int] = set()

    def start(self, **settings: Any) -> int:
        """Start one; returns its pid. `fault` names the place where it is to die."""
        pid: int = self._nursery.ask({"start": self._settings | settings})["pid"]
        self._running.add(pid)
        return pid

    def status(self, pid: int) -> int | None:
        """Its exit status, negative for the signal that ended it; None while it runs. Ask on only until it ended."""
        status: int | None = self._nursery.ask({"ended": pid})["status"]
        if status is not None:
            self._running.discard(pid)
        return status

    async def ended(self, pid: int) -> int:
        """Wait for its end; the exit status, negative for the signal that killed it."""
        while (status := self.status(pid)) is None:  # noqa: ASYNC110  (it is another process that ends)
            await asyncio.sleep(0.002)
        return status

    async def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        assert await self.ended(pid) == -signal.SIGKILL

    async def stop(self, pid: int) -> None:
        """Ask it to end; it must do so in good order."""
        os.kill(pid, signal.SIGTERM)
        assert await self.ended(pid) == 0

    async def close(self) -> None:
        for pid in list(self._running):
            await self.kill(pid)


class Account:
    """What was said to the bot, what it noted, and what people read: to be compared."""

    def __init__(self, said: list[str], noted: Counter[str], by_chat: list[list[str]], in_doubt: set[str]) -> None:
        self.said = said
        self.noted = noted
        self.by_chat = by_chat
        self.read = Counter(text for texts in by_chat for text in texts)
        self.in_doubt = in_doubt

    @property
    def lost_effects(self) -> list[str]:
        return [text for text in self.said if self.noted[text] == 0]

    @property
    def doubled_effects(self) -> list[str]:
        return [text for text, times in self.noted.items() if times > 1]

    @property
    def lost_answers(self) -> list[str]:
        return [text for text in self.said if self.read[f"dicatat: {text}"] == 0]

    @property
    def repeated_answers(self) -> list[str]:
        return [text for text, times in self.read.items() if times > 1]

    @property
    def unrecorded_repeats(self) -> list[str]:
        return [text for text in self.repeated_answers if text not in self.in_doubt]

    @property
    def out_of_order(self) -> list[list[str]]:
        """The chats whose answers, each where it first came, are not in the order of what was said."""
        place = {f"dicatat: {text}": number for number, text in enumerate(self.said)}
        firsts = [[place[text] for text in dict.fromkeys(texts) if text in place] for texts in self.by_chat]
        return [texts for texts, order in zip(self.by_chat, firsts, strict=True) if order != sorted(order)]

    def balances(self) -> None:
        """Every update had its effect exactly once, in order; every answer came, repeated only where recorded."""
        assert self.lost_effects == []
        assert self.doubled_effects == []
        assert self.lost_answers == []
        assert self.unrecorded_repeats == []
        assert self.out_of_order == []


async def take_account(database_url: str, world: World, said: list[str]) -> Account:
    """Compare what the database says with what people read."""
    database = Database(database_url)
    async with database.reading() as session:
        assert list(await session.scalars(select(Incoming.error).where(Incoming.state != InboxState.DONE))) == []
        assert list(await session.scalars(select(Outgoing.id).where(Outgoing.state != OutboxState.SENT))) == []
        noted = Counter(await session.scalars(select(AuditEntry.deed)))
        rows = list(await session.scalars(select(Outgoing).where(Outgoing.possible_repeat)))
    await database.close()
    by_chat = [
        [message.text for message in chat.messages.values() if message.from_bot] for chat in world.chats.values()
    ]
    return Account(said, noted, by_chat, {row.payload["text"] for row in rows})


async def settled(database_url: str, answers: int, *, seconds: float = 20.0) -> None:
    """Wait until so many rows are sent and nothing waits any more; AssertionError with what hangs, otherwise."""
    database = Database(database_url)
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + seconds
    while True:
        async with database.reading() as session:
            outgoing = Counter(await session.scalars(select(Outgoing.state)))
            incoming = Counter(await session.scalars(select(Incoming.state)))
        if outgoing[OutboxState.SENT] >= answers and outgoing.total() == outgoing[OutboxState.SENT]:
            break
        assert loop.time() < give_up_at, f"of {answers} answers: outbox {dict(outgoing)}, inbox {dict(incoming)}"
        await asyncio.sleep(0.05)
    await database.close()
