"""Bad days: what the network, Telegram, the database and the disk do, and that nothing is lost or doubled by it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event
from telegram.error import NetworkError

from clock import SystemClock
from delivery.application import build_application
from delivery.engine import Delivery
from delivery.pacing import Limits
from delivery.sender import PROBE_SECONDS, Sender
from delivery.telegram import build_bot
from models.database import Database
from simulator import run_simulator
from simulator.faults import Faults
from simulator.world import World
from tests.delivery.conftest import Crowd, Enqueue, StandingClock, until
from tests.delivery.echo_process import add_echo
from tests.delivery.fake_telegram import FakeTelegram
from tests.delivery.processes import settled, take_account
from tests.delivery.proxies import way_to
from tests.delivery.test_decisions import caused

AWAY_SECONDS = float(os.environ.get("KAWAL_AWAY", "1.5"))


@asynccontextmanager
async def working(
    database: Database, world: World, url: str, folder: Path, *, patience: float = 20.0
) -> AsyncIterator[Delivery]:
    """The echoing bot at work, in this process."""
    clock, bot = SystemClock(), build_bot(world.token, url, patience=patience)
    application = build_application(bot)
    add_echo(application, clock)
    async with Delivery(database, clock, bot, application, folder, "Mohon maaf.", Limits(overall=None)) as delivery:
        yield delivery


def one_chat_too_fast(faults: Faults, crowd: Crowd) -> None:
    faults.too_many("sendMessage", retry_after=1, times=2, chat_id=crowd.people[3].id)


NOT_DELIVERED: dict[str, Callable[[Faults, Crowd], None]] = {
    "500 to messages": lambda faults, _: faults.fail("sendMessage", times=3),
    "429 to one chat": one_chat_too_fast,
    "429 to all": lambda faults, _: faults.too_many("sendMessage", retry_after=1, times=10),
    "500 to getUpdates": lambda faults, _: faults.fail("getUpdates"),
    "429 to getUpdates": lambda faults, _: faults.too_many("getUpdates", retry_after=1),
    "updates lost on the way": lambda faults, _: faults.drop_response("getUpdates"),
    "updates as nonsense": lambda faults, _: faults.bad_json("getUpdates"),
}
PERHAPS_DELIVERED: dict[str, Callable[[Faults, Crowd], None]] = {
    "answers lost on the way": lambda faults, _: faults.drop_response("sendMessage", times=4),
    "answers as nonsense": lambda faults, _: faults.bad_json("sendMessage", times=4),
    "answers that never end": lambda faults, _: faults.never_answer("sendMessage", times=2),
}


@pytest.mark.parametrize("fault", NOT_DELIVERED | PERHAPS_DELIVERED)
async def test_what_telegram_and_the_network_do(
    fault: str, database_url: str, database: Database, crowd: Crowd, tmp_path: Path
) -> None:
    (NOT_DELIVERED | PERHAPS_DELIVERED)[fault](crowd.world.faults, crowd)
    crowd.chatter(50)
    patience = 0.7 if fault == "answers that never end" else 20.0
    async with working(database, crowd.world, crowd.sim.url, tmp_path, patience=patience):
        await settled(database_url, 50)
    account = await take_account(database_url, crowd.world, crowd.said)
    account.balances()
    if fault in NOT_DELIVERED:
        assert account.repeated_answers == []
    else:
        assert account.repeated_answers


async def test_telegram_goes_away_and_comes_back(database_url: str, database: Database, tmp_path: Path) -> None:
    async with run_simulator() as first:
        crowd = Crowd(first)
        port = int(first.url.rsplit(":", 1)[1])
        crowd.world.limits = crowd.world.limits.off()
        bot = working(database, crowd.world, first.url, tmp_path)
        delivery = await bot.__aenter__()
        crowd.chatter(50)
        await settled(database_url, 50)
    crowd.chatter(25)
    await asyncio.sleep(AWAY_SECONDS)
    crowd.world.closing = False
    async with run_simulator(port, world=crowd.world):
        crowd.chatter(25)
        await settled(database_url, 100)
        await bot.__aexit__(None, None, None)
    account = await take_account(database_url, crowd.world, crowd.said)
    account.balances()
    assert account.repeated_answers == []
    assert delivery.tally.failed == 0


class TravellingSteadily:
    """A steady clock that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_ten_minutes_without_telegram_cost_few_calls_and_no_message(
    database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    steady = TravellingSteadily()
    sender = Sender(database, clock, telegram.bot(), tmp_path, Limits(overall=None), steady=steady)
    refused = caused(NetworkError("x"), httpx.ConnectError("refused"))
    for chat in range(1, 101):
        await say(chat, f"{chat}")
    telegram.script["sendMessage"].extend([refused] * 100)
    telegram.script["getMe"].extend([refused] * 1000)
    for _ in range(600):
        await sender.step()
        await asyncio.gather(*sender._calls)
        steady.now += 1.0
    assert len(telegram.said()) <= 64, "only what was under way when Telegram went away"
    assert len(telegram.called("getMe")) <= 600 / PROBE_SECONDS + 8
    telegram.script.clear()
    telegram.calls.clear()
    steady.now += PROBE_SECONDS
    await sender.drain()
    assert sorted(telegram.said(), key=int) == [f"{chat}" for chat in range(1, 101)]


async def test_postgres_is_cut_off_for_a_while(postgres_url: str, crowd: Crowd, tmp_path: Path) -> None:
    folder = Path("/tmp") / f"way{os.getpid()}"
    folder.mkdir()
    try:
        async with way_to(postgres_url, folder) as way:
            database = Database(way.url)
            async with working(database, crowd.world, crowd.sim.url, tmp_path):
                crowd.chatter(25)
                await until(lambda: len(crowd.world.calls) > 10)
                way.cut()
                crowd.chatter(25)
                await asyncio.sleep(AWAY_SECONDS)
                way.mend()
                crowd.chatter(25)
                await settled(postgres_url, 75, seconds=40)
            await database.close()
    finally:
        (folder / ".s.PGSQL.5432").unlink(missing_ok=True)
        folder.rmdir()
    (await take_account(postgres_url, crowd.world, crowd.said)).balances()


async def test_sqlite_is_locked_by_another_program_for_a_while(sqlite_url: str, crowd: Crowd, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    async with working(database, crowd.world, crowd.sim.url, tmp_path):
        crowd.chatter(25)
        await until(lambda: len(crowd.world.calls) > 10)
        other = sqlite3.connect(
            sqlite_url.removeprefix("sqlite:///"), isolation_level=None, timeout=30, check_same_thread=False
        )
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        crowd.chatter(25)
        await asyncio.sleep(AWAY_SECONDS)
        other.execute("ROLLBACK")
        other.close()
        await settled(sqlite_url, 50, seconds=40)
    await database.close()
    account = await take_account(sqlite_url, crowd.world, crowd.said)
    account.balances()
    assert account.repeated_answers == []


async def test_the_disk_is_full_for_a_while(sqlite_url: str, crowd: Crowd, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    full = True

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 4 if full else 1_000_000}")

    event.listen(database.engine.sync_engine, "checkout", limit)
    async with working(database, crowd.world, crowd.sim.url, tmp_path):
        crowd.chatter(200)
        await asyncio.sleep(AWAY_SECONDS)
        full = False
        await settled(sqlite_url, 200, seconds=40)
    await database.close()
    account = await take_account(sqlite_url, crowd.world, crowd.said)
    account.balances()
    assert account.repeated_answers == []


@pytest.mark.parametrize("hours", [-1, 1])
async def test_the_clock_is_set(
    hours: int, database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path, say: Enqueue
) -> None:
    sender = Sender(database, clock, telegram.bot(), tmp_path)
    await sender.start()
    await say(7, "sebelum")
    await sender.drain()
    clock.pass_time(timedelta(hours=hours))
    await say(7, "sesudah")
    await sender.drain()
    heir = Sender(database, clock, telegram.bot(), tmp_path)
    await heir.start()
    await say(8, "proses baru")
    await heir.drain()
    assert telegram.said() == ["sebelum", "sesudah", "proses baru"]
