"""What a secretary's words mean for one field of a directive: units to add, a deadline, a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.turn import Refused
from models.directives import Directive
from models.drafting import assignees_of, change, lead_of, remove_units
from understanding.deadlines import Deadline, ImpossibleDate, find_deadline
from understanding.units import UnitIndex

LONGEST_TEXT = 3000
NO_DEADLINE = frozenset({"-", "tanpa tenggat", "tanpa batas waktu", "tidak ada", "hapus", "kosongkan", "belum ada"})


@dataclass(frozen=True)
class UnitsRead:
    """Units named in words: `codes` are certain, `unclear` are the names that may be several units or none."""

    codes: tuple[str, ...]
    unclear: tuple[tuple[str, tuple[str, ...]], ...]
    groups: tuple[str, ...] = ()


def read_units(words: str, units: UnitIndex) -> UnitsRead:
    """Which units are named, groups expanded, in the order named."""
    codes: list[str] = []
    groups: list[str] = []
    unclear: list[tuple[str, tuple[str, ...]]] = []
    for mention in units.mentions(words):
        if mention.kind == "group" and mention.group and not mention.condition:
            codes += units.group(mention.group)
            groups.append(mention.group)
        elif mention.kind == "unit" and mention.certain:
            codes += mention.codes
        elif mention.kind in ("unit", "unknown", "group"):
            unclear.append((mention.words, () if mention.kind == "group" else mention.codes))
    if not codes and not unclear:
        found = units.find(words)
        if found.certain:
            codes += found.codes
            groups += [found.group] if found.group else []
        else:
            unclear.append((words.strip(), found.codes))
    return UnitsRead(tuple(dict.fromkeys(codes)), tuple(unclear), tuple(groups))


def leader(codes: Sequence[str], units: UnitIndex, *, groups: Sequence[str] = ()) -> str | None:
    """Who is responsible where nobody was said to be: the first unit named.

    None of the units is where a whole group was named first, or where camat or puskesmas stand side by side.
    """
    if not codes or (groups and codes[0] in units.group(groups[0])):
        return None
    kinds = {units[code].kind for code in codes}
    side_by_side = len(codes) > 1 and kinds in ({"kecamatan"}, {"puskesmas"})
    return None if side_by_side else codes[0]


def take_off(draft: Directive, codes: Collection[str], units: UnitIndex) -> None:
    """Remove units from a draft; if the one responsible is among them, the next one named takes over."""
    led = lead_of(draft) is not None
    remove_units(draft, codes)
    if led and lead_of(draft) is None:
        change(draft, lead=leader(assignees_of(draft), units))


def read_due(words: str, reference: datetime) -> Deadline | None:
    """The deadline that was typed; None for "tanpa tenggat". Raises Refused in words for what is no date."""
    if " ".join(words.lower().split()).strip(".") in NO_DEADLINE:
        return None
    try:
        deadline = find_deadline(words, reference)
    except ImpossibleDate as problem:
        raise Refused(problem.why) from None
    if deadline is None:
        raise Refused(
            "Tanggalnya belum terbaca. Contoh: 30 Januari 2026, Jumat depan, 3 hari kerja, atau: tanpa tenggat."
        )
    return deadline


def read_text(words: str) -> str:
    """A directive's wording. Raises Refused when there is nothing in it, or too much."""
    text = " ".join(words.split())
    if not any(letter.isalpha() for letter in text):
        raise Refused("Uraian arahannya masih kosong. Mohon tulis apa yang harus dikerjakan.")
    if len(text) > LONGEST_TEXT:
        raise Refused(
            f"Uraian satu arahan paling panjang {LONGEST_TEXT} huruf. Daftar yang panjang dikirim lewat /notulen."
        )
    return text
