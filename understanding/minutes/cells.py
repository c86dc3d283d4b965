"""Tasks from a table's rows: who stands in the cells, and until when."""

import re
from datetime import datetime

from understanding.minutes.clauses import read_clauses
from understanding.minutes.due import NONE, Due, due_of
from understanding.minutes.outline import Candidate
from understanding.minutes.people import People, people_of
from understanding.minutes.points import Task
from understanding.minutes.runs import runs_of
from understanding.minutes.tables import Row, has_header, read_table
from understanding.minutes.wording import EMPTY_CELL
from understanding.units import Mention, UnitIndex

_LEADS = re.compile(r"\s*\(?(?:koordinator|pj|ketua|leading)", re.IGNORECASE)


def table_tasks(candidate: Candidate, meeting_at: datetime, units: UnitIndex) -> list[Task]:
    """One task per row; without a column for the owner he is looked for in the description, then in the heading."""
    if candidate.mode == "none" and not has_header(candidate.block.rows):
        return []
    tasks = []
    for row in read_table(candidate.block.rows):
        people = _cell_people(row.lead, units).add(_cell_people(row.support, units))
        mentions = units.mentions(row.text)
        if not people:
            for segment in read_clauses(row.text, mentions, units, strict=False).segments:
                people = people.add(segment.people)
            if not people and candidate.heading is not None:
                people = candidate.heading
        tasks.append(
            Task(
                row.text,
                (row.first, row.last),
                people,
                _cell_due(row, candidate, meeting_at),
                context=f"{row.context} {row.topic} {candidate.topic}",
                number=row.number.strip(" ."),
                mentions=tuple(mentions),
                due_cell=bool(row.due),
            )
        )
    return tasks


def _cell_people(cell: str, units: UnitIndex) -> People:
    """A cell's names; what is none of them must be asked about."""
    if EMPTY_CELL.fullmatch(cell):
        return People()
    people = People()
    mentions = units.mentions(cell)
    for run in runs_of(cell, mentions, listed=True):
        more = people_of(run.members, units, run.excluded, places=True, listed=True)
        marked = [one for one in run.members if _LEADS.match(cell, one.end) and one.certain and one.codes]
        if marked and marked[0].codes[0] in more.codes:
            more.lead = marked[0].codes[0]
        people = people.add(more)
    if not mentions and re.search(r"[^\W\d_]{3}", cell):
        people.open.append(Mention(0, len(cell), cell, "unknown", certain=False))
    return people


def _cell_due(row: Row, candidate: Candidate, meeting_at: datetime) -> Due:
    if row.due and not EMPTY_CELL.fullmatch(row.due):
        return due_of(row.due, meeting_at) or due_of(f"paling lambat {row.due}", meeting_at)
    if row.due:
        return NONE
    return due_of(row.text, meeting_at) or due_of(candidate.heading_due, meeting_at)
