"""Lists and views for looking deeper: edited in place, with a way on and a way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.meetings import Meeting
from models.reports import Report
from models.standing import Colour, Standing, Tally, colour_of
from models.units import GROUP_NAMES, Programme, Unit
from presentation.chat import brief, render
from presentation.keyboards import Keyboard, button, pages, rows
from presentation.mail import Content
from presentation.receipts import evidence_words

PER_PAGE = 8
Item = TypeVar("Item")
COLOUR_SIGNS = {Colour.BLUE: "🔵", Colour.GREEN: "🟢", Colour.YELLOW: "🟡", Colour.RED: "🔴", Colour.GREY: "⚪"}


def overview(overall: Tally, now: datetime, zone: ZoneInfo) -> Content:
    """What /pantau shows when nothing was asked for: the counts, and four ways on."""
    keyboard = [
        [button("🔴 Terlambat", "late", 0), button("🚧 Kendala", "blocked", 0)],
        [button("🏛 Per unit", "units", "-"), button("🎯 Per program", "programmes", 0)],
    ]
    return Content(render("overview", overall=overall, now=now, zone=zone), keyboard)


def assignment_list(
    title: str, found: Sequence[Assignment], page: int, now: datetime, zone: ZoneInfo, verb: str, argument: str = ""
) -> Content:
    """A paged list of tasks, each with a button to its view. `verb` and `argument` lead to the other pages."""
    page, last, shown = _slice(found, page)
    text = render(
        "assignment_list", title=title, tasks=shown, total=len(found), first=page * PER_PAGE + 1, now=now, zone=zone
    )
    open_one = [button(f"{page * PER_PAGE + index}", "look_task", one.id) for index, one in enumerate(shown, start=1)]
    extra = (argument,) if argument else ()
    # Words that are too long for a button's data are not paged: the list says to narrow the search.
    turning = pages(verb, page, last, *extra) if len(argument.encode()) <= 40 else []
    return Content(text, [*rows(open_one, 4), turning])


def unit_groups(units: Sequence[Unit], standing: Standing, now: datetime, zone: ZoneInfo) -> Content:
    """The kinds of units with their counts."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for unit in units:
        if unit.code in standing.units:
            sums[unit.group].add(standing.units[unit.code])
    lines = [(GROUP_NAMES.get(group, group), tally) for group, tally in sums.items()]
    keyboard = [[button(f"🏛 {GROUP_NAMES.get(group, group)}", "units", group, 0)] for group in sums]
    return Content(render("tallies", title="🏛 Per unit", lines=lines, now=now, zone=zone), keyboard)


def unit_list(
    group: str, units: Sequence[Unit], standing: Standing, page: int, now: datetime, zone: ZoneInfo
) -> Content:
    """The units of one kind with their colours, those in trouble first."""
    having = [unit for unit in units if unit.group == group and unit.code in standing.units]
    having.sort(key=lambda unit: (-standing.units[unit.code].late, unit.position))
    page, last, shown = _slice(having, page)
    lines = [
        (f"{COLOUR_SIGNS[colour_of(standing.units[unit.code])]} {unit.short_name}", standing.units[unit.code])
        for unit in shown
    ]
    text = render("tallies", title=f"🏛 {GROUP_NAMES.get(group, group)}", lines=lines, now=now, zone=zone)
    keyboard = rows([button(unit.short_name, "unit", unit.code, 0) for unit in shown], 2)
    return Content(text, [*keyboard, pages("units", page, last, group), [button("⬅️ Kembali", "units", "-")]])


def programme_list(
    programmes: Mapping[str, Programme], standing: Standing, page: int, now: datetime, zone: ZoneInfo
) -> Content:
    """Every programme with tasks, in the order of the secretariat's file."""
    tags = sorted(standing.programmes, key=lambda tag: programmes[tag].position if tag in programmes else 10_000)
    page, last, shown = _slice(tags, page)
    named = [(programmes[tag].name if tag in programmes else "Lainnya", tag) for tag in shown]
    lines = [(name, standing.programmes[tag]) for name, tag in named]
    keyboard: Keyboard = [
        [button(f"🎯 {brief(name, 50)}", "programme", tag, 0)] for name, tag in named if tag in programmes
    ]
    text = render("tallies", title="🎯 Per program", lines=lines, now=now, zone=zone)
    return Content(text, [*keyboard, pages("programmes", page, last)])


def directive_view(
    directive: Directive,
    assignments: Sequence[Assignment],
    page: int,
    now: datetime,
    zone: ZoneInfo,
    *,
    may_manage: bool = False,
) -> Content:
    """A directive with every unit's status, and a button to each unit's task."""
    active = [one for one in assignments if one.status != Status.CANCELLED]
    active.sort(key=lambda one: (not one.is_late(now), one.status in FINISHED, one.id))
    page, last, shown = _slice(active, page)
    text = render("directive_view", directive=directive, tasks=shown, total=len(active),
                  finished=sum(1 for one in active if one.status in FINISHED), now=now, zone=zone)  # fmt: skip
    keyboard = rows([button(one.unit.short_name, "look_task", one.id) for one in shown], 2)
    manage = [button("⚙️ Kelola", "issued", directive.id)] if may_manage else []
    return Content(text, [*keyboard, pages("look_directive", page, last, directive.id), manage])


def task_view(
    assignment: Assignment, reports: Sequence[Report], now: datetime, zone: ZoneInfo, *, may_note: bool
) -> Content:
    """A unit's task: what was asked, where it stands, what was reported."""
    evidence = [one for report in reports for one in report.evidence]
    text = render("task_view", assignment=assignment, directive=assignment.directive, reports=reports[-5:],
                  more=len(reports) - 5, evidence=evidence_words(evidence), now=now, zone=zone)  # fmt: skip
    keyboard: Keyboard = []
    if evidence:
        keyboard.append([button(f"🖼 Lihat bukti ({len(evidence)})", "evidence", assignment.id)])
    if may_note:
        keyboard.append([button("💬 Beri catatan", "note", assignment.id)])
    keyboard.append([button(f"⬅️ Arahan {assignment.directive.number}", "look_directive", assignment.directive_id, 0)])
    return Content(text, keyboard)


def group_rollup(
    meeting: Meeting, found: Sequence[tuple[Directive, Sequence[Assignment]]], now: datetime, zone: ZoneInfo
) -> Content:
    """How a meeting's directives stand, for its group. Nothing confidential is among them."""
    lines = []
    for directive, assignments in found:
        active = [one for one in assignments if one.status != Status.CANCELLED]
        lines.append(
            {
                "directive": directive,
                "total": len(active),
                "reported": sum(1 for one in active if one.reported_at is not None or one.status in FINISHED),
                "finished": sum(1 for one in active if one.status in FINISHED),
                "late": sum(1 for one in active if one.is_late(now)),
                "silent": [
                    one.unit.short_name for one in active if one.reported_at is None and one.status not in FINISHED
                ],
            }
        )
    return Content(render("group_rollup", meeting=meeting, lines=lines, now=now, zone=zone))


def _slice(found: Sequence[Item], page: int) -> tuple[int, int, Sequence[Item]]:
    last = max(0, (len(found) - 1) // PER_PAGE)
    page = min(page, last)
    return page, last, found[page * PER_PAGE : (page + 1) * PER_PAGE]
