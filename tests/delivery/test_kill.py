"""The proof: a bot that is killed at any moment loses nothing, doubles no effect, and repeats only what it records."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket

import pytest

from delivery.faults import POINTS
from delivery.telegram import build_bot
from delivery.webhook import assert_webhook
from tests.delivery.conftest import Crowd, until
from tests.delivery.processes import Bots, settled, take_account

pytestmark = pytest.mark.process

FIRST_COMMITS = 6
ENOUGH_SAID = 40
"""A machine under load takes long to start a process; what is said meanwhile has to be answered later. So after this
people say something about once a second."""
KILLS = int(os.environ.get("KAWAL_KILLS", "10"))


async def test_killed_at_random_under_load_nothing_is_lost_or_doubled(
    database_url: str, crowd: Crowd, bot: Bots
) -> None:
    for number in range(KILLS):
        seen = len(crowd.world.calls)
        pid = bot.start()
        if number % 4:  # every fourth is killed while it starts
            await until(lambda: len(crowd.world.calls) > seen + 1)  # noqa: B023
        left = random.uniform(0.0, 0.2)
        for _ in range(4):
            crowd.chatter(6)
            await asyncio.sleep(left / 4)
        await bot.kill(pid)
    pid = bot.start()
    await settled(database_url, len(crowd.said), seconds=60 + 2 * KILLS)
    await bot.stop(pid)
    account = await take_account(database_url, crowd.world, crowd.said)
    account.balances()
    print(f"{KILLS} kills, {len(crowd.said)} messages, {len(account.repeated_answers)} repeats, "
          f"{len(account.in_doubt)} recorded as possible")  # fmt: skip


async def test_killed_at_every_commit_boundary(database_url: str, crowd: Crowd, bot: Bots) -> None:
    for number, point in enumerate(POINTS):
        await dies(bot, bot.start(fault=f"{point}:{1 + number % 2}"), crowd, point)
    pid = bot.start()
    await settled(database_url, len(crowd.said), seconds=60)
    await bot.stop(pid)
    (await take_account(database_url, crowd.world, crowd.said)).balances()


async def test_killed_at_each_of_its_first_commits_whatever_they_are(
    database_url: str, crowd: Crowd, bot: Bots
) -> None:
    """Also settling what the dead process left, tidying, letting go: commits that have no named place."""
    for number in range(1, FIRST_COMMITS + 1):
        moment = "before" if number % 2 else "after"
        dying = bot.start(die_at_commit=[number, moment])
        await dies(bot, dying, crowd, f"{moment} commit {number}")
    pid = bot.start()
    await settled(database_url, len(crowd.said), seconds=60)
    await bot.stop(pid)
    (await take_account(database_url, crowd.world, crowd.said)).balances()


async def test_stopped_in_good_order_nothing_is_repeated(database_url: str, crowd: Crowd, bot: Bots) -> None:
    for _ in range(3):
        pid = bot.start()
        seen = len(crowd.world.calls)
        crowd.chatter(40)
        await until(lambda: len(crowd.world.calls) > seen + 10)  # noqa: B023
        await bot.stop(pid)
    pid = bot.start()
    await settled(database_url, len(crowd.said))
    await bot.stop(pid)
    account = await take_account(database_url, crowd.world, crowd.said)
    account.balances()
    assert account.repeated_answers == []
    assert account.in_doubt == set()


async def test_killed_while_it_takes_a_webhook(database_url: str, crowd: Crowd, bot: Bots) -> None:
    port, secret = free_port(), "s" * 40
    webhook = {"webhook_port": port, "secret": secret}
    telegram = build_bot(crowd.world.token, crowd.sim.url)
    await assert_webhook(telegram, f"http://127.0.0.1:{port}/telegram", secret)
    for point in ("intake.before_commit", "intake.after_commit", "dispatcher.before_commit", "sender.after_call"):
        await dies(bot, bot.start(fault=f"{point}:4", **webhook), crowd, point)
    pid = bot.start(**webhook)
    await settled(database_url, len(crowd.said), seconds=60)
    await bot.stop(pid)
    await telegram.shutdown()
    (await take_account(database_url, crowd.world, crowd.said)).balances()


async def dies(bot: Bots, pid: int, crowd: Crowd, where: str) -> None:
    """Talk to it until it is dead."""
    for number in range(600):
        crowd.chatter(1 if number < ENOUGH_SAID or number % 30 == 0 else 0)
        await asyncio.sleep(0.03)
        if (status := bot.status(pid)) is not None:
            break
    assert status == -signal.SIGKILL, f"did not die at {where}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
