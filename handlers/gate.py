"""The gate every update passes: who is it, may they do this, and what if it can't be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import CallbackQuery, Message, Update, User

from handlers import groups, joining
from handlers.office import Office
from handlers.rights import Deed, scope_of
from handlers.turn import Refused, Turn
from models.assignments import NotAllowed
from models.database import update_session
from models.dialogues import dialogue_of
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
    """A button: `verb` is what its data begins with."""

    verb: str
    action: Action
    deed: Deed


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

    async def on_message(self, update: Update, _context: object) -> None:
        """A new message in a private chat or a group."""
        message, user = update.message, update.effective_user
        if message is None or user is None or user.is_bot:
            return
        session = update_session.get()
        member = await self._known(session, user)
        name, words = self._command_of(message)
        if message.migrate_to_chat_id is not None:
            await groups.migrated(session, message.chat.id, message.migrate_to_chat_id)
            return
        if message.chat.id < 0:
            command = self.commands.get(name)
            if member is not None and command is not None and command.in_groups:
                await self._take(Turn(session, update, self.office, member, command.deed, words), command.action)
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
        if member is not None:
            words = message.text or message.caption or ""
            await self._take(Turn(session, update, self.office, member, Deed.TALK, words), self.edited)

    async def on_press(self, update: Update, _context: object) -> None:
        """A button was pressed. Every press is answered: also forged, stale and forbidden ones."""
        query = update.callback_query
        if query is None:
            return
        session = update_session.get()
        version, _, rest = (query.data or "").partition(":")
        verb, *arguments = rest.split(":")
        if version == VERSION and verb in joining.VERBS:
            # The one button that somebody presses before being a member.
            words = await joining.press(session, update, self.office, verb, arguments)
            await self._answer(session, query, words)
            return
        member = await self._known(session, query.from_user)
        if member is None:
            await self._answer(session, query, render("not_for_you"), alert=True)
            return
        press = self.presses.get(verb) if version == VERSION else None
        if press is None:
            self._refusal(session, update, member, "unknown button", query.data or "")
            await self._answer(session, query, render("button_outdated"), alert=True)
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
            self._refusal(turn.session, turn.update, turn.member, f"forbidden: {turn.deed}", turn.words[:80])
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

    def _refusal(self, session: AsyncSession, update: Update, member: Member, deed: str, subject: str) -> None:
        session.add(
            AuditEntry(at=self.office.clock.now(), member_id=member.id, telegram_id=member.telegram_id,
                       update_id=update.update_id, deed=deed, subject=subject[:200])
        )  # fmt: skip
