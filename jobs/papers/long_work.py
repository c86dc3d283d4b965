"""Papers that take minutes: one message in the chat shows how far they are and can cancel them.

A restart begins the work anew, since the order still waits; what it had written until then is written over.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from jobs.papers import bundle
from jobs.papers.making import LongDraft, LongMaker, Progress, Sheet, Stopped, folder_of, store
from models.database import Database
from models.mailbox import Urgency
from models.papers import OrderState, PaperOrder, waiting_orders
from presentation.chat import render
from presentation.mail import Content, Mail
from presentation.progress import cancelled, finished, order_subject, under_way

log = logging.getLogger(__name__)

TRIES = 3
EVERY = 3.0
"""Seconds between two looks at the work: its message is edited, and a wish to cancel is seen."""
LONG_MAKERS: dict[str, LongMaker] = {"evidence": bundle.evidence}


async def fulfil_long(
    database: Database,
    settings: Settings,
    clock: Clock,
    *,
    stopping: Callable[[], bool] = lambda: False,
    wake: Callable[[], None] = lambda: None,
    every: float = EVERY,
) -> int:
    """Do the long work that was ordered, one after the other; returns how many orders were dealt with."""
    async with database.reading() as session:
        orders = await waiting_orders(session, LONG_MAKERS, limit=1)
    for order in orders:
        folder = settings.files.directory / folder_of(order) / f".{order.id:06d}"
        try:
            async with database.reading() as session:
                draft = await LONG_MAKERS[order.kind](session, order, settings, clock)
            folder.mkdir(parents=True, exist_ok=True)
            sheets = await _work(database, clock, order, draft, folder, stopping, wake, every)
            paths = await asyncio.to_thread(store, sheets, settings.files.directory, order)
            await _send(database, clock, order, draft, list(zip(sheets, paths, strict=True)))
        except Stopped:
            if stopping():
                return 0
        except Exception:
            log.exception("order %s (%s) could not be made", order.id, order.kind)
            await _failed(database, clock, order)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    return len(orders)


async def _work(
    database: Database,
    clock: Clock,
    order: PaperOrder,
    draft: LongDraft,
    folder: Path,
    stopping: Callable[[], bool],
    wake: Callable[[], None],
    every: float,
) -> list[Sheet]:
    progress, shown = Progress(), 0
    work = asyncio.create_task(asyncio.to_thread(draft.work, progress, folder))
    while not (await asyncio.wait({work}, timeout=every))[0]:
        if stopping():
            progress.stopped = True
            continue
        async with database.writing() as session:
            fresh = await session.get_one(PaperOrder, order.id)
            if fresh.state != OrderState.WAITING:
                progress.stopped = True
            elif progress.done > shown:
                shown = progress.done
                content = under_way(order, shown, progress.total, progress.unit)
                await Mail(session, clock.now()).redraw(order_subject(order), content)
        wake()
    return list(await work)


async def _send(
    database: Database, clock: Clock, order: PaperOrder, draft: LongDraft, sheets: list[tuple[Sheet, str]]
) -> None:
    async with database.writing() as session:
        fresh = await session.get_one(PaperOrder, order.id)
        if fresh.state != OrderState.WAITING:
            return
        mail = Mail(session, clock.now())
        await mail.redraw(order_subject(order), finished(len(sheets)))
        for index, (sheet, path) in enumerate(sheets):
            content = draft.content if index == len(sheets) - 1 else Content("")
            await mail.send_file(order.chat_id, sheet.method, path, content, kind=draft.kind, file_name=sheet.name,
                                 urgency=Urgency.BULK, dedupe_key=f"paper:{order.id}:{index}")  # fmt: skip
        if not sheets:
            await mail.say(order.chat_id, draft.content, kind=draft.kind, dedupe_key=f"paper:{order.id}")
        fresh.state, fresh.done_at = OrderState.DONE, clock.now()
        fault_point("long papers.before_commit")
    fault_point("long papers.after_commit")


async def _failed(database: Database, clock: Clock, order: PaperOrder) -> None:
    async with database.writing() as session:
        fresh = await session.get_one(PaperOrder, order.id)
        if fresh.state != OrderState.WAITING:
            return
        fresh.attempts += 1
        if fresh.attempts < TRIES:
            return
        fresh.state, fresh.error = OrderState.FAILED, "could not be made"
        mail = Mail(session, clock.now())
        await mail.redraw(order_subject(order), cancelled())
        await mail.say(order.chat_id, render("paper_failed"), kind="notice")
