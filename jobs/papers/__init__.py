"""Pictures and papers that were asked for are looked up, drawn in a thread, and put into the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from clock import Clock
from config import Settings
from delivery.faults import fault_point
from jobs.alarms import tell_if_disk_full
from jobs.papers import invitations, letters, matrix, not_joined, pack, rapor, summary
from jobs.papers.making import Draft, Maker, Sheet, store
from models.database import Database
from models.mailbox import Urgency
from models.papers import OrderState, PaperOrder, waiting_orders
from presentation.chat import render
from presentation.mail import Content, Mail

log = logging.getLogger(__name__)

TRIES = 3

MAKERS: dict[str, Maker] = {
    "invitation": invitations.single,
    "invitation_sheet": invitations.sheet,
    "summary": summary.picture,
    "summary_pdf": summary.paper,
    "rapor": rapor.paper,
    "meeting_pack": pack.paper,
    "warning_letter": letters.warning,
    "verification_record": letters.record,
    "not_joined": not_joined.paper,
    "matrix_xlsx": matrix.workbook,
    "matrix_pdf": matrix.paper,
}


async def fulfil(database: Database, settings: Settings, clock: Clock) -> int:
    """Make what was ordered; returns how many orders were dealt with."""
    async with database.reading() as session:
        orders = await waiting_orders(session, MAKERS)
    for order in orders:
        try:
            async with database.reading() as session:
                draft = await MAKERS[order.kind](session, order, settings, clock)
        except Exception:
            log.exception("order %s (%s) could not be looked up", order.id, order.kind)
            await _failed(database, clock, order, None)
            continue
        try:
            sheets = await asyncio.to_thread(draft.draw)
            paths = await asyncio.to_thread(store, sheets, settings.files.directory, order)
        except Exception as problem:
            log.exception("order %s (%s) could not be drawn", order.id, order.kind)
            async with database.writing() as session:
                await tell_if_disk_full(session, settings, clock.now(), problem, "Gambar dan dokumen yang diminta")
            await _failed(database, clock, order, draft)
            continue
        await _send(database, clock, order, draft, list(zip(sheets, paths, strict=True)))
    return len(orders)


async def _send(
    database: Database, clock: Clock, order: PaperOrder, draft: Draft, sheets: Sequence[tuple[Sheet, str]]
) -> None:
    async with database.writing() as session:
        fresh = await session.get(PaperOrder, order.id)
        if fresh is None or fresh.state != OrderState.WAITING:
            return
        mail = Mail(session, clock.now())
        if draft.keep is not None:
            await draft.keep(session)
        for index, (sheet, path) in enumerate(sheets):
            content = draft.content if index == len(sheets) - 1 else Content("")
            await mail.send_file(
                order.chat_id, sheet.method, path, content, kind=draft.kind, urgency=Urgency(order.urgency),
                file_name=sheet.name, dedupe_key=f"paper:{order.id}:{index}",
            )  # fmt: skip
        if not sheets:
            await mail.say(order.chat_id, draft.content, kind=draft.kind, urgency=Urgency(order.urgency),
                           dedupe_key=f"paper:{order.id}")  # fmt: skip
        fresh.state, fresh.done_at = OrderState.DONE, clock.now()
        fault_point("papers.before_commit")
    fault_point("papers.after_commit")


async def _failed(database: Database, clock: Clock, order: PaperOrder, draft: Draft | None) -> None:
    """Try again; after the last try the text is sent without the picture, since it must not wait for a drawing."""
    async with database.writing() as session:
        fresh = await session.get(PaperOrder, order.id)
        if fresh is None or fresh.state != OrderState.WAITING:
            return
        fresh.attempts += 1
        if fresh.attempts < TRIES:
            return
        fresh.state, fresh.error = OrderState.FAILED, "could not be made"
        content = draft.content if draft is not None else Content(render("paper_failed"))
        await Mail(session, clock.now()).say(order.chat_id, content, kind="notice", urgency=Urgency(order.urgency))
