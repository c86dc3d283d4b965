"""One update being dealt with: who wrote, what the bot was waiting for, and the ways to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Message, Update

from handlers.office import Office
from handlers.rights import Deed, Scope, scope_of
from models import dialogues
from models.assignments import Assignment
from models.dialogues import Dialogue
from models.directives import Directive, visible_to
from models.people import Member
from models.records import AuditEntry
from presentation.chat import render
from presentation.keyboards import Keyboard
from presentation.mail import Content, Mail


class Refused(Exception):
    """What was asked can't be done; `words` is the Indonesian sentence for the person, saying what to do instead."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Over(Refused):
    """What the bot asked for has been settled or taken away meanwhile, so it doesn't wait for it any longer."""


class Forbidden(Refused):
    """The person may not do this on `subject`; it is put on record. What isn't there is refused in the same words."""

    def __init__(self, words: str, subject: str) -> None:
        super().__init__(words)
        self.subject = subject


@dataclass
class Turn:
    """A member's update and the transaction it is dealt with in.

    `words` are the text after a command, or the whole text or caption of a message; `arguments` are those of a
    pressed button.
    """

    session: AsyncSession
    update: Update
    office: Office
    member: Member
    deed: Deed
    words: str = ""
    arguments: tuple[str, ...] = ()
    dialogue: Dialogue | None = None
    toast: str = ""
    toast_is_alert: bool = False

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        return self.office.zone

    @property
    def mail(self) -> Mail:
        return Mail(self.session, self.now)

    @property
    def message(self) -> Message:
        """The message that was written or whose button was pressed. Raises Refused when Telegram no longer has it."""
        message = self.update.effective_message
        if not isinstance(message, Message):
            raise Refused("Pesan ini sudah terlalu lama. Silakan buka kembali lewat /bantuan.")
        return message

    @property
    def chat_id(self) -> int:
        chat = self.update.effective_chat
        return chat.id if chat else self.member.chat_id

    @property
    def in_group(self) -> bool:
        return self.chat_id < 0

    async def say(self, template: str, keyboard: Keyboard | None = None, **data: Any) -> None:
        """Answer in this chat with a template."""
        await self.mail.say(self.chat_id if self.in_group else self.member, self.content(template, keyboard, **data))

    async def edit_here(self, content: Content) -> None:
        """Change the message whose button was pressed; a picture can't become text, so that gets a new message."""
        if self.update.callback_query is None or self.message.text is None:
            await self.mail.say(self.chat_id, content)
        else:
            await self.mail.edit(self.chat_id, self.message.message_id, content)

    def content(self, template: str, keyboard: Keyboard | None = None, **data: Any) -> Content:
        return Content(render(template, now=self.now, zone=self.zone, **data), keyboard or [])

    def answer(self, toast: str, *, alert: bool = False) -> None:
        """The word shown on the pressed button."""
        self.toast, self.toast_is_alert = toast, alert

    async def say_left_out(self, *, as_report: bool = False) -> None:
        """Tell that a photo or file that came with the words went nowhere; `as_report`: and how it would be kept."""
        if self.message.effective_attachment is not None:
            await self.say("left_out", as_report=as_report)

    def brief_words(self, longest: int, what: str) -> str:
        """The words of the message. Raises Refused when there are none, or more characters than what is kept of it."""
        text = self.words.strip()
        if not text:
            raise Refused(f"Mohon tulis {what} dengan kata-kata. Untuk meninggalkan: /batal")
        if len(text) > longest:
            length = f"{len(text):,}".replace(",", ".")
            raise Refused(f"Pesan ini {length} huruf; mohon diringkas menjadi paling banyak {longest} huruf.")
        return text

    async def wait_for(self, step: str, **about: Any) -> None:
        """Take the person's next message as the answer to this."""
        await dialogues.begin(self.session, self.member.id, step, now=self.now, **about)

    async def stop_waiting(self) -> None:
        await dialogues.end(self.session, self.member.id)

    async def assignment(self, identity: str | int) -> Assignment:
        """The assignment, if this person may do this route's deed on it. Raises Forbidden."""
        found = await self.session.get(Assignment, int(identity)) if str(identity).isdecimal() else None
        if found is None or not await self._sees(found.directive_id):
            raise Forbidden("Tugas ini tidak ditemukan. Daftar tugas: /tugas.", f"assignment:{identity}")
        if scope_of(self.member, self.deed) == Scope.OWN and found.unit_code not in self.member.unit_codes:
            words = "Tugas ini milik unit lain, jadi tidak dapat diubah dari sini."
            raise Forbidden(words, f"assignment:{identity}")
        return found

    async def directive(self, identity: str | int) -> Directive:
        """The directive, if this person may see it. Raises Forbidden."""
        number = int(identity) if str(identity).isdecimal() else 0
        found = (
            await self.session.scalars(select(Directive).where(Directive.id == number, visible_to(self.member)))
        ).first()
        if found is None:
            raise Forbidden("Arahan ini tidak ditemukan.", f"directive:{identity}")
        return found

    async def _sees(self, directive_id: int) -> bool:
        query = select(Directive.id).where(Directive.id == directive_id, visible_to(self.member))
        return (await self.session.scalar(query)) is not None

    def audit(
        self,
        deed: str,
        subject: str | None = None,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Put on record what this person did."""
        self.session.add(
            AuditEntry(
                at=self.now,
                member_id=self.member.id,
                telegram_id=self.member.telegram_id,
                update_id=self.update.update_id,
                deed=deed,
                subject=subject,
                before=before,
                after=after,
            )
        )
