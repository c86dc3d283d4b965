"""A text made to be slow to read holds nobody up: while one is being read, the process does nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from config import ROOT
from tests.cast import SAMPLE_UNITS, WIB
from understanding.deadlines import ImpossibleDate, find_deadline
from understanding.meetings import ImpossibleMeetingDate, read_heading, read_meeting
from understanding.minutes import read_directive, read_minutes
from understanding.overlooked import covered_lines, overlooked
from understanding.programmes import ProgrammeIndex
from understanding.progress import read_progress
from understanding.spans import read_span
from understanding.units import UnitIndex

NOW = datetime(2026, 1, 23, 10, tzinfo=WIB)
UNITS = UnitIndex.from_csv(SAMPLE_UNITS)
PROGRAMMES = ProgrammeIndex.from_csv(ROOT / "data" / "asahan" / "programmes.csv")
MESSAGE = 4096
"""Characters of the longest message."""
SECONDS = 1.0
"""Of this process's own time. An honest message takes some hundredths."""
NOTULEN = 20_000
NOTULEN_SECONDS = 4.0
"""A notulen is read in a thread; five times as much text must cost about five times as much and not 25 times."""
REPEATED = (
    "1-~", "1:", "(1", "3x", "- 1,", "x\n", "%1. x\n", "1. x\n", "a\tb\t", " ", "ﷺ", "Z̸̡̛͖͚̈́͝", "TW I ", "sampai ",
    "12 dari 20 ha ", "Kadis ", "Dinas ", "dan ",
)  # fmt: skip

Reader = Callable[[str], Any]
READERS: dict[str, Reader] = {
    "a report": lambda text: read_progress(text, NOW),
    "a deadline": lambda text: find_deadline(text, NOW),
    "a unit": UNITS.find,
    "a directive": lambda text: read_directive(text, NOW, UNITS),
    "a notulen": lambda text: read_minutes(text, NOW, UNITS),
    "a meeting": lambda text: read_meeting(text, NOW),
    "a heading": lambda text: read_heading(text, NOW),
    "a period": lambda text: read_span(text, NOW.date()),
    "a programme": PROGRAMMES.tag_of,
}


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def spent(read: Reader, text: str) -> float:
    before = time.process_time()
    with suppress(ImpossibleDate, ImpossibleMeetingDate):
        read(text)
    return time.process_time() - before


@pytest.mark.parametrize("name", READERS)
def test_no_message_takes_long_to_read(name: str) -> None:
    read = READERS[name]
    spent(read, "Camat Air Joman agar mendata sawah, 30 Januari 2026")
    slow = {}
    for piece in REPEATED:
        seconds = spent(read, filled(piece, MESSAGE))
        if seconds > SECONDS:
            slow[piece] = round(seconds, 2)
    assert slow == {}


@pytest.mark.parametrize("piece", ["x\n", "X\n", "x\n|9 ", "1-~", "ﷺ", "1. x\nha ", "a\tb\n", "1. x\n\n"])
def test_a_long_notulen_costs_as_much_as_it_is_long(piece: str) -> None:
    def read(text: str) -> None:
        overlooked(text, covered_lines(read_minutes(text, NOW, UNITS)))

    assert spent(read, filled(piece, NOTULEN)) < NOTULEN_SECONDS
