"""Reads deadlines in tests the way a user would say them, and the tables of examples beside the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from understanding.deadlines import Deadline, ImpossibleDate, find_deadline

WIB = ZoneInfo("Asia/Jakarta")
DATA = Path(__file__).parent / "data"
FRIDAY = "2026-01-23T10:30"


def read(text: str, at: str = FRIDAY) -> Deadline | None:
    return find_deadline(text, datetime.fromisoformat(at).replace(tzinfo=WIB))


def answer(text: str, at: str = FRIDAY) -> str:
    """The answer as the rules write it: a date, a date with time, NONE or INVALID."""
    try:
        deadline = read(text, at)
    except ImpossibleDate:
        return "INVALID"
    if deadline is None:
        return "NONE"
    return deadline.due.strftime("%Y-%m-%dT%H:%M" if deadline.has_time else "%Y-%m-%d")


def examples(name: str) -> Iterator[tuple[str, str, str, str]]:
    """The rows of a table: reference moment, phrase, expected answer, RRULE (or "")."""
    reference = ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            reference = line.removeprefix("@").strip()
        elif line and not line.startswith("#"):
            phrase, expected, *rule = (cell.strip() for cell in line.split(" | "))
            yield reference, phrase, expected.removesuffix(" |"), "".join(rule)
