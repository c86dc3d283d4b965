"""How people come in: an invite is opened, the newcomer confirms the post, the inviter is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Message, Update, User

from handlers.menu import show_menu
from handlers.office import Office
from handlers.rights import may_invite
from models.lookups import open_assignments
from models.mailbox import Outgoing
from models.people import (
    Invite,
    Member,
    Role,
    WrongCode,
    claim,
    invite_with_code,
    join,
    member_by_telegram_id,
    members_in,
    too_many_wrong_codes,
)
from models.records import AuditEntry
from presentation.cards import send_card
from presentation.chat import render
from presentation.keyboards import button
from presentation.mail import Content, Mail

VERBS = ("join", "join_not")
USED = "Undangan ini sudah terpakai atau kedaluwarsa."
POWERFUL = frozenset({Role.ADMIN, Role.SEKRETARIAT, Role.PIMPINAN})
"""Posts that decide for others."""


async def start(session: AsyncSession, update: Update, office: Office, member: Member | None, words: str) -> None:
    """`/start [code]` in a private chat, by anyone."""
    user, now = update.effective_user, office.clock.now()
    assert user is not None
    mail = Mail(session, now)
    if not words:
        if member is None:
            await turn_away(session, update, office)
        else:
            await mail.say(member, render("welcome_back", member=member, now=now, zone=office.zone))
        return
    if await too_many_wrong_codes(session, user.id, now):
        return
    invite = await invite_with_code(session, words.split()[0])
    if invite is None or not invite.is_open(now):
        session.add(WrongCode(telegram_id=user.id, at=now))
        await mail.say(user.id, render("invite_invalid", why="used" if invite is not None else "unknown"))
    elif not _is_good(invite, member or await member_by_telegram_id(session, user.id)):
        _refused(session, update, f"invite:{invite.id}", now)
        await mail.say(user.id, render("invite_invalid", why="void"))
    elif invite.post.role == Role.ADMIN and invite.created_by is None:
        # The first admin: whoever holds the link that the server printed has nobody to be confused with.
        await _take_in(session, update, office, invite, user)
    else:
        confirm = [[button("✅ Benar", "join", invite.id), button("❌ Bukan saya", "join_not", invite.id)]]
        await mail.say(user.id, Content(render("confirm_post", invite=invite), confirm))


async def turn_away(session: AsyncSession, update: Update, office: Office) -> None:
    """A polite line for those who weren't invited, once a day, and nothing else."""
    user = update.effective_user
    if user is None or await too_many_wrong_codes(session, user.id, office.clock.now()):
        return
    now = office.clock.now()
    text = render("stranger", organisation=office.settings.organisation.name)
    key = f"stranger:{user.id}:{now.astimezone(office.zone).date()}"
    await Mail(session, now).say(user.id, text, kind="stranger", dedupe_key=key)


async def press(session: AsyncSession, update: Update, office: Office, verb: str, arguments: Sequence[str]) -> str:
    """The newcomer's answer to "Bapak/Ibu bergabung sebagai …". Returns the word for the button."""
    query = update.callback_query
    assert query is not None
    user, now = query.from_user, office.clock.now()
    identity = arguments[0] if arguments else ""
    invite = await session.get(Invite, int(identity)) if identity.isdecimal() and len(identity) < 10 else None
    known = await member_by_telegram_id(session, user.id)
    if (
        invite is None
        or not invite.is_open(now)
        or not _is_good(invite, known)
        or not await _was_shown(session, user, invite)
    ):
        _refused(session, update, f"{verb}:{identity}", now)
        return USED
    if verb == "join_not":
        await Mail(session, now).edit(user.id, _message_id(query.message), Content(render("not_me")))
        return ""
    member = await _take_in(session, update, office, invite, user)
    if member is None:
        return USED
    await Mail(session, now).edit(user.id, _message_id(query.message), Content(render("confirmed", member=member)))
    return "Selamat bergabung."


def _is_good(invite: Invite, member: Member | None) -> bool:
    """Whether the invite still lets this person in: who made it may still invite, and who opens it was not let go since.

    One from the shell has no inviter.
    """
    inviter = invite.inviter
    return invite.admits(member) and (inviter is None or may_invite(inviter, invite.post.role))


def _refused(session: AsyncSession, update: Update, subject: str, now: datetime) -> None:
    user = update.effective_user
    session.add(AuditEntry(at=now, telegram_id=user.id if user else None, update_id=update.update_id,
                           deed="refused: join", subject=subject[:200]))  # fmt: skip


async def _was_shown(session: AsyncSession, user: User, invite: Invite) -> bool:
    """Whether this person was asked about this invite: an invite's number can be guessed, its code can't.

    The message's own id may not be on record yet when the button is pressed within milliseconds of its coming.
    """
    asked = select(Outgoing.payload).where(Outgoing.chat_id == user.id, Outgoing.kind == "answer")
    expected = button("", "join", invite.id)["callback_data"]
    for payload in await session.scalars(asked.order_by(Outgoing.id.desc()).limit(50)):
        labels = (payload.get("reply_markup") or {}).get("inline_keyboard", [])
        if any(one.get("callback_data") == expected for row in labels for one in row):
            return True
    return False


def _message_id(message: object) -> int:
    return message.message_id if isinstance(message, Message) else 0


async def _take_in(session: AsyncSession, update: Update, office: Office, invite: Invite, user: User) -> Member | None:
    """The new member; None when another was quicker to use the invite."""
    now = office.clock.now()
    if not await claim(session, invite, now):
        return None
    member = await join(session, invite, telegram_id=user.id, name=user.full_name[:120], now=now)
    session.add(
        AuditEntry(at=now, member_id=member.id, telegram_id=user.id, update_id=update.update_id, deed="join",
                   subject=f"post:{invite.post_id}", after={"capacity": invite.capacity, "invite": invite.id})
    )  # fmt: skip
    mail = Mail(session, now)
    await show_menu(mail, member)
    await mail.say(
        member, render("joined", member=member, title=invite.title, organisation=office.settings.organisation.name)
    )
    # Tasks follow the post: whoever takes it over gets what is open.
    for assignment in await open_assignments(session, member.unit_codes):
        await send_card(mail, assignment, member, office.zone)
    for person in await _concerned(session, invite):
        if person.id != member.id:
            await mail.say(person, render("someone_joined", member=member, title=invite.title), kind="notice")
    return member


async def _concerned(session: AsyncSession, invite: Invite) -> list[Member]:
    """Who hears of it: whoever invited. Nobody gets a powerful post unseen, so then it is everybody who may invite."""
    people = {invite.inviter.id: invite.inviter} if invite.inviter is not None else {}
    if invite.post.role in POWERFUL:
        people |= {member.id: member for member in await members_in(session, Role.ADMIN, Role.SEKRETARIAT)}
    return list(people.values())
