"""How people come in: an invite is opened, the newcomer confirms the post, the inviter is told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Message, Update, User

from handlers.menu import show_menu
from handlers.office import Office
from models.lookups import open_assignments
from models.mailbox import Outgoing
from models.people import (
    Invite,
    Member,
    Role,
    WrongCode,
    invite_with_code,
    join,
    too_many_wrong_codes,
)
from models.records import AuditEntry
from presentation.cards import send_card
from presentation.chat import render
from presentation.keyboards import button
from presentation.mail import Content, Mail

VERBS = ("join", "join_not")


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
        await mail.say(user.id, render("invite_invalid", used=invite is not None))
    elif invite.post.role == Role.ADMIN and invite.created_by is None:
        # The first admin: whoever holds the link that the server printed has nobody to be confused with.
        await _take_in(session, office, invite, user)
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
    invite = await session.get(Invite, int(identity)) if identity.isdecimal() and len(identity) < 16 else None
    if invite is None or not invite.is_open(now) or not await _was_shown(session, user, invite):
        session.add(AuditEntry(at=now, telegram_id=user.id, update_id=update.update_id, deed="refused: join",
                               subject=f"{verb}:{identity}"[:200]))  # fmt: skip
        return "Undangan ini sudah terpakai atau kedaluwarsa."
    if verb == "join_not":
        await Mail(session, now).edit(user.id, _message_id(query.message), Content(render("not_me")))
        return ""
    member = await _take_in(session, office, invite, user)
    await Mail(session, now).edit(user.id, _message_id(query.message), Content(render("confirmed", member=member)))
    return "Selamat bergabung."


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


async def _take_in(session: AsyncSession, office: Office, invite: Invite, user: User) -> Member:
    now = office.clock.now()
    member = await join(session, invite, telegram_id=user.id, name=user.full_name[:120], now=now)
    session.add(
        AuditEntry(at=now, member_id=member.id, telegram_id=user.id, deed="join", subject=f"post:{invite.post_id}",
                   after={"capacity": invite.capacity})
    )  # fmt: skip
    mail = Mail(session, now)
    await show_menu(mail, member)
    await mail.say(
        member, render("joined", member=member, title=invite.title, organisation=office.settings.organisation.name)
    )
    # Tasks follow the post: whoever takes it over gets what is open.
    for assignment in await open_assignments(session, member.unit_codes):
        await send_card(mail, assignment, member, office.zone)
    if invite.inviter is not None and invite.inviter.id != member.id:
        await mail.say(invite.inviter, render("someone_joined", member=member, title=invite.title), kind="notice")
    return member
