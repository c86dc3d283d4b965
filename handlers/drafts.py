"""The buttons of a preview: looking around in it, answering its doubts by a tap, throwing away."""

from __future__ import annotations

from handlers import aliases
from handlers.preview import draft_in_work, minutes_in_work, present, view_of
from handlers.reading import add_overlooked, move_to_meeting
from handlers.turn import Refused, Turn
from models import drafting
from models.directives import Directive, DirectiveState, Priority
from models.meetings import Minutes, MinutesState
from models.units import Programme, Unit
from presentation.drafts import View, minutes_subject
from presentation.keyboards import button
from presentation.mail import Content
from presentation.words import deadline as deadline_words

LAST_PAGE = 9999


async def page(turn: Turn) -> None:
    """Another page of the list."""
    minutes = await minutes_in_work(turn, _argument(turn, 0))
    await present(turn, minutes, View(page=_number(turn, 1), collecting=view_of(turn).collecting))


async def look(turn: Turn) -> None:
    """One draft of the list."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    await present(turn, minutes, View(draft=draft.id, collecting=view_of(turn).collecting))


async def change(turn: Turn) -> None:
    """`✏️ Ubah`: what can be changed, by button or in words."""
    minutes = await minutes_in_work(turn, _argument(turn, 0))
    await present(turn, minutes, View(page=view_of(turn).page, fields=True))


async def fields(turn: Turn) -> None:
    """`✏️ Ubah` on one draft of many."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    await present(turn, minutes, View(draft=draft.id, fields=True))


async def choose(turn: Turn) -> None:
    """The choices for a field that is picked from buttons."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    if _argument(turn, 1) not in ("lead", "programme", "priority"):
        raise Refused("Pilihan ini tidak dikenal. Silakan sentuh ✏️ Ubah lagi.")
    if _argument(turn, 1) == "lead" and not drafting.assignees_of(draft):
        raise Refused("Unit pelaksananya belum ada. Mohon tambahkan unit lebih dahulu.")
    await present(turn, minutes, View(draft=draft.id, choosing=_argument(turn, 1)))


async def lead(turn: Turn) -> None:
    """A unit is picked as the one responsible; "-" means that all are equal."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    code = _argument(turn, 1)
    if code != "-" and code not in drafting.assignees_of(draft):
        raise Refused("Unit ini tidak termasuk pelaksana arahan ini.")
    drafting.change(draft, lead=None if code == "-" else code)
    await present(turn, minutes, View(draft=draft.id))


async def programme(turn: Turn) -> None:
    """A programme is picked."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    chosen = await turn.session.get(Programme, _argument(turn, 1))
    if chosen is None:
        raise Refused("Program ini tidak dikenal.")
    draft.programme, draft.programme_tag = chosen, chosen.tag
    drafting.change(draft)
    await present(turn, minutes, View(draft=draft.id))


async def priority(turn: Turn) -> None:
    """The sifat is picked."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    every = list(Priority)
    if _number(turn, 1) >= len(every):
        raise Refused("Sifat ini tidak dikenal.")
    draft.priority = every[_number(turn, 1)]
    drafting.change(draft)
    await present(turn, minutes, View(draft=draft.id))


async def unit_is(turn: Turn) -> None:
    """A tap that answers "unit mana yang dimaksud?" with one of the candidates."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    unit = await turn.session.get(Unit, _argument(turn, 2))
    doubt = next((one for one in drafting.doubts_of(draft) if one.number == _number(turn, 1)), None)
    if unit is None or doubt is None:
        raise Refused("Pertanyaan ini sudah dijawab.")
    drafting.add_units(draft, [unit.code], lead=unit.code)
    drafting.settle(draft, number=doubt.number)
    turn.answer(f"{unit.name} ditambahkan.")
    await present(turn, minutes, View(draft=draft.id))
    if doubt.kind == "unit":
        await aliases.offer(turn, doubt.words, unit.code)


async def due_is_right(turn: Turn) -> None:
    """`✓ Jumat, 30 Januari 2026`: the deadline as understood is right."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    drafting.confirm_due(draft)
    turn.answer("Tenggat dipastikan.")
    await present(turn, minutes, View(draft=draft.id))


async def reword(turn: Turn) -> None:
    """`✍️ Sesuaikan tanggal di uraian`: the wording names the deadline that was decided."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    if draft.due_at is None or drafting.outdated_date(draft) is None:
        raise Refused("Uraiannya sudah sesuai dengan tenggatnya.")
    drafting.reword_date(draft, deadline_words(draft.due_at, draft.due_has_time, turn.zone))
    await present(turn, minutes, View(draft=draft.id))


async def ignore(turn: Turn) -> None:
    """`Abaikan ⚠️`: the doubt doesn't matter."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    drafting.settle(draft, number=_number(turn, 1))
    await present(turn, minutes, View(draft=draft.id))


async def drop(turn: Turn) -> None:
    """One draft of the list is thrown away."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    await discard(turn, draft)
    turn.answer(f"Butir {draft.position} dibuang.")
    await present(turn, minutes, View(page=view_of(turn).page))


async def discard(turn: Turn, draft: Directive) -> None:
    """Throw one draft away, on record."""
    draft.state = DirectiveState.DISCARDED
    turn.audit("discard_draft", f"directive:{draft.id}")
    await turn.session.flush()


async def discard_all(turn: Turn) -> None:
    """`🗑 Buang`: nothing of it is sent; a tap brings it back."""
    await discard_prepared(turn, await minutes_in_work(turn, _argument(turn, 0)))


async def discard_prepared(turn: Turn, minutes: Minutes) -> None:
    """Throw a whole notulen away, on record; its preview offers to bring it back."""
    minutes.state = MinutesState.DISCARDED
    turn.audit("discard_minutes", f"minutes:{minutes.id}")
    await turn.stop_waiting()
    content = turn.content("drafts_discarded", [[button("↩️ Batal membuang", "drafts_restore", minutes.id)]])
    await _redraw(turn, minutes, content)


async def restore(turn: Turn) -> None:
    """`↩️ Batal membuang`."""
    identity = _argument(turn, 0)
    minutes = await turn.session.get(Minutes, int(identity)) if identity.isdecimal() else None
    if minutes is None or minutes.state != MinutesState.DISCARDED:
        raise Refused("Rancangan ini tidak sedang dibuang.")
    minutes.state = MinutesState.DRAFT
    turn.audit("restore_minutes", f"minutes:{minutes.id}")
    await present(turn, minutes, View())


async def complete(turn: Turn) -> None:
    """`✅ Sudah semua`: no further piece of the notulen will come."""
    minutes = await minutes_in_work(turn, _argument(turn, 0))
    turn.answer("Baik. Silakan periksa daftarnya.")
    await present(turn, minutes, View(page=view_of(turn).page))


async def take_overlooked(turn: Turn) -> None:
    """`➕ Tambahkan yang terlewat`: lines that were not taken for directives are directives after all."""
    minutes = await minutes_in_work(turn, _argument(turn, 0))
    if not minutes.overlooked:
        raise Refused("Tidak ada lagi baris yang terlewat.")
    await add_overlooked(turn, minutes)
    await present(turn, minutes, View(page=LAST_PAGE))


async def use_day(turn: Turn) -> None:
    """The day that a notulen itself names, or today for a line typed long after the meeting: dates count from it."""
    minutes = await minutes_in_work(turn, _argument(turn, 0))
    said = minutes.says_held_at
    if said is None:
        raise Refused("Tanggalnya sudah dipakai.")
    if _argument(turn, 1) == "keep":
        minutes.says_held_at = None
    else:
        await move_to_meeting(turn, minutes, said)
        turn.answer("Tenggat dihitung ulang dari tanggal itu.")
    await present(turn, minutes, View(page=view_of(turn).page, collecting=view_of(turn).collecting))


async def _redraw(turn: Turn, minutes: Minutes, content: Content) -> None:
    await turn.session.flush()
    await turn.mail.redraw(minutes_subject(minutes), content)


def _argument(turn: Turn, place: int) -> str:
    return turn.arguments[place] if place < len(turn.arguments) else ""


def _number(turn: Turn, place: int) -> int:
    text = _argument(turn, place)
    return int(text) if text.isdecimal() and len(text) < 7 else 0
