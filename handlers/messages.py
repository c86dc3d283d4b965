"""Messages nobody was asked for: what each kind of person most likely means by one."""

from __future__ import annotations

from handlers import answers, corrections, minutes, reports
from handlers.rights import Deed
from handlers.turn import Turn
from models.people import Role


async def unprompted(turn: Turn) -> None:
    """A message outside any question of the bot's."""
    if turn.member.has(Role.SEKRETARIAT) and await corrections.unprompted(turn):
        return
    if turn.member.has(Role.PELAKSANA):
        turn.deed = Deed.WORK
        if not await answers.reply(turn):
            await reports.unprompted(turn)
    else:
        await turn.say("not_understood")


async def report(turn: Turn) -> None:
    """The report that was asked for; but whoever replies to a question answers that."""
    if not await answers.reply(turn):
        await reports.receive(turn)


async def edited(turn: Turn) -> None:
    """A message was corrected after it was sent."""
    if turn.member.has(Role.SEKRETARIAT) and await minutes.edited(turn):
        return
    if turn.member.has(Role.PELAKSANA):
        turn.deed = Deed.WORK
        await reports.edited(turn)
