"""A stage on which anybody may try anything: each attempt is looked at inside its transaction and then undone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

import models
from models.assignments import Assignment, Status
from models.dialogues import Dialogue
from models.directives import Directive, DirectiveState, Priority
from models.mailbox import Outgoing
from models.meetings import Group, Meeting, Minutes, MinutesState
from models.people import Role
from models.records import AuditEntry
from models.reports import Evidence, EvidenceState, Extension, Report, ReportState
from models.units import Unit
from tests.cast import Cast, Person, wib

SECRET = "SANDI-MERAH"
"""Stands in everything about the confidential task, and nobody who may not know it ever types it."""
SEARCHED = "beringin"
"""Stands there too, and is what outsiders search for."""
SECRET_NUMBER = "2026-01-03"
GROUP = -100500
OUTSIDE = frozenset({"outbox", "audit", "units", "programmes"})
"""What a refusal may write: its words and its record. Units and programmes come from files and are never written."""

OWN, OTHERS, HIDDEN = 1001, 1002, 1003
"""Tasks: of Camat Air Joman, of Camat Meranti, and a confidential one of Camat Meranti."""
OWN_REPORT, OTHERS_REPORT, PENDING_REPORT = 2001, 2002, 2003


class Undo(Exception):
    """Ends an attempt's transaction without a trace."""


@dataclass
class Attempt:
    """What one update led to: calls to Telegram, deeds put on record, and whether any other table changed."""

    calls: list[tuple[int, str, dict[str, Any]]]
    deeds: list[str]
    changed: list[str]

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [payload for _, method, payload in self.calls if method == "answerCallbackQuery"]

    @property
    def was_refused_on_record(self) -> bool:
        return any(deed.startswith(("forbidden", "refused", "unknown")) for deed in self.deeds)

    def shows(self, words: str) -> bool:
        return words in json.dumps([payload for _, _, payload in self.calls], ensure_ascii=False)


@dataclass
class Stage:
    """The people by what they are, and the database as it was before the first attempt."""

    cast: Cast
    people: dict[str, Person] = field(default_factory=dict)
    before: dict[str, list[Any]] = field(default_factory=dict)
    looks: bool = True
    """Whether it is looked at what an attempt changed; without, attempts are quicker."""

    async def presses(self, person: Person, data: str, *, chat: int | None = None, keep: bool = False) -> Attempt:
        """Press a button with this data; with `keep` it stays done."""
        where = chat or person.telegram_id
        kind = {"id": where, "type": "private", "first_name": "x"} if where > 0 else {"id": where, "type": "supergroup",
                "title": "Grup"}  # fmt: skip
        message = {"message_id": 5, "date": self.cast.unix_time(), "text": "-", "chat": kind,
                   "from": self.cast.bot_user}  # fmt: skip
        query = {"id": str(self.cast.next_id()), "from": person.user, "message": message, "data": data,
                 "chat_instance": "1"}  # fmt: skip
        return await self._attempt({"callback_query": query}, keep=keep)

    async def says(
        self, person: Person, text: str, *, chat: int | None = None, step: str | None = None, **about: Any
    ) -> Attempt:
        """Write something, also in the middle of a dialogue that is at `step`."""
        where = chat or person.telegram_id
        message = {"message_id": self.cast.next_id(), "date": self.cast.unix_time(), "from": person.user, "text": text,
                   "chat": {"id": where, "type": "private" if where > 0 else "supergroup", "title": "Grup"}}  # fmt: skip
        dialogue = None
        if step is not None:
            member = await self.cast.member_row(person)
            dialogue = Dialogue(member_id=member.id, step=step, about=about, since=self.cast.clock.now())
        return await self._attempt({"message": message}, dialogue)

    async def _attempt(
        self, update: dict[str, Any], dialogue: Dialogue | None = None, *, keep: bool = False
    ) -> Attempt:
        raw = {"update_id": self.cast.next_id(), **update}
        found: Attempt | None = None
        try:
            async with self.cast.database.writing() as session:
                before = self.before
                if dialogue is not None:
                    session.add(dialogue)
                    await session.flush()
                    before = before | {"dialogues": await rows_of(session, "dialogues")}
                last = await session.scalar(select(func.coalesce(func.max(Outgoing.id), 0)))
                written = await session.scalar(text("SELECT total_changes()")) or 0
                await self.cast.application.handle(session, raw)
                await session.flush()
                sent = await session.execute(
                    select(Outgoing.chat_id, Outgoing.method, Outgoing.payload).where(Outgoing.id > last)
                )
                calls = [(row[0], row[1], row[2]) for row in sent]
                entries = select(AuditEntry.deed).where(AuditEntry.update_id == raw["update_id"])
                deeds = list(await session.scalars(entries))
                written = (await session.scalar(text("SELECT total_changes()")) or 0) - written
                changed = []
                if self.looks and written != len(calls) + len(deeds):
                    changed = [name for name in before if await rows_of(session, name) != before[name]]
                found = Attempt(calls, deeds, changed)
                if not keep:
                    raise Undo
        except Undo:
            pass
        assert found is not None
        return found

    async def remember(self) -> None:
        """Take down the state that every attempt starts from."""
        async with self.cast.database.reading() as session:
            names = [name for name in models.Base.metadata.tables if name not in OUTSIDE]
            self.before = {name: await rows_of(session, name) for name in names}


async def rows_of(session: AsyncSession, name: str) -> list[Any]:
    connection = await session.connection()
    return [tuple(row) for row in await connection.exec_driver_sql(f"SELECT * FROM {name}")]


async def set_the_stage(cast: Cast, *, with_secret: bool = True) -> Stage:
    """Everybody there is, and something of everything that can be pressed. Numbers of different things never meet."""
    stage = Stage(cast)
    stage.people = {
        "admin": await cast.member(Role.ADMIN, None, "Admin"),
        "sekretariat": await cast.sekretariat(),
        "bupati": await cast.pimpinan("bupati"),
        "sekda": await cast.pimpinan("sekda"),
        "pemantau": await cast.member(Role.PEMANTAU, None, "Asisten"),
        "camat": await cast.pelaksana("Air Joman"),
        "camat lain": await cast.pelaksana("Meranti"),
    }
    rows = {name: await cast.member_row(person) for name, person in stage.people.items()}
    now, due = cast.clock.now(), wib("2026-01-30 16:00")
    async with cast.database.writing() as session:
        meeting = Meeting(id=6001, title="Rakorpem Januari", held_at=wib("2026-01-23 09:00"), opened_at=now)
        session.add_all(
            [meeting, Group(chat_id=GROUP, title="Camat", registered_by=rows["sekretariat"].id, registered_at=now)]
        )
        await session.flush()
        author = rows["sekretariat"].id
        for number, prepared in ((5000, MinutesState.SENT), (5001, MinutesState.DRAFT), (5002, MinutesState.DISCARDED)):
            session.add(Minutes(id=number, meeting_id=6001, author_id=author, text="notulen", state=prepared,
                                created_at=now))  # fmt: skip
        await session.flush()
        air_joman = await session.get_one(Unit, "12.09.09")
        meranti = await session.get_one(Unit, "12.09.08")
        for position, (unit, status) in enumerate(
            [(air_joman, Status.IN_PROGRESS), (meranti, Status.IN_PROGRESS), (meranti, Status.IN_PROGRESS),
             (meranti, Status.SUBMITTED), (meranti, Status.BLOCKED)],
            start=1,
        ):  # fmt: skip
            if position == 3 and not with_secret:
                continue
            secret = position == 3
            directive = Directive(
                id=100 + position, meeting_id=6001, minutes_id=5000, position=position, meeting_year=2026,
                meeting_month=1, sequence=position, text=f"{SEARCHED} {SECRET} mendata aset" if secret else f"arahan {position}",
                priority=Priority.RAHASIA if secret else Priority.BIASA, due_at=due, proposal={},
                state=DirectiveState.SENT, created_at=now, sent_at=now, programme_tag="cetak_sawah",
            )  # fmt: skip
            task = Assignment(id=1000 + position, directive=directive, unit=unit, is_lead=True, status=status,
                              due_at=due, sent_at=now, accepted_at=now, percent=60,
                              submitted_at=now if status == Status.SUBMITTED else None,
                              submitted_by=rows["camat lain"].id if status == Status.SUBMITTED else None,
                              obstacle="banjir" if status == Status.BLOCKED else None)  # fmt: skip
            session.add_all([directive, task])
        for number, position in ((151, 1), (152, 2)):
            session.add(Directive(id=number, meeting_id=6001, minutes_id=5001, position=position, text="rancangan",
                                  proposal={"assignees": ["12.09.09"]}, state=DirectiveState.DRAFT, due_at=due,
                                  created_at=now))  # fmt: skip
        await session.flush()
        for number, who, task_id, state in (
            (OWN_REPORT, "camat", OWN, ReportState.FILED), (OTHERS_REPORT, "camat lain", OTHERS, ReportState.FILED),
            (PENDING_REPORT, "camat lain", None, ReportState.PENDING), (2004, "camat lain", HIDDEN, ReportState.FILED),
        ):  # fmt: skip
            if task_id == HIDDEN and not with_secret:
                continue
            text = f"{SEARCHED} {SECRET} sudah 60%" if task_id == HIDDEN else "sudah 60%"
            session.add(Report(id=number, assignment_id=task_id, member_id=rows[who].id, text=text, heard="proses",
                               percent=60, chat_id=stage.people[who].telegram_id, message_id=number, state=state,
                               created_at=now))  # fmt: skip
        await session.flush()
        session.add(Evidence(id=3001, report_id=OTHERS_REPORT, kind="photo", message_id=1, file_id="foto-lain",
                             state=EvidenceState.STORED, created_at=now))  # fmt: skip
        session.add(Extension(id=4001, assignment_id=1005, asked_by=rows["camat lain"].id, asked_at=now,
                              due_before=due, until=wib("2026-02-10 16:00"), reason="banjir"))  # fmt: skip
    await stage.remember()
    return stage
