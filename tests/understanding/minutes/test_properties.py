"""What holds for any notulen: names, connectors and layout may vary, the reading may not."""

import textwrap
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.minutes import read_directive, read_minutes
from understanding.units import Unit, UnitIndex

MEETING = datetime(2026, 1, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
UNITS = UnitIndex.from_csv(Path(__file__).resolve().parents[3] / "data" / "asahan" / "units.csv")
ASKED = [unit for unit in UNITS if unit.kind != "pimpinan"]
WORK = [
    "agar mendata lahan sawah",
    "wajib melengkapi berkas usulan",
    "segera cek lapangan",
    "menuntaskan penyerahan aset",
]
ASIDE = [
    "",
    " di Kecamatan Meranti",
    " melalui Bagian Umum",
    " berkoordinasi dengan BPBD",
    " dengan tembusan kepada Inspektorat",
]
DUE = {
    "": None,
    " paling lambat 30 Januari 2026": "2026-01-30",
    ", batas waktu 28/2/2026": "2026-02-28",
    " setiap Senin": "2026-01-26",
}


def names_of(unit: Unit) -> list[str]:
    if unit.kind == "kecamatan":
        return [alias for alias in unit.aliases if alias.startswith(("Camat", "Kec"))]
    return [unit.name, *unit.aliases]


@st.composite
def directives(draw: st.DrawFn) -> tuple[str, set[str], str | None]:
    """A directive with the units it asks and its day."""
    units = draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=3, unique_by=lambda unit: unit.code))
    names = [draw(st.sampled_from(names_of(unit))) for unit in units]
    joint = draw(st.sampled_from([" dan ", " bersama ", " serta ", ", ", " & ", " + ", " / "]))
    due = draw(st.sampled_from(list(DUE)))
    text = f"{joint.join(names)} {draw(st.sampled_from(WORK))}{draw(st.sampled_from(ASIDE))}{due}"
    return text, {unit.code for unit in units}, DUE[due]


def wrapped(texts: list[str]) -> str:
    lines = [
        line for n, text in enumerate(texts, 1) for line in textwrap.wrap(f"{n}. {text}.", 72, subsequent_indent="   ")
    ]
    half = len(lines) // 2
    return "\n".join([*lines[:half], "", "Notulen Rakorpem          Halaman 2 dari 3", "", *lines[half:]])


LAYOUTS = [
    lambda texts: "\n".join(f"{n}. {text}." for n, text in enumerate(texts, 1)),
    lambda texts: "\n".join(f"• {text}" for text in texts),
    lambda texts: "\n".join(f"{n}\ufe0f\u20e3 {text}" for n, text in enumerate(texts, 1)),
    wrapped,
]


@settings(max_examples=120, deadline=None)
@given(st.lists(directives(), min_size=1, max_size=4), st.sampled_from(LAYOUTS))
def test_names_connectors_and_layout_do_not_change_what_is_read(written, layout) -> None:  # type: ignore[no-untyped-def]
    drafts = read_minutes("Arahan Bupati:\n" + layout([text for text, _, _ in written]), MEETING, UNITS)
    found = [(set(draft.assignees), draft.due and draft.due.date().isoformat()) for draft in drafts]
    assert found == [(codes, day) for _, codes, day in written]
    assert all(draft.unresolved == () for draft in drafts)


PIECES = st.sampled_from(
    [
        "Dinas Pertanian", "seluruh camat", "agar", "mendata", ",", ".", ":", ";", "\n", "\t", "1. ", "- ", "(", ")", "~", "*",
        "kecuali", "paling lambat", "30 Februari", "Jumat depan", "sda", "PJ", "Bupati", "poin 1", "dan", "bersama", "Kades",
        "terkait", "yang", "selesai", "dibatalkan", "😀", "\u200b", "No", "Arahan", "Tenggat", "12.09.08", "Camat Kisaran",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    lines = text.count("\n") + 1
    for draft in [*read_minutes(text, MEETING, UNITS), read_directive(text, MEETING, UNITS)]:
        assert 1 <= draft.lines[0] <= draft.lines[1] <= lines
        assert all(code in UNITS for code in draft.assignees)
        assert draft.lead is None or draft.lead in draft.assignees
        assert draft.due is None or draft.due.tzinfo is not None
        assert set(draft.exclude).isdisjoint(draft.assignees)
