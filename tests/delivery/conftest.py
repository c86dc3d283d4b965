"""Delivery's stage: a Telegram in memory, a clock that stands still, and both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from delivery.dispatcher import real_now
from models.database import Database
from models.mailbox import enqueue
from models.people import Member
from tests.delivery.fake_telegram import FakeTelegram
from tests.engines import (  # noqa: F401  (fixtures)
    database,
    database_url,
    postgres,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

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


@pytest.fixture
def say(database: Database, clock: StandingClock) -> Enqueue:  # noqa: F811
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


async def member(database: Database, chat_id: int) -> int:  # noqa: F811
    """A person who has joined; returns the id."""
    async with database.writing() as session:
        person = Member(telegram_id=chat_id, chat_id=chat_id, name="Camat Air Joman", joined_at=real_now())
        session.add(person)
        await session.flush()
        return person.id
