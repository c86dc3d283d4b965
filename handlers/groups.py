"""Groups: the bot stays where the secretariat added it, answers commands of members, and leaves anywhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ChatMember, Update

from handlers.office import Office
from handlers.rights import Deed, scope_of
from models.mailbox import enqueue
from models.meetings import Group
from models.people import Member, member_by_telegram_id
from models.records import AuditEntry
from presentation.chat import render
from presentation.mail import Mail

INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED})


async def membership_changed(session: AsyncSession, update: Update, office: Office) -> None:
    """The bot was added to a group or removed; or a person blocked it, or let it in again."""
    change, now = update.my_chat_member, office.clock.now()
    if change is None:
        return
    inside = change.new_chat_member.status in INSIDE
    member = await member_by_telegram_id(session, change.from_user.id)
    if change.chat.id > 0:
        if member is not None:
            member.reachable, member.unreachable_since = inside, None if inside else now
        return
    group = (await session.scalars(select(Group).where(Group.chat_id == change.chat.id))).first()
    if not inside:
        if group is not None and group.left_at is None:
            group.left_at = now
            _record(session, update, member, now, "left_group", f"chat:{change.chat.id}")
        return
    if group is not None and group.left_at is None:
        return
    if member is None or member.revoked_at is not None or scope_of(member, Deed.REGISTER_GROUP) is None:
        _record(session, update, member, now, "leave_group", f"chat:{change.chat.id}")
        await Mail(session, now).say(change.chat.id, render("group_leaves"))
        await enqueue(session, now=now, chat_id=change.chat.id, method="leaveChat", payload={}, kind="leave")
        return
    await _register(session, office, member, change.chat.id, change.chat.title or "Grup", group)
    _record(session, update, member, now, "register_group", f"chat:{change.chat.id}")


async def is_known(session: AsyncSession, chat_id: int) -> bool:
    """Whether the secretariat brought the bot into this group: in any other it says nothing, however it came there."""
    here = select(Group.id).where(Group.chat_id == chat_id, Group.left_at.is_(None))
    return await session.scalar(here) is not None


async def migrated(
    session: AsyncSession, update: Update, office: Office, member: Member | None, old: int, new: int
) -> None:
    """A group became a supergroup: follow it to its new id."""
    group = (await session.scalars(select(Group).where(Group.chat_id == old))).first()
    known = (await session.scalars(select(Group).where(Group.chat_id == new))).first()
    if group is not None and known is None:
        group.chat_id = new
        _record(session, update, member, office.clock.now(), "group_moved", f"chat:{old}", after={"chat": new})


async def _register(
    session: AsyncSession, office: Office, member: Member, chat_id: int, title: str, group: Group | None
) -> None:
    now = office.clock.now()
    if group is None:
        group = Group(chat_id=chat_id, title=title[:120], registered_by=member.id, registered_at=now)
        session.add(group)
    group.title, group.registered_by, group.left_at = title[:120], member.id, None
    await session.flush()
    await Mail(session, now).say(chat_id, render("group_hello"))


def _record(
    session: AsyncSession,
    update: Update,
    member: Member | None,
    now: datetime,
    deed: str,
    subject: str,
    after: dict[str, Any] | None = None,
) -> None:
    user = update.effective_user
    session.add(
        AuditEntry(at=now, member_id=member.id if member else None, telegram_id=user.id if user else None,
                   update_id=update.update_id, deed=deed, subject=subject, after=after)
    )  # fmt: skip
