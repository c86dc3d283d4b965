"""Sentences about other points of the notulen: a deadline for all, "poin 1 s.d. 4", "poin 3 dibatalkan"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from understanding.minutes.due import NONE, Due, due_of
from understanding.minutes.outline import Common
from understanding.minutes.people import People
from understanding.minutes.status import speaks_of_calling_off
from understanding.minutes.wording import POINT_RANGE
from understanding.units import Mention

RESPONSIBLE = re.compile(
    r"\b(?:penanggung\s?jawab|pj|pic|penjab|koordinator|pelaksana)\b[^.;]{0,25}\b(?:poin|point|butir|nomor|no|angka|arahan)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:menjadi|jadi|diubah|diundur|dimajukan|ralat|koreksi)\b", re.IGNORECASE)
# "Kedua hal itu tuntas 30 April": the two before it.
_COUNTED = re.compile(
    r"\b(kedua|ketiga|keempat|kelima)(?:nya\b|\s+(?:hal|arahan|tugas|poin|butir|pekerjaan|kegiatan)\b)", re.IGNORECASE
)
_HOW_MANY = {"kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5}
_RANGE = re.compile(
    r"(\d{1,2})\s*(?:s\.?/?d\.?|sampai(?: dengan)?|hingga|-|–)\s*(?:nomor\s*|no\.?\s*|poin\s*)?(\d{1,2})", re.IGNORECASE
)


@dataclass(slots=True)
class Task:
    """A directive on its way to a draft; `place` is its candidate's place in the outline."""

    text: str
    lines: tuple[int, int]
    people: People
    due: Due = NONE
    context: str = ""
    number: str = ""
    mentions: tuple[Mention, ...] = ()
    place: int = 0
    sentence: int = 0
    from_points: bool = False
    due_cell: bool = False
    unowned: bool = False  # a point of a list without an owner, who may be named elsewhere


def numbers_in(text: str) -> list[str]:
    """The points a text speaks of: "poin 1 s.d. 3 dan 5" gives 1, 2, 3, 5."""
    found: list[str] = []
    for match in POINT_RANGE.finditer(text):
        listed = match.group(1)
        for span in _RANGE.finditer(listed):
            first, last = int(span.group(1)), int(span.group(2))
            found.extend(str(number) for number in range(first, min(last, first + 60) + 1))
        found.extend(re.findall(r"\d{1,2}", _RANGE.sub(" ", listed)))
    return list(dict.fromkeys(found))


def points_of(text: str, tasks: Sequence[Task]) -> People | None:
    """ "Masing-masing penanggung jawab poin 1 s.d. 4": the coordinators of those points, as equals."""
    if not RESPONSIBLE.search(text):
        return None
    wanted = set(numbers_in(text))
    people = People(first_is_group=True)
    for task in tasks:
        if task.number in wanted:
            lead = task.people.lead or (
                task.people.codes[0] if task.people.codes and not task.people.first_is_group else None
            )
            for code in [lead] if lead else task.people.codes:
                if code not in people.codes:
                    people.codes.append(code)
    return people if people.codes else None


def apply_common(tasks: Sequence[Task], common: Sequence[Common], meeting_at: datetime) -> list[Task]:
    """Deadlines for all go to those without one of their own; cancelled points fall away."""
    kept = list(tasks)
    for sentence in common:
        wanted = set(numbers_in(sentence.text))
        if wanted and speaks_of_calling_off(sentence.text):
            kept = [task for task in kept if task.number not in wanted]
    for sentence in common:
        due = due_of(sentence.text, meeting_at)
        if due and not speaks_of_calling_off(sentence.text):
            _give(due, sentence, kept, common)
    return kept


def _give(due: Due, sentence: Common, tasks: Sequence[Task], common: Sequence[Common]) -> None:
    """Give a common deadline to the tasks it speaks of."""
    wanted = set(numbers_in(sentence.text))
    counted = _COUNTED.search(sentence.text)
    if counted and not wanted:
        before = [task for task in tasks if task.place < sentence.position]
        tasks = before[-_HOW_MANY[counted.group(1).lower()] :]
    for task in tasks:
        if wanted:
            if task.number in wanted and (not task.due or _CHANGED.search(sentence.text)):
                task.due = due
        elif not task.due and not task.due_cell and _holds(sentence, task, common):
            task.due = due


def _holds(sentence: Common, task: Task, common: Sequence[Common]) -> bool:
    """Whether a sentence about all is about this task: the nearest one above, else the first one below."""
    if sentence.headed:
        return sentence.position <= task.place and (sentence.end is None or task.place < sentence.end)
    free = [other for other in common if not other.headed and not numbers_in(other.text)]
    above = [other for other in free if other.position <= task.place]
    return sentence is (above[-1] if above else free[0])
