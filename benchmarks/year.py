"""A realistic year of a regency by seed: 12 Rakorpem of 30 directives, fanned out, reported on, verified, or left late."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.year_words import BITS, HEADS, OBSTACLES, PROGRAMME_TEXTS, SAID
from models.assignments import Assignment, Status
from models.database import Database
from models.directives import Directive, DirectiveState, Priority
from models.meetings import Meeting, Minutes, MinutesState
from models.people import Role, invite_with_code, join, keep_invite, post_for
from models.reports import Evidence, EvidenceState, Extension, Note, NoteKind, Report, Verification
from models.units import Unit
from understanding.deadlines.working_days import next_working_day

WIB = ZoneInfo("Asia/Jakarta")
MEETINGS, DIRECTIVES = 12, 30
NOW = datetime(2026, 12, 21, 7, 0, tzinfo=WIB)
"""The Monday on which the year is looked at; some directives of December are still fresh."""
PHOTOS = 24
"""Different files on the disk; evidence rows share them."""


@dataclass(frozen=True)
class Year:
    """How much of it: for the whole year the defaults, less for the edges."""

    seed: int = 7
    meetings: int = MEETINGS
    directives: int = DIRECTIVES
    units: int = 200
    late: float = 1.0
    """1 is usual; above it everyone is later."""
    long_names: bool = False


async def fill(database: Database, files: Path, year: Year) -> None:
    """Write the year into an empty database whose units and programmes are loaded; photos go under `files`."""
    chance = random.Random(year.seed)
    photos = _photos(files, chance)
    async with database.writing() as session:
        units = list(await session.scalars(select(Unit).where(Unit.kind != "pimpinan").order_by(Unit.position)))
        units = [unit for unit in units if not unit.retired][: year.units]
        if year.long_names:
            for unit in units:
                unit.name = (
                    unit.name + " dengan Nama Resmi yang Sangat Panjang menurut Peraturan Daerah tentang Pembentukan"
                )[:120]
        people = await _people(session, units, chance)
        writer = _Writer(session, units, people, photos, chance, year)
        for month in range(1, year.meetings + 1):
            await writer.meeting(month)
        await writer.finish()


async def _people(session: AsyncSession, units: Sequence[Unit], chance: random.Random) -> dict[str, int]:
    """Somebody for the secretariat, the Bupati, and nine of ten units; returns unit code (or role) → member id."""
    found: dict[str, int] = {}
    wanted: list[tuple[str, Role, Unit | None]] = [
        ("sekretariat", Role.SEKRETARIAT, None),
        ("bupati", Role.PIMPINAN, await session.get(Unit, "bupati")),
    ]
    wanted += [(unit.code, Role.PELAKSANA, unit) for unit in units if chance.random() < 0.92]
    for number, (key, role, unit) in enumerate(wanted):
        post = await post_for(session, role, unit)
        code = f"year-{number}"
        await keep_invite(session, code, post.id, now=datetime(2026, 1, 5, tzinfo=WIB))
        invite = await invite_with_code(session, code)
        assert invite is not None
        name = f"{chance.choice(HEADS)} {chance.choice(HEADS)}"
        member = await join(
            session, invite, telegram_id=70_000 + number, name=name, now=datetime(2026, 1, 6, tzinfo=WIB)
        )
        found[key] = member.id
    return found


def _photos(files: Path, chance: random.Random) -> list[tuple[str, int]]:
    """Paths below `files` and their sizes: 40 to 300 kB, as phones send them through Telegram."""
    made = []
    for number in range(PHOTOS):
        path = Path("evidence") / f"photo-{number:02}.jpg"
        size = chance.randint(40_000, 300_000)
        (files / path).parent.mkdir(parents=True, exist_ok=True)
        (files / path).write_bytes(b"\xff\xd8\xff\xe0" + chance.randbytes(size - 4))
        made.append((str(path), size))
    return made


class _Writer:
    """Collects rows and inserts them by the thousand: the ORM would take minutes for a year."""

    def __init__(
        self,
        session: AsyncSession,
        units: Sequence[Unit],
        people: dict[str, int],
        photos: Sequence[tuple[str, int]],
        chance: random.Random,
        year: Year,
    ) -> None:
        self.session, self.people, self.photos, self.chance, self.year = session, people, photos, chance, year
        self.kinds: dict[str, list[Unit]] = {
            kind: [unit for unit in units if unit.kind == kind] for kind in ("kecamatan", "opd", "puskesmas")
        }
        self.diligence = {unit.code: chance.betavariate(5, 2) for unit in units}
        self.rows: dict[Any, list[dict[str, Any]]] = {}
        self.ids = {"directive": 0, "assignment": 0, "report": 0}

    async def finish(self) -> None:
        for table, rows in self.rows.items():
            for start in range(0, len(rows), 2000):
                await self.session.execute(insert(table), rows[start : start + 2000])
            await self.session.flush()

    async def meeting(self, month: int) -> None:
        held = datetime.combine(next_working_day(datetime(2026, month, 16).date()), time(9), WIB)
        names = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
                 "November", "Desember")  # fmt: skip
        self._add(Meeting, id=month, title=f"Rakorpem {names[month - 1]} 2026", held_at=held, place="Aula Melati",
                  chair="Bupati Asahan", opened_at=held, opened_by=None)  # fmt: skip
        self._add(Minutes, id=month, meeting_id=month, author_id=self.people["sekretariat"], text="", pieces=[],
                  overlooked=[], attempts=0, state=MinutesState.SENT, created_at=held, sent_at=held)  # fmt: skip
        for sequence in range(1, self.year.directives + 1):
            self._directive(month, sequence, held)

    def _directive(self, month: int, sequence: int, held: datetime) -> None:
        tag, template = self.chance.choice(PROGRAMME_TEXTS)
        units = self._asked(sequence)
        if not units:
            return
        self.ids["directive"] += 1
        sent = held + timedelta(hours=5)
        day = next_working_day((sent + timedelta(days=self.chance.choice((7, 10, 14, 14, 21, 30, 45)))).date())
        due = datetime.combine(day, time(23, 59), WIB) if self.chance.random() < 0.94 else None
        text = template.format(**{key: self.chance.choice(values) for key, values in BITS.items()})
        self._add(
            Directive, id=self.ids["directive"], meeting_id=month, minutes_id=month, position=sequence, meeting_year=2026,
            meeting_month=month, sequence=sequence, text=text, programme_tag=tag, proposal={}, due_at=due, due_has_time=False,
            priority=self.chance.choices([Priority.BIASA, Priority.SEGERA, Priority.RAHASIA], (80, 18, 2))[0],
            state=DirectiveState.SENT, created_at=held, sent_at=sent,
        )  # fmt: skip
        for place, unit in enumerate(units):
            self._assignment(unit, place == 0 and len(units) < 6, sent, due)

    def _asked(self, sequence: int) -> list[Unit]:
        """The first dozen go to all camat, all OPD or all puskesmas, the others to a few."""
        if sequence <= 5:
            return self.kinds["kecamatan"]
        if sequence <= 7:
            return self.kinds["opd"][:30]
        if sequence <= 10:
            return self.kinds["puskesmas"]
        pool = [*self.kinds["opd"], *self.kinds["kecamatan"]]
        return self.chance.sample(pool, min(len(pool), self.chance.choice((1, 1, 1, 2, 2, 3, 4))))

    def _assignment(self, unit: Unit, is_lead: bool, sent: datetime, due: datetime | None) -> None:
        self.ids["assignment"] += 1
        identity, member = self.ids["assignment"], self.people.get(unit.code)
        life = self._life(unit, sent, due) if member is not None else _Life(Status.SENT)
        self._add(
            Assignment, id=identity, directive_id=self.ids["directive"], unit_code=unit.code, is_lead=is_lead, period=1,
            status=life.status, percent=life.percent, due_at=due, due_has_time=False, sent_at=sent,
            accepted_at=life.first, reported_at=life.last, submitted_at=life.submitted, closed_at=life.closed,
            submitted_by=member if life.submitted else None, obstacle=life.obstacle, help_from=life.help_from, version=1,
        )  # fmt: skip
        if member is not None:
            self._reports(identity, member, life)
            self._beside(identity, member, life, due)

    def _life(self, unit: Unit, sent: datetime, due: datetime | None) -> _Life:
        chance, diligence = self.chance, self.diligence[unit.code] / self.year.late
        age = (NOW - sent).total_seconds() / 86_400
        first = sent + timedelta(days=chance.expovariate(0.25 + diligence))
        if first > NOW or chance.random() > (0.72 + diligence * 0.27) / self.year.late:
            return _Life(Status.SENT)
        needed = chance.lognormvariate(2.4, 0.6) * (1.9 - diligence)
        gone = (NOW - first).total_seconds() / 86_400
        if gone > needed and chance.random() < (0.74 + diligence * 0.25) / self.year.late:
            submitted = first + timedelta(days=needed)
            closed = submitted + timedelta(days=chance.uniform(0.5, 3))
            if closed > NOW:
                return _Life(Status.SUBMITTED, 100, first, submitted, submitted)
            status = Status.SUSTAINED if chance.random() < 0.05 else Status.DONE
            return _Life(status, 100, first, submitted, submitted, closed)
        percent = min(95, 5 * round(chance.uniform(5, 95) / 5))
        last = min(NOW - timedelta(hours=3), first + timedelta(days=chance.uniform(0, min(age, 60))))
        if chance.random() < 0.22:
            obstacle, help_from = chance.choice(OBSTACLES)
            return _Life(Status.BLOCKED, percent, first, max(first, last), obstacle=obstacle, help_from=help_from)
        return _Life(Status.IN_PROGRESS, percent, first, max(first, last))

    def _reports(self, assignment: int, member: int, life: _Life) -> None:
        if life.first is None or life.last is None:
            return
        moments = sorted({life.first, life.last, *(self._between(life) for _ in range(self.chance.randint(0, 2)))})
        for place, moment in enumerate(moments):
            self.ids["report"] += 1
            percent = life.percent if place == len(moments) - 1 else 10 * place
            last = place == len(moments) - 1
            self._add(
                Report, id=self.ids["report"], assignment_id=assignment, member_id=member, chat_id=member,
                message_id=self.ids["report"], text=self.chance.choice(SAID).format(percent=percent, **_one(self.chance)),
                heard="selesai" if percent == 100 else "proses", percent=percent, state="filed", created_at=moment,
                obstacle=life.obstacle if last else None, help_from=life.help_from if last else None,
            )  # fmt: skip
            for _ in range(self.chance.choice((0, 0, 1, 1, 2, 3)) or int(percent == 100)):
                self._evidence(moment)

    def _between(self, life: _Life) -> datetime:
        assert life.first is not None
        assert life.last is not None
        return life.first + (life.last - life.first) * self.chance.random()

    def _evidence(self, moment: datetime) -> None:
        path, size = self.chance.choice(self.photos)
        place = self.chance.random() < 0.06
        self._add(
            Evidence, report_id=self.ids["report"], kind="location" if place else "photo", message_id=self.ids["report"],
            state=EvidenceState.STORED, path=None if place else path, size=None if place else size, attempts=0,
            latitude=2.9 + self.chance.random() / 5 if place else None,
            longitude=99.5 + self.chance.random() / 5 if place else None, sha256=None, created_at=moment,
        )  # fmt: skip

    def _beside(self, assignment: int, member: int, life: _Life, due: datetime | None) -> None:
        """What the secretariat and pimpinan did about it."""
        if life.closed is not None:
            self._add(Verification, assignment_id=assignment, member_id=self.people["sekretariat"], approved=True,
                      reason=None, at=life.closed)  # fmt: skip
        elif due is not None and due < NOW + timedelta(days=5) and self.chance.random() < 0.01:
            self._add(Extension, assignment_id=assignment, asked_by=member, asked_at=NOW - timedelta(days=2), due_before=due,
                      until=NOW + timedelta(days=14), until_has_time=False, reason="Menunggu dokumen", granted=None)  # fmt: skip
        if self.chance.random() < 0.01:
            self._add(Note, directive_id=self.ids["directive"], assignment_id=assignment, member_id=self.people["bupati"],
                      kind=NoteKind.PRAISE if life.closed else NoteKind.NOTE, text="Terima kasih, lanjutkan.",
                      at=NOW - timedelta(days=9))  # fmt: skip

    def _add(self, table: Any, **values: Any) -> None:
        columns = {column.key: None for column in table.__table__.columns if column.key != "id"}
        self.rows.setdefault(table, []).append(columns | values)


@dataclass(frozen=True)
class _Life:
    """How far a task came: when something was first and last reported, handed in and closed."""

    status: Status
    percent: int | None = None
    first: datetime | None = None
    last: datetime | None = None
    submitted: datetime | None = None
    closed: datetime | None = None
    obstacle: str | None = None
    help_from: str | None = None


def _one(chance: random.Random) -> dict[str, str]:
    return {key: chance.choice(values) for key, values in BITS.items()}
