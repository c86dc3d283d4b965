"""Lists for looking deeper: edited in place, every number with a way on, every list with a way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.assignments import FINISHED, Assignment, Status
from models.directives import Directive
from models.meetings import Meeting
from models.scopes import Scope
from models.standing import Colour, Standing, Tally, colour_of
from models.units import GROUP_NAMES, Programme, Unit
from presentation.chat import brief, render
from presentation.keyboards import Button, Keyboard, button, pages, rows
from presentation.mail import Content
from presentation.places import OVERVIEW, Place, above, place

PER_PAGE = 8
Item = TypeVar("Item")
COLOUR_SIGNS = {Colour.BLUE: "🔵", Colour.GREEN: "🟢", Colour.YELLOW: "🟡", Colour.RED: "🔴", Colour.GREY: "⚪"}
STATE_NAMES = {
    "late": "🔴 Terlambat",
    "blocked": "🚧 Kendala",
    "silent": "⚪ Belum dilaporkan",
    "going": "🔵 Dalam proses",
    "waiting": "🟡 Menunggu verifikasi",
    "done": "🟢 Selesai",
    "all": "📋 Semua tugas",
}
_NARROW = {"silent": "⚪ Belum lapor", "waiting": "🟡 Verifikasi", "going": "🔵 Proses", "all": "📋 Semua"}


def number_of(state: str, tally: Tally) -> int:
    """The number of a Tally that a state's list explains."""
    return {
        "late": tally.late,
        "blocked": tally.blocked,
        "silent": tally.not_reported,
        "going": tally.in_progress,
        "waiting": tally.waiting,
        "done": tally.done,
    }.get(state, tally.total)


def overview(overall: Tally, now: datetime, zone: ZoneInfo) -> Content:
    """What /pantau shows when nothing was asked for: the counts, and the ways on."""
    keyboard = [
        [button("🔴 Terlambat", "late", 0), button("🚧 Kendala", "blocked", 0)],
        [button("🏛 Per unit", "units", "-"), button("🎯 Per program", "programmes", 0)],
        [button("🔢 Per status", "statuses"), button("🗓 Per rapat", "meetings_seen", 0)],
    ]
    return Content(render("overview", overall=overall, now=now, zone=zone), keyboard)


def statuses(overall: Tally, now: datetime, zone: ZoneInfo) -> Content:
    """Every number of the overview as a button to what it counts."""
    counted = [(state, number_of(state, overall)) for state in STATE_NAMES]
    keyboard = [[button(f"{STATE_NAMES[state]}: {number}", "status", state, "all", 0)] for state, number in counted]
    return Content(render("overview", overall=overall, now=now, zone=zone), [*keyboard, [OVERVIEW.back()]])


def state_buttons(tally: Tally, scope: str) -> list[list[Button]]:
    """The numbers of one unit, programme or meeting as buttons to what they count; those that are 0 are left out."""
    found = [
        button(f"{_NARROW.get(state, name)} {number_of(state, tally)}", "status", state, scope, 0)
        for state, name in STATE_NAMES.items()
        if number_of(state, tally)
    ]
    return rows(found, 3)


def assignment_list(
    title: str,
    found: Sequence[Assignment],
    total: int,
    page: int,
    now: datetime,
    zone: ZoneInfo,
    here: Place,
    back: Place = OVERVIEW,
    *,
    head: Sequence[str] = (),
    extra: Sequence[list[Button]] = (),
) -> Content:
    """One page of a list of tasks, each with a button to its view. `here` is this list without the page."""
    text = render("assignment_list", title=title, head=head, tasks=found, total=total, first=page * PER_PAGE + 1,
                  now=now, zone=zone)  # fmt: skip
    code = Place(here.verb, (*here.arguments, str(page))).code
    open_one = [
        button(f"{page * PER_PAGE + index}", "look_task", one.id, *([code] if code else []))
        for index, one in enumerate(found, start=1)
    ]
    # Words that are too long for a button's data are not paged: the list says to narrow the search.
    turning = pages(here.verb, page, last_page(total), *here.arguments) if code else []
    return Content(text, [*rows(open_one, 4), turning, *extra, [back.back()]])


def not_found(wanted: str, near: Sequence[tuple[str, Scope]], now: datetime, zone: ZoneInfo) -> Content:
    """Nothing is called so: what may have been meant, as buttons, or how to search."""
    keyboard = [[above(scope).back(label)] for label, scope in near]
    return Content(render("not_found", wanted=wanted, near=near, now=now, zone=zone), [*keyboard, [OVERVIEW.back()]])


def beside(shown: Content, others: Sequence[tuple[str, Scope]], words: str) -> Content:
    """A view with buttons to what else goes by the same name, and to everything in which the words occur."""
    more = [[above(scope).back(label)] for label, scope in others]
    search = place("search", searchable(words), 0)
    if words and search.code:
        more.append([search.back(f"🔎 Semua dengan kata “{brief(words, 30)}”")])
    return Content(shown.text, [*shown.keyboard[:-1], *more, *shown.keyboard[-1:]])


def searchable(words: str) -> str:
    """Without what a button's data is parted by: a colon its arguments, a wave those of a way back."""
    return " ".join(words.replace(":", " ").replace("~", " ").split())


def directive_list(
    title: str,
    found: Sequence[tuple[Directive, Tally]],
    total: int,
    page: int,
    now: datetime,
    zone: ZoneInfo,
    here: Place,
    back: Place,
    *,
    extra: Sequence[list[Button]] = (),
) -> Content:
    """Directives with their roll-up, those with most late first, and a button to each."""
    text = render("directive_list", title=title, directives=found, total=total, first=page * PER_PAGE + 1, now=now,
                  zone=zone)  # fmt: skip
    code = Place(here.verb, (*here.arguments, str(page))).code
    open_one = [
        button(f"{page * PER_PAGE + index}", "look_directive", one.id, 0, code)
        for index, (one, _) in enumerate(found, start=1)
    ]
    turning = pages(here.verb, page, last_page(total), *here.arguments)
    return Content(text, [*rows(open_one, 4), turning, *extra, [back.back()]])


def unit_groups(units: Sequence[Unit], standing: Standing, now: datetime, zone: ZoneInfo) -> Content:
    """The kinds of units with their counts."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for unit in units:
        if unit.code in standing.units:
            sums[unit.group].add(standing.units[unit.code])
    lines = [(GROUP_NAMES.get(group, group), tally) for group, tally in sums.items()]
    keyboard = [[button(f"🏛 {GROUP_NAMES.get(group, group)}", "units", group, 0)] for group in sums]
    text = render("tallies", title="🏛 Per unit", lines=lines, now=now, zone=zone)
    return Content(text, [*keyboard, [OVERVIEW.back()]])


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
    return Content(text, [*keyboard, pages("programmes", page, last), [OVERVIEW.back()]])


def meeting_list(meetings: Sequence[Meeting], page: int, now: datetime, zone: ZoneInfo) -> Content:
    """The meetings, newest first, each with a button to its directives."""
    page, last, shown = _slice(meetings, page)
    keyboard: Keyboard = [
        [button(f"🗓 {brief(one.title, 40)}, {one.held_at.astimezone(zone):%d/%m/%Y}", "meeting", one.id, 0)]
        for one in shown
    ]
    text = render("meetings_seen", meetings=shown, total=len(meetings), now=now, zone=zone)
    return Content(text, [*keyboard, pages("meetings_seen", page, last), [OVERVIEW.back()]])


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


def last_page(total: int) -> int:
    return max(0, (total - 1) // PER_PAGE)


def _slice(found: Sequence[Item], page: int) -> tuple[int, int, Sequence[Item]]:
    last = last_page(len(found))
    page = min(page, last)
    return page, last, found[page * PER_PAGE : (page + 1) * PER_PAGE]
