"""From a notulen's text to drafts: outline, clauses, deadlines, programmes, and what must be asked."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from understanding.minutes.acceptance import is_task, may_be_owned, work_of
from understanding.minutes.blocks import read_blocks
from understanding.minutes.cells import table_tasks
from understanding.minutes.clauses import Segment, read_clauses
from understanding.minutes.draft import Draft
from understanding.minutes.drafting import draft_of, names_hidden
from understanding.minutes.due import Due, due_of
from understanding.minutes.headings import only_names
from understanding.minutes.lines import read_lines
from understanding.minutes.outline import Candidate, read_outline
from understanding.minutes.owners import Owners, give_owners, read_owners
from understanding.minutes.people import People, people_of
from understanding.minutes.points import Task, apply_common, points_of
from understanding.programmes import ProgrammeIndex, default_programmes
from understanding.units import Mention, UnitIndex

_PROBLEM = re.compile(
    r"(?:permasalahan|masalah|kondisi|isu|kendala|temuan|terkait|soal|mengenai|tentang|perihal|topik)\b|[^.]*:$",
    re.IGNORECASE,
)
_EDGES = " \t,;:–—-"


def read_minutes(
    text: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex | None = None
) -> list[Draft]:
    """All directives of a notulen in order; `meeting_at` is aware (Asia/Jakarta) and the base of every date."""
    programmes = programmes or default_programmes()
    blocks = read_blocks(read_lines(text))
    outline = read_outline(blocks, units, lambda phrase: bool(due_of(phrase, meeting_at)))
    tasks: list[Task] = []
    owners: list[Owners] = []
    for place, candidate in enumerate(outline.candidates):
        answering = (
            [] if candidate.block.rows else read_owners(candidate.text, units.mentions(candidate.text), units, place)
        )
        if answering:
            owners.extend(answering)
            continue
        if candidate.block.rows:
            found = table_tasks(candidate, meeting_at, units)
        else:
            found = _text_tasks(candidate, meeting_at, units, tasks)
            _explain(
                found,
                outline.candidates[place - 1] if place else None,
                candidate,
                bool(tasks) and tasks[-1].place == place - 1 and not tasks[-1].unowned,
            )
        for task in found:
            task.place = place
        tasks.extend(found)
    tasks = apply_common(give_owners(tasks, owners, units), outline.common, meeting_at)
    return [draft_of(task, units, programmes) for task in tasks]


def _text_tasks(candidate: Candidate, meeting_at: datetime, units: UnitIndex, before: Sequence[Task]) -> list[Task]:
    text = candidate.text
    mentions = units.mentions(text)
    points = points_of(text, before)
    strict = candidate.mode == "report" or (candidate.mode == "open" and not (candidate.marker or candidate.spoken))
    listed = candidate.mode == "list" or candidate.spoken
    reading = read_clauses(text, mentions, units, strict=strict, listed=listed)
    hidden = names_hidden(text, units)
    tasks = []
    for segment in reading.segments:
        body = text[segment.start : segment.end].strip(_EDGES)
        people = segment.people
        if points and not people.codes:
            people = points
        elif not segment.has_subject and candidate.heading is not None:
            people = _named_below(candidate, units) or candidate.heading.add(people)
        due = _due(hidden, text, segment, candidate, meeting_at)
        work = work_of(text, segment, _within(mentions, segment), due)
        accepted = is_task(body, people, due, segment, candidate, reading, work)
        if not accepted and not may_be_owned(body, people, due, candidate, reading):
            continue
        begin = candidate.offset + segment.start
        tasks.append(
            Task(
                body,
                candidate.block.lines_of(begin, candidate.offset + segment.end),
                people,
                due,
                context=f"{reading.prefix} {candidate.topic}",
                number=candidate.marker,
                mentions=tuple(mentions),
                sentence=segment.sentence,
                from_points=bool(points),
                unowned=not accepted,
            )
        )
    _share_due(tasks)
    return tasks


def _explain(found: Sequence[Task], before: Candidate | None, candidate: Candidate, before_asks: bool) -> None:
    """What stands directly before without asking anything ("Masalah: …") tells what a directive is about."""
    if before is None or before_asks or before.block.rows or candidate.block.first != before.block.last + 1:
        return
    if candidate.block.level and candidate.block.level == before.block.level:
        return
    if not _PROBLEM.match(before.text):
        return
    for task in found:
        task.context = f"{task.context} {before.text}"


def _named_below(candidate: Candidate, units: UnitIndex) -> People | None:
    """Under "Untuk puskesmas:" the names that open a line need no "Puskesmas": "Mutiara dan Gambir Baru: …"."""
    names, colon, _ = candidate.text.partition(":")
    if not colon or candidate.heading is None or candidate.heading.groups != ["seluruh_puskesmas"]:
        return None
    text = f"Puskesmas {names}"
    mentions = units.mentions(text)
    if not only_names(text, mentions) or not all(one.kind == "unit" for one in mentions):
        return None
    return people_of(mentions, units)


def _within(mentions: Sequence[Mention], segment: Segment) -> Sequence[Mention]:
    """The mentions that begin in a segment."""
    first = bisect_left(mentions, segment.start, key=lambda mention: mention.start)
    return mentions[first : bisect_left(mentions, segment.end, lo=first, key=lambda mention: mention.start)]


def _due(hidden: str, text: str, segment: Segment, candidate: Candidate, meeting_at: datetime) -> Due:
    """The segment's own deadline, else the sentence's, else the heading's."""
    start, end = segment.start, segment.end
    return (
        due_of(hidden[start:end], meeting_at, text[start:end])
        or due_of(segment.shared, meeting_at)
        or due_of(candidate.heading_due, meeting_at)
    )


def _share_due(tasks: Sequence[Task]) -> None:
    """A deadline at the end of a sentence that was cut holds for all of its directives."""
    for index in range(len(tasks) - 2, -1, -1):
        task, after = tasks[index], tasks[index + 1]
        if not task.due and after.due and not after.due.recurring and task.sentence == after.sentence:
            task.due = after.due
