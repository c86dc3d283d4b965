"""/bantuan and /batal: what can I do here, and leaving off what I was doing."""

from __future__ import annotations

from handlers.menu import commands_of
from handlers.turn import Turn


async def show_help(turn: Turn) -> None:
    """What this person can do here, by role, with examples."""
    await turn.say("help", member=turn.member, commands=commands_of(turn.member))


async def leave_off(turn: Turn) -> None:
    """Give up whatever the bot was waiting for."""
    doing = turn.dialogue is not None
    await turn.stop_waiting()
    await turn.say("left_off", doing=doing)
