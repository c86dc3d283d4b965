"""The Bupati's weekly summary: one phone picture and the same as an A4 PDF of at most two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from presentation.print.formats import clock_time, long_date, number, percent, plain_date, share, short_date
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
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import shortened, typeset_pdf, typeset_png

__all__ = [
    "PICTURE_WIDTH",
    "BlockedItem",
    "Counts",
    "DeadlineItem",
    "Grade",
    "GroupRow",
    "LateItem",
    "ProgrammeRow",
    "ReplyItem",
    "SummaryView",
    "UnitTile",
    "render_summary_pdf",
    "render_summary_picture",
]

PICTURE_WIDTH = 1080
_PHONE_WIDTH = 390
# A picture taller than a phone's screen (some 390 by 844) is shrunk to fit it, and then nobody can read it.
_PHONE_HEIGHT = 858
# Longer than any line that fits, short enough that cutting it to the line costs nothing.
_NUMBER, _SHORT, _TILE, _NAME, _LINE, _SENTENCE = 24, 36, 40, 90, 110, 220

_STATUSES: tuple[tuple[str, str, str, int], ...] = (
    # key in style.typ, label, field of Counts, whether more of it is good (1), bad (-1) or neither (0)
    ("done", "Selesai", "done", 1),
    ("waiting", "Menunggu verifikasi", "waiting_verification", 0),
    ("progress", "Dalam proses", "in_progress", 0),
    ("blocked", "Terkendala", "blocked", -1),
    ("unreported", "Belum dilaporkan", "not_reported", -1),
    ("late", "Terlambat", "late", -1),
)

_NAMED_TILES = 25  # as many as a phone shows readably; further groups become squares with the worst by name
_SQUARES_A_ROW = 22
_SQUARES = 2 * _SQUARES_A_ROW
_WORST = 44  # characters of the line that names the worst below squares
_CLOSING = 46  # characters of a closing line besides its label
_WEEK = 30  # characters of the week that stand beside the title in one line
_PICTURE_GROUPS = 4
# How many programmes, decisions, late and blocked entries the picture holds at least, and what is added as long as
# there is room; the height in points of each list's heading and of each entry.
_LEAST = (3, 1, 1, 1)
_PROGRAMMES, _DECISIONS, _LATE, _BLOCKED = range(4)
_GROWTH = (_PROGRAMMES, _DECISIONS, _LATE, _BLOCKED, _PROGRAMMES, _LATE, _PROGRAMMES, _PROGRAMMES, _DECISIONS, _BLOCKED,
           _PROGRAMMES, _PROGRAMMES, _LATE, _PROGRAMMES, _PROGRAMMES)  # fmt: skip
_HEIGHTS = ((19, 14.4), (36, 28.5), (18, 27.5), (18, 27.5))

_PAPER_PROGRAMMES = 16
_PAPER_COLUMNS = 6
_PAPER_ROWS = 19.25  # rows of tiles on the first page; a group's heading takes the room of 0.8 row


def render_summary_picture(view: SummaryView) -> bytes:
    """PNG, 1080 pixels wide and at most 2,600 high, readable without zooming on a phone 390 pixels wide."""
    return typeset_png("summary_picture.typ", _picture(view), ppi=72 * PICTURE_WIDTH / _PHONE_WIDTH)


def render_summary_pdf(view: SummaryView) -> bytes:
    """The same with all units by name and the longer lists: PDF, A4, one or two pages."""
    return typeset_pdf("summary_paper.typ", _paper(view), made_at=view.as_of)


def _picture(view: SummaryView) -> dict[str, object]:
    grouped = list(_grouped(view))
    room = _NAMED_TILES
    groups: list[dict[str, object]] = []
    lines = _closing_lines(view)
    height = 204.0 + 13.6 * len(lines) + (9 if len(view.week_label) > _WEEK else 0)
    for group, tiles in grouped[:_PICTURE_GROUPS]:
        named = len(tiles) <= room
        room -= len(tiles) if named else 0
        groups.append(_group(group, tiles, named=named, limit=_NAMED_TILES if named else _SQUARES))
        height += _group_points(len(tiles), named=named)
    height += (21 if groups else 0) + (17 if len(grouped) > _PICTURE_GROUPS else 0)
    programmes, decisions, late, blocked = _picture_limits(view, height)
    return _common(view) | {
        "foot": _short_foot(view),
        "programmes": _programmes(view, programmes),
        "groups": groups,
        "more_groups": max(0, len(grouped) - _PICTURE_GROUPS),
        "decisions": shortened(view.decisions, decisions, _sentence),
        "late": shortened(view.late, late, _late),
        "blocked": shortened(view.blocked, blocked, _blocked),
        "lines": lines,
    }


def _group_points(tiles: int, *, named: bool) -> float:
    """The height of a group with the gap above it."""
    if named:
        return 17 + 26 * -(-tiles // 5)
    return 16 + 13 * -(-min(tiles, _SQUARES) // _SQUARES_A_ROW)


def _picture_limits(view: SummaryView, used: float) -> list[int]:
    """How many entries of each list fit the phone when the rest of the picture takes `used` points."""
    lists = (view.programmes, view.decisions, view.late, view.blocked)
    limits = list(_LEAST)

    def height() -> float:
        shown = [min(len(entries), limit) for entries, limit in zip(lists, limits, strict=True)]
        return used + sum(head + each * count for (head, each), count in zip(_HEIGHTS, shown, strict=True) if count)

    for place in _GROWTH:
        limits[place] += 1
        if height() > _PHONE_HEIGHT:
            limits[place] -= 1
    return limits


def _paper(view: SummaryView) -> dict[str, object]:
    groups, more_groups = _paper_groups(list(_grouped(view)))
    return _common(view) | {
        "programmes": _programmes(view, _PAPER_PROGRAMMES),
        "groups": groups,
        "more_groups": more_groups,
        "decisions": shortened(view.decisions, 5, _sentence),
        "late": shortened(view.late, 6 if view.replies else 8, _late),
        "blocked": shortened(view.blocked, 4 if view.replies else 5, _blocked),
        "replies": shortened(view.replies, 5, _reply),
        "moved": shortened(view.moved, 5, _sentence),
        "deadlines": shortened(sorted(view.deadlines, key=lambda item: item.due), 7, _deadline),
        "best": _joined(view.best_reporters, 6, ", "),
    }


def _paper_groups(grouped: Sequence[tuple[GroupRow, Sequence[UnitTile]]]) -> tuple[list[dict[str, object]], int]:
    """As many rows of each group as the first page holds, one row kept for every group still to come."""
    room = _PAPER_ROWS
    shown: list[dict[str, object]] = []
    for place, (group, tiles) in enumerate(grouped):
        later = min(len(grouped) - place - 1, 4)
        rows = min(-(-len(tiles) // _PAPER_COLUMNS), int(room - 0.8 - 2.3 * later))
        if rows < (1 if tiles else 0) or room < 0.8:
            return shown, len(grouped) - place
        entry = _group(group, tiles, named=True, limit=rows * _PAPER_COLUMNS)
        room -= rows + 0.8 + (0.5 if entry["more"] else 0)
        shown.append(entry)
    return shown, 0


def _common(view: SummaryView) -> dict[str, object]:
    counts, previous = view.counts, view.previous
    done_share = share(counts.done, counts.total)
    moved_by = None if previous is None else done_share - share(previous.done, previous.total)
    as_of = f"{long_date(view.as_of)}, pukul {clock_time(view.as_of)}"
    return {
        "organisation": printable(view.organisation, _NAME),
        "week": printable(view.week_label, _NAME),
        "as_of": as_of,
        "empty": counts.total == 0,
        "total": counts.total,
        "done_share": percent(done_share),
        "done_words": f"dari {number(counts.total)} tugas",
        "share_change": _change(moved_by, 1, unit=" poin"),
        "cells": [_cell(view, key, label, field, wish) for key, label, field, wish in _STATUSES],
        "units_note": f"{number(len(view.units))} unit",
        "legend": _legend(view.units),
        "foot": f"Keadaan {as_of}." + (_compared(view) if previous else " Pekan pertama, belum ada pembanding."),
    }


def _compared(view: SummaryView) -> str:
    since = "pekan lalu" if view.compared_with is None else plain_date(view.compared_with)
    return f" Panah: perubahan dari {since}."


def _short_foot(view: SummaryView) -> str:
    """The same for one line of the picture."""
    if view.previous is None:
        return f"Keadaan {long_date(view.as_of)}, {clock_time(view.as_of)} · pekan pertama"
    since = "pekan lalu" if view.compared_with is None else plain_date(view.compared_with)
    return f"Keadaan {long_date(view.as_of)}, {clock_time(view.as_of)} · ▲▼ sejak {since}"


def _cell(view: SummaryView, key: str, label: str, field: str, wish: int) -> dict[str, object]:
    value: int = getattr(view.counts, field)
    change = None if view.previous is None else value - getattr(view.previous, field)
    return {"key": key, "label": label, "value": value, "number": number(value)} | _change(change, wish)


def _change(change: int | None, wish: int, unit: str = "") -> dict[str, object]:
    if change is None:
        return {"change": None, "mood": "even"}
    if change == 0:
        return {"change": "= tetap", "mood": "even"}
    mood = "even" if wish == 0 else "good" if change * wish > 0 else "bad"
    return {"change": f"{'▲' if change > 0 else '▼'} {number(abs(change))}{unit}", "mood": mood}


def _legend(tiles: Sequence[UnitTile]) -> list[str]:
    present = {tile.grade for tile in tiles}
    return [grade.value for grade in Grade if grade in present]


def _programmes(view: SummaryView, limit: int) -> dict[str, object]:
    """When not all fit, those with the most late assignments stay, in the order given."""
    kept = sorted(range(len(view.programmes)), key=lambda place: -view.programmes[place].late)[:limit]
    rows = [_programme(view.programmes[place]) for place in sorted(kept)]
    return {"shown": rows, "more": len(view.programmes) - len(rows)}


def _programme(row: ProgrammeRow) -> dict[str, object]:
    return {
        "name": printable(row.name, _NAME),
        "total": row.total,
        "done": row.done,
        "late": row.late,
        "done_words": number(row.done),
        "total_words": number(row.total),
        "late_words": number(row.late),
        "share": percent(share(row.done, row.total)),
    }


def _grouped(view: SummaryView) -> Iterator[tuple[GroupRow, list[UnitTile]]]:
    """Each group with its tiles, in the order given; a group that only tiles name is summed up from them."""
    tiles: dict[str, list[UnitTile]] = {}
    for tile in view.units:
        tiles.setdefault(tile.group, []).append(tile)
    for group in view.groups:
        yield group, tiles.pop(group.name, [])
    for name, rest in tiles.items():
        yield GroupRow(name, sum(t.total for t in rest), sum(t.done for t in rest), sum(t.late for t in rest)), rest


def _group(group: GroupRow, tiles: Sequence[UnitTile], *, named: bool, limit: int) -> dict[str, object]:
    worst = () if named else _worst_of(tiles)
    return {
        "name": printable(group.name, _NAME),
        "figures": f"{number(group.done)} dari {number(group.total)} selesai",
        "share": percent(share(group.done, group.total)),
        "late": group.late,
        "late_number": number(group.late),
        "late_words": f"{number(group.late)} terlambat",
        "named": named,
        "more": max(0, len(tiles) - limit),
        "worst": "   ".join(names for names in worst if names),
        "tiles": [
            {
                "name": hyphenatable(printable(tile.name, _TILE, longest_word=20)),
                "grade": tile.grade.value,
                "figures": f"{number(tile.done)}/{number(tile.total)}" if tile.total else "",
                "late": number(tile.late) if tile.late else "",
            }
            for tile in tiles[:limit]
        ],
    }


def _worst_of(tiles: Sequence[UnitTile]) -> tuple[str, ...]:
    behind = _worst_names(tiles, Grade.BEHIND, "✗", _WORST)
    return (behind, _worst_names(tiles, Grade.WATCH, "!", _WORST - len(behind)) if len(behind) < _WORST // 2 else "")


def _worst_names(tiles: Sequence[UnitTile], grade: Grade, sign: str, room: int) -> str:
    """As many names as `room` characters hold, the rest counted: a cut name helps nobody."""
    names = [printable(tile.name, 40) for tile in sorted(tiles, key=lambda t: -t.late) if tile.grade is grade]
    shown: list[str] = []
    while len(shown) < len(names) and len(", ".join([*shown, names[len(shown)]])) <= room:
        shown.append(names[len(shown)])
    if not shown:
        return f"{sign} {len(names)} unit" if names else ""
    left = len(names) - len(shown)
    return f"{sign} {', '.join(shown)}{f' +{left}' if left else ''}"


def _late(item: LateItem) -> dict[str, object]:
    return {
        "days": number(item.days_late),
        "head": _head(item.unit, item.directive),
        "number": printable(item.number, _NUMBER),
        "unit": printable(item.unit, _NAME, longest_word=16),
        "directive": printable(item.directive, _LINE),
        "cause": printable(item.cause or "", _LINE) or "Belum menyampaikan sebab",
    }


def _blocked(item: BlockedItem) -> dict[str, object]:
    obstacle = printable(item.obstacle, _LINE)
    helper = printable(item.unblocker or "", _NAME)
    return {
        "head": _head(item.unit, item.directive),
        "line": f"→ {printable(item.unblocker or '', _SHORT)}: {obstacle}" if helper else obstacle,
        "number": printable(item.number, _NUMBER),
        "unit": printable(item.unit, _NAME, longest_word=16),
        "directive": printable(item.directive, _LINE),
        "obstacle": obstacle,
        "helper": helper or "–",
    }


def _head(unit: str, directive: str) -> str:
    """Who and what in one line: the longest name leaves room for the directive."""
    return f"{printable(unit, _SHORT)}: {printable(directive, _LINE)}"


def _reply(item: ReplyItem) -> dict[str, object]:
    return {
        "unit": printable(item.unit, _NAME, longest_word=16),
        "grade": item.grade.value,
        "words": printable(item.words, 2 * _LINE),
    }


def _deadline(item: DeadlineItem) -> dict[str, object]:
    return {
        "day": short_date(item.due),
        "number": printable(item.number, _NUMBER),
        "directive": printable(item.directive, _LINE),
        "units": printable(item.units, _NAME, longest_word=14),
    }


def _sentence(words: str) -> str:
    return printable(words, _SENTENCE)


def _closing_lines(view: SummaryView) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = []
    if view.moved:
        lines.append({"label": "Bergerak", "words": _fitting(view.moved, "; ")})
    if view.deadlines:
        first = min(view.deadlines, key=lambda item: item.due)
        words = f"{number(len(view.deadlines))} tenggat, terdekat {short_date(first.due)}: {first.directive} ({first.units})"
        lines.append({"label": "Pekan depan", "words": printable(words, _SENTENCE)})
    if view.replies:
        lines.append({"label": "Hak jawab (lihat PDF)", "words": _fitting([item.unit for item in view.replies], ", ")})
    if view.best_reporters:
        lines.append({"label": "Terbaik melapor", "words": _fitting(view.best_reporters, ", ")})
    return lines


def _fitting(items: Sequence[str], separator: str) -> str:
    """As many whole entries as a line holds, at least one, and how many more there are."""
    words = [printable(item, _NAME) for item in items]
    count = next((n for n in range(len(words), 1, -1) if len(separator.join(words[:n])) <= _CLOSING), 1)
    return separator.join(words[:count]) + (f" +{len(words) - count} lagi" if len(words) > count else "")


def _joined(items: Sequence[str], limit: int, separator: str) -> str:
    more = f"{separator}+{len(items) - limit} lagi" if len(items) > limit else ""
    return separator.join(printable(item, _NAME) for item in items[:limit]) + more
