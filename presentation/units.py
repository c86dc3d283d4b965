"""A unit's colour in words: the same sentences in the chat and on its rapor."""

from __future__ import annotations

from models.people import Member, Role
from models.report_cards import ReportCard
from models.standing import FIRST_REPORT_WITHIN, RED_FROM, SILENT_FROM, Colour, Tally, colour_of
from models.units import Unit
from presentation.keyboards import Keyboard, button
from presentation.lookups import COLOUR_SIGNS

COLOUR_NAMES = {
    Colour.BLUE: "Biru (istimewa)",
    Colour.GREEN: "Hijau (baik)",
    Colour.YELLOW: "Kuning (perhatian)",
    Colour.RED: "Merah (tertinggal)",
    Colour.GREY: "Abu-abu (tanpa tugas)",
}


def unit_head(tally: Tally, answer: ReportCard | None) -> list[str]:
    """The colour and why, and what the unit says to it, for the head of a unit's list."""
    colour = colour_of(tally)
    head = [f"{COLOUR_SIGNS[colour]} {COLOUR_NAMES[colour]}: {'; '.join(reasons(tally))}."]
    return [*head, f"✍️ Hak jawab: {answer.reply}"] if answer is not None else head


def unit_buttons(unit: Unit, viewer: Member) -> Keyboard:
    """What can be had of a unit besides its tasks."""
    if unit.kind == "pimpinan":
        return []
    taken = [button("📊 Ekspor", "export", f"u.{unit.code}")] if viewer.has(Role.SEKRETARIAT, Role.PIMPINAN) else []
    letters = [button("✉️ Surat", "letters_of", unit.code)] if viewer.has(Role.SEKRETARIAT) else []
    return [[button("🏅 Rapor", "rapor", unit.code), *taken, *letters]]


def reasons(tally: Tally) -> list[str]:
    """Why a unit with these tasks has its colour, in the terms of docs/penilaian.md."""
    match colour_of(tally):
        case Colour.GREY:
            return ["belum ada tugas tahun ini"]
        case Colour.RED:
            return [f"{tally.late} dari {tally.total} tugas terlambat, lebih dari {_percent(RED_FROM)}"]
        case Colour.YELLOW:
            found = []
            if tally.late:
                found.append(f"{tally.late} dari {tally.total} tugas terlambat")
            if tally.silent / tally.total > SILENT_FROM:
                found.append(
                    f"{tally.silent} dari {tally.total} tugas belum dilaporkan sesudah {FIRST_REPORT_WITHIN.days} hari, "
                    f"lebih dari {_percent(SILENT_FROM)}"
                )
            return found
        case Colour.BLUE:
            return [f"{tally.done} tugas selesai, tidak ada yang terlambat, semua sudah ditanggapi"]
        case _:
            silent = f"; {tally.not_reported} belum dilaporkan" if tally.not_reported else ""
            return [f"tidak ada yang terlambat, {tally.done} dari {tally.total} tugas selesai{silent}"]


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
