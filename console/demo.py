"""`bot.py demo`: the whole product on this machine, with a Telegram of its own. No token, no server, no internet."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from config import ROOT, ConfigError, load_settings
from console.run import asked_to_stop, running
from delivery.pacing import Limits
from models.database import Database
from models.people import Role, make_invite, post_for
from models.units import Unit
from simulator import RunningSimulator, SimClock, World, run_simulator
from simulator.limits import Limits as TelegramLimits
from simulator.rakorpem import BEGINNING, BUPATI, StoryCast, rakorpem
from simulator.story import Pace, Story, StoryFailed
from simulator.transcript import Transcript

PORTS_TRIED = 20


def main(port: int, *, play: bool) -> int:
    """Serve the page until Ctrl-C, or with `play` act the story out and print it; 0 when every step happened."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # The demo is the same everywhere: settings of a real bot on this machine don't leak into it.
    for name in [name for name in os.environ if name.startswith("KAWAL_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="kawal-demo-"))
    try:
        return asyncio.run(_play(folder) if play else _serve(folder, port))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _serve(folder: Path, port: int) -> int:
    async with stage(folder, port, Pace()) as (simulator, _):
        if not simulator.url.endswith(f":{port}"):
            print(f"Port {port} sedang dipakai, jadi demo memakai port lain.")
        print(f"Demo Kawal: {simulator.url}\nBuka alamat itu di peramban. Ctrl-C untuk berhenti.", flush=True)
        await asked_to_stop().wait()
    return 0


async def _play(folder: Path) -> int:
    async with stage(folder, 0, Pace(rest=0.05, patience=30), brisk=True) as (simulator, story):
        Transcript(simulator.world)
        try:
            await story.run()
        except StoryFailed as failure:
            print(f"\nCerita terhenti. {failure}")
            return 1
        picture = _picture_sent(simulator.world)
        if picture is None:
            print("\nCerita selesai, tetapi gambar ringkasan tidak ada.")
            return 1
        target = ROOT / "data" / "demo" / "ringkasan.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture)
        print(f"\nSemua langkah berhasil. Gambar yang diterima Bupati: {target}")
    return 0


@asynccontextmanager
async def stage(
    folder: Path, port: int, pace: Pace, *, brisk: bool = False
) -> AsyncIterator[tuple[RunningSimulator, Story]]:
    """The simulator, the bot in it, and the people of the story with their invites.

    `brisk` is for a story that nobody watches: Telegram's limits, a message a second to each chat, are left out.
    """
    world = World(SimClock(BEGINNING))
    if brisk:
        world.limits = TelegramLimits.off()
    async with _simulator(port, world) as simulator:
        sections: dict[str, dict[str, Any]] = {
            "telegram": {"token": world.token, "api_url": simulator.url},
            "database": {"url": f"sqlite:///{folder / 'kawal.sqlite'}"},
            "files": {"directory": str(folder / "files")},
            "backup": {"keep": 0},
        }
        settings = load_settings(ROOT / "config.example.toml", **sections)
        tick_seconds, limits = (0.2, Limits(overall=None)) if brisk else (1, None)
        async with running(settings, world.clock, tick_seconds=tick_seconds, limits=limits) as (database, _):
            yield simulator, rakorpem(world, await _invites(database, world.clock), pace)


@asynccontextmanager
async def _simulator(port: int, world: World) -> AsyncIterator[RunningSimulator]:
    """On this port, or on the next free one."""
    for tried in range(port, port + PORTS_TRIED):
        server = run_simulator(tried, world=world)
        try:
            simulator = await server.__aenter__()
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE or port == 0:
                raise
            continue
        try:
            yield simulator
        finally:
            await server.__aexit__(None, None, None)
        return
    raise ConfigError(f"port {port} sampai {port + PORTS_TRIED - 1} semuanya dipakai; pilih yang lain dengan --port")


async def _invites(database: Database, clock: SimClock) -> StoryCast:
    """One invite for each phone of the story."""
    codes = {}
    async with database.writing() as session:
        for name, role, unit in (
            ("secretariat_code", Role.SEKRETARIAT, None),
            ("camat_code", Role.PELAKSANA, "12.09.09"),
            ("bupati_code", Role.PIMPINAN, "bupati"),
        ):
            post = await post_for(session, role, await session.get_one(Unit, unit) if unit else None)
            codes[name] = await make_invite(session, post, now=clock.now())
    return StoryCast(**codes)


def _picture_sent(world: World) -> bytes | None:
    """The picture that the Bupati got."""
    chat = world.chats[world.person(BUPATI).id]
    for message in reversed(list(chat.messages.values())):
        if message.from_bot and "photo" in message.body:
            file = world.files.get(message.body["photo"][-1]["file_id"])
            return file.content if file else None
    return None
