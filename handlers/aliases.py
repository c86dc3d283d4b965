"""Learning what people call a unit: words the secretariat assigned by hand once are offered as a lasting alias."""

from __future__ import annotations

from handlers.turn import Refused, Turn
from models.records import AuditEntry
from models.units import Unit, UnitAlias
from presentation.keyboards import button
from understanding.units import UnitIndex

LONGEST_ALIAS = 60


def can_be_learned(words: str, code: str, units: UnitIndex) -> bool:
    """Whether these words could name one unit for ever: a name, not a group, and not known already."""
    if not 3 <= len(words) <= LONGEST_ALIAS or "\n" in words or any(mark.isdecimal() for mark in words):
        return False
    found = units.find(words)
    return found.group is None and found.code is None and code in units


async def offer(turn: Turn, words: str, code: str) -> None:
    """Ask whether these words shall always mean this unit, where that makes sense."""
    plain = " ".join(words.split())
    if not can_be_learned(plain, code, turn.office.units):
        return
    if await turn.session.get(UnitAlias, plain.casefold()) is not None:
        return
    unit = await turn.session.get(Unit, code)
    if unit is None:
        return
    # A button can't carry the words themselves, so they are put on record and the button names the record.
    entry = AuditEntry(at=turn.now, member_id=turn.member.id, telegram_id=turn.member.telegram_id,
                       update_id=turn.update.update_id, deed="offer_alias", subject=f"unit:{code}", after={"words": plain})  # fmt: skip
    turn.session.add(entry)
    await turn.session.flush()
    keyboard = [[button("✅ Simpan", "alias_keep", entry.id), button("Tidak perlu", "alias_no", entry.id)]]
    await turn.say("alias_offer", keyboard, alias=plain, unit=unit)


async def keep(turn: Turn) -> None:
    """`✅ Simpan`: from now on these words mean this unit."""
    entry = await _offered(turn)
    alias, code = str((entry.after or {}).get("words", "")), (entry.subject or "").removeprefix("unit:")
    unit = await turn.session.get(Unit, code)
    if unit is None or not alias:
        raise Refused("Sebutan ini tidak dapat disimpan.")
    known = await turn.session.get(UnitAlias, alias.casefold())
    if known is None:
        turn.session.add(UnitAlias(words=alias.casefold(), unit_code=code, taught_at=turn.now))
    else:
        known.unit_code, known.taught_at = code, turn.now
    turn.audit("teach_alias", f"unit:{code}", after={"words": alias})
    await turn.session.flush()
    await turn.office.refresh_aliases(turn.session)
    await turn.edit_here(turn.content("alias_kept", alias=alias, unit=unit))


async def leave(turn: Turn) -> None:
    """`Tidak perlu`."""
    await _offered(turn)
    await turn.edit_here(turn.content("plain", text="Baik, sebutan itu tidak disimpan."))


async def _offered(turn: Turn) -> AuditEntry:
    identity = turn.arguments[0] if turn.arguments else ""
    entry = await turn.session.get(AuditEntry, int(identity)) if identity.isdecimal() else None
    if entry is None or entry.deed != "offer_alias":
        raise Refused("Penawaran ini sudah tidak berlaku.")
    return entry
