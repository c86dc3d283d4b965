"""The pack for the next Rakorpem: unresolved directives by programme, what keeps coming back, a draft agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.meetings import Meeting
from models.units import Programme
from presentation import words
from presentation.chat import brief
from presentation.matrix import percent_of
from presentation.print.meeting_pack import AgendaItem, OpenDirective, PackProgramme, RepeatedDirective
from presentation.weekly import units_in_words
from understanding.repeats import themes

DISCUSSED = 5
"""Programmes with an agenda item of their own: those with the most late directives."""
REPEATED = 15
"""As many of those that keep coming back are listed."""
DECISIONS = 20

OTHER = "Lainnya"

Given = tuple[Directive, Sequence[Assignment]]


def unresolved(given: Sequence[Given], now: datetime, zone: ZoneInfo) -> list[tuple[str, OpenDirective]]:
    """(programme tag, directive) for every directive that isn't finished by all its units, most late first."""
    open_ones = [(directive, tasks) for directive, tasks in given if any(task.is_open for task in tasks)]
    found = [
        (directive.programme_tag or "lainnya", _open(directive, tasks, now, zone)) for directive, tasks in open_ones
    ]
    return sorted(found, key=lambda pair: (-pair[1].days_late, pair[1].number))


def by_programme(
    found: Sequence[tuple[str, OpenDirective]], programmes: Mapping[str, Programme]
) -> list[PackProgramme]:
    """The same under their programmes, in the order of the secretariat's file; "Lainnya" comes last."""
    gathered: dict[str, list[OpenDirective]] = defaultdict(list)
    for tag, directive in found:
        gathered[tag if tag in programmes and tag != "lainnya" else ""].append(directive)
    tags = sorted(gathered, key=lambda tag: programmes[tag].position if tag else 10_000)
    return [PackProgramme(programmes[tag].name if tag else OTHER, gathered[tag]) for tag in tags]


def repeated(given: Sequence[Given], now: datetime, zone: ZoneInfo) -> list[RepeatedDirective]:
    """Directives that were given at more than one meeting, the most often repeated first. Takes a while: for a thread."""
    every = sorted(given, key=lambda pair: (pair[0].meeting.held_at, pair[0].id))
    by_tag: dict[str | None, list[Given]] = defaultdict(list)
    for one in every:
        by_tag[one[0].programme_tag].append(one)
    found = []
    for same in by_tag.values():
        for theme in themes([directive.text for directive, _ in same]):
            members = [same[place] for place in theme.places]
            meetings = {directive.meeting_id: directive.meeting for directive, _ in members}
            if len(meetings) > 1:
                newest, tasks = members[-1]
                held = _held(list(meetings.values()), zone)
                found.append(RepeatedDirective(f"{newest.number}: {newest.text}", held, standing_words(tasks, now)))
    return sorted(found, key=lambda one: -len(one.meetings))


def _held(meetings: Sequence[Meeting], zone: ZoneInfo) -> list[str]:
    """A few meetings by name and day, many by their days: their names hardly differ and would fill the page."""
    days = [one.held_at.astimezone(zone).date() for one in meetings]
    if len(meetings) <= 3:
        return [f"{brief(one.title, 40)} ({words.short_date(day)})" for one, day in zip(meetings, days, strict=True)]
    return [
        words.short_date(day) if place == len(days) - 1 or days[place + 1].year != day.year
        else words.short_date(day).rsplit(" ", 1)[0]
        for place, day in enumerate(days)
    ]  # fmt: skip


def foremost(decisions: Sequence[str]) -> list[str]:
    """The first decisions, and how many more there are, so that nothing is left out silently."""
    left = len(decisions) - DECISIONS
    return [*decisions[:DECISIONS], *([f"{left} hal lain, lihat /verifikasi dan /pantau."] if left > 0 else [])]


def agenda(programmes: Sequence[PackProgramme], decisions: int, starts: datetime | None) -> list[AgendaItem]:
    """A draft to begin with: what usually comes, and the programmes that are most behind."""
    every = [directive for programme in programmes for directive in programme.directives]
    late = sum(1 for directive in every if directive.days_late)
    items: list[tuple[int, str, str]] = [
        (10, "Pembukaan dan doa", "Protokol"),
    ]
    if every:
        report = f"Laporan tindak lanjut arahan: {len(every)} belum selesai"
        items.append((20, f"{report}, {late} melewati batas waktu" if late else report, "Sekretaris Daerah"))
    named = [programme for programme in programmes if programme.name != OTHER]
    pressing = sorted(named, key=lambda one: -sum(1 for directive in one.directives if directive.days_late))
    for programme in pressing[:DISCUSSED]:
        behind = sum(1 for directive in programme.directives if directive.days_late)
        text = f"{programme.name}: {len(programme.directives)} arahan belum selesai"
        items.append((10, f"{text}, {behind} melewati batas waktu" if behind else text, "Perangkat daerah terkait"))
    if decisions:
        items.append((15, f"Hal yang memerlukan keputusan ({decisions})", "Pimpinan rapat"))
    items += [(30, "Arahan pimpinan", "Pimpinan rapat"), (5, "Penutup", "Protokol")]
    return _timed(items, starts)


def standing_words(tasks: Sequence[Assignment], now: datetime) -> str:
    """ "18 dari 25 sudah melapor, 3 terkendala, 2 terlambat", or the status of the only unit."""
    active = [task for task in tasks if task.status != Status.CANCELLED]
    if len(active) == 1:
        late = "terlambat, " if active[0].is_late(now) else ""
        return late + words.STATUS_WORDS[Status(active[0].status)].lower()
    reported = sum(1 for task in active if task.reported_at is not None or task.status in FINISHED)
    parts = [f"{reported} dari {len(active)} sudah melapor"]
    for number, word in (
        (sum(1 for task in active if task.status in FINISHED), "selesai"),
        (sum(1 for task in active if task.status == Status.BLOCKED), "terkendala"),
        (sum(1 for task in active if task.is_late(now)), "terlambat"),
    ):
        if number:
            parts.append(f"{number} {word}")
    return ", ".join(parts)


def _open(directive: Directive, tasks: Sequence[Assignment], now: datetime, zone: ZoneInfo) -> OpenDirective:
    working = [task for task in tasks if task.is_open]
    due = min((task.due_at for task in working if task.due_at is not None), default=None)
    late = [-words.days_left(task.due_at, now, zone) for task in working if task.due_at and task.is_late(now)]
    lead = [task for task in tasks if task.is_lead] or list(tasks)
    return OpenDirective(
        number=directive.number or "",
        text=directive.text,
        units=units_in_words([task.unit for task in (lead if len(tasks) <= 3 else tasks)]),
        due=due.astimezone(zone).date() if due else None,
        progress=percent_of(tasks),
        standing=standing_words(tasks, now),
        days_late=max(1, *late) if late else 0,
    )


def _timed(items: Sequence[tuple[int, str, str]], starts: datetime | None) -> list[AgendaItem]:
    if starts is None:
        return [AgendaItem(subject, speaker) for _, subject, speaker in items]
    found, at = [], starts
    for minutes, subject, speaker in items:
        end = at + timedelta(minutes=minutes)
        found.append(AgendaItem(subject, speaker, f"{at:%H.%M}–{end:%H.%M}"))
        at = end
    return found
