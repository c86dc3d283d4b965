"""From a notulen's text to drafts: outline, clauses, deadlines, programmes, and what must be asked."""

import re
from collections.abc import Sequence
from datetime import datetime

from understanding.minutes.blocks import Block, read_blocks
from understanding.minutes.clauses import Reading, Segment, read_clauses
from understanding.minutes.doubts import doubts_of, unresolved_of
from understanding.minutes.draft import Draft
from understanding.minutes.due import NONE, Due, due_of
from understanding.minutes.lines import clean, read_lines
from understanding.minutes.outline import Candidate, read_outline
from understanding.minutes.people import People, lead_of, people_of
from understanding.minutes.points import Task, apply_common, points_of
from understanding.minutes.roles import TOLD
from understanding.minutes.runs import runs_of
from understanding.minutes.tables import Row, has_header, read_table
from understanding.minutes.targets import target_of
from understanding.minutes.wording import CANCELLED, EMPTY_CELL, FINISHED, FINISHED_SENTENCE, QUESTION
from understanding.programmes import OTHER, ProgrammeIndex, default_programmes
from understanding.units import Mention, UnitIndex
from understanding.units.predicates import is_predicate

_LETTER = re.compile(r"[^\W_]")
_EDGES = " \t,;:–—-"
_GENERAL = re.compile(
    r"\b(?:kita|jangan|jgn|mari|semoga|jaga|tetap|terima kasih|marilah|ayo|bersyukur)\b", re.IGNORECASE
)
_PLAN = re.compile(r"\b(?:agar|supaya|segera|wajib|harus|diminta)\b", re.IGNORECASE)


def read_minutes(
    text: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex | None = None
) -> list[Draft]:
    """All directives of a notulen in order; `meeting_at` is aware (Asia/Jakarta) and the base of every date."""
    programmes = programmes or default_programmes()
    blocks = read_blocks(read_lines(text))
    outline = read_outline(blocks, units, lambda phrase: bool(due_of(phrase, meeting_at)))
    tasks: list[Task] = []
    for place, candidate in enumerate(outline.candidates):
        if candidate.block.rows:
            found = _table_tasks(candidate, meeting_at, units)
        else:
            found = _text_tasks(candidate, meeting_at, units, tasks)
            _explain(
                found,
                outline.candidates[place - 1] if place else None,
                candidate,
                bool(tasks) and tasks[-1].place == place - 1,
            )
        for task in found:
            task.place = place
        tasks.extend(found)
    tasks = apply_common(tasks, outline.common, meeting_at)
    return [_draft(task, units, programmes) for task in tasks]


def read_directive(
    text: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex | None = None
) -> Draft:
    """One directive typed in one line; always a draft, however little was understood of it."""
    programmes = programmes or default_programmes()
    line = clean(" ".join(text.split()))
    mentions = units.mentions(line)
    reading = read_clauses(line, mentions, units, strict=False)
    people = People()
    for segment in reading.segments:
        people = people.add(segment.people)
    task = Task(line, (1, max(1, text.count("\n") + 1)), people, due_of(line, meeting_at), context=line)
    if not people.mentioned:
        for run in runs_of(line, mentions)[:1]:
            if run.role == "object" and not run.bare and not line[: run.start].strip():
                task.people = people_of(run.members, units, run.excluded)
    task.typed = True
    return _draft(task, units, programmes)


def _text_tasks(candidate: Candidate, meeting_at: datetime, units: UnitIndex, before: Sequence[Task]) -> list[Task]:
    text = candidate.text
    mentions = units.mentions(text)
    points = points_of(text, before)
    strict = candidate.mode == "report" or (candidate.mode == "open" and not candidate.marker)
    reading = read_clauses(text, mentions, units, strict=strict)
    tasks = []
    for segment in reading.segments:
        body = text[segment.start : segment.end].strip(_EDGES)
        people = segment.people
        if points and not people.codes:
            people = points
        elif not segment.has_subject and candidate.heading is not None:
            people = candidate.heading.add(people)
        due = _due(_masked(text, segment, mentions).strip(_EDGES), segment, candidate, meeting_at)
        if not _is_task(body, people, due, segment, candidate, reading, text, mentions):
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
            )
        )
    _share_due(tasks)
    return tasks


def _masked(text: str, segment: Segment, mentions: Sequence[Mention]) -> str:
    """A directive's words with the names made unreadable: what looks like a date in a name is no deadline."""
    pieces, at = [], segment.start
    for mention in mentions:
        if segment.start <= mention.start and mention.end <= segment.end:
            pieces += [text[at : mention.start], _LETTER.sub("x", mention.words)]
            at = mention.end
    return "".join([*pieces, text[at : segment.end]])


def _explain(found: Sequence[Task], before: Candidate | None, candidate: Candidate, before_asks: bool) -> None:
    """What stands directly before without asking anything ("Masalah: …") tells what a directive is about."""
    if before is None or before_asks or before.block.rows or candidate.block.first != before.block.last + 1:
        return
    if candidate.block.level and candidate.block.level == before.block.level:
        return
    for task in found:
        task.context = f"{task.context} {before.text}"


def _due(body: str, segment: Segment, candidate: Candidate, meeting_at: datetime) -> Due:
    return (
        due_of(body, meeting_at)
        or (due_of(segment.shared, meeting_at) if segment.shared else NONE)
        or (due_of(candidate.heading_due, meeting_at) if candidate.heading_due else NONE)
    )


def _share_due(tasks: Sequence[Task]) -> None:
    """A deadline at the end of a sentence that was cut holds for all of its directives."""
    for index in range(len(tasks) - 2, -1, -1):
        task, after = tasks[index], tasks[index + 1]
        if not task.due and after.due and not after.due.recurring and task.sentence == after.sentence:
            task.due = after.due


def _is_task(
    body: str,
    people: People,
    due: Due,
    segment: Segment,
    candidate: Candidate,
    reading: Reading,
    text: str,
    mentions: Sequence[Mention],
) -> bool:
    if len(body) < 8 or QUESTION.search(text) or CANCELLED.search(body) or _finished(body):
        return False
    if not _has_work(text, segment, mentions, due):
        return False
    if segment.weak and not due and TOLD.search(body) and not _PLAN.search(body):
        return False
    if people:
        if segment.has_subject or candidate.heading is not None:
            return candidate.mode != "report" or bool(_PLAN.search(body))
        if reading.report:
            return False
        return candidate.mode == "list" or bool(candidate.marker) or (candidate.spoken and bool(due))
    if people.outsiders or candidate.mode != "list" or reading.report or _GENERAL.search(body):
        return False
    return bool(due) and not due.recurring and _acts(body)


def _acts(body: str) -> bool:
    """Whether a text without an owner at least says what to do."""
    return any(is_predicate(word.lower()) for word in re.findall(r"[^\W\d_]+", body)[:4])


def _finished(body: str) -> bool:
    found = FINISHED.search(body)
    return bool(found) and (not _PLAN.search(body) or bool(FINISHED_SENTENCE.search(body)))


def _has_work(text: str, segment: Segment, mentions: Sequence[Mention], due: Due) -> bool:
    """More than names and a date."""
    rest = list(text[segment.start : segment.end])
    for mention in mentions:
        if mention.kind != "village":
            for at in range(max(mention.start, segment.start), min(mention.end, segment.end)):
                rest[at - segment.start] = " "
    plain = "".join(rest).replace(due.words or "\0", " ")
    return len({word.lower() for word in re.findall(r"[^\W\d_]{3,}", plain)}) >= (2 if segment.weak and not due else 1)


def _table_tasks(candidate: Candidate, meeting_at: datetime, units: UnitIndex) -> list[Task]:
    tasks: list[Task] = []
    if candidate.mode == "none" and not has_header(candidate.block.rows):
        return tasks
    for row in read_table(candidate.block.rows):
        people = _cell_people(row.lead, units).add(_cell_people(row.support, units))
        mentions = units.mentions(row.text)
        if not people:
            reading = read_clauses(row.text, mentions, units, strict=False)
            for segment in reading.segments:
                people = people.add(segment.people)
            if not people and candidate.heading is not None:
                people = candidate.heading
        tasks.append(
            Task(
                row.text,
                (row.first, row.last),
                people,
                _cell_due(row, candidate, meeting_at),
                context=f"{row.context} {row.topic} {candidate.topic} {row.note}",
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
        people = people.add(people_of(run.members, units, run.excluded, places=True))
        if people.codes and re.match(r"\s*\(?(?:koordinator|pj|ketua|leading)", cell[run.end :], re.IGNORECASE):
            people.lead = people_of(run.members[-1:], units, places=True).codes[0]
    if not mentions and re.search(r"[^\W\d_]{3}", cell):
        people.open.append(Mention(0, len(cell), cell, "unknown", certain=False))
    return people


def _cell_due(row: Row, candidate: Candidate, meeting_at: datetime) -> Due:
    if row.due and not EMPTY_CELL.fullmatch(row.due):
        return due_of(row.due, meeting_at) or due_of(f"paling lambat {row.due}", meeting_at)
    if row.due:
        return NONE
    return due_of(row.text, meeting_at) or (
        due_of(candidate.heading_due, meeting_at) if candidate.heading_due else NONE
    )


def _draft(task: Task, units: UnitIndex, programmes: ProgrammeIndex) -> Draft:
    people, due = task.people, task.due
    programme = programmes.tag_of(_without_names(task.text, units))
    if programme == OTHER and task.context:
        programme = programmes.tag_of(task.context)
    quantity, unit = target_of(task.text, due.words or "")
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
        doubts=doubts_of(task.text, people, due, units),
        target_quantity=quantity,
        target_unit=unit,
        number=task.number,
    )


def _without_names(text: str, units: UnitIndex) -> str:
    """A directive without its units' names: "Dinas Perikanan" is not yet about fish."""
    rest = list(text)
    for mention in units.mentions(text):
        if mention.kind == "unit" and not mention.place:
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(rest)


__all__ = ["Block", "read_directive", "read_minutes"]
