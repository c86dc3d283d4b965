"""A task made a draft: coordinator, programme, target, and what has to be asked."""

import re

from understanding.minutes.doubts import doubts_of, unresolved_of
from understanding.minutes.draft import Draft
from understanding.minutes.people import lead_of
from understanding.minutes.points import Task
from understanding.minutes.targets import target_of
from understanding.programmes import ProgrammeIndex
from understanding.units import UnitIndex

_LETTER = re.compile(r"[^\W_]")


def draft_of(task: Task, units: UnitIndex, programmes: ProgrammeIndex) -> Draft:
    """The draft that the secretariat sees."""
    people, due = task.people, task.due
    plain = without_names(task.text, units)
    programme = programmes.tag_of(plain, without_names(task.context, units))
    quantity, unit = target_of(plain, due.words or "")
    return Draft(
        lines=task.lines,
        text=task.text,
        assignees=tuple(people.codes),
        lead=None if task.from_points else lead_of(people, units),
        due=due.due,
        programme=programme,
        unresolved=unresolved_of(people, due),
        groups=tuple(people.groups),
        exclude=tuple(people.exclude),
        due_words=due.words or due.impossible or None,
        has_time=due.has_time,
        recurrence=due.recurrence,
        ambiguous_due=due.ambiguous,
        doubts=doubts_of(plain, task, units),
        target_quantity=quantity,
        target_unit=unit,
        number=task.number,
    )


def without_names(text: str, units: UnitIndex) -> str:
    """A directive without its units' names: "Dinas Perikanan" is not yet about fish, "25 kecamatan" is no target."""
    pieces, at = [], 0
    for mention in units.mentions(text):
        named = mention.kind == "village" or (mention.kind == "unit" and not mention.place)
        if named or (mention.kind == "group" and not mention.condition):
            pieces.append(text[at : mention.start])
            at = mention.end
    return " ".join([*pieces, text[at:]])


def names_hidden(text: str, units: UnitIndex) -> str:
    """A text of the same length whose names cannot be read: what looks like a date in a name is no deadline."""
    pieces, at = [], 0
    for mention in units.mentions(text):
        pieces += [text[at : mention.start], _LETTER.sub("x", mention.words)]
        at = mention.end
    return "".join([*pieces, text[at:]])
