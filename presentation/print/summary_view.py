"""What the weekly summary shows, as plain frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Grade(StrEnum):
    """The published colour of a unit, worst last but `NOTHING_DUE`, which is no judgement."""

    EXCELLENT = "biru"
    GOOD = "hijau"
    WATCH = "kuning"
    BEHIND = "merah"
    NOTHING_DUE = "abu"


@dataclass(frozen=True, slots=True)
class Counts:
    """Assignments by status. `late` counts again some of the others, so the first five make up `total`."""

    total: int
    done: int
    in_progress: int
    blocked: int
    waiting_verification: int
    not_reported: int
    late: int


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One priority programme: assignments, of which done, of which late. Without a `tag` it is all that has none."""

    name: str
    total: int
    done: int
    late: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One kind of unit (Kecamatan, OPD, Puskesmas, …) as a whole; `name` is what its tiles carry as `group`."""

    name: str
    total: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class UnitTile:
    """One unit on the heat map: short name (`Air Joman`, `Dinkes`), the name of its group, its colour and figures."""

    name: str
    group: str
    grade: Grade
    total: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class LateItem:
    """A late assignment; `cause` is the unit's own obstacle in one line, None when it gave none.

    `number` of the directive stands apart from its words: beside a date, "2026-01-07" reads as another date.
    """

    unit: str
    directive: str
    days_late: int
    cause: str | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class BlockedItem:
    """A blocked assignment and who could unblock it, if known."""

    unit: str
    directive: str
    obstacle: str
    unblocker: str | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineItem:
    """A deadline of the coming week; `units` in words (`Dinas Pertanian`, `25 kecamatan`)."""

    due: date
    directive: str
    units: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReplyItem:
    """A unit's answer to its colour (hak jawab)."""

    unit: str
    grade: Grade
    words: str


@dataclass(frozen=True, slots=True)
class SummaryView:
    """All that the weekly summary shows. Lists come whole and most important first; what does not fit becomes "+N lagi".

    `as_of` is aware and in the organisation's time zone; `previous` are the figures sent on `compared_with`, None in the
    first week.
    """

    organisation: str
    week_label: str
    as_of: datetime
    counts: Counts
    previous: Counts | None = None
    programmes: Sequence[ProgrammeRow] = ()
    groups: Sequence[GroupRow] = ()
    units: Sequence[UnitTile] = ()
    moved: Sequence[str] = ()
    late: Sequence[LateItem] = ()
    blocked: Sequence[BlockedItem] = ()
    decisions: Sequence[str] = ()
    deadlines: Sequence[DeadlineItem] = ()
    best_reporters: Sequence[str] = ()
    replies: Sequence[ReplyItem] = ()
    compared_with: date | None = None
