"""The list of posts that nobody serves yet, with their invitations, and of people whom no message reaches."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.kop import letterhead
from jobs.papers.making import Draft, Sheet
from models.papers import PaperOrder
from models.people import Invite, Post, Role, every_member, units_nobody_serves
from models.units import Unit
from presentation import words
from presentation.chat import render
from presentation.mail import Content
from presentation.print.not_joined import EmptyPost, Unreached, render_not_joined


async def paper(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """As a paper to telephone by."""
    now, zone = clock.now(), settings.zone
    empty = await units_nobody_serves(session)
    every = await session.scalar(
        select(func.count()).select_from(Unit).where(Unit.kind != "pimpinan", Unit.retired.is_(False))
    )
    newest = (
        select(Post.unit_code, func.max(Invite.expires_at))
        .join(Invite, Invite.post_id == Post.id)
        .where(Post.role == Role.PELAKSANA, Invite.used_at.is_(None))
        .group_by(Post.unit_code)
    )
    invited = {row[0]: row[1] for row in await session.execute(newest)}
    posts = []
    for unit in empty:
        until = invited.get(unit.code)
        state = "belum diundang"
        if until is not None:
            day = words.short_date(until.astimezone(zone).date())
            state = f"berlaku s.d. {day}" if until > now else f"kedaluwarsa {day}"
        posts.append(EmptyPost(unit.name, unit.head, state))
    people = [
        Unreached(one.name, one.title, words.moment(one.unreachable_since, zone) if one.unreachable_since else "–")
        for one in await every_member(session)
        if not one.reachable
    ]
    local = now.astimezone(zone)
    text = render("paper_caption", title=f"Belum bergabung: {len(posts)} jabatan", now=now, zone=zone)
    draw = partial(render_not_joined, letterhead(settings), posts, people, (every or 0) - len(posts), local)
    return Draft(lambda: [Sheet(draw(), "belum-bergabung.pdf")], Content(text), "paper")
