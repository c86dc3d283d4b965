"""The deadline of one directive, with what the document says for all."""

import re
from dataclasses import dataclass
from datetime import datetime

from understanding.deadlines import ImpossibleDate, find_deadline


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as a draft keeps it; `impossible` are the words of a date that cannot be, with why."""

    due: datetime | None = None
    words: str | None = None
    has_time: bool = False
    recurrence: str | None = None
    recurring: bool = False
    ambiguous: bool = False
    impossible: str = ""
    past: bool = False  # impossible because that day is over
    why: str = ""

    def __bool__(self) -> bool:
        return self.due is not None or bool(self.impossible)


NONE = Due()
_PERIOD = re.compile(r"(?:akhir |awal )?(?:triwulan|tw|semester|kuartal|smt)\b", re.IGNORECASE)


def due_of(text: str, meeting_at: datetime, shown: str = "") -> Due:
    """The deadline in a text, counted from the meeting; an impossible date is kept as words to ask about.

    Where `text` was made unreadable in places, `shown` is what the words are taken from.
    """
    if not text:
        return NONE
    try:
        found = find_deadline(text, meeting_at)
    except ImpossibleDate as error:
        return Due(impossible=error.words, why=error.why, past=error.past)
    if found is None:
        return NONE
    start, end = found.span
    if not found.cued and found.due.year > meeting_at.year and _PERIOD.match(found.words):
        # "evaluasi semester I" said in September is about what was
        return due_of(f"{text[:start]}{'x' * (end - start)}{text[end:]}", meeting_at, shown or text)
    return Due(
        found.due, (shown or text)[start:end], found.has_time, found.recurrence, found.recurring, found.ambiguous
    )
