"""Corrections of drafts in words: "tenggat 30 Januari", "4 unit Dinas Perikanan", "hapus 5"; by reply or plain message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from handlers import aliases, drafts, minutes, sending
from handlers.preview import draft_in_work, minutes_in_work, minutes_replied_to, present, view_of
from handlers.reading import LONGEST_NOTULEN
from handlers.rights import Deed
from handlers.turn import Refused, Turn
from handlers.wording import leader, take_off
from models import drafting
from models.directives import Directive
from models.drafting import drafts_of, open_minutes
from models.meetings import Minutes
from models.people import Role
from models.units import Programme, Unit, units_by_code
from presentation.drafts import PER_PAGE, View, whom
from presentation.keyboards import Keyboard, button
from presentation.words import deadline as deadline_words
from presentation.words import quantity
from understanding.corrections import Change, Correction, Problem, read_correction
from understanding.minutes import read_minutes

SEND_WORDS = frozenset({"kirim", "kirim semua", "kirim saja", "ya kirim", "ok kirim", "oke kirim", "silakan kirim"})
LEAVE_WORDS = frozenset({"batal", "batalkan"})
DISCARD_WORDS = LEAVE_WORDS | {"buang", "buang semua", "hapus semua"}


async def receive(turn: Turn) -> None:
    """A message while a preview is open: a correction of it, a further piece of the notulen, or a file."""
    about = turn.dialogue.about if turn.dialogue else {}
    if turn.message.document is not None:
        await minutes.receive_file(turn, turn.message.document)
        return
    minutes.must_be_text(turn)
    replied = await minutes_replied_to(turn)
    prepared = replied or await minutes_in_work(turn, about.get("minutes", ""))
    if replied is None and minutes.continues(turn, prepared):
        await minutes.add_piece(turn, prepared)
    elif replied is None and minutes.looks_like_notulen(turn.words):
        await minutes.begin_unasked(turn)
    else:
        await correct(turn, prepared)


async def unprompted(turn: Turn) -> bool:
    """A message of the secretariat that nobody asked for. Says whether it was about drafts."""
    turn.deed = Deed.POST_DIRECTIVE
    replied = await minutes_replied_to(turn)
    if replied is not None:
        minutes.must_be_text(turn)
        await correct(turn, replied)
        return True
    if turn.member.has(Role.PELAKSANA) and (turn.message.reply_to_message or not turn.words.strip()):
        # Somebody who serves a unit as well reports to it by replies, photos and files.
        return False
    if turn.message.document is not None:
        await minutes.receive_file(turn, turn.message.document)
        return True
    minutes.must_be_text(turn)
    if minutes.looks_like_notulen(turn.words):
        await minutes.begin_unasked(turn)
        return True
    prepared = await open_minutes(turn.session, turn.member.id)
    if prepared is not None and read(turn, prepared).understood:
        await correct(turn, prepared)
        return True
    if _is_directive(turn):
        await minutes.begin_unasked(turn)
        return True
    return False


async def complete(turn: Turn) -> None:
    """One of the candidates for a name that a correction left unclear."""
    kind, code = turn.arguments[1:3] if len(turn.arguments) == 3 else ("", "")
    draft, prepared = await draft_in_work(turn, turn.arguments[0] if turn.arguments else "")
    unit = await turn.session.get(Unit, code)
    if unit is None or kind not in ("add", "remove", "units", "lead"):
        raise Refused("Pilihan ini sudah tidak berlaku. Mohon tulis koreksinya sekali lagi.")
    change = Change(kind, "", codes=(code,))  # type: ignore[arg-type]
    await turn.edit_here(turn.content("plain", text=await _apply(turn, change, draft)))
    await present(turn, prepared, View(draft=draft.id))


def read(turn: Turn, prepared: Minutes) -> Correction:
    """What the message says as a correction; dates count from the meeting."""
    held_at = prepared.meeting.held_at.astimezone(turn.zone)
    return read_correction(turn.words, held_at, turn.office.units, turn.office.programmes)


def _is_directive(turn: Turn) -> bool:
    """Whether a message alone reads as a directive: somebody is to do something."""
    text = turn.words[:LONGEST_NOTULEN]
    return len(text) >= 25 and any(
        one.assignees for one in read_minutes(text, turn.now.astimezone(turn.zone), turn.office.units)
    )


async def correct(turn: Turn, prepared: Minutes) -> None:
    """Do to these drafts what the message says, or say what of it isn't clear."""
    said = " ".join(turn.words.lower().split()).strip(" .")
    if said in SEND_WORDS:
        await sending.send_prepared(turn, prepared)
        return
    if said in LEAVE_WORDS and view_of(turn).fields:
        # Asked what is to be changed, "batal" means: nothing.
        await present(turn, prepared, replace(view_of(turn), fields=False, choosing=None))
        return
    if said in DISCARD_WORDS:
        await drafts.discard_prepared(turn, prepared)
        await turn.say("plain", text="Baik, rancangan ini dibuang. Tidak ada yang dikirim.")
        return
    correction = read(turn, prepared)
    if not correction.changes and not any(one.candidates for one in correction.problems) and _is_directive(turn):
        await minutes.add_piece(turn, prepared)
        return
    every = await drafts_of(turn.session, prepared.id)
    answers: list[str] = []
    focus: Directive | None = None
    refusals: list[Refused] = []
    for change in correction.changes:
        try:
            for draft in _meant(turn, change, every):
                place = f"Butir {draft.position}: " if len(every) > 1 else ""
                answers.append(f"✓ {place}{await _apply(turn, change, draft)}")
                focus = focus or draft
        except Refused as refusal:
            refusals.append(refusal)
    if refusals and not answers:
        raise refusals[0]
    answers += [f"⚠️ {refusal.words}" for refusal in refusals]
    for problem in correction.problems:
        await _ask_back(turn, problem, every)
    if answers:
        await turn.say("corrected", answers=answers[:20], more=len(answers) - 20)
    if focus is not None:
        view = view_of(turn)
        page = next((index for index, one in enumerate(every) if one.id == focus.id), 0) // PER_PAGE
        kept = view.draft if view.draft == focus.id else None
        await present(turn, prepared, View(page=page, draft=kept))


def _meant(turn: Turn, change: Change, every: Sequence[Directive]) -> list[Directive]:
    """The drafts a change is for. Raises Refused when the number is missing or there is no such draft."""
    if change.everything:
        return list(every)
    if change.numbers:
        by_number = {draft.position: draft for draft in every}
        unknown = [str(number) for number in change.numbers if number not in by_number]
        if unknown:
            raise Refused(
                f"Butir {', '.join(unknown[:10])} tidak ada dalam daftar ini, jadi perintah itu belum dijalankan."
            )
        return [by_number[number] for number in change.numbers]
    looked_at = view_of(turn).draft
    focused = [draft for draft in every if len(every) == 1 or draft.id == looked_at]
    if not focused and change.kind == "remove":
        focused = [draft for draft in every if set(change.codes) & set(drafting.assignees_of(draft))]
    if len(focused) != 1:
        raise Refused("Mohon sebutkan nomor butirnya, misalnya: 3 tenggat 30 Januari.")
    return focused


async def _apply(turn: Turn, change: Change, draft: Directive) -> str:
    """Make the change; returns what is said about it."""
    units = await units_by_code(turn.session)
    names = whom(change.codes, units)
    match change.kind:
        case "deadline":
            return _move(turn, change, draft)
        case "add":
            await _answers_doubt(turn, draft, change.codes)
            lead = leader(change.codes, turn.office.units, groups=change.groups)
            drafting.add_units(draft, change.codes, lead=lead)
            return f"ditambah {names}."
        case "remove":
            found = [code for code in change.codes if code in drafting.assignees_of(draft)]
            if not found:
                raise Refused(f"{names} tidak termasuk pelaksana arahan ini, jadi tidak ada yang dihapus.")
            take_off(draft, found, turn.office.units)
            return f"dikurangi {whom(found, units)}."
        case "units":
            await _answers_doubt(turn, draft, change.codes)
            drafting.change(draft, lead=None)
            drafting.assign(draft, change.codes, lead=leader(change.codes, turn.office.units, groups=change.groups))
            drafting.settle(draft, "unit", "group", "owner")
            return f"pelaksananya {names}."
        case "lead":
            drafting.lead_with(draft, change.codes[0])
            drafting.settle(draft, "owner")
            return f"penanggung jawabnya {names}."
        case "programme":
            programme = await turn.session.get(Programme, change.programme or "")
            draft.programme, draft.programme_tag = programme, programme.tag if programme else None
            drafting.change(draft)
            return f"programnya {programme.name if programme else 'belum ada'}."
        case "text":
            draft.text = change.text or draft.text
            drafting.change(draft)
            drafting.settle(draft, "output")
            return "uraiannya diganti."
        case "priority":
            draft.priority = change.priority or draft.priority
            drafting.change(draft)
            return f"sifatnya {draft.priority}."
        case "target":
            draft.target_quantity = Decimal(str(change.target_quantity))
            draft.target_unit = change.target_unit
            drafting.change(draft)
            return f"targetnya {quantity(draft.target_quantity, None, draft.target_unit)}."
        case "drop":
            await drafts.discard(turn, draft)
            return "dibuang."


def _move(turn: Turn, change: Change, draft: Directive) -> str:
    if change.due is None:
        drafting.set_due(draft, None)
        return "tanpa tenggat."
    drafting.set_due(draft, change.due, has_time=change.has_time, words=change.due_words, recurrence=change.recurrence)
    if change.ambiguous_due:
        drafting.change(draft, ambiguous_due=True)
    late = " ⚠️ Tanggal ini sudah lewat." if change.due < turn.now else ""
    return f"tenggat {deadline_words(change.due, change.has_time, turn.zone)}.{late}"


async def _answers_doubt(turn: Turn, draft: Directive, codes: Sequence[str]) -> None:
    """A unit named by hand answers the one name that wasn't understood; that is worth remembering."""
    drafting.settle(draft, "owner")
    unknown = [doubt for doubt in drafting.doubts_of(draft) if doubt.kind in ("unit", "group")]
    if len(unknown) != 1:
        return
    drafting.settle(draft, number=unknown[0].number)
    if unknown[0].kind == "unit" and len(codes) == 1:
        await aliases.offer(turn, unknown[0].words, codes[0])


async def _ask_back(turn: Turn, problem: Problem, every: Sequence[Directive]) -> None:
    keyboard: Keyboard = []
    if problem.change is not None and problem.candidates:
        meant = _meant(turn, problem.change, every)
        if len(meant) == 1:
            keyboard = [
                [button(turn.office.units[code].name[:50], "draft_fix", meant[0].id, problem.change.kind, code)]
                for code in problem.candidates
            ]
    await turn.say("plain", keyboard, text=problem.message)
