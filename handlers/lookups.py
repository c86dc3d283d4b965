"""Looking things up: /pantau, /terlambat, and the way from any number to a task with its reports and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from handlers.rights import Deed, Scope, scope_of
from handlers.turn import Refused, Turn
from models.assignments import Assignment
from models.lookups import (
    assignments_of,
    assignments_where,
    directive_by_number,
    directives_of_meeting,
    filed_reports,
    late_assignments,
    search_assignments,
)
from models.meetings import current_meeting
from models.standing import blocked_assignments, standing
from models.units import Programme, Unit, all_programmes, all_units
from presentation.lookups import (
    assignment_list,
    directive_view,
    group_rollup,
    overview,
    programme_list,
    task_view,
    unit_groups,
    unit_list,
)
from presentation.mail import Content


async def watch(turn: Turn) -> None:
    """`/pantau [unit|program|kata|nomor]`; in a group: how the current meeting's directives stand."""
    if turn.in_group:
        await _watch_in_group(turn)
        return
    words = turn.words.strip()
    if not words:
        counts = await standing(turn.session, turn.now, turn.zone, viewer=turn.member, only=_own_only(turn))
        await turn.mail.say(turn.member, overview(counts.overall, turn.now, turn.zone))
        return
    directive = await directive_by_number(turn.session, words, turn.member)
    if directive is not None:
        await _must_be_own(turn, await assignments_of(turn.session, directive))
        await turn.mail.say(turn.member, await _directive(turn, directive.id, 0))
        return
    match = turn.office.units.find(words)
    if match.code is not None:
        await turn.mail.say(turn.member, await _unit(turn, match.code, 0))
        return
    programme = await _programme_named(turn, words)
    if programme is not None:
        await turn.mail.say(turn.member, await _programme(turn, programme.tag, 0))
        return
    found = _visible(turn, await search_assignments(turn.session, words, turn.member))
    title = f"Pencarian “{words[:40]}”"
    await turn.mail.say(turn.member, assignment_list(title, found, 0, turn.now, turn.zone, "search", words))


async def search_page(turn: Turn) -> None:
    """A further page of what was searched for."""
    words = ":".join(turn.arguments[:-1])
    found = _visible(turn, await search_assignments(turn.session, words, turn.member))
    title = f"Pencarian “{words[:40]}”"
    await turn.edit_here(assignment_list(title, found, _page(turn), turn.now, turn.zone, "search", words))


async def late(turn: Turn) -> None:
    """`/terlambat`, longest first."""
    found = await late_assignments(turn.session, turn.member, turn.now)
    await turn.mail.say(turn.member, assignment_list("🔴 Terlambat", found, 0, turn.now, turn.zone, "late"))


async def late_page(turn: Turn) -> None:
    """`🔴 Terlambat` under a summary, and its pages."""
    found = _visible(turn, await late_assignments(turn.session, turn.member, turn.now))
    await turn.edit_here(assignment_list("🔴 Terlambat", found, _page(turn), turn.now, turn.zone, "late"))


async def blocked_page(turn: Turn) -> None:
    """`🚧 Kendala` under a summary, and its pages."""
    found = _visible(turn, await blocked_assignments(turn.session, turn.member))
    await turn.edit_here(assignment_list("🚧 Terkendala", found, _page(turn), turn.now, turn.zone, "blocked"))


async def units(turn: Turn) -> None:
    """`🏛 Per unit`: the kinds of units, then the units of one kind."""
    group = turn.arguments[0] if turn.arguments else "-"
    counts = await standing(turn.session, turn.now, turn.zone, viewer=turn.member, only=_own_only(turn))
    every = await all_units(turn.session)
    if group == "-":
        await turn.edit_here(unit_groups(every, counts, turn.now, turn.zone))
    else:
        await turn.edit_here(unit_list(group, every, counts, _page(turn), turn.now, turn.zone))


async def unit(turn: Turn) -> None:
    """One unit's tasks."""
    await turn.edit_here(await _unit(turn, turn.arguments[0] if turn.arguments else "", _page(turn)))


async def programmes(turn: Turn) -> None:
    """`🎯 Per program`: every programme with its counts."""
    counts = await standing(turn.session, turn.now, turn.zone, viewer=turn.member, only=_own_only(turn))
    known = {one.tag: one for one in await all_programmes(turn.session)}
    await turn.edit_here(programme_list(known, counts, _page(turn), turn.now, turn.zone))


async def programme(turn: Turn) -> None:
    """One programme's tasks."""
    await turn.edit_here(await _programme(turn, turn.arguments[0] if turn.arguments else "", _page(turn)))


async def directive(turn: Turn) -> None:
    """A directive over all its units, and a button for each."""
    await turn.edit_here(await _directive(turn, turn.arguments[0] if turn.arguments else "", _page(turn)))


async def task(turn: Turn) -> None:
    """A unit's task with its reports and evidence."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    reports = await filed_reports(turn.session, assignment.id)
    may_note = scope_of(turn.member, Deed.NOTE) is not None
    await turn.edit_here(task_view(assignment, reports, turn.now, turn.zone, may_note=may_note))


async def _unit(turn: Turn, code: str, page: int) -> Content:
    found = await turn.session.get(Unit, code)
    if found is None:
        raise Refused("Unit ini tidak ditemukan. Silakan cari dengan /pantau.")
    tasks = _visible(turn, await assignments_where(turn.session, turn.member, turn.now, turn.zone, unit_code=code))
    return assignment_list(f"🏛 {found.name}", tasks, page, turn.now, turn.zone, "unit", code)


async def _programme(turn: Turn, tag: str, page: int) -> Content:
    found = await turn.session.get(Programme, tag)
    if found is None:
        raise Refused("Program ini tidak ditemukan. Silakan cari dengan /pantau.")
    tasks = _visible(turn, await assignments_where(turn.session, turn.member, turn.now, turn.zone, programme_tag=tag))
    return assignment_list(f"🎯 {found.name}", tasks, page, turn.now, turn.zone, "programme", tag)


async def _directive(turn: Turn, identity: str | int, page: int) -> Content:
    found = await turn.directive(identity)
    every = await assignments_of(turn.session, found)
    await _must_be_own(turn, every)
    may_manage = scope_of(turn.member, Deed.POST_DIRECTIVE) is not None
    return directive_view(found, _visible(turn, every), page, turn.now, turn.zone, may_manage=may_manage)


async def _watch_in_group(turn: Turn) -> None:
    meeting = await current_meeting(turn.session)
    if meeting is None:
        await turn.say("no_meeting")
        return
    found = [
        (one, await assignments_of(turn.session, one))
        for one in await directives_of_meeting(turn.session, meeting, None)
    ]
    await turn.mail.say(turn.chat_id, group_rollup(meeting, found, turn.now, turn.zone))


async def _programme_named(turn: Turn, words: str) -> Programme | None:
    """The programme of this name or tag; else the one that the words point to."""
    wanted = words.casefold()
    every = await all_programmes(turn.session)
    for one in every:
        if wanted in (one.tag.casefold(), one.name.casefold()):
            return one
    tag = turn.office.programmes.tag_of(words)
    return next((one for one in every if one.tag == tag), None) if tag != "lainnya" else None


def _visible(turn: Turn, assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those a person may look at: a pelaksana sees the tasks of the own unit."""
    if scope_of(turn.member, Deed.LOOK) == Scope.OWN:
        return [one for one in assignments if one.unit_code in turn.member.unit_codes]
    return list(assignments)


async def _must_be_own(turn: Turn, assignments: Sequence[Assignment]) -> None:
    if not _visible(turn, assignments):
        raise Refused("Arahan ini tidak ditugaskan kepada unit Bapak/Ibu.")


def _own_only(turn: Turn) -> ColumnElement[bool] | None:
    if scope_of(turn.member, Deed.LOOK) == Scope.OWN:
        return Assignment.unit_code.in_(turn.member.unit_codes)
    return None


def _page(turn: Turn) -> int:
    last = turn.arguments[-1] if turn.arguments else ""
    return int(last) if last.isdecimal() and len(last) < 6 else 0
