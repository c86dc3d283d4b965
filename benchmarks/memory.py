"""Whether a bot's memory stays flat over 100,000 messages: `python -m benchmarks.memory [COUNT]`, some minutes."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from benchmarks.bot_api import BotApi
from benchmarks.delivery import Watch, bot, empty_database

CHATS, WAITING = 300, 1_000
"""So many people, and so many messages of theirs that wait at most."""
REST = 2.0
"""Seconds without a message before memory is read."""


async def main(count: int) -> None:
    """One bot, read after a hundredth, a tenth, a half and all of the messages."""
    print(f"{'messages':>9} {'steady MiB':>11} {'peak MiB':>9} {'a second':>9}")
    async with BotApi() as api, empty_database() as database_url, bot("kawal", api, database_url) as watch:
        await watch.polling()
        pushed = 0
        for stage in (count // 100, count // 10, count // 2, count):
            started, before = time.perf_counter(), pushed
            while pushed < stage:
                room = min(stage - pushed, WAITING // 2)
                for number in range(pushed, pushed + room):
                    api.push(1000 + number % CHATS, f"laporan {number}")
                pushed += room
                await _answered(watch, pushed - WAITING // 2)
            await _answered(watch, pushed)
            rate = (pushed - before) / (time.perf_counter() - started)
            await asyncio.sleep(REST)
            steady = watch.process.memory_info().rss / 2**20
            print(f"{pushed:9,} {steady:11.1f} {_peak(watch):9.1f} {rate:9.0f}", flush=True)
        assert set(api.counts().values()) == {1}


async def _answered(watch: Watch, count: int) -> None:
    await watch.until(lambda: len(watch.api.sends) >= count)


def _peak(watch: Watch) -> float:
    """The most memory (RSS) that the process ever had, in MiB; Linux only."""
    status = Path(f"/proc/{watch.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 2**10


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 100_000))
