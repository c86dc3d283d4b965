"""What a meeting is called, when and where it was held: as typed after /rapat, or as a notulen's own heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

USUAL_TIME = time(9)
"""When a meeting began whose time nobody wrote down."""
HEADING_LINES = 16
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari", "feb peb februari pebruari", "mar mrt maret", "apr april", "mei", "jun juni", "jul juli",
         "agu agt ags agust agustus", "sep sept september", "okt oktober", "nov nop november nopember",
         "des desember"), 1)
    for name in names.split()
}  # fmt: skip
RELATIVE = {"hari ini": 0, "besok": 1, "kemarin": -1, "lusa": 2}
_WEEKDAY = r"(?:(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*[,/]?\s*(?:tanggal\s+|tgl\.?\s*)?)?"
_DATE = re.compile(
    rf"(?<![\w/.-]){_WEEKDAY}(?P<day>\d{{1,2}})(?:\s*[-/.]\s*|\s+)(?P<month>[a-z]{{3,9}}\.?|\d{{1,2}})"
    r"(?:(?:\s*[-/.]\s*|\s+)(?P<year>\d{4}))?(?![\w/-])",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(hari ini|besok|kemarin|lusa)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:(?:pukul|jam|pkl\.?|pk\.?|waktu\s*:)\s*(\d{1,2})(?:[.:](\d{2}))?|(\d{1,2})[.:](\d{2})(?=\s*wib|\s*$))"
    r"(?:\s*wib)?(?:\s*(?:s\.?/?d\.?|sampai)\s*(?:dengan\s+)?(?:selesai|[\d.:]+(?:\s*wib)?))?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^\W*tempat\s*:\s*(.+)$", re.IGNORECASE)
_TITLE = re.compile(r"\b(rakorpem|rakor|rapat|notulen|notula|resume|arahan|risalah)\b", re.IGNORECASE)
_ITEM = re.compile(r"^\W*\d{1,3}\s*[.)\ufe0f]")
_EDGES = " \t,;:-–—*_|📌🗓"


class ImpossibleMeetingDate(ValueError):
    """The date named does not exist; `words` is what was written."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """What is known of a meeting. `held_at` is aware, in the zone of the `now` it was read with."""

    title: str = ""
    held_at: datetime | None = None
    place: str | None = None


def read_meeting(words: str, now: datetime) -> MeetingDetails:
    """ "Rakorpem Januari, 23 Januari 2026, Aula Melati": title, day and place, the last two optional.

    `now` is aware and local. A date without a year is the nearest one; without a time it is 09.00. Raises
    ImpossibleMeetingDate for a day that does not exist.
    """
    line = " ".join(words.split())
    day, start, end = _find_day(line, now)
    at = _TIME.search(line, end if day else 0)
    if day is None:
        title, _, place = line.partition(",")
        return MeetingDetails(title.strip(_EDGES), None, place.strip(_EDGES) or None)
    before, after = line[:start], line[end:]
    moment = USUAL_TIME
    if at is not None:
        moment, after = _clock(at) or USUAL_TIME, line[end : at.start()] + line[at.end() :]
    title, place = before.strip(_EDGES), after.strip(_EDGES)
    if not title:
        title, _, place = (part.strip(_EDGES) for part in place.partition(","))
    elif not place and "," in title:
        title, _, place = (part.strip(_EDGES) for part in title.partition(","))
    return MeetingDetails(title, datetime.combine(day, moment, now.tzinfo), place or None)


def read_heading(text: str, now: datetime) -> MeetingDetails | None:
    """The meeting that a notulen says it is of; None when its heading names no day with its year.

    Only the lines above the first numbered item are looked at.
    """
    title, place, day, moment = "", None, None, None
    for line in _heading(text):
        plain = line.replace("*", "").strip()
        found = _PLACE.match(plain)
        if found:
            place = place or found.group(1).strip(_EDGES)
            continue
        if not title and _TITLE.search(plain) and len(plain) < 120:
            title = plain
        dated = next((match for match in _DATE.finditer(plain) if match.group("year")), None)
        if dated is not None and day is None:
            day = _day(dated, now)
        at = _TIME.search(plain)
        if at is not None and moment is None and (dated is not None or "waktu" in plain.lower()):
            moment = _clock(at)
    if day is None:
        return None
    return MeetingDetails(_tidy_title(title), datetime.combine(day, moment or USUAL_TIME, now.tzinfo), place)


def _heading(text: str) -> list[str]:
    lines = []
    for line in text.split("\n"):
        if _ITEM.match(line):
            break
        if line.strip():
            lines.append(line)
        if len(lines) == HEADING_LINES:
            break
    return lines


def _find_day(line: str, now: datetime) -> tuple[date | None, int, int]:
    for match in _DATE.finditer(line):
        day = _day(match, now)
        if day is not None:
            return day, match.start(), match.end()
    relative = _RELATIVE.search(line)
    if relative is not None:
        length = timedelta(days=RELATIVE[relative.group(1).lower()])
        return now.date() + length, relative.start(), relative.end()
    return None, 0, 0


def _day(match: re.Match[str], now: datetime) -> date | None:
    """The day a match names; None where its middle is no month. Raises ImpossibleMeetingDate."""
    name = match.group("month").lower().rstrip(".")
    month = int(name) if name.isdecimal() else MONTHS.get(name)
    if month is None or (name.isdecimal() and match.group("year") is None):
        return None
    years = [int(match.group("year"))] if match.group("year") else [now.year - 1, now.year, now.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, month, int(match.group("day"))))
        except ValueError:
            continue
    if not days:
        raise ImpossibleMeetingDate(match.group(0).strip())
    return min(days, key=lambda day: abs((day - now.date()).days))


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = match.group(1) or match.group(3), match.group(2) or match.group(4) or "0"
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _tidy_title(title: str) -> str:
    """The title without its date, and not in capitals throughout."""
    plain = _DATE.sub("", title).strip(_EDGES)
    plain = re.sub(r"(?i)^(notulen|notula|resume|risalah)\b\s*", "", plain).strip(_EDGES) or plain
    if plain.isupper():
        plain = " ".join(word if word.startswith("(") or len(word) < 3 else word.capitalize() for word in plain.split())
    return plain[:120]
