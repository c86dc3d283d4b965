"""Showing drafts to whoever prepares them, and finding the ones that a message or a button is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from handlers.turn import Over, Refused, Turn
from models.directives import Directive, DirectiveState
from models.mailbox import Card
from models.meetings import Minutes, MinutesState
from presentation.drafts import View, gather, minutes_subject, preview

STEP = "drafts"
"""What the bot waits for while a preview is open: corrections in words, or a further piece of the notulen."""


async def present(turn: Turn, minutes: Minutes, view: View, *, notes: Sequence[str] = (), **about: Any) -> None:
    """Show the preview in this view, in place where it is shown already, and take plain messages as corrections."""
    await turn.session.flush()
    shown = await gather(turn.session, minutes, turn.now, turn.zone, notes)
    content = preview(shown, view)
    if await turn.mail.cards(minutes_subject(minutes)):
        await turn.mail.redraw(minutes_subject(minutes), content)
    else:
        await turn.mail.show(minutes_subject(minutes), turn.member, content)
    await turn.wait_for(STEP, minutes=minutes.id, view=asdict(view), **about)


def view_of(turn: Turn) -> View:
    """How the preview was looked at last."""
    about = turn.dialogue.about if turn.dialogue else {}
    return View(**about["view"]) if "view" in about else View()


async def minutes_in_work(turn: Turn, identity: str | int) -> Minutes:
    """The notulen with this id, if it is still being prepared. Raises Refused."""
    minutes = await turn.session.get(Minutes, int(identity)) if str(identity).isdecimal() else None
    if minutes is None:
        raise Over("Rancangan ini tidak ditemukan. Silakan mulai lagi dengan /arahan atau /notulen.")
    match minutes.state:
        case MinutesState.DRAFT:
            return minutes
        case MinutesState.SENT:
            raise Over("Rancangan ini sudah dikirim. Untuk mengubah arahan yang terkirim: /pantau lalu nomornya.")
        case MinutesState.WAITING:
            raise Refused("Berkasnya masih dibaca. Mohon tunggu sebentar.")
        case _:
            raise Over("Rancangan ini sudah dibuang. Silakan mulai lagi dengan /arahan atau /notulen.")


async def draft_in_work(turn: Turn, identity: str | int) -> tuple[Directive, Minutes]:
    """The draft with this id and its notulen, if it can still be changed. Raises Refused."""
    draft = await turn.session.get(Directive, int(identity)) if str(identity).isdecimal() else None
    if draft is None:
        raise Over("Rancangan ini tidak ditemukan. Silakan mulai lagi dengan /arahan atau /notulen.")
    minutes = await minutes_in_work(turn, draft.minutes_id)
    if draft.state != DirectiveState.DRAFT:
        raise Over("Butir ini sudah dibuang dari daftar.")
    return draft, minutes


async def minutes_replied_to(turn: Turn) -> Minutes | None:
    """The notulen whose preview this message replies to, if it is one. Raises Refused for a reply to a sent one."""
    replied = turn.message.reply_to_message
    if replied is None:
        return None
    known = select(Card.subject).where(Card.chat_id == turn.chat_id, Card.message_id == replied.message_id)
    subject = (await turn.session.scalars(known.limit(1))).first() or ""
    kind, _, identity = subject.partition(":")
    if kind in ("rollup", "manage"):
        raise Refused("Untuk mengubah arahan yang sudah dikirim, sentuh ⚙️ Kelola pada kartunya.")
    return await minutes_in_work(turn, identity) if kind == "minutes" else None
