"""What is published about the colours is what the program does: docs/penilaian.md against the code."""

from __future__ import annotations

import re

import pytest

from config import ROOT, SummarySection
from handlers.letters import ANSWER_WITHIN
from handlers.rapor import LONGEST
from models.notes import ANSWER_DAYS, ANSWER_UNTIL
from models.standing import FIRST_REPORT_WITHIN, RED_FROM, SILENT_FROM, Colour, Tally, colour_of

DOCUMENT = (ROOT / "docs" / "penilaian.md").read_text(encoding="utf-8")
WORDS = " ".join(DOCUMENT.split())
RULES = dict(re.findall(r"^\| ([a-z-]+) \| \S \| [a-z ]+ \| (.+) \|$", DOCUMENT, re.MULTILINE))


def test_the_published_numbers_are_those_of_the_code() -> None:
    assert f"**lebih dari {RED_FROM * 100:.0f} %** tugasnya terlambat" in RULES["merah"]
    assert (
        f"**lebih dari {SILENT_FROM * 100:.0f} %** tugasnya belum dilaporkan **sesudah {FIRST_REPORT_WITHIN.days} hari**"
        in RULES["kuning"]
    )
    assert f"**paling lambat {FIRST_REPORT_WITHIN.days} hari** sejak tugas dikirim" in WORDS
    assert f"**{SummarySection().preview_days} hari kerja** sebelum pimpinan menerima ringkasan" in WORDS
    assert f"paling banyak **{LONGEST} huruf**" in WORDS
    assert f"dalam **{ANSWER_DAYS} hari kerja**, sampai pukul **{ANSWER_UNTIL:%H.%M}**" in WORDS
    assert f"Teguran memberi waktu **{ANSWER_WITHIN} hari kerja**" in WORDS
    assert f"Senin pukul {SummarySection().at:%H.%M}" in WORDS
    assert SummarySection().day == "monday"


def test_the_order_of_the_rules_is_published_too() -> None:
    assert list(RULES) == ["abu-abu", "merah", "kuning", "biru", "hijau"]


@pytest.mark.parametrize(
    ("total", "late", "not_reported", "silent", "done", "colour"),
    [
        (0, 0, 0, 0, 0, Colour.GREY),
        (8, 2, 0, 0, 0, Colour.YELLOW),
        (8, 3, 0, 0, 0, Colour.RED),
        (8, 3, 0, 0, 5, Colour.RED),
        (8, 0, 4, 4, 0, Colour.GREEN),
        (8, 0, 5, 5, 0, Colour.YELLOW),
        (8, 0, 8, 4, 0, Colour.GREEN),
        (8, 0, 0, 0, 1, Colour.BLUE),
        (8, 0, 1, 0, 7, Colour.GREEN),
        (8, 0, 0, 0, 0, Colour.GREEN),
    ],
)
def test_the_colour_follows_the_published_rules(
    total: int, late: int, not_reported: int, silent: int, done: int, colour: Colour
) -> None:
    tally = Tally(total=total, late=late, not_reported=not_reported, silent=silent, done=done)
    assert colour_of(tally) is colour
    rules = {
        Colour.GREY: total == 0,
        Colour.RED: total > 0 and late * 100 > total * _percent("merah"),
        Colour.YELLOW: late > 0 or silent * 100 > total * _percent("kuning"),
        Colour.BLUE: done > 0 and not_reported == 0,
        Colour.GREEN: True,
    }
    assert next(one for one, holds in rules.items() if holds) is colour, "the first rule that holds, as published"


def _percent(name: str) -> int:
    found = re.search(r"(\d+) %", RULES[name])
    assert found is not None
    return int(found.group(1))
