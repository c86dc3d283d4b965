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
    why: str = ""
    span: tuple[int, int] = (0, 0)

    def __bool__(self) -> bool:
        return self.due is not None or bool(self.impossible)


NONE = Due()
_PERIOD = re.compile(r"(?:akhir |awal )?(?:triwulan|tw|semester|kuartal|smt)\b", re.IGNORECASE)


def due_of(text: str, meeting_at: datetime) -> Due:
    """The deadline in a text, counted from the meeting; an impossible date is kept as words to ask about."""
    try:
        found = find_deadline(text, meeting_at)
    except ImpossibleDate as error:
        return Due(impossible=str(getattr(error, "words", "")) or text, why=str(getattr(error, "why", error)))
    if found is None:
        return NONE
    if not found.cued and found.due.year > meeting_at.year and _PERIOD.match(found.words):
        start, end = found.span  # "evaluasi semester I" said in September is about what was
        return due_of(f"{text[:start]}{'x' * (end - start)}{text[end:]}", meeting_at)
    return Due(
        found.due,
        found.words,
        found.has_time,
        found.recurrence,
        found.recurring,
        found.ambiguous,
        span=found.span,
    )
