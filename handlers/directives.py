"""/arahan: one directive in one line, or guided step by step when alone."""

from __future__ import annotations

from handlers import fields, minutes
from handlers.preview import present
from handlers.reading import meeting_for, new_minutes, read_into
from handlers.turn import Turn
from handlers.wording import read_text
from presentation.drafts import View


async def arahan(turn: Turn) -> None:
    """`/arahan [line]`: the preview of the line, or the question what is to be done."""
    if "\n" in turn.words:
        await minutes.begin_unasked(turn)
    elif turn.words:
        await _draft(turn, turn.words, guided=False)
    else:
        await turn.wait_for("directive_text")
        await turn.say("ask_directive")


async def receive_text(turn: Turn) -> None:
    """What is to be done, as `/arahan` alone asked for."""
    if minutes.looks_like_notulen(turn.words):
        await minutes.begin_unasked(turn)
    else:
        await _draft(turn, turn.words, guided=True)


async def _draft(turn: Turn, words: str, *, guided: bool) -> None:
    line = read_text(words)
    meeting, notes = await meeting_for(turn, line)
    typed = await new_minutes(turn, meeting, line)
    drafts = await read_into(turn, typed, single=True)
    if guided and len(drafts) == 1:
        for note in notes:
            await turn.say("plain", text=note)
        await fields.guide(turn, typed, drafts[0])
    else:
        await present(turn, typed, View(), notes=notes)
