"""The preview of drafts: one as a card, many as a numbered list, with doubts marked and a tap to answer each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from models.directives import Directive, Priority, next_sequence
from models.drafting import (
    Doubt,
    asks_date,
    assignees_of,
    doubts_of,
    drafts_of,
    is_doubtful,
    is_past,
    lead_of,
    outdated_date,
    sent_before,
)
from models.meetings import Minutes
from models.units import GROUP_NAMES, Programme, Unit, all_programmes, units_by_code
from presentation.chat import brief, render
from presentation.keyboards import Keyboard, button, pages, rows
from presentation.mail import Content
from presentation.words import long_date

PER_PAGE = 6
CANDIDATES = 6
GROUPS = (
    ("seluruh_camat", "Seluruh camat"),
    ("seluruh_opd", "Seluruh OPD"),
    ("seluruh_puskesmas", "Seluruh puskesmas"),
    ("seluruh_bagian", "Seluruh bagian"),
)
"""The groups offered as buttons; understanding.units knows them by these names."""
SHORT_NAMES = {"bagian": "bagian", "opd": "OPD"}


@dataclass(frozen=True)
class View:
    """What of the preview is looked at: a page of the list, or one draft, or the choice of what to change in it.

    `choosing` is the field whose choices are shown as buttons ("lead", "programme", "priority").
    """

    page: int = 0
    draft: int | None = None
    fields: bool = False
    choosing: str | None = None
    collecting: bool = False


@dataclass(frozen=True)
class Preview:
    """All that the preview shows: the drafts, the number the first would get now, and the units by code."""

    minutes: Minutes
    drafts: Sequence[Directive]
    first_number: tuple[int, int, int]
    units: Mapping[str, Unit]
    now: datetime
    zone: ZoneInfo
    programmes: Sequence[Programme] = ()
    other_day: datetime | None = None
    """When the notulen itself says it was held, where the current meeting says otherwise."""
    notes: Sequence[str] = field(default_factory=tuple)
    repeated: Mapping[int, str] = field(default_factory=dict)
    """Drafts that were sent before at this meeting, by id, with the number they were sent under."""

    def number(self, draft: Directive) -> str:
        """The number the draft would get if all were sent now."""
        year, month, first = self.first_number
        place = next((index for index, one in enumerate(self.drafts) if one.id == draft.id), 0)
        return f"{year}-{month:02d}-{first + place:02d}"

    def draft(self, view: View) -> Directive | None:
        """The one draft that is looked at; None for the list."""
        if len(self.drafts) == 1:
            return self.drafts[0]
        return next((draft for draft in self.drafts if draft.id == view.draft), None)


async def gather(
    session: AsyncSession, minutes: Minutes, now: datetime, zone: ZoneInfo, notes: Sequence[str] = ()
) -> Preview:
    """Look up what the preview of a notulen shows. `notes` are lines to add at its foot."""
    meeting, said = minutes.meeting, minutes.says_held_at
    differs = said is not None and said.astimezone(zone).date() != meeting.held_at.astimezone(zone).date()
    drafts = await drafts_of(session, minutes.id)
    return Preview(
        minutes=minutes,
        drafts=drafts,
        repeated=await sent_before(session, drafts),
        first_number=await next_sequence(session, meeting, zone),
        units=await units_by_code(session),
        programmes=await all_programmes(session),
        now=now,
        zone=zone,
        other_day=said if differs else None,
        notes=notes,
    )


def minutes_subject(minutes: Minutes) -> str:
    return f"minutes:{minutes.id}"


def preview(shown: Preview, view: View) -> Content:
    """The preview as the secretariat sees it in this view."""
    draft = shown.draft(view)
    if draft is None:
        return _list(shown, view)
    return Content(_one_text(shown, draft, view), _one_buttons(shown, draft, view))


def whom(codes: Iterable[str], units: Mapping[str, Unit], *, named: int = 6) -> str:
    """Units as one says them: "seluruh kecamatan kecuali Meranti (24)", "Dinas Pertanian, Dinas PUTR, +3 lagi"."""
    chosen = [units[code] for code in codes if code in units]
    parts: list[str] = []
    for kind in ("kecamatan", "opd", "bagian", "puskesmas"):
        every = [unit for unit in units.values() if unit.group == kind and not unit.retired]
        have = [unit for unit in chosen if unit.group == kind]
        missing = [unit for unit in every if unit not in have]
        if len(have) > named and len(missing) <= min(6, len(have) // 2):
            name = SHORT_NAMES.get(kind, GROUP_NAMES[kind].lower())
            but = f" kecuali {', '.join(unit.short_name for unit in missing)}" if missing else ""
            parts.append(f"seluruh {name}{but} ({len(have)})")
            chosen = [unit for unit in chosen if unit.group != kind]
    parts += [unit.name for unit in chosen[:named]]
    if len(chosen) > named:
        parts.append(f"+{len(chosen) - named} lagi")
    return ", ".join(parts)


def _one_text(shown: Preview, draft: Directive, view: View) -> str:
    lead = lead_of(draft)
    others = [code for code in assignees_of(draft) if code != lead]
    return render(
        "draft_card",
        draft=draft,
        number=shown.number(draft),
        place=draft.position if len(shown.drafts) > 1 else None,
        total=len(shown.drafts),
        meeting=shown.minutes.meeting,
        lead=shown.units[lead].name if lead and lead in shown.units else None,
        others=whom(others, shown.units),
        unassigned=not assignees_of(draft),
        doubts=doubts_of(draft),
        asks_date=asks_date(draft),
        is_past=is_past(draft, shown.now),
        outdated=outdated_date(draft),
        repeated=shown.repeated.get(draft.id),
        fields=view.fields or view.choosing is not None,
        collecting=view.collecting,
        notes=shown.notes,
        other_day=shown.other_day,
        overlooked=shown.minutes.overlooked if len(shown.drafts) == 1 else [],
        now=shown.now,
        zone=shown.zone,
    )


def _one_buttons(shown: Preview, draft: Directive, view: View) -> Keyboard:
    if view.choosing is not None:
        return _choices(shown, draft, view.choosing)
    if view.fields:
        return _fields(draft)
    keyboard = _answers(shown, draft)
    alone = len(shown.drafts) == 1
    if view.collecting:
        keyboard.append([button("✅ Sudah semua", "drafts_complete", shown.minutes.id)])
    if alone:
        if shown.minutes.overlooked:
            keyboard.append([button("➕ Tambahkan yang terlewat", "drafts_overlooked", shown.minutes.id)])
        keyboard += _day_offer(shown)
        keyboard.append(_main_buttons(shown.minutes))
        return keyboard
    keyboard.append(
        [button("✏️ Ubah", "draft_fields", draft.id), button(f"🗑 Buang butir {draft.position}", "draft_drop", draft.id)]
    )
    keyboard.append([button("⬅️ Daftar", "drafts_page", shown.minutes.id, _page_of(shown, draft))])
    following = _next_doubtful(shown, draft)
    if following is not None:
        keyboard[-1].append(button(f"⚠️ Butir {following.position} ➡️", "draft", following.id))
    return keyboard


def _main_buttons(minutes: Minutes) -> list[dict[str, str]]:
    return [
        button("📤 Kirim", "drafts_send", minutes.id),
        button("✏️ Ubah", "drafts_change", minutes.id),
        button("🗑 Buang", "drafts_discard", minutes.id),
    ]


def _answers(shown: Preview, draft: Directive) -> Keyboard:
    """One tap for each doubt."""
    keyboard: Keyboard = []
    for doubt in [one for one in doubts_of(draft) if one.kind != "owner"][:4]:
        keyboard += _doubt_buttons(shown, draft, doubt)
    if asks_date(draft) and draft.due_at is not None:
        day = long_date(draft.due_at.astimezone(shown.zone).date())
        keyboard.append(
            [button(f"✓ {day}", "draft_due_right", draft.id), button("🗓 Tanggal lain", "draft_ask", draft.id, "due")]
        )
    elif is_past(draft, shown.now):
        keyboard.append([button("🗓 Ganti tenggat", "draft_ask", draft.id, "due")])
    if outdated_date(draft) is not None and draft.due_at is not None:
        keyboard.append([button("✍️ Sesuaikan tanggal di uraian", "draft_reword", draft.id)])
    if not assignees_of(draft):
        keyboard += rows([button(name, "draft_group", draft.id, group) for group, name in GROUPS])
        keyboard.append([button("🏛 Tulis nama unit", "draft_ask", draft.id, "unit")])
    return keyboard


def _doubt_buttons(shown: Preview, draft: Directive, doubt: Doubt) -> Keyboard:
    known = [code for code in doubt.candidates if code in shown.units][:CANDIDATES]
    buttons = [
        button(f"🏛 {shown.units[code].name[:40]}", "draft_unit_is", draft.id, doubt.number, code) for code in known
    ]
    answer = []
    if doubt.kind in ("unit", "group"):
        answer.append(
            button(
                "🏛 Unit lain" if known else f"🏛 Pilih: {brief(doubt.words, 24)}",
                "draft_ask",
                draft.id,
                "unit",
                doubt.number,
            )
        )
    elif doubt.kind in ("date", "deadline"):
        answer.append(button("🗓 Beri tenggat", "draft_ask", draft.id, "due"))
    else:
        answer.append(button("✍️ Lengkapi uraian", "draft_ask", draft.id, "text"))
    if doubt.is_pressing:
        answer.append(button("Abaikan ⚠️", "draft_ignore", draft.id, doubt.number))
    return [*rows(buttons, 1), answer]


def _fields(draft: Directive) -> Keyboard:
    number = draft.id
    return [
        [button("🗓 Tenggat", "draft_ask", number, "due"), button("✍️ Uraian", "draft_ask", number, "text")],
        [button("➕ Tambah unit", "draft_ask", number, "unit"), button("➖ Kurangi unit", "draft_ask", number, "less")],
        [
            button("⭐ Penanggung jawab", "draft_choose", number, "lead"),
            button("🎯 Program", "draft_choose", number, "programme"),
        ],
        [button("🔖 Sifat", "draft_choose", number, "priority"), button("⬅️ Kembali", "draft", number)],
    ]


def _choices(shown: Preview, draft: Directive, field_name: str) -> Keyboard:
    back = [button("⬅️ Kembali", "draft_fields", draft.id)]
    if field_name == "lead":
        codes = [code for code in assignees_of(draft) if code in shown.units][:30]
        chosen = [button(f"{'⭐ ' if code == lead_of(draft) else ''}{shown.units[code].short_name[:40]}", "draft_lead", draft.id, code)
                  for code in codes]  # fmt: skip
        chosen.append(button("Tanpa penanggung jawab", "draft_lead", draft.id, "-"))
        return [*rows(chosen), back]
    if field_name == "programme":
        chosen = [button(f"{'🎯 ' if one.tag == draft.programme_tag else ''}{one.name[:40]}", "draft_programme", draft.id, one.tag)
                  for one in shown.programmes]  # fmt: skip
        return [*rows(chosen, 1), back]
    priorities = [button(f"{'🔖 ' if one == draft.priority else ''}{one.value}", "draft_priority", draft.id, place)
                  for place, one in enumerate(Priority)]  # fmt: skip
    return [*rows(priorities), back]


def _list(shown: Preview, view: View) -> Content:
    last = max(0, (len(shown.drafts) - 1) // PER_PAGE)
    page = min(max(0, view.page), last)
    part = shown.drafts[page * PER_PAGE : (page + 1) * PER_PAGE]
    doubtful = [draft for draft in shown.drafts if is_doubtful(draft, shown.now)]
    text = render(
        "drafts_list",
        minutes=shown.minutes,
        meeting=shown.minutes.meeting,
        drafts=part,
        total=len(shown.drafts),
        first=shown.number(shown.drafts[0]) if shown.drafts else "",
        final=shown.number(shown.drafts[-1]) if shown.drafts else "",
        page=page + 1,
        pages=last + 1,
        doubtful=[draft.position for draft in doubtful],
        rows=[_row(shown, draft) for draft in part],
        collecting=view.collecting,
        changing=view.fields,
        notes=shown.notes,
        other_day=shown.other_day,
        now=shown.now,
        zone=shown.zone,
    )
    keyboard: Keyboard = rows(
        [button(f"{'⚠️ ' if draft in doubtful else ''}{draft.position}", "draft", draft.id) for draft in part], 6
    )
    keyboard.append(pages("drafts_page", page, last, shown.minutes.id))
    if doubtful:
        keyboard.append([button(f"⚠️ Periksa {len(doubtful)} butir", "draft", doubtful[0].id)])
    if view.collecting:
        keyboard.append([button("✅ Sudah semua", "drafts_complete", shown.minutes.id)])
    if shown.minutes.overlooked:
        keyboard.append([button("➕ Tambahkan yang terlewat", "drafts_overlooked", shown.minutes.id)])
    keyboard += _day_offer(shown)
    if shown.drafts:
        keyboard.append(_main_buttons(shown.minutes))
    else:
        keyboard.append([button("🗑 Buang", "drafts_discard", shown.minutes.id)])
    return Content(text, keyboard)


@dataclass(frozen=True)
class Row:
    """One draft in the list."""

    draft: Directive
    whom: str
    lead: str | None
    warnings: list[str]
    hints: list[str]


def _row(shown: Preview, draft: Directive) -> Row:
    lead = lead_of(draft)
    codes = assignees_of(draft)
    doubts = doubts_of(draft)
    warnings = [brief(doubt.question, 110) for doubt in doubts if doubt.is_pressing][:2]
    if not codes and not any(doubt.kind in ("unit", "group", "owner") for doubt in doubts):
        warnings.append("Unit pelaksana belum ada.")
    if asks_date(draft):
        warnings.append(f"Tenggat dibaca dari “{brief(draft.due_words or '', 40)}”, mohon dipastikan.")
    elif is_past(draft, shown.now):
        warnings.append("Tenggat sudah lewat.")
    if draft.id in shown.repeated:
        warnings.append(f"Sudah pernah dikirim sebagai arahan {shown.repeated[draft.id]}.")
    leader = shown.units[lead].short_name if lead and lead in shown.units and len(codes) > 1 else None
    hints = [brief(doubt.question, 110) for doubt in doubts if doubt.kind == "output"]
    return Row(draft, whom(codes, shown.units, named=3), leader, warnings, hints)


def _day_offer(shown: Preview) -> Keyboard:
    if shown.other_day is None:
        return []
    day = long_date(shown.other_day.astimezone(shown.zone).date())
    return [
        [button(f"🗓 Ya, {day}", "drafts_day", shown.minutes.id, "use")],
        [button("Bukan, tetap rapat berjalan", "drafts_day", shown.minutes.id, "keep")],
    ]


def _page_of(shown: Preview, draft: Directive) -> int:
    return next((index for index, one in enumerate(shown.drafts) if one.id == draft.id), 0) // PER_PAGE


def _next_doubtful(shown: Preview, draft: Directive) -> Directive | None:
    after = [one for one in shown.drafts if one.position > draft.position] + list(shown.drafts)
    return next((one for one in after if one.id != draft.id and is_doubtful(one, shown.now)), None)
