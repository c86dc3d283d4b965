"""Messages nobody was asked for: what each kind of person most likely means by one."""

from __future__ import annotations

from handlers import answers, corrections, lookups, minutes, notes, reports
from handlers.rights import Deed, scope_of
from handlers.turn import Turn
from models.people import Role


async def unprompted(turn: Turn) -> None:
    """A message outside any question of the bot's."""
    if await notes.reply(turn):
        return
    if turn.member.has(Role.SEKRETARIAT) and await corrections.unprompted(turn):
        return
    if turn.member.has(Role.PELAKSANA):
        turn.deed = Deed.WORK
        if not await answers.reply(turn):
            await reports.unprompted(turn)
    elif not await lookups.unprompted(turn):
        await turn.say("not_understood", may_note=scope_of(turn.member, Deed.NOTE) is not None)


async def report(turn: Turn) -> None:
    """The report that was asked for; but whoever replies to a question answers that."""
    if not await answers.reply(turn):
        await reports.receive(turn)


async def edited(turn: Turn) -> None:
    """A message was corrected after it was sent: what it had become changes along, or the person learns that it doesn't."""
    if turn.member.has(Role.SEKRETARIAT) and await minutes.edited(turn):
        return
    if turn.member.has(Role.PELAKSANA):
        turn.deed = Deed.WORK
        if await reports.edited(turn):
            return
    if turn.words.strip() and not turn.words.startswith("/"):
        await turn.say("edit_not_taken")
