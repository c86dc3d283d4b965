"""What written words mean: a directive's or report's number, a unit, a programme, a meeting, a period; and what is near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from handlers.turn import Turn
from models.directives import Directive
from models.lookups import directive_by_number
from models.meetings import Meeting, current_meeting, latest_meetings
from models.reports import Report
from models.scopes import Scope
from models.units import Programme
from understanding.spans import read_span

Named = tuple[str, Scope]
"""Something by its name, as a button shows it, and the tasks it stands for."""

KINDS = {
    "seluruh_camat": "kecamatan",
    "seluruh_opd": "opd",
    "seluruh_puskesmas": "puskesmas",
    "seluruh_bagian": "bagian",
}
"""The groups of units that are called by a word, and the kind under which lists show them."""
OFFERED = 6
_ALIKE = 82
"""From which likeness (0 to 100) a programme's name is taken for a misspelt one; "cetak sawh" has 95."""
_NUMBER = re.compile(r"(?<![\d-])20\d\d-\d{1,2}-\d{1,4}(?![\d-])")
_REPORT = re.compile(r"(?:laporan\s+)?L-?(\d{1,9})", re.IGNORECASE)
_SEQUENCE = re.compile(r"(?:(?:arahan|tugas|butir|nomor|no)\b\.?\s*)*(\d{1,3})", re.IGNORECASE)


def number_in(words: str) -> str | None:
    """The number of a directive that is written in full: "2026-01-07" in "arahan no. 2026-1-7"."""
    found = _NUMBER.search(words)
    if found is None:
        return None
    year, month, sequence = found.group().split("-")
    return f"{year}-{int(month):02}-{int(sequence):02}"


async def directive_numbered(turn: Turn, words: str) -> Directive | None:
    """The directive of this number; a bare "7" or "nomor 7" is one of the current meeting. None when it isn't there."""
    number = number_in(words)
    short = _SEQUENCE.fullmatch(words)
    if number is None and short is not None:
        meeting = await current_meeting(turn.session)
        if meeting is not None:
            number = f"{meeting.held_at.astimezone(turn.zone):%Y-%m}-{short.group(1)}"
    return await directive_by_number(turn.session, number, turn.member) if number else None


def names_report(words: str) -> bool:
    """Whether the words are a report's number, whether there is one or not."""
    return _REPORT.fullmatch(words) is not None


async def report_numbered(turn: Turn, words: str) -> Report | None:
    """The report "L-113", as receipts name it."""
    found = _REPORT.fullmatch(words)
    report = await turn.session.get(Report, int(found.group(1))) if found else None
    return report if report is not None and report.assignment_id is not None else None


async def named(turn: Turn, words: str) -> list[Named]:
    """What has exactly this name: a unit, a programme, a meeting."""
    found: list[Named] = []
    code = turn.office.units.find(words).code
    if code is not None:
        found.append(_unit(turn, code))
    programme = await programme_named(turn, words)
    if programme is not None:
        found.append(_programme(programme))
    meeting = await meeting_named(turn, words)
    if meeting is not None:
        found.append((f"🗓 {meeting.title}", Scope(meeting=meeting.id)))
    return found


async def near(turn: Turn, words: str) -> list[Named]:
    """What may have been meant: a misspelt programme, else one that a word points to, else units of such a name."""
    programmes = [_programme(one) for one in await _programmes_like(turn, words)]
    if programmes:
        return [*programmes, *near_units(turn, words)][:OFFERED]
    pointed_to = await programme_named(turn, words, roughly=True)
    return [_programme(pointed_to)] if pointed_to is not None else near_units(turn, words)


def near_units(turn: Turn, words: str) -> list[Named]:
    """The units of which a name may be; none for a whole kind of units."""
    match = turn.office.units.find(words)
    return [] if match.group else [_unit(turn, code) for code in match.codes[:OFFERED]]


def kind_named(turn: Turn, words: str) -> str | None:
    """The kind of units that "camat", "seluruh OPD" or "puskesmas" stands for."""
    return KINDS.get(turn.office.units.find(words).group or "")


async def scope_named(turn: Turn, words: str) -> Scope | None:
    """The tasks that a meeting's, unit's or programme's name stands for, with a period or without; None if unknown."""
    meeting = await meeting_named(turn, words)
    if meeting is not None:
        return Scope(meeting=meeting.id)
    span, rest = read_span(words, turn.now.astimezone(turn.zone).date())
    scope = Scope(period=(span.first, span.last) if span else None)
    if not rest:
        return scope
    code = turn.office.units.find(rest).code
    if code is not None:
        return replace(scope, unit=code)
    programme = await programme_named(turn, rest, roughly=True)
    return replace(scope, programme=programme.tag) if programme is not None else None


async def programme_named(turn: Turn, words: str, *, roughly: bool = False) -> Programme | None:
    """The programme of this name, tag or word of the secretariat's list; `roughly`: also one that the words point to."""
    wanted = words.casefold()
    tag = turn.office.programmes.tag_of(words) if roughly else ""
    for one in turn.office.programmes:
        if wanted in (one.tag, one.name.casefold(), *one.words, *one.hints):
            tag = one.tag
            break
    return await turn.session.get(Programme, tag) if tag and tag != "lainnya" else None


async def meeting_named(turn: Turn, words: str) -> Meeting | None:
    """The newest meeting whose title begins with these words."""
    wanted = words.casefold()
    for one in await latest_meetings(turn.session):
        if len(wanted) > 3 and one.title.casefold().startswith(wanted):
            return one
    return None


async def _programmes_like(turn: Turn, words: str) -> Sequence[Programme]:
    """The programmes whose name, or a word for them, is nearly this."""
    known = {
        name.casefold(): one.tag
        for one in turn.office.programmes
        for name in (*one.words, one.name)
        if len(name) > 3 and one.tag != "lainnya"
    }
    alike = process.extract(words.casefold(), known.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=OFFERED)
    tags = dict.fromkeys(known[name] for name, _, _ in alike)
    found = [await turn.session.get(Programme, tag) for tag in tags]
    return [one for one in found if one is not None]


def _unit(turn: Turn, code: str) -> Named:
    return f"🏛 {turn.office.units[code].name}", Scope(unit=code)


def _programme(programme: Programme) -> Named:
    return f"🎯 {programme.name}", Scope(programme=programme.tag)
