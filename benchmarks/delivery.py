"""Measures delivery against the bare library on this machine, in one run: `python -m benchmarks.delivery [NAME …]`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # it comes with the PostgreSQL of the tests

import models
from benchmarks.bot_api import BotApi
from models.database import Database
from models.mailbox import Outgoing, Urgency

ROOT = Path(__file__).parents[1]
Figures = dict[str, Any]


@dataclass
class Watch:
    """A bot under observation: what it used since its first getUpdates."""

    api: BotApi
    process: psutil.Process
    started: float
    cpu_before: float = 0.0

    def begin(self) -> None:
        self.cpu_before = self.cpu

    @property
    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    async def until(self, condition: Callable[[], bool], seconds: float = 300.0) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  (it is another process that does it)
                await asyncio.sleep(0.005)

    async def sent(self, count: int) -> None:
        """Wait until so many messages have come."""
        await self.until(lambda: len(self.api.sends) >= count)

    async def polling(self) -> float:
        """Wait for the first getUpdates; when it came."""
        await self.until(lambda: self.api.first_poll is not None)
        assert self.api.first_poll is not None
        return self.api.first_poll


@asynccontextmanager
async def bot(name: str, api: BotApi, database_url: str, **environment: str) -> AsyncIterator[Watch]:
    started = time.perf_counter()
    child = subprocess.Popen(  # noqa: ASYNC220  (there is nothing else to do meanwhile)
        [sys.executable, "-m", "benchmarks.delivery_bots", name, api.url, database_url],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    )
    watch = Watch(api, psutil.Process(child.pid), started)
    api.on_first_poll = watch.begin
    try:
        yield watch
    finally:
        child.send_signal(signal.SIGTERM)
        await asyncio.to_thread(child.wait, 30)


@asynccontextmanager
async def empty_database() -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder:
        url = f"sqlite:///{folder}/kawal.sqlite"
        database = Database(url)
        async with database.engine.begin() as connection:
            await connection.run_sync(models.Base.metadata.create_all)
        await database.close()
        yield url


async def burst(name: str, count: int = 3000, chats: int = 300, latency: float = 0.0) -> Figures:
    """A backlog of plain-text messages, worked off as fast as the bot can."""
    async with BotApi(latency) as api, empty_database() as database_url:
        for number in range(count):
            api.push(1000 + number % chats, f"laporan {number}")
        async with bot(name, api, database_url) as watch:
            await watch.sent(count)
            seconds = api.sends[-1][0] - await watch.polling()
            cpu = watch.cpu - watch.cpu_before
            memory = watch.process.memory_info().rss / 2**20
        assert set(api.counts().values()) == {1}
    return {
        "updates_per_second": round(count / seconds), "cpu_seconds_per_1000": round(1000 * cpu / count, 2),
        "memory_mib": round(memory),
    }  # fmt: skip


async def paced(name: str, rate: int = 100, seconds: int = 10) -> Figures:
    """Messages at a steady rate: how long a person waits for the answer."""
    async with BotApi() as api, empty_database() as database_url, bot(name, api, database_url) as watch:
        await watch.polling()
        began = time.perf_counter()
        for number in range(rate * seconds):
            api.push(1000 + number % 300, f"{number + 1}")
            await asyncio.sleep(max(0.0, began + (number + 1) / rate - time.perf_counter()))
        await watch.sent(rate * seconds)
        waits = sorted(at - api.pushed_at[int(text.rsplit(" ", 1)[1])] for at, _, text in api.sends)
    return {"p50_ms": round(1000 * waits[len(waits) // 2], 1), "p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 1)}


async def outbound(name: str, count: int = 2000, *, limited: bool = False) -> Figures:
    """As many reminders as there are chats, ready to go."""
    async with BotApi(limited=limited) as api, empty_database() as database_url:
        if name == "kawal":
            await fill_outbox(database_url, count)
        environment = {"MESSAGES": str(count)} | ({"KAWAL_LIMITS": "1"} if limited else {})
        async with bot(name, api, database_url, **environment) as watch:
            await watch.sent(count)
            cpu = watch.cpu
        seconds = api.sends[-1][0] - api.sends[0][0]
    return {
        "messages_per_second": round((count - 1) / seconds, 1), "refused": api.refused,
        "most_in_a_second": api.most_in_a_second(), "cpu_seconds_per_1000_with_start": round(1000 * cpu / count, 2),
    }  # fmt: skip


async def fill_outbox(database_url: str, count: int) -> None:
    database, now = Database(database_url), datetime.now(UTC)
    async with database.writing() as session:
        session.add_all(
            Outgoing(
                chat_id=1000 + number, kind="pengingat", method="sendMessage", urgency=Urgency.REMINDER,
                payload={"text": f"pengingat {number}"}, created_at=now,
            )
            for number in range(count)
        )  # fmt: skip
    await database.close()


async def start(name: str, rounds: int = 5) -> Figures:
    """From the command to the first getUpdates, on a database that an uncounted first start has made."""
    times = []
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder:
        for _ in range(1 + rounds):
            async with BotApi() as api, bot(name, api, f"sqlite:///{folder}/kawal.sqlite", FOLDER=folder) as watch:
                times.append(await watch.polling() - watch.started)
                cpu = watch.cpu_before
    return {"seconds": round(sorted(times[1:])[rounds // 2], 2), "cpu_seconds": round(cpu, 2)}


def inbound(measure: Callable[[str], Awaitable[Figures]], *names: str) -> Callable[[], Awaitable[dict[str, Figures]]]:
    async def run() -> dict[str, Figures]:
        return {name: await measure(name) for name in names}

    return run


MEASURES: dict[str, Callable[[], Awaitable[dict[str, Figures]]]] = {
    "burst of 3,000 over 300 chats": inbound(burst, "bare", "committing", "kawal"),
    "100 a second": inbound(paced, "committing", "kawal"),
    "the burst with 50 ms added to every send": inbound(
        lambda name: burst(name, latency=0.05), "committing-16", "kawal"
    ),
    "outbound, limiter off": inbound(outbound, "gather", "kawal"),
    "outbound, at Telegram's limits": inbound(lambda name: outbound(name, 600, limited=True), "kawal"),
    "start to first getUpdates": inbound(start, "bare", "whole"),
    "10,000 messages": inbound(lambda name: burst(name, 10_000), "bare", "kawal"),
}


def _with_ratio(key: str, value: float, base: float) -> str:
    """A figure and, where it is another's, how many times the first one's it is."""
    return f"{key} {value}" + (f" (×{value / base:.2f})" if base and value is not base else "")


async def main(wanted: list[str]) -> None:
    results = {}
    for title, measure in MEASURES.items():
        if wanted and not any(word in title for word in wanted):
            continue
        results[title] = await measure()
        print(title)
        base = next(iter(results[title].values()))
        for name, figures in results[title].items():
            print(
                f"  {name:14}",
                "  ".join(_with_ratio(key, value, base[key]) for key, value in figures.items()),
                flush=True,
            )
    if path := os.environ.get("BENCH_JSON"):
        Path(path).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
