"""The summary now: /ringkasan, and its paper."""

from __future__ import annotations

from handlers.turn import Turn
from models.papers import order_paper


async def summary(turn: Turn) -> None:
    """`/ringkasan`: the picture with its caption, as things stand now."""
    await order_paper(turn.session, "summary", turn.member, now=turn.now)
    await turn.say("being_made", what="Ringkasan")


async def summary_pdf(turn: Turn) -> None:
    """`📄 PDF` under a summary: of a sent one with the figures that were sent."""
    week = turn.arguments[0] if turn.arguments else ""
    await order_paper(turn.session, "summary_pdf", turn.member, now=turn.now, week=week[:8])
    turn.answer("PDF sedang dibuat.")
