"""The meeting pack for the next Rakorpem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.kop import letterhead
from jobs.papers.making import Draft, Sheet
from jobs.papers.matrix import in_order
from jobs.papers.summary import gather
from models.listing import Viewer, tasks_in
from models.papers import PaperOrder
from models.scopes import Scope
from models.standing import by_directive
from models.units import Unit
from presentation.chat import render
from presentation.mail import Content
from presentation.pack import REPEATED, Given, agenda, by_programme, foremost, repeated, unresolved
from presentation.print.meeting_pack import MeetingPack, render_meeting_pack
from presentation.weekly import Week, decisions


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The pack for about `meeting`, `starts` (ISO, or None) and `place`. Nothing confidential: it is handed around."""
    now = clock.now()
    week = await gather(session, settings, now, week="", compared_before=now)
    tasks = (await session.scalars(tasks_in(Viewer(None, now, settings.zone), "all", Scope()))).all()
    chair = await session.get(Unit, "bupati")
    starts = datetime.fromisoformat(order.about["starts"]) if order.about.get("starts") else None
    title = str(order.about["meeting"])
    text = render("paper_caption", title=f"Bahan {title}", now=now, zone=settings.zone)
    head = MeetingPack(letterhead(settings), title, starts.astimezone(settings.zone) if starts else None,
                       str(order.about.get("place") or ""), chair.name if chair else "", week.local.date())  # fmt: skip
    draw = partial(_draw, head, by_directive(in_order(tasks)), week)
    return Draft(draw, Content(text), "paper")


def _draw(head: MeetingPack, given: Sequence[Given], week: Week) -> list[Sheet]:
    programmes = by_programme(unresolved(given, week.now, week.zone), week.programmes)
    asked, again = decisions(week), repeated(given, week.now, week.zone)
    pack = MeetingPack(
        letterhead=head.letterhead,
        meeting=head.meeting,
        starts=head.starts,
        place=head.place,
        chair=head.chair,
        as_of=head.as_of,
        agenda=agenda(programmes, len(asked), head.starts),
        programmes=programmes,
        repeated=again[:REPEATED],
        repeated_in_all=len(again),
        given=bool(given),
        decisions=foremost(asked),
    )
    return [Sheet(render_meeting_pack(pack), f"bahan-rapat-{week.local:%Y-%m-%d}.pdf")]
