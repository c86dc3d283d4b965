"""The pack for the next Rakorpem: what is unresolved, what keeps coming back, and a draft agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from presentation.print.formats import clock_time, long_date, number, percent, plain_date, short_date
from presentation.print.letterhead import Letterhead, letterhead_data
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import typeset_pdf


@dataclass(frozen=True, slots=True)
class OpenDirective:
    """An unresolved directive; `units` in words, `standing` its roll-up (`18 dari 25 sudah melapor, 3 terkendala`)."""

    number: str
    text: str
    units: str
    due: date | None
    progress: int | None
    standing: str
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class PackProgramme:
    """A priority programme and its unresolved directives."""

    name: str
    directives: Sequence[OpenDirective]


@dataclass(frozen=True, slots=True)
class RepeatedDirective:
    """A directive that was given at more than one meeting; `meetings` oldest first."""

    text: str
    meetings: Sequence[str]
    standing: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A line of the draft agenda; `at` such as `09.00–09.15`, empty when open."""

    subject: str
    speaker: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPack:
    """What the chair holds in hand. `as_of` is the figures' day.

    `starts` is aware and in the organisation's time zone; None, as an empty place, stays dotted for the hand.
    """

    letterhead: Letterhead
    meeting: str
    starts: datetime | None
    place: str
    chair: str
    as_of: date
    agenda: Sequence[AgendaItem] = ()
    programmes: Sequence[PackProgramme] = ()
    repeated: Sequence[RepeatedDirective] = ()
    decisions: Sequence[str] = ()
    repeated_in_all: int = 0
    """How many keep coming back, when `repeated` shows only the foremost."""
    given: bool = True
    """Whether there was any directive before."""


def render_meeting_pack(pack: MeetingPack) -> bytes:
    """PDF, A4, as many pages as the unresolved directives need."""
    directives = [directive for programme in pack.programmes for directive in programme.directives]
    late = sum(1 for directive in directives if directive.days_late)
    data: dict[str, object] = {
        "letterhead": letterhead_data(pack.letterhead),
        "meeting": printable(pack.meeting, 140),
        "facts": [
            ("Hari, tanggal", long_date(pack.starts) if pack.starts else ""),
            ("Pukul", f"{clock_time(pack.starts)} s.d. selesai" if pack.starts else ""),
            ("Tempat", printable(pack.place, 120)),
            ("Pimpinan rapat", printable(pack.chair, 120)),
        ],
        "figures": _figures(pack, len(directives), late),
        "agenda": [
            {
                "at": printable(item.at, 20, longest_word=15),
                "subject": printable(item.subject, 220),
                "speaker": printable(item.speaker, 90),
            }
            for item in pack.agenda
        ],
        "decisions": [printable(words, 300) for words in pack.decisions],
        "programmes": [_programme(programme) for programme in pack.programmes],
        "repeated": [_repeated(directive) for directive in pack.repeated],
    }
    return typeset_pdf("meeting_pack.typ", data, tagged=len(directives) <= 200)


def _figures(pack: MeetingPack, unresolved: int, late: int) -> str:
    day = plain_date(pack.as_of)
    if not pack.given:
        return f"Per {day} belum ada arahan rapat terdahulu yang dipantau."
    if not unresolved:
        return f"Per {day} seluruh arahan rapat terdahulu telah selesai."
    words = (
        f"Per {day} terdapat {number(unresolved)} arahan yang belum selesai pada {number(len(pack.programmes))} program"
    )
    if late:
        words += f", {number(late)} di antaranya melewati batas waktu"
    again = max(len(pack.repeated), pack.repeated_in_all)
    if again:
        words += f"; {number(again)} arahan disampaikan lebih dari satu kali"
    return f"{words}."


def _programme(programme: PackProgramme) -> dict[str, object]:
    return {
        "name": printable(programme.name, 120),
        "count": f"{number(len(programme.directives))} arahan",
        "directives": [_directive(directive) for directive in programme.directives],
    }


def _directive(directive: OpenDirective) -> dict[str, str]:
    return {
        "number": printable(directive.number, 24, longest_word=11),
        "text": hyphenatable(printable(directive.text, 500)),
        "units": hyphenatable(printable(directive.units, 200)),
        "due": short_date(directive.due) if directive.due else "–",
        "late": f"✗ {number(directive.days_late)} hari" if directive.days_late else "",
        "progress": "" if directive.progress is None else percent(directive.progress),
        "standing": hyphenatable(printable(directive.standing, 300)),
    }


def _repeated(directive: RepeatedDirective) -> dict[str, str]:
    return {
        "text": hyphenatable(printable(directive.text, 400)),
        "times": f"{number(len(directive.meetings))} kali",
        "meetings": printable(("; " if len(directive.meetings) <= 3 else ", ").join(directive.meetings), 300),
        "standing": hyphenatable(printable(directive.standing, 200)),
    }
