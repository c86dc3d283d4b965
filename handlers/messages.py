"""Messages nobody was asked for: what each kind of person most likely means by one."""

from __future__ import annotations

from handlers.turn import Turn


async def unprompted(turn: Turn) -> None:
    """A message outside any question of the bot's."""
    await turn.say("not_understood", member=turn.member)


async def edited(turn: Turn) -> None:
    """A message was corrected after it was sent."""
