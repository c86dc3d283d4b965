"""The weekly summary in words and as the data of its picture, made from the figures of models.standing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.assignments import Assignment
from models.report_cards import ReportCard
from models.reports import Extension
from models.standing import Colour, Standing, Tally, by_directive, colour_of
from models.units import GROUP_NAMES, Programme, Unit
from presentation import words
from presentation.chat import CAPTION_LIMIT, brief, render, visible_length
from presentation.keyboards import Keyboard, button, rows
from presentation.print.summary_view import (
    BlockedItem,
    Counts,
    DeadlineItem,
    Grade,
    GroupRow,
    LateItem,
    ProgrammeRow,
    ReplyItem,
    SummaryView,
    UnitTile,
)

GRADES = {
    Colour.BLUE: Grade.EXCELLENT,
    Colour.GREEN: Grade.GOOD,
    Colour.YELLOW: Grade.WATCH,
    Colour.RED: Grade.BEHIND,
    Colour.GREY: Grade.NOTHING_DUE,
}
LONG_BLOCKED = timedelta(days=7)
PROGRAMME_BUTTONS = 6


@dataclass(frozen=True)
class Week:
    """Everything the summary is made of; nothing confidential in it. Lists are whole, most important first."""

    organisation: str
    now: datetime
    zone: ZoneInfo
    standing: Standing
    previous: Tally | None
    compared_at: datetime | None
    units: Sequence[Unit]
    programmes: Mapping[str, Programme]
    closed: Sequence[Assignment]
    reporting: Sequence[tuple[str, int]]
    late: Sequence[Assignment]
    blocked: Sequence[Assignment]
    extensions: Sequence[Extension]
    coming: Sequence[Assignment]
    replies: Sequence[ReportCard] = ()

    @property
    def local(self) -> datetime:
        return self.now.astimezone(self.zone)


def week_label(week: Week) -> str:
    """The seven days before: "26 Januari – 1 Februari 2026"."""
    first, last = week.local.date() - timedelta(days=7), week.local.date() - timedelta(days=1)
    end = words.long_date(last).split(", ")[1]
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {end}"
    begin = words.long_date(first).split(", ")[1]
    return f"{begin.rsplit(' ', 1)[0] if first.year == last.year else begin} – {end}"


def summary_view(week: Week) -> SummaryView:
    """The data of the picture and of the paper."""
    return SummaryView(
        organisation=week.organisation,
        week_label=week_label(week),
        as_of=week.local,
        counts=counts_of(week.standing.overall),
        previous=counts_of(week.previous) if week.previous else None,
        programmes=_programmes(week),
        groups=_groups(week),
        units=_tiles(week),
        moved=moved(week),
        late=[_late(tasks, week) for _, tasks in by_directive(week.late)],
        blocked=[_blocked(one) for one in week.blocked],
        decisions=decisions(week),
        deadlines=_deadlines(week),
        best_reporters=best_reporters(week),
        replies=_replies(week),
        compared_with=week.compared_at.astimezone(week.zone).date() if week.compared_at else None,
    )


def caption(view: SummaryView, zone: ZoneInfo, *, planned: bool = True, belated: bool = False) -> str:
    """The half page under the picture: counts, what moved, the worst late ones by name, what needs a decision.

    One that was asked for between two planned ones says as of when it is, as the days before don't tell.
    """
    label = view.week_label if planned else f"Keadaan {words.moment(view.as_of, zone)}"
    for listed in (4, 3, 2, 1, 0):
        text = render(
            "summary_caption",
            label=label,
            counts=view.counts,
            previous=view.previous,
            moved=view.moved[:listed],
            late=view.late[:listed],
            more_late=max(0, len(view.late) - listed),
            decisions=view.decisions[:listed],
            more_decisions=max(0, len(view.decisions) - listed),
            belated=belated,
        )
        if visible_length(text) <= CAPTION_LIMIT:
            return text
    return text


def summary_buttons(view: SummaryView, week: str = "", *, may_note: bool, may_export: bool) -> Keyboard:
    """What can be tapped under a summary; the paper of a sent one has the figures that were sent in that `week`.

    From the programmes that need the most attention, three taps lead to a unit's reports.
    """
    unfinished = [row for row in view.programmes if row.tag and row.done < row.total]
    neediest = sorted(unfinished, key=lambda row: (-row.late, row.done - row.total))[:PROGRAMME_BUTTONS]
    keyboard = [
        [button("🔴 Terlambat", "late", 0), button("🚧 Kendala", "blocked", 0)],
        *rows(button(f"🎯 {brief(row.name, 26)}", "programme", row.tag, 0) for row in neediest),
        [button("🏛 Per unit", "units", "-"), button("🎯 Per program", "programmes", 0)],
        [button("📄 PDF", "summary_pdf", *([week] if week else []))],
    ]
    if may_export:
        keyboard[-1].append(button("📊 Excel", "matrix", "xlsx", "all"))
    if may_note:
        keyboard.append([button("💬 Beri catatan", "note_choose")])
    return keyboard


def moved(week: Week) -> list[str]:
    """What happened since last week, in lines."""
    lines = []
    if week.reporting:
        total = sum(count for _, count in week.reporting)
        lines.append(f"{total} laporan dari {len(week.reporting)} unit dalam sepekan")
    for directive, done in by_directive(week.closed):
        who = spoken(done[0].unit) if len(done) == 1 else f"{len(done)} unit"
        lines.append(f"{who} selesai: {brief(directive.text, 70)}")
    return lines


def decisions(week: Week) -> list[str]:
    """What somebody above the units has to decide, the question first; what one decision settles is one question.

    First who must be told to help, most tasks first; then what is stuck without anybody's help; then more time.
    """
    helped: dict[str, list[Assignment]] = defaultdict(list)
    stuck: dict[str, list[Assignment]] = defaultdict(list)
    for one in week.blocked:
        if one.help_from:
            helped[one.help_from.strip().casefold()].append(one)
        elif one.reported_at is not None and week.now - one.reported_at > LONG_BLOCKED:
            stuck[(one.obstacle or "").strip().casefold()].append(one)
    return [
        *(_who_helps(tasks) for tasks in _most_first(helped)),
        *(_who_intervenes(tasks) for tasks in _most_first(stuck)),
        *(_more_time(asked, week) for asked in _extensions_together(week.extensions)),
    ]


def _most_first(gathered: Mapping[str, list[Assignment]]) -> list[list[Assignment]]:
    return sorted(gathered.values(), key=len, reverse=True)


def _who_helps(tasks: Sequence[Assignment]) -> str:
    first, helper = tasks[0], brief(tasks[0].help_from or "", 40)
    waiting = f"{len(tasks)} tugas menunggu, antara lain " if len(tasks) > 1 else ""
    unit = brief(spoken(first.unit), 30)
    why = f": {brief(first.obstacle, 60)}" if first.obstacle else ""
    return f"Siapa yang menugaskan {helper}? {waiting}{unit}{'' if waiting else ' menunggu'}{why}"


def _who_intervenes(tasks: Sequence[Assignment]) -> str:
    units = brief(units_in_words(list({task.unit_code: task.unit for task in tasks}.values())), 45)
    why = f": {brief(tasks[0].obstacle, 60)}" if tasks[0].obstacle else ""
    return f"Perlu turun tangan? {units} terkendala lebih dari sepekan{why}"


def _extensions_together(extensions: Sequence[Extension]) -> list[list[Extension]]:
    """Requests for the same directive, in the order in which the first of them came."""
    found: dict[int, list[Extension]] = defaultdict(list)
    for one in extensions:
        found[one.assignment.directive_id].append(one)
    return list(found.values())


def _more_time(asked: Sequence[Extension], week: Week) -> str:
    directive = asked[0].assignment.directive
    until = words.short_date(max(one.until for one in asked).astimezone(week.zone).date())
    units = brief(units_in_words([one.assignment.unit for one in asked]), 40)
    return f"Diizinkan sampai {until}? {units} meminta waktu: {brief(directive.text, 60)} (No. {directive.number})"


def spoken(unit: Unit) -> str:
    """A unit within a sentence: a kecamatan's name alone could be its puskesmas."""
    return f"Kec. {unit.short_name}" if unit.kind == "kecamatan" else unit.short_name


def best_reporters(week: Week) -> list[str]:
    """Units that reported this week and have nothing late, most reports first."""
    names = {unit.code: spoken(unit) for unit in week.units}
    return [
        names[code] for code, _ in week.reporting if code in names and not week.standing.units.get(code, Tally()).late
    ]


def _replies(week: Week) -> list[ReplyItem]:
    return [
        ReplyItem(
            spoken(card.unit), GRADES[colour_of(week.standing.units.get(card.unit_code, Tally()))], card.reply or ""
        )
        for card in week.replies
    ]


def counts_of(tally: Tally) -> Counts:
    """A Tally as pictures and papers take it."""
    return Counts(
        total=tally.total,
        done=tally.done,
        in_progress=tally.in_progress,
        blocked=tally.blocked,
        waiting_verification=tally.waiting,
        not_reported=tally.not_reported,
        late=tally.late,
    )


def _programmes(week: Week) -> list[ProgrammeRow]:
    found = []
    for tag, tally in week.standing.programmes.items():
        programme = week.programmes.get(tag)
        name = programme.name if programme and tag != "lainnya" else "Lainnya"
        position = programme.position if programme and tag != "lainnya" else 10_000
        found.append(
            (position, ProgrammeRow(name, tally.total, tally.done, tally.late, programme.tag if programme else ""))
        )
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _groups(week: Week) -> list[GroupRow]:
    sums: dict[str, Tally] = defaultdict(Tally)
    for unit in week.units:
        if unit.code in week.standing.units:
            sums[unit.group].add(week.standing.units[unit.code])
    return [
        GroupRow(GROUP_NAMES.get(group, group), tally.total, tally.done, tally.late)
        for group, tally in sorted(sums.items(), key=lambda pair: list(GROUP_NAMES).index(pair[0]))
    ]


def _tiles(week: Week) -> list[UnitTile]:
    tiles = []
    for unit in week.units:
        tally = week.standing.units.get(unit.code)
        if tally is not None:
            tiles.append(
                UnitTile(_tile_name(unit), GROUP_NAMES.get(unit.group, unit.group), GRADES[colour_of(tally)],
                         tally.total, tally.done, tally.late)
            )  # fmt: skip
    return tiles


def _tile_name(unit: Unit) -> str:
    """Without the kind that stands above the tile already."""
    return unit.short_name.removeprefix("Puskesmas ").removeprefix("Bagian ")


def _late(tasks: Sequence[Assignment], week: Week) -> LateItem:
    """A directive and all its late units in one line: 25 camat who are late with the same fill no list."""
    first = tasks[0]
    assert first.due_at is not None
    days = max(0, -words.days_left(first.due_at, week.now, week.zone))
    causes = [(spoken(task.unit), task.obstacle) for task in tasks if task.obstacle]
    cause = None
    if causes:
        cause = causes[0][1] if len(tasks) == 1 else f"{causes[0][0]}: {causes[0][1]}"
    units = units_in_words([task.unit for task in tasks])
    return LateItem(units, brief(first.directive.text, 110), days, cause, first.directive.number or "")


def _blocked(one: Assignment) -> BlockedItem:
    text = brief(one.directive.text, 110)
    return BlockedItem(spoken(one.unit), text, one.obstacle or "", one.help_from, one.directive.number or "")


def _deadlines(week: Week) -> list[DeadlineItem]:
    items = []
    for directive, open_ones in by_directive(week.coming):
        due = open_ones[0].due_at
        assert due is not None
        items.append(
            DeadlineItem(
                due.astimezone(week.zone).date(),
                brief(directive.text, 110),
                units_in_words([one.unit for one in open_ones]),
                directive.number or "",
            )
        )
    return items


def units_in_words(units: Sequence[Unit]) -> str:
    """ "Kec. Air Joman, Kec. Meranti" for a few, "25 kecamatan, 1 OPD" for many."""
    if len(units) <= 3:
        return ", ".join(spoken(unit) for unit in units)
    counted = Counter(unit.group for unit in units)
    named = {
        "kecamatan": "kecamatan",
        "opd": "OPD",
        "bagian": "bagian",
        "puskesmas": "puskesmas",
        "pimpinan": "pimpinan",
    }
    return ", ".join(f"{number} {named.get(group, group)}" for group, number in counted.items())
