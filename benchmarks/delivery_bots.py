"""The bots that are compared, each a process of its own: `python -m benchmarks.delivery_bots NAME API_URL DATABASE_URL`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

TOKEN = "123456:" + "A" * 35


def bare(api_url: str, _database_url: str, *, concurrent: int = 0) -> None:
    """(a) The library as its own examples use it: echoes each message."""
    from telegram.ext import MessageHandler, filters

    async def echo(update: Any, _context: Any) -> None:
        await update.message.reply_text(f"dicatat: {update.message.text}")

    _run_library(api_url, MessageHandler(filters.TEXT, echo), concurrent)


def committing(api_url: str, database_url: str, *, concurrent: int = 0) -> None:
    """(b) The same, and one row committed for each message before the answer, on SQLite with WAL and FULL."""
    from telegram.ext import MessageHandler, filters

    from clock import SystemClock
    from models.database import Database
    from models.records import AuditEntry

    database, clock = Database(database_url), SystemClock()

    async def echo(update: Any, _context: Any) -> None:
        async with database.writing() as session:
            session.add(AuditEntry(at=clock.now(), deed=update.message.text, update_id=update.update_id))
        await update.message.reply_text(f"dicatat: {update.message.text}")

    _run_library(api_url, MessageHandler(filters.TEXT, echo), concurrent)


def _run_library(api_url: str, handler: Any, concurrent: int) -> None:
    from telegram.ext import ApplicationBuilder

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api_url}/bot").job_queue(None)
    application = builder.concurrent_updates(concurrent or False).build()
    application.add_handler(handler)
    application.run_polling()


def kawal(api_url: str, database_url: str) -> None:
    """Kawal's delivery with a handler that does the same: one fact and one answer for each message."""
    asyncio.run(_kawal(api_url, database_url))


async def _kawal(api_url: str, database_url: str) -> None:
    from telegram.ext import MessageHandler, filters

    from clock import SystemClock
    from delivery.application import build_application
    from delivery.engine import Delivery
    from delivery.pacing import Limits
    from delivery.telegram import build_bot
    from models.database import Database, update_session
    from models.mailbox import enqueue
    from models.records import AuditEntry

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database, clock, bot = Database(database_url), SystemClock(), build_bot(TOKEN, api_url)
    application = build_application(bot)

    async def echo(update: Any, _context: Any) -> None:
        session, now = update_session.get(), clock.now()
        session.add(AuditEntry(at=now, deed=update.message.text, update_id=update.update_id))
        await enqueue(
            session, now=now, chat_id=update.message.chat_id, method="sendMessage", kind="jawaban",
            payload={"text": f"dicatat: {update.message.text}"},
        )  # fmt: skip

    application.add_handler(MessageHandler(filters.TEXT, echo))
    limits = Limits() if os.environ.get("KAWAL_LIMITS") else Limits(overall=None)
    with tempfile.TemporaryDirectory() as folder:
        await Delivery(database, clock, bot, application, Path(folder), "Mohon maaf.", limits).run(stop)
    await database.close()


def whole(api_url: str, database_url: str) -> None:
    """`bot.py run`, with every handler and job."""
    from bot import main

    os.environ |= {
        "KAWAL_TELEGRAM__TOKEN": TOKEN, "KAWAL_TELEGRAM__API_URL": api_url, "KAWAL_DATABASE__URL": database_url,
        "KAWAL_FILES__DIRECTORY": os.environ["FOLDER"], "KAWAL_BACKUP__DIRECTORY": os.environ["FOLDER"],
    }  # fmt: skip
    main(["run", "--config", "config.example.toml"])


def gather(api_url: str, _database_url: str) -> None:
    """What a script would do to tell many people something: everything at once."""
    asyncio.run(_gather(api_url, int(os.environ["MESSAGES"])))


async def _gather(api_url: str, count: int) -> None:
    from telegram import Bot

    async with Bot(TOKEN, base_url=f"{api_url}/bot") as bot:
        await bot.get_updates(timeout=0)  # the sign to start the watch
        waves = [range(start, min(start + 200, count)) for start in range(0, count, 200)]
        for wave in waves:  # more at once than its pool holds would fail
            await asyncio.gather(*(bot.send_message(1000 + number, f"pengingat {number}") for number in wave))


BOTS = {
    "bare": bare,
    "committing": committing,
    "committing-16": lambda api, database: committing(api, database, concurrent=16),
    "kawal": kawal,
    "whole": whole,
    "gather": gather,
}

if __name__ == "__main__":
    BOTS[sys.argv[1]](sys.argv[2], sys.argv[3])
