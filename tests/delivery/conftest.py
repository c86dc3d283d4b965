"""Delivery's stage: a Telegram in memory, a clock that stands still, and both engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from delivery.inbox import real_now
from delivery.pacing import Limits
from delivery.sender import Sender
from models.database import Database
from models.mailbox import Card, Outgoing, enqueue
from models.people import Member
from simulator import run_simulator
from simulator.limits import Limits as SimulatedLimits
from simulator.running import RunningSimulator
from tests.delivery.fake_telegram import FakeTelegram
from tests.delivery.processes import Bots, Nursery

Enqueue = Callable[..., Awaitable[int | None]]


class StandingClock:
    """Tells the time it was set to; `pass_time` moves it."""

    def __init__(self, moment: datetime = datetime(2026, 1, 23, 2, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


class Crowd:
    """Twenty-five people on a simulated Telegram without limits, and what they have said, in order."""

    def __init__(self, sim: RunningSimulator) -> None:
        self.sim = sim
        self.world = sim.world
        self.people = [sim.world.add_person(f"Camat {number}") for number in range(25)]
        self.said: list[str] = []

    def chatter(self, count: int) -> None:
        """So many messages more, each with words of its own."""
        for _ in range(count):
            text = f"laporan {len(self.said)}"
            self.people[len(self.said) % len(self.people)].say(text)
            self.said.append(text)


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    async with run_simulator(limits=SimulatedLimits.off()) as sim:
        yield Crowd(sim)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    started = Nursery()
    yield started
    started.close()


@pytest.fixture
async def bot(database_url: str, crowd: Crowd, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Bots]:
    """A place to start small bots from, as processes on this database and the crowd's Telegram."""
    settings = {
        "database": database_url, "token": crowd.world.token, "api_url": crowd.sim.url, "files": str(tmp_path)
    }  # fmt: skip
    started = Bots(nursery, settings)
    yield started
    await started.close()


@pytest.fixture
def say(database: Database, clock: StandingClock) -> Enqueue:
    """Add an outbox row in a transaction of its own; a message with a text unless told otherwise."""

    async def add(chat_id: int = 7, text: str = "halo", **given: Any) -> int | None:
        row: dict[str, Any] = {
            "method": "sendMessage",
            "payload": {"text": text},
            "kind": "pesan",
            "now": clock.now(),
        } | given
        async with database.writing() as session:
            return await enqueue(session, chat_id=chat_id, **row)

    return add


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until this is so; TimeoutError when it takes too long."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (what is waited for happens in another process or in the code under test)
            await asyncio.sleep(0.005)


async def member(database: Database, chat_id: int) -> int:
    """A person who has joined; returns the id."""
    async with database.writing() as session:
        person = Member(telegram_id=chat_id, chat_id=chat_id, name="Camat Air Joman", joined_at=real_now())
        session.add(person)
        await session.flush()
        return person.id


@pytest.fixture
def sender(database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path) -> Sender:
    return Sender(database, clock, telegram.bot(), tmp_path, Limits(overall=None))


async def row(database: Database, row_id: int | None) -> Outgoing:
    async with database.reading() as session:
        found = await session.get(Outgoing, row_id)
        assert found is not None
        return found


async def new_card(database: Database, clock: StandingClock, chat_id: int = 7, message_id: int | None = None) -> int:
    async with database.writing() as session:
        card = Card(chat_id=chat_id, message_id=message_id, subject="assignment:1", shown={}, created_at=clock.now())
        session.add(card)
        await session.flush()
        return card.id


async def message_of(database: Database, card_id: int) -> int | None:
    async with database.reading() as session:
        found = await session.get(Card, card_id)
        assert found is not None
        return found.message_id
