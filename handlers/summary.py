"""The summary now, and the official papers: /ringkasan and /ekspor."""

from __future__ import annotations

from handlers.turn import Refused, Turn
from models.meetings import current_meeting
from models.papers import order_paper
from models.units import Unit, all_programmes
from presentation.keyboards import button

FORMATS = {"xlsx": "matrix_xlsx", "pdf": "matrix_pdf"}


async def summary(turn: Turn) -> None:
    """`/ringkasan`: the picture with its caption, as things stand now."""
    await order_paper(turn.session, "summary", turn.member, now=turn.now)
    await turn.say("being_made", what="Ringkasan")


async def summary_pdf(turn: Turn) -> None:
    """`📄 PDF` under a summary."""
    await order_paper(turn.session, "summary_pdf", turn.member, now=turn.now)
    turn.answer("PDF sedang dibuat.")


async def export(turn: Turn) -> None:
    """`/ekspor [unit|program]`: the matrix, for what was named or for a choice."""
    words = turn.words.strip()
    scope = await _scope_named(turn, words) if words else None
    if words and scope is None:
        raise Refused(
            f"“{words[:60]}” belum kami kenal. Contoh: /ekspor Air Joman, /ekspor cetak sawah, atau /ekspor saja."
        )
    scopes = [scope] if scope else [("all", "Semua arahan tahun ini")]
    meeting = await current_meeting(turn.session)
    if not scope and meeting is not None:
        scopes.insert(0, (f"m.{meeting.id}", meeting.title))
    keyboard = [
        [button("📊 Excel", "matrix", "xlsx", code), button("📄 PDF", "matrix", "pdf", code)] for code, _ in scopes
    ]
    await turn.say("export", keyboard, scopes=[label for _, label in scopes])


async def matrix(turn: Turn) -> None:
    """`📊 Excel` or `📄 PDF` of the matrix."""
    kind, scope = (*turn.arguments, "", "")[:2]
    if kind not in FORMATS or not scope:
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /ekspor.")
    turn.audit("export", None, after={"kind": kind, "scope": scope})
    await order_paper(turn.session, FORMATS[kind], turn.member, now=turn.now, scope=scope)
    turn.answer("Matriks sedang dibuat.")


async def _scope_named(turn: Turn, words: str) -> tuple[str, str] | None:
    match = turn.office.units.find(words)
    if match.code is not None:
        unit = await turn.session.get_one(Unit, match.code)
        return f"u.{unit.code}", unit.name
    tag = turn.office.programmes.tag_of(words)
    for programme in await all_programmes(turn.session):
        if (
            words.casefold() in (programme.tag.casefold(), programme.name.casefold())
            or programme.tag == tag != "lainnya"
        ):
            return f"p.{programme.tag}", programme.name
    return None
