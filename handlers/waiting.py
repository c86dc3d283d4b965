"""The ways out of a question of the bot's: a word that gives it up, the end of what it was about, and time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from handlers import messages
from handlers.gate import Step
from handlers.help_ import leave_off
from handlers.rights import Deed
from handlers.turn import Forbidden, Over, Turn
from models.assignments import NotAllowed
from presentation.chat.refusals import REFUSALS

GIVES_UP = frozenset(
    {"batal", "batalkan", "batal saja", "dibatalkan", "tidak jadi", "tdk jadi", "nggak jadi", "gak jadi", "ga jadi", "cancel"}
)  # fmt: skip
"""Whole messages that mean /batal. People forget the stroke, and none of these may reach anybody as a note."""
SAYS_IT_ITSELF = frozenset({"drafts"})
"""Where "batal" throws the drafts away."""
REACHES_OTHERS = frozenset({"note", "return_reason", "extension_refusal", "issued_change"})
"""What is written here goes to somebody else at once."""
FORGOTTEN_AFTER = timedelta(hours=12)
"""How long after the question a message is still taken for such a word."""


def with_a_way_out(step: Step) -> Step:
    """The step, except that "batal" leaves it, and that it ends when its matter has been settled meanwhile."""
    return replace(step, action=_leaving(step.name, step.action))


def _leaving(name: str, action: Callable[[Turn], Awaitable[None]]) -> Callable[[Turn], Awaitable[None]]:
    async def take(turn: Turn) -> None:
        if name not in SAYS_IT_ITSELF and " ".join(turn.words.lower().split()).strip(" .!") in GIVES_UP:
            await leave_off(turn)
        elif name in REACHES_OTHERS and turn.dialogue and turn.now - turn.dialogue.since > FORGOTTEN_AFTER:
            await turn.stop_waiting()
            turn.dialogue, turn.deed = None, Deed.TALK
            await messages.unprompted(turn)
        else:
            await _unless_over(turn, action)

    return take


async def _unless_over(turn: Turn, action: Callable[[Turn], Awaitable[None]]) -> None:
    """Take the answer. Where it can't be one any more, say so and wait no longer, or every next message would fail."""
    try:
        async with turn.session.begin_nested():
            await action(turn)
    except (Over, Forbidden, NotAllowed) as end:
        await turn.session.refresh(turn.member)
        if isinstance(end, Forbidden):
            turn.audit(f"forbidden: {turn.deed}", end.subject)
        why = REFUSALS[end.reason] if isinstance(end, NotAllowed) else end.words
        await turn.stop_waiting()
        await turn.say("no_longer", why=why)
