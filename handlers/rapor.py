"""/rapor: a unit's colour and why, its paper, and the unit's answer beside it (hak jawab)."""

from __future__ import annotations

from handlers.finding import near_units
from handlers.lookups import unit_kinds
from handlers.rights import Deed, Scope, scope_of
from handlers.turn import Over, Refused, Turn
from models.papers import order_paper
from models.rapor import Rapor, rapor_of
from models.report_cards import card_of, reply
from models.units import Unit
from presentation.keyboards import button
from presentation.mail import Content
from presentation.rapor import rapor_message

LONGEST = 700


async def rapor(turn: Turn) -> None:
    """`/rapor [unit]`: the own unit's; for pimpinan, pemantau and the secretariat the unit that is named."""
    words = turn.words.strip()
    if words:
        code = turn.office.units.find(words).code
        if code is None:
            choices = [[button(label, "rapor", found.unit)] for label, found in near_units(turn, words)]
            await turn.say("unit_which", choices, wanted=words, near=choices, example="/rapor Air Joman")
            return
        codes = [code]
    else:
        codes = sorted(turn.member.unit_codes)
    if not codes:
        await turn.mail.say(turn.member, await unit_kinds(turn))
    for code in codes:
        await turn.mail.say(turn.member, await _message(turn, await _unit(turn, code)))


async def show(turn: Turn) -> None:
    """`🏅 Rapor` on a unit's view."""
    await turn.edit_here(await _message(turn, await _unit(turn, _first(turn))))


async def paper(turn: Turn) -> None:
    """`📄 Rapor (PDF)`."""
    unit = await _unit(turn, _first(turn))
    await order_paper(turn.session, "rapor", turn.member, now=turn.now, unit=unit.code)
    turn.answer("Rapor sedang dibuat.")


async def ask_reply(turn: Turn) -> None:
    """`✍️ Hak jawab`: the unit explains its colour."""
    unit = await _own_unit(turn, _first(turn))
    found = await _rapor(turn, unit)
    _must_be_open(turn, found)
    await turn.wait_for("unit_reply", unit=unit.code)
    await turn.say("unit_reply_ask", unit=unit, until=found.until)


async def receive_reply(turn: Turn) -> None:
    """The words of the answer."""
    unit = await _own_unit(turn, str((turn.dialogue.about if turn.dialogue else {}).get("unit", "")))
    found = await _rapor(turn, unit)
    _must_be_open(turn, found)
    text = turn.brief_words(LONGEST, "hak jawabnya")
    before = await card_of(turn.session, unit.code, found.week)
    turn.audit("unit_reply", f"unit:{unit.code}", before={"reply": before.reply} if before else None,
               after={"week": found.week, "reply": text})  # fmt: skip
    await reply(turn.session, unit, found.week, text, by=turn.member, now=turn.now, zone=turn.zone)
    await turn.stop_waiting()
    await turn.say("unit_reply_kept", unit=unit, planned=found.planned)
    await turn.say_left_out(as_report=True)


async def _message(turn: Turn, unit: Unit) -> Content:
    found = await _rapor(turn, unit)
    return rapor_message(found, turn.now, turn.zone, may_reply=unit.code in turn.member.unit_codes and _is_open(turn, found),
                         may_look=scope_of(turn.member, Deed.LOOK) is not None)  # fmt: skip


async def _rapor(turn: Turn, unit: Unit) -> Rapor:
    return await rapor_of(turn.session, unit, turn.office.settings, turn.now)


def _is_open(turn: Turn, found: Rapor) -> bool:
    return turn.now <= found.until


def _must_be_open(turn: Turn, found: Rapor) -> None:
    if not _is_open(turn, found):
        raise Over("Hak jawab untuk ringkasan hari ini sudah ditutup. Silakan jawab setelah ringkasannya disampaikan.")


async def _unit(turn: Turn, code: str) -> Unit:
    """A unit whose rapor this person may see: pelaksana only the own one."""
    unit = await turn.session.get(Unit, code)
    if unit is None or unit.kind == "pimpinan":
        raise Refused("Unit ini tidak ditemukan. Contoh: /rapor Air Joman")
    if scope_of(turn.member, Deed.LOOK) == Scope.OWN and code not in turn.member.unit_codes:
        raise Refused("Rapor unit lain tidak dapat dibuka dari sini.")
    return unit


async def _own_unit(turn: Turn, code: str) -> Unit:
    unit = await _unit(turn, code)
    if code not in turn.member.unit_codes:
        raise Over("Hak jawab hanya dapat diberikan oleh unit itu sendiri.")
    return unit


def _first(turn: Turn) -> str:
    return turn.arguments[0] if turn.arguments else ""
