"""One field of a draft, asked for and answered in words; also the guided way from a bare text to a whole draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers import aliases, corrections
from handlers.preview import draft_in_work, present, view_of
from handlers.turn import Refused, Turn
from handlers.wording import UnitsRead, leader, read_due, read_text, read_units, take_off
from models import drafting
from models.directives import Directive
from models.meetings import Minutes
from models.units import units_by_code
from presentation.drafts import GROUPS, View, whom
from presentation.keyboards import Keyboard, button, rows
from presentation.mail import Content

FIELDS = ("due", "text", "unit", "less")
DUE_CHOICES = ("3 hari lagi", "Jumat depan", "akhir bulan", "akhir bulan depan")


async def ask(turn: Turn) -> None:
    """A button that asks for a field in words; a third argument names the doubt that the answer settles."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    field = _argument(turn, 1)
    if field not in FIELDS:
        raise Refused("Pilihan ini tidak dikenal. Silakan sentuh ✏️ Ubah lagi.")
    await _ask(turn, draft, minutes, field, doubt=_argument(turn, 2))


async def guide(turn: Turn, minutes: Minutes, draft: Directive) -> None:
    """Ask for what the draft still lacks, one thing at a time, and then show the preview."""
    unclear = any(doubt.kind in ("unit", "group") for doubt in drafting.doubts_of(draft))
    if not drafting.assignees_of(draft) and not unclear:
        await _ask(turn, draft, minutes, "unit", guided=True)
    elif draft.due_at is None and not draft.proposal.get("due_decided"):
        await _ask(turn, draft, minutes, "due", guided=True)
    else:
        await present(turn, minutes, View())


async def receive(turn: Turn) -> None:
    """The words that a field was asked for."""
    about = turn.dialogue.about if turn.dialogue else {}
    draft, minutes = await draft_in_work(turn, about.get("draft", ""))
    try:
        answer = await _take_in(turn, draft, minutes, about)
    except Refused:
        if not corrections.read(turn, minutes).understood:
            raise
        # Asked for one thing, the person corrected another.
        await corrections.correct(turn, minutes)
        return
    await _go_on(turn, draft, minutes, answer)


async def _take_in(turn: Turn, draft: Directive, minutes: Minutes, about: dict[str, Any]) -> str:
    match about.get("field"):
        case "due":
            return _set_due(turn, draft, minutes, turn.words)
        case "text":
            draft.text = read_text(turn.words)
            drafting.change(draft)
            drafting.settle(draft, "output")
            return "Uraiannya diganti."
        case "less":
            return await _remove(turn, draft, turn.words)
        case _:
            return await _add(turn, draft, turn.words, about.get("doubt", ""))


async def group_chosen(turn: Turn) -> None:
    """A group's button under the question for units."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    if _argument(turn, 1) not in dict(GROUPS):
        raise Refused("Kelompok ini tidak dikenal.")
    drafting.add_units(draft, turn.office.units.group(_argument(turn, 1)))
    drafting.settle(draft, "owner", "unit", "group")
    turn.answer(f"{dict(GROUPS)[_argument(turn, 1)]} ditambahkan.")
    await _go_on(turn, draft, minutes, "")


async def due_chosen(turn: Turn) -> None:
    """A button under the question for the deadline; without a place in the list it means no deadline."""
    draft, minutes = await draft_in_work(turn, _argument(turn, 0))
    place = _argument(turn, 1)
    if place.isdecimal() and int(place) < len(DUE_CHOICES):
        _set_due(turn, draft, minutes, DUE_CHOICES[int(place)])
        drafting.confirm_due(draft)
    else:
        drafting.set_due(draft, None)
    await _go_on(turn, draft, minutes, "")


async def _go_on(turn: Turn, draft: Directive, minutes: Minutes, answer: str) -> None:
    await _close_question(turn, draft)
    about = turn.dialogue.about if turn.dialogue else {}
    guided = bool(about.get("guided")) and about.get("draft") == draft.id
    if answer and not guided:
        await turn.say("plain", text=answer)
    if guided:
        await guide(turn, minutes, draft)
    else:
        await present(turn, minutes, View(draft=draft.id, page=view_of(turn).page))


async def _ask(
    turn: Turn, draft: Directive, minutes: Minutes, field: str, *, doubt: str = "", guided: bool = False
) -> None:
    units = await units_by_code(turn.session)
    keyboard: Keyboard = []
    if field == "unit" and not drafting.assignees_of(draft):
        keyboard = rows([button(name, "draft_group", draft.id, group) for group, name in GROUPS])
    elif field == "due":
        keyboard = rows(
            [button(words.capitalize(), "draft_due", draft.id, place) for place, words in enumerate(DUE_CHOICES)]
        )
        keyboard.append([button("Tanpa tenggat", "draft_due", draft.id, "none")])
    await turn.wait_for("draft_field", minutes=minutes.id, draft=draft.id, field=field, doubt=doubt, guided=guided)
    await _close_question(turn, draft)
    content = turn.content(
        "ask_field", keyboard, field=field, draft=draft, whom=whom(drafting.assignees_of(draft), units, named=12)
    )
    await turn.mail.show(_question(draft), turn.member, content)


async def _close_question(turn: Turn, draft: Directive) -> None:
    """Take the buttons off a question that was answered, so that an old one can't be pressed by mistake."""
    for card in await turn.mail.cards(_question(draft)):
        if card.shown["reply_markup"]["inline_keyboard"]:
            await turn.mail.redraw_card(card, Content(card.shown["text"]))


def _question(draft: Directive) -> str:
    return f"draft_question:{draft.id}"


def reference_of(turn: Turn, minutes: Minutes) -> datetime:
    """The moment that "Jumat depan" counts from: when the meeting was held, in local time."""
    return minutes.meeting.held_at.astimezone(turn.zone)


def _set_due(turn: Turn, draft: Directive, minutes: Minutes, words: str) -> str:
    deadline = read_due(words, reference_of(turn, minutes))
    if deadline is None:
        drafting.set_due(draft, None)
        return "Baik, tanpa tenggat."
    drafting.set_due(
        draft, deadline.due, has_time=deadline.has_time, words=deadline.words, recurrence=deadline.recurrence
    )
    return ""


async def _add(turn: Turn, draft: Directive, words: str, doubt: str) -> str:
    read = read_units(words, turn.office.units)
    require_clear(read, turn)
    asked = next((one for one in drafting.doubts_of(draft) if str(one.number) == doubt), None)
    drafting.add_units(draft, read.codes, lead=leader(read.codes, turn.office.units, groups=read.groups))
    if asked is not None:
        drafting.settle(draft, number=asked.number)
        if asked.kind == "unit" and len(read.codes) == 1:
            await aliases.offer(turn, asked.words, read.codes[0])
    else:
        drafting.settle(draft, "owner")
    return f"Ditambahkan: {whom(read.codes, await units_by_code(turn.session))}."


async def _remove(turn: Turn, draft: Directive, words: str) -> str:
    read = read_units(words, turn.office.units)
    require_clear(read, turn)
    present_ones = [code for code in read.codes if code in drafting.assignees_of(draft)]
    if not present_ones:
        raise Refused("Unit itu tidak termasuk pelaksana arahan ini, jadi tidak ada yang dikurangi.")
    take_off(draft, present_ones, turn.office.units)
    return f"Dikurangi: {whom(present_ones, await units_by_code(turn.session))}."


def require_clear(read: UnitsRead, turn: Turn) -> None:
    """Raises Refused with what isn't clear about the units named."""
    for words, candidates in read.unclear:
        names = [turn.office.units[code].name for code in candidates[:4]]
        if len(names) > 1:
            raise Refused(f"“{words[:60]}” dapat berarti {' atau '.join(names)}. Mohon tulis nama lengkapnya.")
        if names:
            raise Refused(f"“{words[:60]}” belum dikenal. Mungkin maksudnya {names[0]}? Mohon tulis nama lengkapnya.")
        raise Refused(
            f"Unit “{words[:60]}” belum dikenal. Mohon tulis nama resminya, misalnya Dinas Pertanian atau Camat Air Joman."
        )
    if not read.codes:
        raise Refused("Unitnya belum terbaca. Mohon tulis namanya, misalnya Dinas Pertanian atau Camat Air Joman.")


def _argument(turn: Turn, place: int) -> str:
    return turn.arguments[place] if place < len(turn.arguments) else ""
