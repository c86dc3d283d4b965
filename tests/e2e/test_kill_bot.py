"""The real bot, flooded and killed again and again: every report is filed once, every answer is sent."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter

import pytest
from sqlalchemy import select

from models.database import Database
from models.directives import Directive
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing
from models.reports import Report
from simulator.running import RunningSimulator
from tests.e2e.process import BotProcess, joins

pytestmark = pytest.mark.process

KILLS = int(os.environ.get("KAWAL_KILLS", "6"))
CAMATS = {"12.09.08": "Meranti", "12.09.09": "Air Joman", "12.09.28": "Silau Laut", "12.09.31": "Teluk Dalam"}


async def test_no_report_is_lost_or_doubled_over_many_kills(bot: BotProcess, telegram: RunningSimulator) -> None:
    await bot.start()
    secretary = telegram.world.add_person("Sekretaris")
    await joins(secretary, await bot.invites("sekretariat"))
    camats = [telegram.world.add_person(f"Camat {name}") for name in CAMATS.values()]
    for camat, code in zip(camats, CAMATS, strict=True):
        await joins(camat, await bot.invites("pelaksana", code))
    secretary.say("/rapat Rakorpem Januari, 23 Januari 2026")
    await secretary.expect("Rakorpem")
    names = ", ".join(f"Camat {name}" for name in CAMATS.values())
    secretary.say(f"/arahan {names} agar mendata lahan cetak sawah, 3 hari lagi")
    preview = await secretary.expect("mendata lahan", button="📤 Kirim")
    await secretary.press(preview, "📤 Kirim").answered(10)
    for camat in camats:
        await camat.expect("mendata lahan", button="✅ Terima")

    said: list[str] = []
    for _ in range(KILLS):
        for _ in range(6):
            text = f"catatan ke-{len(said)}: pendataan berjalan, sudah {len(said) % 90 + 5}%"
            camats[len(said) % len(camats)].say(text)
            said.append(text)
        await asyncio.sleep(random.uniform(0, 0.8))
        await bot.kill()
        await bot.start()
    await _settled(bot.database_url)
    await bot.stop()

    database = Database(bot.database_url)
    async with database.reading() as session:
        filed = Counter(await session.scalars(select(Report.text)))
        receipts = (await session.scalars(select(Outgoing).where(Outgoing.method == "sendMessage"))).all()
        numbers = {report.id: report.text for report in await session.scalars(select(Report))}
        assert await session.scalar(select(Directive.id)) == 1
    await database.close()
    assert filed == Counter(said), "every message is one report"

    shown = Counter(
        message.text.split()[2] for camat in camats for message in camat.received() if "Laporan L-" in message.text
    )
    assert set(shown) == {f"L-{number}" for number in numbers}, "every report was answered"
    doubtful = {row.payload["text"].split()[2] for row in receipts if row.possible_repeat}
    repeated = {number for number, count in shown.items() if count > 1}
    assert repeated <= doubtful, "a repeat only where a send was in flight, and then it is on record"
    print(f"{KILLS} kills, {len(said)} reports, {len(repeated)} answers repeated, {len(doubtful)} recorded as possible")


async def _settled(database_url: str) -> None:
    """Wait until nothing waits, to come in or to go out."""
    database = Database(database_url)
    async with asyncio.timeout(90):
        while True:
            async with database.reading() as session:
                inbox = await session.scalar(select(Incoming).where(Incoming.state == InboxState.WAITING).limit(1))
                busy = (OutboxState.READY, OutboxState.SENDING, OutboxState.UNCERTAIN)
                outbox = await session.scalar(select(Outgoing).where(Outgoing.state.in_(busy)).limit(1))
            if inbox is None and outbox is None:
                break
            await asyncio.sleep(0.3)
    await database.close()
