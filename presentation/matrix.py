"""The lines of matriks tindak lanjut: one for each directive, whoever it was given to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.said import Said
from presentation import words
from presentation.chat import brief
from presentation.print.matrix_view import MatrixRow
from presentation.receipts import evidence_counted
from presentation.weekly import spoken, units_in_words

NAMED = 6
"""More units than these are counted instead of named."""
LINES = 4
"""As many different obstacles stand in a cell: what fills a page is read by nobody."""
LATE_NAMED = 3
"""The last column is narrow: more late units than these are counted."""


@dataclass(frozen=True)
class Told:
    """What the units said last, and how much evidence of each kind they sent, by assignment."""

    said: Mapping[int, Said]
    evidence: Mapping[int, Counter[str]]


def matrix_rows(
    directives: Sequence[tuple[Directive, Sequence[Assignment]]], told: Told, now: datetime, zone: ZoneInfo
) -> list[MatrixRow]:
    """One row for each directive."""
    return [
        _row(number, directive, tasks, told, now, zone) for number, (directive, tasks) in enumerate(directives, start=1)
    ]


def _row(
    number: int, directive: Directive, tasks: Sequence[Assignment], told: Told, now: datetime, zone: ZoneInfo
) -> MatrixRow:
    lead = [task for task in tasks if task.is_lead] or list(tasks)
    support = [task for task in tasks if task not in lead]
    due = max((task.due_at for task in tasks if task.due_at is not None), default=directive.due_at)
    evidence: Counter[str] = sum((told.evidence.get(task.id, Counter()) for task in tasks), Counter())
    return MatrixRow(
        no=number,
        directive=f"{directive.number}: {directive.text}",
        follow_up=_said(tasks, told.said),
        lead=_names(lead),
        support=_names(support),
        target=words.quantity(directive.target_quantity, None, directive.target_unit),
        due=due.astimezone(zone).date() if due else None,
        progress=percent_of(tasks),
        status=_status(tasks),
        obstacle=_gathered([(task, task.obstacle) for task in tasks if task.obstacle], len(tasks)),
        next_step=_gathered([(task, f"perlu {task.help_from}") for task in tasks if task.help_from], len(tasks)),
        evidence=evidence_counted(evidence),
        remark=_remark(tasks, now),
    )


def _said(tasks: Sequence[Assignment], said: Mapping[int, Said]) -> str:
    """The newest words of each unit, at most three units, two when it was given to many."""
    newest = [(task, said[task.id]) for task in tasks if task.id in said and said[task.id].text.strip()]
    newest.sort(key=lambda pair: pair[1].at, reverse=True)
    if len(tasks) == 1:
        return brief(newest[0][1].text, 300) if newest else ""
    shown = newest[: 2 if len(tasks) > NAMED else 3]
    return "\n".join(f"{brief(spoken(task.unit), 30)}: {brief(one.text, 90)}" for task, one in shown)


def _gathered(told: Sequence[tuple[Assignment, str]], asked: int) -> str:
    """What several units say alike is one line with their names, most units first; the only unit needs no name."""
    if asked == 1:
        return "; ".join(line for _, line in told)
    alike: dict[str, list[tuple[Assignment, str]]] = {}
    for task, line in told:
        alike.setdefault(" ".join(line.split()).casefold(), []).append((task, line))
    lines = [
        f"{same[0][1]} ({_some([spoken(task.unit) for task, _ in same])})"
        for same in sorted(alike.values(), key=len, reverse=True)
    ]
    more = f"; +{len(lines) - LINES} lainnya" if len(lines) > LINES else ""
    return "; ".join(lines[:LINES]) + more


def _some(names: Sequence[str]) -> str:
    """ "Kec. Meranti, Kec. Air Joman", or the first of many and how many more."""
    return ", ".join(names) if len(names) <= 2 else f"{names[0]} +{len(names) - 1} unit"


def _names(tasks: Sequence[Assignment]) -> str:
    if len(tasks) > NAMED:
        return units_in_words([task.unit for task in tasks])
    return ", ".join(task.unit.name for task in tasks)


def percent_of(tasks: Sequence[Assignment]) -> int | None:
    """The mean over all units; one that said nothing counts as 0. None when nobody said anything."""
    told = [100 if task.status in FINISHED else task.percent for task in tasks]
    if all(percent is None for percent in told):
        return None
    return round(sum(percent or 0 for percent in told) / len(told))


def _status(tasks: Sequence[Assignment]) -> str:
    """The status of the least advanced: a directive is done when all its units are."""
    order = (
        Status.BLOCKED,
        Status.RETURNED,
        Status.SENT,
        Status.ACCEPTED,
        Status.IN_PROGRESS,
        Status.SUBMITTED,
        Status.SUSTAINED,
        Status.DONE,
        Status.CANCELLED,
    )
    if any(task.status == Status.SENT for task in tasks) and any(task.status not in (Status.SENT,) for task in tasks):
        return words.STATUS_WORDS[
            Status.BLOCKED if any(t.status == Status.BLOCKED for t in tasks) else Status.IN_PROGRESS
        ]
    return words.STATUS_WORDS[min((Status(task.status) for task in tasks), key=order.index)]


def _remark(tasks: Sequence[Assignment], now: datetime) -> str:
    late = [brief(spoken(task.unit), 30) for task in tasks if task.is_late(now)]
    done = sum(1 for task in tasks if task.status in FINISHED)
    blocked = sum(1 for task in tasks if task.status == Status.BLOCKED)
    parts = [f"{done} dari {len(tasks)} unit selesai"] if len(tasks) > 1 else []
    if blocked and len(tasks) > 1:
        parts.append(f"{blocked} terkendala")
    if late:
        parts.append("terlambat: " + (", ".join(late) if len(late) <= LATE_NAMED else f"{len(late)} unit"))
    return "; ".join(parts)
