"""Several processes share one bot on PostgreSQL: one leads, all handle updates, and another takes over in seconds."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import select

from delivery.election import ElectedProcess
from delivery.intake import store_updates
from delivery.leadership import Deposed, Timing, announce
from models.database import Database
from models.mailbox import Leadership, enqueue
from models.records import AuditEntry
from tests.delivery.conftest import Crowd, StandingClock, until
from tests.delivery.fake_telegram import FakeTelegram, message
from tests.delivery.processes import Bots, settled, take_account
from tests.delivery.proxies import Way, way_to
from tests.delivery.test_engine import echoing

TAKEN_OVER_WITHIN = 10.0
QUICK = Timing(beat=0.05, valid=0.4, stale=0.8)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
async def way(postgres_url: str) -> AsyncIterator[Way]:
    with tempfile.TemporaryDirectory(prefix="way") as folder:
        async with way_to(postgres_url, Path(folder)) as opened:
            yield opened


class Candidate:
    """One taking part in the election, in this process."""

    def __init__(self, url: str, on_note: Callable[[str], None] = lambda _note: None) -> None:
        self.database = Database(url)
        self.process = ElectedProcess(self.database, on_note, timing=QUICK)
        self._task = asyncio.create_task(self.process.run())

    async def leave(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.database.close()

    async def may_commit(self) -> bool:
        try:
            async with self.database.writing() as session:
                await self.process.check(session)
        except Deposed:
            return False
        return True


async def test_one_leads_and_another_follows_at_once_when_it_resigns(postgres_url: str) -> None:
    one = Candidate(postgres_url)
    await until(lambda: one.process.leads)
    other = Candidate(postgres_url)
    await asyncio.sleep(0.2)
    assert not other.process.reigns
    assert (await one.may_commit(), await other.may_commit()) == (True, False)
    await one.leave()
    await until(lambda: other.process.leads, 2 * QUICK.beat + 0.5)
    assert await other.may_commit()
    await other.leave()


async def test_a_leader_that_is_cut_off_stops_before_another_starts(postgres_url: str, way: Way) -> None:
    cut_off, other = Candidate(way.url), None
    await until(lambda: cut_off.process.leads)
    other = Candidate(postgres_url)
    both = 0

    async def watch() -> None:
        nonlocal both
        while True:
            both += cut_off.process.leads and other.process.leads
            await asyncio.sleep(0.001)

    watching = asyncio.create_task(watch())
    way.cut()
    await until(lambda: other.process.leads)
    way.mend()
    await asyncio.sleep(0.3)
    watching.cancel()
    assert both == 0
    assert not cut_off.process.leads
    assert not await cut_off.may_commit()
    assert await other.may_commit()
    await cut_off.leave()
    await other.leave()


async def test_a_transaction_of_the_old_leader_cannot_commit_after_the_new_one_began(postgres_url: str) -> None:
    old = Candidate(postgres_url)
    await until(lambda: old.process.leads)
    async with old.database.reading() as session:  # a transaction that hangs in the middle
        await old.process.check(session)
        old._task.cancel()
        await asyncio.gather(old._task, return_exceptions=True)
        new = Candidate(postgres_url)
        with pytest.raises(TimeoutError):
            await until(lambda: new.process.leads, 0.4)
    await until(lambda: new.process.leads)
    await new.leave()
    await old.leave()


async def test_news_reach_the_other_processes(postgres_url: str) -> None:
    heard: list[str] = []
    one, other = Candidate(postgres_url, heard.append), Candidate(postgres_url)
    await until(lambda: one.process.reigns or other.process.reigns)
    async with other.database.writing() as session:
        await announce(session, "inbox")
        assert heard == []
    await until(lambda: heard == ["inbox"])
    await one.leave()
    await other.leave()


async def test_lost_news_do_no_harm(
    postgres_url: str, telegram: FakeTelegram, clock: StandingClock, tmp_path: Path
) -> None:
    """What another process stores without a word is found by looking, within a second or two."""
    database, other = Database(postgres_url), Database(postgres_url)
    async with echoing(database, clock, telegram, tmp_path):
        await until(lambda: bool(telegram.called("getUpdates")))
        for number in (1, 2):
            async with other.writing() as session:
                await store_updates(session, [message(number, 7, f"{number}")], clock.now())
            await until(lambda: telegram.said(7) == [f"dicatat: {n}" for n in range(1, number + 1)], 5)  # noqa: B023
        async with other.writing() as session:
            await enqueue(session, now=clock.now(), chat_id=8, method="sendMessage", payload={"text": "a"}, kind="k")
        await until(lambda: telegram.said(8) == ["a"], 5)
    await database.close()
    await other.close()


async def epoch_of(url: str) -> int:
    """How many leaders there have been."""
    database = Database(url)
    async with database.reading() as session:
        row = await session.get(Leadership, 1)
    await database.close()
    return row.epoch if row else 0


async def taken_over(url: str, after_epoch: int) -> float:
    """Seconds until there is a new leader."""
    began = asyncio.get_running_loop().time()
    while await epoch_of(url) == after_epoch:  # noqa: ASYNC110  (it is another process that does it)
        await asyncio.sleep(0.05)
    return asyncio.get_running_loop().time() - began


async def keep_chatting(crowd: Crowd) -> None:
    while True:
        crowd.chatter(2)
        await asyncio.sleep(0.05)


async def ends_well(url: str, crowd: Crowd, bot: Bots, *running: int) -> None:
    await settled(url, len(crowd.said), seconds=40)
    for pid in running:
        await bot.stop(pid)
    account = await take_account(url, crowd.world, crowd.said)
    account.balances()


@pytest.mark.process
async def test_all_processes_handle_updates_and_one_sends(postgres_url: str, crowd: Crowd, bot: Bots) -> None:
    one, other = bot.start(), bot.start()
    await until(lambda: len(crowd.world.calls) >= 2)  # both have introduced themselves
    database = Database(postgres_url)
    by: set[str | None] = set()
    async with asyncio.timeout(20):
        while by != {str(one), str(other)}:
            if len(crowd.said) < 1000:
                crowd.chatter(25)
            await asyncio.sleep(0.1)
            async with database.reading() as session:
                by = set(await session.scalars(select(AuditEntry.subject)))
    await database.close()
    await ends_well(postgres_url, crowd, bot, one, other)


@pytest.mark.process
@pytest.mark.parametrize("how", ["killed", "stopped", "cut off"])
async def test_another_process_takes_over_within_ten_seconds(
    how: str, postgres_url: str, crowd: Crowd, bot: Bots, way: Way
) -> None:
    ordinary = {"timing": asdict(Timing())}
    first = bot.start(database=way.url if how == "cut off" else postgres_url, **ordinary)
    await taken_over(postgres_url, 0)
    epoch = await epoch_of(postgres_url)
    second = bot.start(**ordinary)
    chatting = asyncio.create_task(keep_chatting(crowd))
    await until(lambda: len(crowd.said) > 20)
    match how:
        case "killed":
            await bot.kill(first)
        case "stopped":
            os.kill(first, signal.SIGSTOP)
        case "cut off":
            way.cut()
    seconds = await taken_over(postgres_url, epoch)
    print(f"the leader was {how}: another took over in {seconds:.1f} s")
    assert seconds < TAKEN_OVER_WITHIN
    # The old one comes back, and must do nothing more as a leader.
    if how == "stopped":
        os.kill(first, signal.SIGCONT)
    way.mend()
    await asyncio.sleep(0.5)
    chatting.cancel()
    await ends_well(postgres_url, crowd, bot, *([second] if how == "killed" else [first, second]))
