"""A Telegram on this machine, and an installation of the bot in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator import Limits, run_simulator
from simulator.running import RunningSimulator
from tests.e2e.process import BotProcess


@pytest.fixture
async def telegram() -> AsyncIterator[RunningSimulator]:
    async with run_simulator(0) as running:
        running.world.limits = Limits.off()
        yield running


@pytest.fixture
async def bot(telegram: RunningSimulator, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(tmp_path, telegram)
    yield process
    if process.running:
        await process.kill()
