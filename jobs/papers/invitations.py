"""Invitations: one with its QR code, or a sheet for every post that nobody serves yet."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs.papers.making import Draft, Sheet
from models.papers import PaperOrder
from models.people import INVITE_LIFE, Capacity, Holding, Post, Role, keep_invite, new_code, post_for, titled
from models.units import Unit
from presentation.chat import render
from presentation.mail import Content
from presentation.print.invitations import InvitationCard, render_invitation_sheet, render_qr

KIND = "invitation"
"""Messages of this kind hold a secret: their text is wiped once they are sent."""


async def single(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """The link and QR code for one post: about `post`, `capacity`, `for_name`, `bot`."""
    about, code, expires = order.about, new_code(), clock.now() + INVITE_LIFE
    post = await session.get_one(Post, about["post"])
    capacity = Capacity(about["capacity"])
    link = f"https://t.me/{about['bot']}?start={code}"
    held = select(Holding).where(Holding.post_id == post.id, Holding.until.is_(None))
    others = [holding.member.name for holding in await session.scalars(held)]
    text = render("invitation", title=titled(post, capacity), for_name=about.get("for_name"), link=link,
                  expires=expires, others=others, zone=settings.zone)  # fmt: skip

    async def keep(writing: AsyncSession) -> None:
        await keep_invite(writing, code, post.id, now=clock.now(), capacity=capacity, by=order.member_id,
                          for_name=about.get("for_name"))  # fmt: skip

    def draw() -> list[Sheet]:
        return [Sheet(render_qr(link), "undangan.png", "sendPhoto")]

    return Draft(draw, Content(text), KIND, keep)


async def sheet(session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft:
    """One card for each unit whose post nobody serves yet, as a PDF: about `kinds` of units, `bot`."""
    about, expires = order.about, clock.now() + INVITE_LIFE
    served = set(
        await session.scalars(
            select(Post.unit_code).join(Holding).where(Post.role == Role.PELAKSANA, Holding.until.is_(None))
        )
    )
    units = select(Unit).where(Unit.kind.in_(about["kinds"]), Unit.retired.is_(False)).order_by(Unit.position)
    every = (await session.scalars(units)).all()
    missing = [unit for unit in every if unit.code not in served]
    codes = {unit.code: new_code() for unit in missing}
    cards = [
        InvitationCard(
            unit.name,
            unit.head,
            f"https://t.me/{about['bot']}?start={codes[unit.code]}",
            expires.astimezone(settings.zone),
        )
        for unit in missing
    ]
    text = render(
        "invitation_sheet", count=len(cards), joined=len(every) - len(cards), expires=expires, zone=settings.zone
    )

    async def keep(writing: AsyncSession) -> None:
        for unit in missing:
            post = await post_for(writing, Role.PELAKSANA, await writing.get_one(Unit, unit.code))
            await keep_invite(writing, codes[unit.code], post.id, now=clock.now(), by=order.member_id)

    draw = partial(_sheet, cards, settings.organisation.name)
    return Draft(draw, Content(text), KIND, keep)


def _sheet(cards: list[InvitationCard], organisation: str) -> list[Sheet]:
    return [Sheet(render_invitation_sheet(cards, organisation), "undangan.pdf")]
