"""What the reader of deadlines gives back, and the pieces it works with in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline found in a text.

    `due` is aware (Asia/Jakarta), 23:59 where no time was given (`has_time` is False then). `words` is the wording it
    was read from, the slice `span` of the text; `cued_span` also holds the "paling lambat" before it. `recurrence` is
    an RRULE without DTSTART (`due` is its first occurrence). `ambiguous` marks a wording whose meaning is a decision.
    """

    due: datetime
    has_time: bool
    words: str
    span: tuple[int, int]
    recurring: bool = False
    recurrence: str | None = None
    ambiguous: bool = False
    cued: bool = False
    cued_span: tuple[int, int] = (0, 0)


class ImpossibleDate(ValueError):
    """The text names a deadline that cannot be. `why` is an Indonesian sentence that says what to write instead.

    `past` says that the day exists and is over.
    """

    def __init__(self, words: str, why: str, span: tuple[int, int] = (0, 0), *, past: bool = False) -> None:
        super().__init__(f"{words}: {why}")
        self.past = past
        self.words = words
        self.why = why
        self.span = span


class CannotBe(Exception):
    """Raised by a rule for a day or time that does not exist or is past; becomes an `ImpossibleDate`."""

    def __init__(self, why: str, *, past: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.past = past


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where a wording counts: `today`, and `floor`, the first day that is still ahead."""

    today: date
    floor: date


Rule = Callable[[Anchor], date]


class Kind(Enum):
    """What an item is."""

    DAY = "day"
    CLOCK = "clock"
    LENGTH = "length"
    CUE = "cue"
    BLOCKED = "blocked"  # understood, and no deadline


@dataclass(frozen=True, slots=True)
class Clock:
    """A spoken time. `hour` None: only a part of the day was said. `shift`: minutes to add (setengah 3 = -30)."""

    hour: int | None
    minute: int = 0
    shift: int = 0
    bare: bool = False
    part: str | None = None
    zone: int = 0

    @property
    def is_part(self) -> bool:
        return self.hour is None and self.part is not None


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: (number, unit) pairs, largest unit first; half months are 15 days."""

    parts: tuple[tuple[int, str], ...]
    working: bool = False
    anchored: bool = False  # "lagi", "ke depan", H+3: said to count from now

    @property
    def is_moment(self) -> bool:
        """True where the length is in hours or minutes and therefore gives a time."""
        return self.parts[-1][1] == "minute"

    @property
    def delta(self) -> timedelta:
        return timedelta(minutes=sum(number for number, unit in self.parts if unit == "minute"))


@dataclass(slots=True)
class Item:
    """One stretch of tokens, `start` up to but not including `end`, that the grammar understood."""

    kind: Kind
    start: int
    end: int
    rule: Rule | None = None
    clock: Clock | None = None
    length: Length | None = None
    family: str = ""  # date, weekday, week, relative, period, holiday; for a cue: its word
    first_rule: Rule | None = None  # of several days, the first: what counts where it recurs
    repeat: str | None = None  # the RRULE this wording has after "setiap"
    recurring: bool = False
    weak: bool = False  # "bulanan": counts only where nothing else does
    needs_cue: bool = False  # counts only after a cue or as the whole text
    is_range: bool = False
    forced: bool = False  # the new date of a change of plan, or a length that says "selesai" after it
    cue_start: int = -1  # where the cue directly before it begins
    is_source: bool = False
    weekday: int | None = None  # the weekday that should fit the date
    names: int | None = None  # the weekday it names, Monday 0
    weeks_on: int | None = None  # for a week: how many weeks on
    unsure: bool = False
    feast: str = ""
    marks: set[str] = field(default_factory=set)
