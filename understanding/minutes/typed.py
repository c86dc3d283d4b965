"""One directive typed in one line behind /arahan."""

from datetime import datetime

from understanding.minutes.clauses import read_clauses
from understanding.minutes.draft import Draft
from understanding.minutes.drafting import draft_of, names_hidden
from understanding.minutes.due import due_of
from understanding.minutes.lines import clean
from understanding.minutes.people import People
from understanding.minutes.points import Task
from understanding.programmes import ProgrammeIndex, default_programmes
from understanding.units import UnitIndex


def read_directive(
    text: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex | None = None
) -> Draft:
    """Always a draft, however little was understood of it; `meeting_at` is aware (Asia/Jakarta)."""
    line = clean(" ".join(text.split()))
    mentions = units.mentions(line)
    people = People()
    for segment in read_clauses(line, mentions, units, strict=False).segments:
        people = people.add(segment.people)
    due = due_of(names_hidden(line, units), meeting_at, line)
    task = Task(line, (1, text.rstrip("\n").count("\n") + 1), people, due, mentions=tuple(mentions))
    return draft_of(task, units, programmes or default_programmes())
