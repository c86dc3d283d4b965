"""Who uses Kawal: members, the posts they hold, and the invites they came in by."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, ForeignKey, Index, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, TelegramId
from models.units import Unit

INVITE_LIFE = timedelta(days=7)
WRONG_CODES_PER_HOUR = 5


class Role(StrEnum):
    ADMIN = "admin"
    SEKRETARIAT = "sekretariat"
    PIMPINAN = "pimpinan"
    PEMANTAU = "pemantau"
    PELAKSANA = "pelaksana"


class Capacity(StrEnum):
    """How a person serves a post: holds it for good, in another's stead, or helps as operator."""

    DEFINITIF = "definitif"
    PLT = "Plt"
    PLH = "Plh"
    PJ = "Pj"
    OPERATOR = "operator"


class Post(Base):
    """A seat that tasks belong to: Camat Air Joman. Tasks follow the post, not the person."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("uq_posts_role_unit", "role", "unit_code", unique=True),
        # For a unique index every NULL is another one, so the posts without a unit need their own.
        Index("uq_posts_role_alone", "role", unique=True, sqlite_where=text("unit_code IS NULL"),
              postgresql_where=text("unit_code IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    title: Mapped[str]

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Member(Base):
    """A person, known by the numeric Telegram id; the username is never trusted, since it can change hands."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(TelegramId, unique=True)
    chat_id: Mapped[int] = mapped_column(TelegramId, index=True)
    name: Mapped[str]
    joined_at: Mapped[datetime]
    reachable: Mapped[bool] = mapped_column(default=True)
    unreachable_since: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    holdings: Mapped[list[Holding]] = relationship(back_populates="member", lazy="selectin", order_by="Holding.id")

    @property
    def posts(self) -> list[Post]:
        """The posts held now."""
        return [holding.post for holding in self.holdings if holding.until is None]

    @property
    def roles(self) -> set[Role]:
        return {Role(post.role) for post in self.posts} if self.revoked_at is None else set()

    @property
    def unit_codes(self) -> set[str]:
        """The units whose tasks are this person's to deal with."""
        return {post.unit_code for post in self.posts if post.role == Role.PELAKSANA and post.unit_code}

    @property
    def title(self) -> str:
        """The post this person speaks for, with the capacity where it isn't the ordinary one."""
        held = [holding for holding in self.holdings if holding.until is None]
        return ", ".join(holding.title for holding in held) or self.name

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


class Holding(Base):
    """Who holds or helps a post, in which capacity, from when to when."""

    __tablename__ = "holdings"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    capacity: Mapped[str] = mapped_column(default=Capacity.DEFINITIF)
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    member: Mapped[Member] = relationship(back_populates="holdings", lazy="joined")
    post: Mapped[Post] = relationship(lazy="joined")

    @property
    def title(self) -> str:
        return titled(self.post, self.capacity)


class Invite(Base):
    """A single-use way in, bound to a post. Only the SHA-256 of its code is kept."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    capacity: Mapped[str] = mapped_column(default=Capacity.DEFINITIF)
    for_name: Mapped[str | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    used_at: Mapped[datetime | None]

    post: Mapped[Post] = relationship(lazy="joined")
    inviter: Mapped[Member | None] = relationship(foreign_keys=[created_by], lazy="joined")

    @property
    def title(self) -> str:
        return titled(self.post, self.capacity)

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at

    def admits(self, member: Member | None) -> bool:
        """Whether this person may come in by it. What was taken from somebody, no link made before gives back."""
        if member is None:
            return True
        if member.revoked_at is not None and member.revoked_at > self.created_at:
            return False
        ended = [holding.until for holding in member.holdings if holding.post_id == self.post_id and holding.until]
        return all(until <= self.created_at for until in ended)


class WrongCode(Base):
    """Somebody tried a code that does not exist: after five in an hour that person is ignored for an hour."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(TelegramId, index=True)
    at: Mapped[datetime]


def titled(post: Post, capacity: str) -> str:
    """ "Camat Air Joman", "Plt. Camat Air Joman", "Operator Camat Air Joman"."""
    match capacity:
        case Capacity.DEFINITIF:
            return post.title
        case Capacity.OPERATOR:
            return f"Operator {post.title}"
        case _:
            return f"{capacity}. {post.title}"


def hash_code(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def post_for(session: AsyncSession, role: Role, unit: Unit | None) -> Post:
    """The post of a role in a unit, made when it isn't there yet."""
    same_unit = Post.unit_code == unit.code if unit else Post.unit_code.is_(None)
    post = await session.scalar(select(Post).where(Post.role == role, same_unit))
    if post is None:
        ordinary = {Role.ADMIN: "Admin Kawal", Role.SEKRETARIAT: "Sekretariat", Role.PIMPINAN: "Pimpinan",
                    Role.PEMANTAU: "Pemantau", Role.PELAKSANA: "Pelaksana"}  # fmt: skip
        title = unit.head if unit else ordinary[role]
        if unit and role in (Role.SEKRETARIAT, Role.ADMIN):
            title = f"{ordinary[role]} ({unit.name})"
        post = Post(role=role, unit_code=unit.code if unit else None, unit=unit, title=title)
        session.add(post)
        await session.flush()
    return post


def new_code() -> str:
    """A code of 192 bits, fit for a t.me link."""
    return secrets.token_urlsafe(24)


async def make_invite(
    session: AsyncSession,
    post: Post,
    *,
    now: datetime,
    capacity: Capacity = Capacity.DEFINITIF,
    by: int | None = None,
    for_name: str | None = None,
) -> str:
    """A new single-use code for a post, valid seven days. The code itself is returned once and kept nowhere."""
    code = new_code()
    await keep_invite(session, code, post.id, now=now, capacity=capacity, by=by, for_name=for_name)
    return code


async def keep_invite(
    session: AsyncSession,
    code: str,
    post_id: int,
    *,
    now: datetime,
    capacity: Capacity = Capacity.DEFINITIF,
    by: int | None = None,
    for_name: str | None = None,
) -> None:
    """Let this code in once, within seven days. `by` is the id of the inviting member."""
    session.add(
        Invite(code_hash=hash_code(code), post_id=post_id, capacity=capacity, for_name=for_name, created_by=by,
               created_at=now, expires_at=now + INVITE_LIFE)
    )  # fmt: skip
    await session.flush()


async def invite_with_code(session: AsyncSession, code: str) -> Invite | None:
    return (await session.scalars(select(Invite).where(Invite.code_hash == hash_code(code)))).one_or_none()


async def too_many_wrong_codes(session: AsyncSession, telegram_id: int, now: datetime) -> bool:
    """Whether this person is being ignored: five wrong codes within the last hour."""
    recent = select(func.count()).where(WrongCode.telegram_id == telegram_id, WrongCode.at > now - timedelta(hours=1))
    return (await session.scalar(recent) or 0) >= WRONG_CODES_PER_HOUR


async def member_by_telegram_id(session: AsyncSession, telegram_id: int) -> Member | None:
    return (await session.scalars(select(Member).where(Member.telegram_id == telegram_id))).one_or_none()


async def claim(session: AsyncSession, invite: Invite, now: datetime) -> bool:
    """Use the invite up. False when somebody else was quicker: of two who press at once, one comes in."""
    mine = update(Invite).where(Invite.id == invite.id, Invite.used_at.is_(None)).values(used_at=now)
    claimed = cast("CursorResult[Any]", await session.execute(mine))
    return claimed.rowcount == 1


async def join(session: AsyncSession, invite: Invite, *, telegram_id: int, name: str, now: datetime) -> Member:
    """Take the newcomer in under the invite, which is used up. Someone known gains the post as a further one."""
    member = await member_by_telegram_id(session, telegram_id)
    if member is None:
        member = Member(telegram_id=telegram_id, chat_id=telegram_id, name=name, joined_at=now, holdings=[])
        session.add(member)
    elif member.revoked_at is not None:
        member.revoked_at = None
        for old in member.holdings:
            old.until = old.until or now
    member.name, member.reachable, member.unreachable_since = name, True, None
    await session.flush()
    if not any(holding.post_id == invite.post_id and holding.until is None for holding in member.holdings):
        member.holdings.append(Holding(post=invite.post, post_id=invite.post_id, capacity=invite.capacity, since=now))
    invite.used_at, invite.used_by = now, member.id
    await session.flush()
    return member


async def members_in(session: AsyncSession, *roles: Role) -> list[Member]:
    """Everyone who holds a post of these roles now, in the order they joined."""
    query = (
        select(Member).join(Holding, Holding.member_id == Member.id).join(Post, Post.id == Holding.post_id)
        .where(Post.role.in_(roles), Holding.until.is_(None), Member.revoked_at.is_(None))
        .order_by(Member.id).distinct()
    )  # fmt: skip
    return list(await session.scalars(query))


async def members_of_units(session: AsyncSession, codes: Collection[str]) -> list[Member]:
    """Everyone who deals with the tasks of these units now: heads and operators."""
    query = (
        select(Member).join(Holding, Holding.member_id == Member.id).join(Post, Post.id == Holding.post_id)
        .where(Post.role == Role.PELAKSANA, Post.unit_code.in_(codes), Holding.until.is_(None),
               Member.revoked_at.is_(None))
        .order_by(Member.id).distinct()
    )  # fmt: skip
    return list(await session.scalars(query))


async def every_member(session: AsyncSession) -> list[Member]:
    """Everyone who is in, those whom no message reaches first, then by name."""
    query = select(Member).where(Member.revoked_at.is_(None)).order_by(Member.reachable, Member.name, Member.id)
    return [member for member in await session.scalars(query) if member.posts]


async def units_nobody_serves(session: AsyncSession) -> list[Unit]:
    """Units that tasks can be given to but whose post nobody has joined for."""
    served = (
        select(Post.unit_code)
        .join(Holding, Holding.post_id == Post.id)
        .where(Post.role == Role.PELAKSANA, Post.unit_code.is_not(None), Holding.until.is_(None))
    )
    query = (
        select(Unit)
        .where(Unit.kind != "pimpinan", Unit.retired.is_(False), Unit.code.not_in(served))
        .order_by(Unit.position)
    )
    return list(await session.scalars(query))
