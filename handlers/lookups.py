"""Looking things up: /pantau, /terlambat, and the way from any number to a task with its reports and evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import true

from handlers.finding import (
    directive_numbered,
    kind_named,
    named,
    names_report,
    near,
    number_in,
    report_numbered,
    scope_named,
)
from handlers.rights import Deed, Scope, scope_of
from handlers.turn import Refused, Turn
from models.assignments import Assignment
from models.listing import STATES, Viewer, directives_in, page_of, tasks_in, tasks_with
from models.lookups import assignments_of, directives_of_meeting, filed_reports, verifications_of
from models.meetings import Meeting, current_meeting, latest_meetings
from models.notes import notes_on
from models.rapor import published_weeks
from models.report_cards import last_reply
from models.scopes import Scope as About
from models.scopes import named as names_of
from models.scopes import read_scope
from models.standing import Standing, standing
from models.units import Programme, Unit, all_programmes, all_units
from presentation.lookups import (
    PER_PAGE,
    STATE_NAMES,
    assignment_list,
    beside,
    directive_list,
    group_rollup,
    meeting_list,
    not_found,
    overview,
    programme_list,
    searchable,
    state_buttons,
    statuses,
    unit_groups,
    unit_list,
)
from presentation.mail import Content
from presentation.places import OVERVIEW, Place, above, place, read_place
from presentation.units import unit_buttons, unit_head
from presentation.views import TaskStory, directive_view, task_view

LONGEST_NAME = 60
"""Characters of a message without a command that may be the name of something."""
_ASKS = re.compile(r"(?:pantau|cari|lihat|cek|status)\s+(?=\S)", re.IGNORECASE)
"""How somebody asks who has forgotten the stroke of the command."""


async def watch(turn: Turn) -> None:
    """`/pantau [unit|program|rapat|kata|nomor]`; in a group: how the current meeting's directives stand."""
    if turn.in_group:
        await _watch_in_group(turn)
        return
    words = " ".join(turn.words.split())
    await turn.mail.say(turn.member, await _found(turn, words) if words else await _overview(turn))


async def unprompted(turn: Turn) -> bool:
    """A name or number without the command, from somebody who looks at everything. Says whether it was one."""
    turn.deed = Deed.LOOK
    words = " ".join(turn.words.split()).strip(" ?.!")
    asked = _ASKS.match(words)
    if scope_of(turn.member, Deed.LOOK) != Scope.ALL or not words or len(words) > LONGEST_NAME:
        return False
    known = asked or await _numbered(turn, words) or kind_named(turn, words) or await named(turn, words)
    if not known:
        return False
    await turn.mail.say(turn.member, await _found(turn, words[asked.end() :] if asked else words))
    return True


async def search_page(turn: Turn) -> None:
    """A further page of what was searched for."""
    await turn.edit_here(await _search(turn, " ".join(turn.arguments[:-1]), _page(turn)))


async def overview_here(turn: Turn) -> None:
    """`⬅️ Kembali` to the counts."""
    await turn.edit_here(await _overview(turn))


async def late(turn: Turn) -> None:
    """`/terlambat [unit|program|rapat]`, longest first."""
    words = " ".join(turn.words.split())
    about = await scope_named(turn, words) if words else About()
    if about is None:
        await turn.mail.say(turn.member, not_found(words, await near(turn, words), turn.now, turn.zone))
        return
    await turn.mail.say(turn.member, await _tasks(turn, "late", about, 0))


async def late_page(turn: Turn) -> None:
    """`🔴 Terlambat` under a summary."""
    await turn.edit_here(await _tasks(turn, "late", About(), _page(turn)))


async def blocked_page(turn: Turn) -> None:
    """`🚧 Kendala` under a summary."""
    await turn.edit_here(await _tasks(turn, "blocked", About(), _page(turn)))


async def all_statuses(turn: Turn) -> None:
    """`🔢 Per status`: every number of the overview."""
    await turn.edit_here(statuses((await _standing(turn)).overall, turn.now, turn.zone))


async def status(turn: Turn) -> None:
    """What a number counts: a state, over everything or within a unit, programme, meeting or period."""
    state, code = (*turn.arguments, "", "")[:2]
    about = read_scope(code)
    if state not in STATES or about is None:
        raise Refused("Daftar ini tidak dikenal. Silakan cari dengan /pantau.")
    await turn.edit_here(await _tasks(turn, state, about, _page(turn)))


async def units(turn: Turn) -> None:
    """`🏛 Per unit`: the kinds of units, then the units of one kind."""
    group = turn.arguments[0] if turn.arguments else "-"
    if group == "-":
        await turn.edit_here(await unit_kinds(turn))
    else:
        counts, every = await _standing(turn), await all_units(turn.session)
        await turn.edit_here(unit_list(group, every, counts, _page(turn), turn.now, turn.zone))


async def unit_kinds(turn: Turn) -> Content:
    """The kinds of units with their counts."""
    return unit_groups(await all_units(turn.session), await _standing(turn), turn.now, turn.zone)


async def unit(turn: Turn) -> None:
    """One unit's colour and tasks."""
    await turn.edit_here(await _unit(turn, turn.arguments[0] if turn.arguments else "", _page(turn)))


async def programmes(turn: Turn) -> None:
    """`🎯 Per program`: every programme with its counts."""
    counts = await _standing(turn)
    known = {one.tag: one for one in await all_programmes(turn.session)}
    await turn.edit_here(programme_list(known, counts, _page(turn), turn.now, turn.zone))


async def programme(turn: Turn) -> None:
    """One programme's directives with their roll-ups."""
    await turn.edit_here(await _programme(turn, turn.arguments[0] if turn.arguments else "", _page(turn)))


async def meetings(turn: Turn) -> None:
    """`🗓 Per rapat`: every meeting."""
    found = sorted(await latest_meetings(turn.session), key=lambda one: one.held_at, reverse=True)
    await turn.edit_here(meeting_list(found, _page(turn), turn.now, turn.zone))


async def meeting(turn: Turn) -> None:
    """One meeting's directives with their roll-ups."""
    identity = turn.arguments[0] if turn.arguments else ""
    found = await turn.session.get(Meeting, int(identity)) if identity.isdecimal() and len(identity) < 10 else None
    if found is None:
        raise Refused("Rapat ini tidak ditemukan.")
    await turn.edit_here(await _directives(turn, f"🗓 {found.title}", About(meeting=found.id), _page(turn)))


async def directive(turn: Turn) -> None:
    """A directive over all its units, and a button for each."""
    identity, page, origin = (*turn.arguments, "", "", "")[:3]
    number = int(page) if page.isdecimal() and len(page) < 6 else 0
    await turn.edit_here(await _directive(turn, identity, number, read_place(origin)))


async def task(turn: Turn) -> None:
    """A unit's task with its reports and evidence."""
    identity, origin = (*turn.arguments, "", "")[:2]
    await turn.edit_here(await _task(turn, identity, read_place(origin)))


async def _found(turn: Turn, words: str) -> Content:
    """What the words name: a directive's or report's number, a unit, a programme, a meeting; else what holds them.

    A name that several things have shows the first with tasks, and a button to each of the others.
    """
    numbered = await _numbered(turn, words)
    if numbered is not None:
        return numbered
    kind = kind_named(turn, words)
    if kind is not None and not _own_only(turn):
        counts, every = await _standing(turn), await all_units(turn.session)
        return unit_list(kind, every, counts, 0, turn.now, turn.zone)
    ways = await named(turn, words)
    sizes = {scope: await _size(turn, scope) for _, scope in ways}
    holding = (await page_of(turn.session, tasks_with(_viewer(turn), words), 0, 1))[0]
    best = next((scope for _, scope in ways if sizes[scope]), None)
    if best is None and not holding:
        # Nothing to show by this name: one that is nearly written so, or the empty list of the named one.
        ways = ways or await near(turn, words)
        if len(ways) != 1:
            return not_found(words, ways, turn.now, turn.zone)
        best = ways[0][1]
    if best is None:
        return await _search(turn, words, 0)
    others = [one for one in ways if one[1] != best and sizes.get(one[1])]
    more = words if holding > sizes.get(best, 0) else ""
    return beside(await _scope(turn, best), others, more)


async def _numbered(turn: Turn, words: str) -> Content | None:
    """The directive or report whose number the words are; a number in full that isn't there is said not to be."""
    found = await directive_numbered(turn, words)
    if found is not None:
        return await _directive(turn, found.id, 0, OVERVIEW)
    if names_report(words):
        # Also when there is none: whether one exists is told only to those who may see it.
        report = await report_numbered(turn, words)
        return await _task(turn, str(report.assignment_id) if report is not None else "0", OVERVIEW)
    number = number_in(words)
    return not_found(number, [], turn.now, turn.zone) if number else None


async def _size(turn: Turn, about: About) -> int:
    """How many tasks of it this person may see."""
    return (await _standing(turn, about)).overall.total


async def _scope(turn: Turn, about: About) -> Content:
    """The view of a unit, a programme or a meeting."""
    if about.unit is not None:
        return await _unit(turn, about.unit, 0)
    if about.programme is not None:
        return await _programme(turn, about.programme, 0)
    found = await turn.session.get_one(Meeting, about.meeting)
    return await _directives(turn, f"🗓 {found.title}", about, 0)


async def _overview(turn: Turn) -> Content:
    return overview((await _standing(turn)).overall, turn.now, turn.zone)


async def _search(turn: Turn, words: str, page: int) -> Content:
    words = searchable(words)
    total, page, found = await page_of(turn.session, tasks_with(_viewer(turn), words), page, PER_PAGE)
    title = f"Pencarian “{words[:40]}”"
    return assignment_list(title, found, total, page, turn.now, turn.zone, place("search", words))


async def _tasks(turn: Turn, state: str, about: About, page: int) -> Content:
    names = await names_of(turn.session, about)
    if names is None:
        raise Refused("Daftar ini tidak dikenal. Silakan cari dengan /pantau.")
    total, page, found = await page_of(turn.session, tasks_in(_viewer(turn), state, about), page, PER_PAGE)
    within = next((one.name if not isinstance(one, Meeting) else one.title for one in names if one is not None), "")
    title = f"{STATE_NAMES[state]} · {within}" if within else STATE_NAMES[state]
    return assignment_list(title, found, total, page, turn.now, turn.zone, place("status", state, about.code),
                           above(about))  # fmt: skip


async def _unit(turn: Turn, code: str, page: int) -> Content:
    found = await turn.session.get(Unit, code)
    if found is None:
        raise Refused("Unit ini tidak ditemukan. Silakan cari dengan /pantau.")
    if _own_only(turn) and code not in turn.member.unit_codes:
        raise Refused("Tugas unit lain tidak ditampilkan di sini. Tugas unit sendiri: /tugas")
    about = About(unit=code)
    tally = (await _standing(turn, about)).overall
    total, page, tasks = await page_of(turn.session, tasks_in(_viewer(turn), "all", about), page, PER_PAGE)
    answer = await last_reply(turn.session, code, await published_weeks(turn.session, turn.office.settings, turn.now))
    extras = [*state_buttons(tally, about.code), *unit_buttons(found, turn.member)]
    return assignment_list(f"🏛 {found.name}", tasks, total, page, turn.now, turn.zone, place("unit", code),
                           place("units", found.group, 0), head=unit_head(tally, answer), extra=extras)  # fmt: skip


async def _programme(turn: Turn, tag: str, page: int) -> Content:
    found = await turn.session.get(Programme, tag)
    if found is None:
        raise Refused("Program ini tidak ditemukan. Silakan cari dengan /pantau.")
    return await _directives(turn, f"🎯 {found.name}", About(programme=tag), page)


async def _directives(turn: Turn, title: str, about: About, page: int) -> Content:
    """A programme's or meeting's directives, and its numbers as buttons."""
    tally = (await _standing(turn, about)).overall
    total, page, found = await directives_in(turn.session, _viewer(turn), about, page, PER_PAGE)
    here = place("meeting", about.meeting) if about.meeting else place("programme", about.programme)
    back = place("meetings_seen", 0) if about.meeting else place("programmes", 0)
    return directive_list(title, found, total, page, turn.now, turn.zone, here, back,
                          extra=state_buttons(tally, about.code))  # fmt: skip


async def _directive(turn: Turn, identity: str | int, page: int, back: Place) -> Content:
    found = await turn.directive(identity)
    visible = _visible(turn, await assignments_of(turn.session, found))
    if not visible:
        raise Refused("Arahan ini tidak ditugaskan kepada unit Bapak/Ibu.")
    may_manage = scope_of(turn.member, Deed.POST_DIRECTIVE) is not None
    return directive_view(found, visible, page, turn.now, turn.zone, back, may_manage=may_manage)


async def _task(turn: Turn, identity: str, back: Place) -> Content:
    assignment = await turn.assignment(identity)
    story = TaskStory(
        await filed_reports(turn.session, assignment.id),
        await verifications_of(turn.session, assignment.id),
        await notes_on(turn.session, assignment),
    )
    may_note = scope_of(turn.member, Deed.NOTE) is not None
    return task_view(assignment, story, turn.now, turn.zone, back, may_note=may_note)


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


def _viewer(turn: Turn) -> Viewer:
    own = Assignment.unit_code.in_(turn.member.unit_codes) if _own_only(turn) else true()
    return Viewer(turn.member, turn.now, turn.zone, own)


async def _standing(turn: Turn, about: About | None = None) -> Standing:
    """The counts as this person may see them. A pelaksana sees the tasks of the own unit."""
    viewer = _viewer(turn)
    only = viewer.only if about is None else viewer.only & about.conditions(turn.zone)
    return await standing(turn.session, turn.now, turn.zone, viewer=turn.member, only=only)


def _visible(turn: Turn, assignments: Sequence[Assignment]) -> list[Assignment]:
    return [one for one in assignments if not _own_only(turn) or one.unit_code in turn.member.unit_codes]


def _own_only(turn: Turn) -> bool:
    return scope_of(turn.member, Deed.LOOK) == Scope.OWN


def _page(turn: Turn) -> int:
    last = turn.arguments[-1] if turn.arguments else ""
    return int(last) if last.isdecimal() and len(last) < 6 else 0
