"""The people of the stories: they write, press and send as in the chat, and read what the bot shows them.

Everything runs in this process: an update goes through the real routing table in one transaction, and what lands
in the outbox is put on the readers' screens, as the sender and Telegram would do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from config import Settings
from delivery.application import KawalApplication
from handlers.office import Office
from jobs import tick_all
from jobs.papers import fulfil
from jobs.papers.long_work import fulfil_long
from models.assignments import Assignment
from models.database import Database
from models.directives import Directive, DirectiveState, next_sequence
from models.mailbox import Card, OutboxState, Outgoing
from models.meetings import Meeting, Minutes, MinutesState, current_meeting
from models.people import Capacity, Member, Role, invite_with_code, join, make_invite, members_of_units, post_for
from models.units import Unit
from presentation.cards import send_card
from presentation.mail import Mail

WIB = ZoneInfo("Asia/Jakarta")


def wib(text: str) -> datetime:
    """ "2026-01-23 09:30" in Asahan, as an aware moment."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


class TravellingClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class Shown:
    """A message on a screen. `text` is what is read, without markup."""

    message_id: int
    text: str
    buttons: list[dict[str, str]]
    method: str
    payload: dict[str, Any]
    by_bot: bool = True

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass
class Screen:
    """One chat as it is seen."""

    messages: list[Shown] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    def find(self, message_id: int) -> Shown:
        return next(shown for shown in self.messages if shown.message_id == message_id)


class Person:
    """Somebody with a phone."""

    def __init__(self, cast: Cast, telegram_id: int, name: str) -> None:
        self.cast, self.telegram_id, self.name = cast, telegram_id, name
        self.blocked_bot = False
        self._mark = 0

    @property
    def screen(self) -> Screen:
        return self.cast.screens.setdefault(self.telegram_id, Screen())

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.telegram_id, "is_bot": False, "first_name": self.name, "language_code": "id"}

    async def says(self, text: str, *, reply_to: Shown | None = None, chat: int | None = None) -> int:
        """Write a message; returns its id."""
        return await self._writes({"text": text, "entities": _entities(text)}, reply_to, chat)

    async def sends_photo(
        self, caption: str = "", *, reply_to: Shown | None = None, album: str | None = None, size: int = 50_000
    ) -> int:
        number = self.cast.next_id()
        photo = [{"file_id": f"photo-{number}", "file_unique_id": f"u{number}", "width": 1280, "height": 960,
                  "file_size": size}]  # fmt: skip
        body: dict[str, Any] = {"photo": photo}
        if caption:
            body["caption"] = caption
        if album:
            body["media_group_id"] = album
        return await self._writes(body, reply_to)

    async def sends_file(
        self, name: str, *, mime: str = "application/pdf", size: int = 40_000, caption: str = "",
        reply_to: Shown | None = None
    ) -> int:  # fmt: skip
        number = self.cast.next_id()
        document = {"file_id": f"file-{number}", "file_unique_id": f"u{number}", "file_name": name, "mime_type": mime,
                    "file_size": size}  # fmt: skip
        body: dict[str, Any] = {"document": document}
        if caption:
            body["caption"] = caption
        return await self._writes(body, reply_to)

    async def sends(self, reply_to: Shown | None = None, **body: Any) -> int:
        """Send anything else, given as the fields of Telegram's Message."""
        return await self._writes(body, reply_to)

    async def edits(self, message_id: int, text: str) -> None:
        """Correct a message that was sent."""
        message = {
            **self.cast.written[(self.telegram_id, message_id)],
            "text": text,
            "edit_date": self.cast.unix_time(),
        }
        await self.cast.receives({"edited_message": message})

    async def presses(self, label: str, *, on: Shown | None = None) -> str:
        """Press the newest button with this label (or one that begins with it); returns the word shown on it."""
        candidates = [on] if on else [shown for shown in reversed(self.screen.messages) if shown.buttons]
        for shown in candidates:
            for button in shown.buttons:
                if button["text"] == label or button["text"].startswith(label):
                    return await self.presses_data(button["callback_data"], shown)
        raise AssertionError(f"no button {label!r} on the screen of {self.name}: {[c.labels for c in candidates]}")

    async def presses_data(self, data: str, shown: Shown) -> str:
        """Press a button with this data, which may be forged."""
        message = {"message_id": shown.message_id, "date": self.cast.unix_time(), "text": shown.text or "-",
                   "chat": {"id": self.telegram_id, "type": "private", "first_name": self.name},
                   "from": self.cast.bot_user}  # fmt: skip
        if shown.method in ("sendPhoto", "sendDocument"):
            del message["text"]
        query = {"id": str(self.cast.next_id()), "from": self.user, "message": message, "data": data,
                 "chat_instance": "1"}  # fmt: skip
        before = len(self.screen.toasts)
        await self.cast.receives({"callback_query": query})
        assert len(self.screen.toasts) == before + 1, "a pressed button must be answered, once"
        return self.screen.toasts[-1]

    def reads(self) -> str:
        """Everything that came or changed on the screen since this was asked last (or since the person acted)."""
        fresh = [text for count, text in self.cast.seen.get(self.telegram_id, []) if count > self._mark]
        self._mark = self.cast.count
        return "\n".join(fresh)

    def sees(self, words: str) -> Shown:
        """The newest message on the screen with these words. Fails when there is none."""
        for shown in reversed(self.screen.messages):
            if words in shown.text:
                return shown
        raise AssertionError(
            f"{self.name} does not see {words!r}; newest: {[m.text for m in self.screen.messages[-4:]]}"
        )

    def does_not_see(self, words: str) -> None:
        assert not any(words in shown.text for shown in self.screen.messages), f"{self.name} sees {words!r}"

    @property
    def last(self) -> Shown:
        return [shown for shown in self.screen.messages if shown.by_bot][-1]

    async def _writes(self, body: dict[str, Any], reply_to: Shown | None = None, chat: int | None = None) -> int:
        self._mark = self.cast.count
        where = chat or self.telegram_id
        message_id = self.cast.next_id()
        kind = "private" if where > 0 else "supergroup"
        message: dict[str, Any] = {"message_id": message_id, "date": self.cast.unix_time(), "from": self.user,
                                   "chat": {"id": where, "type": kind, "title": "Grup"}, **body}  # fmt: skip
        if reply_to is not None:
            message["reply_to_message"] = {"message_id": reply_to.message_id, "date": self.cast.unix_time(),
                                           "chat": message["chat"], "text": reply_to.text or "-",
                                           "from": self.cast.bot_user}  # fmt: skip
        self.cast.written[(where, message_id)] = message
        text = body.get("text") or body.get("caption") or ""
        self.cast.screens.setdefault(where, Screen()).messages.append(Shown(message_id, text, [], "", {}, by_bot=False))
        await self.cast.receives({"message": message})
        return message_id


class Cast:
    """The stage: one bot with its database and a clock, and everyone who has a phone."""

    def __init__(
        self, database: Database, office: Office, application: KawalApplication, clock: TravellingClock
    ) -> None:
        self.database, self.office, self.application, self.clock = database, office, application, clock
        self.screens: dict[int, Screen] = {}
        self.seen: dict[int, list[tuple[int, str]]] = {}
        self.written: dict[tuple[int, int], dict[str, Any]] = {}
        self.count = 0
        self.calls: list[tuple[int, str, dict[str, Any]]] = []
        self.bot_user = {"id": 1, "is_bot": True, "first_name": "Kawal", "username": office.bot_username}
        self._ids = itertools.count(1000)
        self._people = itertools.count(501)

    @property
    def settings(self) -> Settings:
        return self.office.settings

    def next_id(self) -> int:
        return next(self._ids)

    def unix_time(self) -> int:
        return int(self.clock.now().timestamp())

    def stranger(self, name: str = "Orang Asing") -> Person:
        """Somebody without an invite."""
        return Person(self, next(self._people), name)

    async def member(
        self, role: Role, unit: str | None = None, name: str | None = None, capacity: Capacity = Capacity.DEFINITIF
    ) -> Person:
        """Somebody who has joined: `unit` is a code or a name of units.csv."""
        async with self.database.writing() as session:
            found = await self._unit(session, unit) if unit else None
            post = await post_for(session, role, found)
            person = Person(self, next(self._people), name or post.title)
            code = await make_invite(session, post, now=self.clock.now(), capacity=capacity)
            invite = await invite_with_code(session, code)
            assert invite is not None
            await join(session, invite, telegram_id=person.telegram_id, name=person.name, now=self.clock.now())
        return person

    async def sekretariat(self, name: str = "Sekretariat") -> Person:
        return await self.member(Role.SEKRETARIAT, None, name)

    async def pelaksana(self, unit: str, name: str | None = None) -> Person:
        return await self.member(Role.PELAKSANA, unit, name)

    async def pimpinan(self, unit: str = "bupati") -> Person:
        return await self.member(Role.PIMPINAN, unit)

    async def receives(self, update: dict[str, Any]) -> None:
        """Let the bot deal with an update, and put what it says on the screens."""
        raw = {"update_id": self.next_id(), **update}
        async with self.database.writing() as session:
            await self.application.handle(session, raw)
        await self.delivers()

    async def delivers(self) -> None:
        """Do what the sender and Telegram do: everything due goes out, in order."""
        async with self.database.writing() as session:
            now = self.clock.now()
            rows: Iterable[Outgoing] = await session.scalars(
                select(Outgoing).where(Outgoing.state == OutboxState.READY).order_by(Outgoing.id)
            )
            for row in rows:
                if row.not_before is not None and row.not_before > now:
                    continue
                await self._delivers(session, row)

    async def time_passes(self, *, to: datetime | None = None, **length: float) -> None:
        """Move the clock, and let the jobs see what is due."""
        self.clock.at = to or self.clock.at + timedelta(**length)
        await tick_all(self.database, self.office.settings, self.clock)
        await self.papers_are_made()

    async def papers_are_made(self) -> None:
        """Let the jobs draw what was ordered, and deliver it."""
        while await fulfil(self.database, self.office.settings, self.clock):
            pass
        while await fulfil_long(self.database, self.office.settings, self.clock):
            pass
        await self.delivers()

    async def _delivers(self, session: Any, row: Outgoing) -> None:
        self.count += 1
        self.calls.append((row.chat_id, row.method, row.payload))
        screen = self.screens.setdefault(row.chat_id, Screen())
        row.state, row.sent_at = OutboxState.SENT, self.clock.now()
        if row.method == "answerCallbackQuery":
            screen.toasts.append(row.payload.get("text", ""))
            return
        if not row.method.startswith(("send", "edit")):
            return
        card = await session.get(Card, row.card_id) if row.card_id else None
        text = unescape(re.sub(r"<[^>]+>", "", row.payload.get("text") or row.payload.get("caption") or ""))
        buttons = list(itertools.chain(*(row.payload.get("reply_markup") or {}).get("inline_keyboard", [])))
        self.seen.setdefault(row.chat_id, []).append((self.count, text))
        if row.method.startswith("edit"):
            message_id = card.message_id if card else row.payload["message_id"]
            shown = screen.find(message_id)
            shown.text, shown.buttons, shown.payload = text, buttons, row.payload
            row.message_id = message_id
            return
        row.message_id = self.next_id()
        if card is not None:
            card.message_id = row.message_id
        screen.messages.append(Shown(row.message_id, text, buttons, row.method, row.payload))

    async def directive(
        self, text: str, units: Sequence[str], *, due: datetime | None = None, **changes: Any
    ) -> tuple[str, list[int]]:
        """A directive that was sent to these units (the first one leads); returns its number and assignment ids."""
        async with self.database.writing() as session:
            now = self.clock.now()
            meeting = await current_meeting(session)
            if meeting is None:
                meeting = Meeting(title="Rakorpem Januari", held_at=wib("2026-01-23 09:00"), opened_at=now)
                session.add(meeting)
                await session.flush()
            author = (await session.scalars(select(Member).limit(1))).first()
            assert author is not None, "somebody must have joined before directives are sent"
            minutes = Minutes(meeting_id=meeting.id, author_id=author.id, text=text, state=MinutesState.SENT,
                              created_at=now, sent_at=now)  # fmt: skip
            session.add(minutes)
            await session.flush()
            year, month, sequence = await next_sequence(session, meeting, WIB)
            directive = Directive(meeting=meeting, minutes_id=minutes.id, position=1, meeting_year=year,
                                  meeting_month=month, sequence=sequence, text=text, due_at=due, proposal={},
                                  state=DirectiveState.SENT, created_at=now, sent_at=now, **changes)  # fmt: skip
            session.add(directive)
            found = [await self._unit(session, unit) for unit in units]
            made = [
                Assignment(directive=directive, unit=unit, is_lead=index == 0, due_at=due, sent_at=now)
                for index, unit in enumerate(found)
            ]
            session.add_all(made)
            await session.flush()
            await session.refresh(directive, ["programme"])
            for assignment in made:
                for member in await members_of_units(session, {assignment.unit_code}):
                    await send_card(Mail(session, now), assignment, member, WIB)
            number, identities = directive.number, [assignment.id for assignment in made]
        await self.delivers()
        assert number is not None
        return number, identities

    async def _unit(self, session: Any, unit: str) -> Unit:
        exact = await session.get(Unit, unit)
        if exact is not None:
            return exact  # type: ignore[no-any-return]
        named = select(Unit).where(Unit.name.endswith(unit, autoescape=True)).order_by(Unit.position).limit(1)
        found = await session.scalar(named)
        assert found is not None, f"no unit {unit!r}"
        return found  # type: ignore[no-any-return]

    async def member_row(self, person: Person) -> Member:
        async with self.database.reading() as session:
            return (await session.scalars(select(Member).where(Member.telegram_id == person.telegram_id))).one()


def _entities(text: str) -> list[dict[str, Any]]:
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]


SAMPLE_UNITS = Path(__file__).parent.parent / "data" / "asahan" / "units.csv"
