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
from presentation.weekly import units_in_words

NAMED = 6
"""More units than these are counted instead of named."""
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
        obstacle=_joined([f"{task.unit.short_name}: {task.obstacle}" for task in tasks if task.obstacle]),
        next_step=_joined([f"{task.unit.short_name} perlu {task.help_from}" for task in tasks if task.help_from]),
        evidence=evidence_counted(evidence),
        remark=_remark(tasks, now),
    )


def _said(tasks: Sequence[Assignment], said: Mapping[int, Said]) -> str:
    """The newest words of each unit, at most three units."""
    newest = [(task, said[task.id]) for task in tasks if task.id in said and said[task.id].text.strip()]
    newest.sort(key=lambda pair: pair[1].at, reverse=True)
    return "\n".join(f"{brief(task.unit.short_name, 30)}: {brief(one.text, 90)}" for task, one in newest[:3])


def _joined(lines: Sequence[str]) -> str:
    """The first ones in full, the others counted: 25 obstacles in a cell are read by nobody."""
    more = f"; +{len(lines) - NAMED} unit lagi" if len(lines) > NAMED else ""
    return "; ".join(lines[:NAMED]) + more


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
    late = [brief(task.unit.short_name, 30) for task in tasks if task.is_late(now)]
    done = sum(1 for task in tasks if task.status in FINISHED)
    parts = [f"{done} dari {len(tasks)} unit selesai"] if len(tasks) > 1 else []
    if late:
        parts.append("terlambat: " + (", ".join(late) if len(late) <= LATE_NAMED else f"{len(late)} unit"))
    return "; ".join(parts)
