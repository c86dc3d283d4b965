"""A small bot as a process of its own, to be killed. Started once, it forks a ready child for each start.

Reads a JSON object per line from stdin: {"start": {...}} answers {"pid": n}; {"ended": pid} answers {"status": n},
negative for the signal that ended it, null while it runs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import MessageHandler, filters

from clock import Clock, SystemClock
from delivery import faults
from delivery.application import KawalApplication, build_application
from delivery.engine import Delivery
from delivery.leadership import Timing
from delivery.pacing import Limits
from delivery.telegram import build_bot
from delivery.webhook import create_app, serving
from models.database import Database, update_session
from models.mailbox import enqueue
from models.records import AuditEntry


def main() -> None:
    for line in sys.stdin:
        command = json.loads(line)
        if "start" in command:
            pid = os.fork()
            if pid == 0:
                _become_bot(command["start"])
            answer: dict[str, int | None] = {"pid": pid}
        else:
            pid, status = os.waitpid(command["ended"], os.WNOHANG)
            answer = {"status": os.waitstatus_to_exitcode(status) if pid else None}
        print(json.dumps(answer), flush=True)


def _become_bot(settings: dict[str, Any]) -> None:
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        logging.basicConfig(level=settings.get("log_level", "ERROR"), format=f"{os.getpid()} %(name)s %(message)s")
        faults.arm(settings.get("fault", ""))
        asyncio.run(_run(settings))
        status = 0
    finally:
        os._exit(status)


def add_echo(application: KawalApplication, clock: Clock) -> None:
    """One fact and one answer per message; nothing makes the fact unique, so that a doubled one would show."""

    async def echo(update: Update, _context: object) -> None:
        assert update.message is not None
        session = update_session.get()
        fact = AuditEntry(
            at=clock.now(), deed=update.message.text or "", update_id=update.update_id, subject=str(os.getpid())
        )
        session.add(fact)
        await enqueue(
            session, now=clock.now(), chat_id=update.message.chat_id, method="sendMessage", kind="jawaban",
            payload={"text": f"dicatat: {update.message.text}"},
        )  # fmt: skip

    application.add_handler(MessageHandler(filters.TEXT, echo))


def die_at_commit(database: Database, number: int, moment: str) -> None:
    """Be killed "before" or "after" the commit of this number since the start, whatever it is that commits."""
    left = number

    def commits(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "before":
        event.listen(database.engine.sync_engine, "commit", commits)
    else:
        event.listen(Session, "after_commit", commits)


async def _run(settings: dict[str, Any]) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database, clock = Database(settings["database"]), SystemClock()
    if "die_at_commit" in settings:
        die_at_commit(database, *settings["die_at_commit"])
    bot = build_bot(settings["token"], settings["api_url"])
    application = build_application(bot)

    add_echo(application, clock)
    limits = Limits(overall=settings.get("overall"))
    port = settings.get("webhook_port")
    delivery = Delivery(
        database, clock, bot, application, Path(settings["files"]), "Mohon maaf.", limits, polling=port is None,
        timing=Timing(**settings["timing"]) if "timing" in settings else None,
    )  # fmt: skip
    async with AsyncExitStack() as stack:
        if port is not None:
            app = create_app(delivery, database, clock, secret=settings["secret"])
            await stack.enter_async_context(serving(app, "127.0.0.1", port))
        await delivery.run(stop)
    await database.close()


if __name__ == "__main__":
    main()
