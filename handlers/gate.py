"""The gate every update passes: who is it, may they do this, and what if it can't be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import CallbackQuery, Message, Update, User

from handlers import groups, joining
from handlers.office import Office
from handlers.pace import Pace, Verdict
from handlers.rights import Deed, scope_of
from handlers.turn import Forbidden, Refused, Turn
from models.assignments import NotAllowed
from models.database import update_session
from models.dialogues import dialogue_of
from models.mailbox import forget_code
from models.people import Member, member_by_telegram_id
from models.records import AuditEntry
from presentation.chat import render
from presentation.chat.refusals import REFUSALS
from presentation.keyboards import VERSION
from presentation.mail import Mail

Action = Callable[[Turn], Awaitable[None]]


@dataclass(frozen=True)
class Command:
    """What somebody types: `/name words`. `menu` is its line in the command menu; without one it isn't listed."""

    name: str
    action: Action
    deed: Deed
    menu: str = ""
    in_groups: bool = False


@dataclass(frozen=True)
class Press:
    """A button: `verb` is what its data begins with. One in a group would show a person's own view to all of it."""

    verb: str
    action: Action
    deed: Deed
    in_groups: bool = False


@dataclass(frozen=True)
class Step:
    """What the bot waits for: the next message of that person goes to `action`."""

    name: str
    action: Action
    deed: Deed


@dataclass(frozen=True)
class Gate:
    """Finds the route of an update in the tables and takes the person's turn, or refuses it in words."""

    office: Office
    commands: Mapping[str, Command]
    presses: Mapping[str, Press]
    steps: Mapping[str, Step]
    unprompted: Action
    edited: Action
    messages_pace: Pace
    presses_pace: Pace

    async def on_message(self, update: Update, _context: object) -> None:
        """A new message in a private chat or a group."""
        message, user = update.message, update.effective_user
        session = update_session.get()
        if message is not None and message.migrate_to_chat_id is not None:
            # Whoever made it one: an admin who stays anonymous appears as a bot.
            member = await self._known(session, user) if user is not None else None
            old, new = message.chat.id, message.migrate_to_chat_id
            await groups.migrated(session, update, self.office, member, old, new)
            return
        if message is None or user is None or user.is_bot:
            return
        member = await self._known(session, user)
        name, words = self._command_of(message)
        if message.chat.id < 0:
            command = self.commands.get(name)
            if name == "start":
                await forget_code(session, update.update_id)
            if member is None or command is None or not command.in_groups:
                return
            if await groups.is_known(session, message.chat.id) and self._judge(update, message).admitted:
                await self._take(Turn(session, update, self.office, member, command.deed, words), command.action)
            return
        if name == "start":
            # Also when it comes too fast to be dealt with: the code is a key.
            await forget_code(session, update.update_id)
        if not await self._in_time(session, update, message, member):
            return
        if name == "start":
            await joining.start(session, update, self.office, member, words)
        elif member is None:
            await joining.turn_away(session, update, self.office)
        else:
            await self._converse(session, update, member, name, words)

    async def on_membership(self, update: Update, _context: object) -> None:
        """The bot was added to a chat, or removed or blocked."""
        await groups.membership_changed(update_session.get(), update, self.office)

    async def on_edited(self, update: Update, _context: object) -> None:
        """A message was corrected after it had been sent."""
        message, user = update.edited_message, update.effective_user
        if message is None or user is None or message.chat.id < 0:
            return
        session = update_session.get()
        member = await self._known(session, user)
        words = message.text or message.caption or ""
        if words.lower().startswith("/start"):
            await forget_code(session, update.update_id)
        elif member is not None and await self._in_time(session, update, message, member):
            await self._take(Turn(session, update, self.office, member, Deed.TALK, words), self.edited)

    async def on_press(self, update: Update, _context: object) -> None:
        """A button was pressed. Every press is answered: also forged, stale and forbidden ones."""
        query = update.callback_query
        if query is None:
            return
        session = update_session.get()
        version, _, rest = (query.data or "").partition(":")
        verb, *arguments = rest.split(":")
        pressed_at = self.office.clock.now().timestamp()
        if not self.presses_pace.judge(query.from_user.id, update.update_id, pressed_at).admitted:
            await self._answer(session, query, render("too_fast_press"), alert=True)
            return
        if version == VERSION and verb in joining.VERBS:
            # The one button that somebody presses before being a member.
            words = await joining.press(session, update, self.office, verb, arguments)
            await self._answer(session, query, words)
            return
        member = await self._known(session, query.from_user)
        if member is None:
            self._refusal(session, update, None, "forbidden: stranger", query.data or "")
            await self._answer(session, query, render("not_for_you"), alert=True)
            return
        press = self.presses.get(verb) if version == VERSION and all(map(_is_ours, arguments)) else None
        if press is None:
            self._refusal(session, update, member, "unknown button", query.data or "")
            await self._answer(session, query, render("button_outdated"), alert=True)
            return
        if not press.in_groups and query.message is not None and query.message.chat.id < 0:
            self._refusal(session, update, member, "forbidden: in a group", query.data or "")
            await self._answer(session, query, render("button_in_group"), alert=True)
            return
        turn = Turn(session, update, self.office, member, press.deed, arguments=tuple(arguments))
        turn.dialogue = await dialogue_of(session, member.id)
        await self._take(turn, press.action)
        await self._answer(session, query, turn.toast, alert=turn.toast_is_alert)

    async def _converse(self, session: AsyncSession, update: Update, member: Member, name: str, words: str) -> None:
        turn = Turn(session, update, self.office, member, Deed.TALK, words)
        turn.dialogue = await dialogue_of(session, member.id)
        if name:
            command = self.commands.get(name)
            if command is None:
                await turn.say("unknown_command", name=name)
                return
            turn.deed = command.deed
            await self._take(turn, command.action)
            return
        step = self.steps.get(turn.dialogue.step) if turn.dialogue else None
        if step is not None:
            turn.deed = step.deed
            await self._take(turn, step.action)
        else:
            await self._take(turn, self.unprompted)

    async def _take(self, turn: Turn, action: Action) -> None:
        if scope_of(turn.member, turn.deed) is None:
            self._refusal(turn.session, turn.update, turn.member, f"forbidden: {turn.deed}", _asked(turn))
            if turn.update.callback_query is not None:
                turn.answer(render("not_your_role"), alert=True)
            else:
                await turn.say("not_your_role")
            return
        try:
            # What a refused action had begun to change is undone; only the words that say so remain.
            async with turn.session.begin_nested():
                await action(turn)
        except (Refused, NotAllowed) as refusal:
            await turn.session.refresh(turn.member)
            if isinstance(refusal, Forbidden):
                self._refusal(turn.session, turn.update, turn.member, f"forbidden: {turn.deed}", refusal.subject)
            elif turn.update.callback_query is not None:
                self._refusal(turn.session, turn.update, turn.member, f"refused: {turn.deed}", _asked(turn))
            words = refusal.words if isinstance(refusal, Refused) else REFUSALS[refusal.reason]
            if turn.update.callback_query is not None:
                turn.answer(words, alert=True)
            else:
                await turn.say("plain", text=words)

    def _command_of(self, message: Message) -> tuple[str, str]:
        """("arahan", "the words after it"); ("", text) for what is no command, or one meant for another bot."""
        text = message.text or message.caption or ""
        if not text.startswith("/"):
            return "", text
        head, _, words = text.partition("\n") if "\n" in text.split(" ", 1)[0] else text.partition(" ")
        name, _, bot = head[1:].partition("@")
        if bot and bot.lower() != self.office.bot_username.lower():
            return "", text
        return name.lower(), words.strip()

    async def _known(self, session: AsyncSession, user: User) -> Member | None:
        member = await member_by_telegram_id(session, user.id)
        if member is None or member.revoked_at is not None or not member.posts:
            return None
        if not member.reachable:
            member.reachable, member.unreachable_since = True, None
        return member

    async def _answer(self, session: AsyncSession, query: CallbackQuery, words: str, *, alert: bool = False) -> None:
        chat = query.message.chat.id if query.message else query.from_user.id
        await Mail(session, self.office.clock.now()).answer_press(chat, query.id, words, alert=alert)

    async def _in_time(self, session: AsyncSession, update: Update, message: Message, member: Member | None) -> bool:
        """Whether this private message comes slowly enough to be dealt with. A member is told when it doesn't."""
        verdict = self._judge(update, message)
        mail = Mail(session, self.office.clock.now())
        if member is not None and verdict.tell:
            await mail.say(member, render("too_fast"), reply_to=message.message_id)
        if member is not None and verdict.missed:
            await mail.say(member, render("missed_some", count=verdict.missed))
        return verdict.admitted

    def _judge(self, update: Update, message: Message) -> Verdict:
        user, written_at = update.effective_user, message.edit_date or message.date
        person = user.id if user else message.chat.id
        return self.messages_pace.judge(person, update.update_id, written_at.timestamp(), album=message.media_group_id)

    def _refusal(self, session: AsyncSession, update: Update, member: Member | None, deed: str, subject: str) -> None:
        user = update.effective_user
        session.add(
            AuditEntry(at=self.office.clock.now(), member_id=member.id if member else None,
                       telegram_id=user.id if user else None, update_id=update.update_id, deed=deed,
                       subject=subject[:200])
        )  # fmt: skip


def _asked(turn: Turn) -> str:
    """What a refused person asked for: the data of a button, or the command with the beginning of its words."""
    query = turn.update.callback_query
    return (query.data or "") if query is not None else (turn.message.text or turn.message.caption or "")[:80]


def _is_ours(argument: str) -> bool:
    """Whether a button of ours could carry this: our numbers are in plain digits, and fit PostgreSQL's integer."""
    return not argument.isdecimal() or (argument.isascii() and len(argument) < 10)
