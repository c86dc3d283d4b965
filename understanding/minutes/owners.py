"""Sentences that name who answers for other points: "BKAD penanggung jawab poin 1 s.d. 2, Dinas Arsip poin 3"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from understanding.minutes.people import People, are_equals, people_of
from understanding.minutes.points import RESPONSIBLE, Task, numbers_in
from understanding.minutes.runs import runs_of
from understanding.minutes.wording import POINT_RANGE
from understanding.units import Mention, UnitIndex
from understanding.units.words import word_set

_LINKS = word_set(
    """penanggung jawab penanggungjawab penjab pj pic koordinator pelaksana utama leading sektor sector sebagai selaku menjadi adalah
    yaitu untuk pada atas oleh bertanggung bertanggungjawab mengoordinir mengkoordinir mengoordinasikan mengkoordinasikan memimpin
    dikoordinasikan dikoordinir dipimpin ditangani dilaksanakan dikerjakan dan serta sedangkan sementara adapun arahan poin butir di
    dengan ketentuan catatan itu tersebut"""
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Owners:
    """Who answers for the points `numbers`; `position` is the number of candidates read before the sentence."""

    numbers: list[str]
    people: People
    position: int = 0


def read_owners(text: str, mentions: Sequence[Mention], units: UnitIndex, position: int) -> list[Owners]:
    """The pairs of names and points, if the text holds nothing else; [] otherwise."""
    ranges = [match for match in POINT_RANGE.finditer(text) if numbers_in(match.group())]
    runs = runs_of(text, mentions)
    if not runs or len(runs) != len(ranges) or not (RESPONSIBLE.search(text) or _BY.search(text)):
        return []
    if not _only_links(text, [(run.start, run.end) for run in runs] + [match.span() for match in ranges]):
        return []
    if any(
        (run.start < points.start()) != (runs[0].start < ranges[0].start())
        for run, points in zip(runs, ranges, strict=True)
    ):
        return []
    owners = []
    for run, points in zip(runs, ranges, strict=True):
        people = people_of(run.members, units, run.excluded)
        if not people:
            return []
        owners.append(Owners(numbers_in(points.group()), people, position))
    return owners


_BY = re.compile(
    r"\b(?:dikoordinasikan|dikoordinir|dipimpin|ditangani|dilaksanakan|dikerjakan)\s+(?:oleh\s+)?", re.IGNORECASE
)


def _only_links(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return all(word in _LINKS for word in _WORD.findall("".join(rest).lower()))


def give_owners(tasks: Sequence[Task], owners: Sequence[Owners], units: UnitIndex) -> list[Task]:
    """Each point gets the one who answers for it: its only unit, or its coordinator. Points nobody answers for fall away."""
    for one in owners:
        for number in one.numbers:
            task = _point(tasks, number, one.position)
            if task is None:
                continue
            alone = not task.people
            task.people = one.people.add(task.people)
            if not alone and one.people.codes and not are_equals(one.people.codes, units):
                task.people.lead = one.people.codes[0]
    return [task for task in tasks if task.people or not task.unowned]


def _point(tasks: Sequence[Task], number: str, position: int) -> Task | None:
    """The nearest task above with this number, else the first one below."""
    same = [task for task in tasks if task.number == number]
    above = [task for task in same if task.place < position]
    return above[-1] if above else (same[0] if same else None)
