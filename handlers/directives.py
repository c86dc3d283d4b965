"""/arahan: one directive in one line, or guided step by step when alone."""

from __future__ import annotations

from handlers import fields
from handlers.preview import present
from handlers.reading import meeting_for, new_minutes, read_into
from handlers.turn import Refused, Turn
from handlers.wording import LONGEST_TEXT, read_text
from presentation.drafts import View


async def arahan(turn: Turn) -> None:
    """`/arahan [line]`: the preview of the line, or the question what is to be done."""
    if turn.words:
        await _draft(turn, turn.words, guided=False)
    else:
        await turn.wait_for("directive_text")
        await turn.say("ask_directive")


async def receive_text(turn: Turn) -> None:
    """What is to be done, as `/arahan` alone asked for."""
    await _draft(turn, turn.words, guided=True)


async def _draft(turn: Turn, words: str, *, guided: bool) -> None:
    read_text(words[:LONGEST_TEXT])
    single = "\n" not in words.strip()
    if single and len(words) > LONGEST_TEXT:
        raise Refused(f"Satu arahan paling panjang {LONGEST_TEXT} huruf. Daftar yang panjang dikirim lewat /notulen.")
    meeting, notes = await meeting_for(turn, words)
    minutes = await new_minutes(turn, meeting, words)
    drafts = await read_into(turn, minutes, single=single)
    if not drafts:
        drafts = await read_into(turn, minutes, single=True)
    if guided and len(drafts) == 1:
        for note in notes:
            await turn.say("plain", text=note)
        await fields.guide(turn, minutes, drafts[0])
    else:
        await present(turn, minutes, View(), notes=notes)
