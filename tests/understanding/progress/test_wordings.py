"""Wordings of officials, each with what a good secretary would write down. The tables are in data/*.txt."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from understanding.progress import read_progress

RECEIVED = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def table(name: str) -> list[tuple[str, str]]:
    """The `(answer, message)` rows of a table; `\\n` in a message is a line break."""
    rows = []
    for line in (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            answer, _, message = line.partition("|")
            rows.append((answer.strip(), message.strip().replace("\\n", "\n")))
    return rows


@pytest.mark.parametrize(("answer", "message"), table("percent"))
def test_percent(answer: str, message: str) -> None:
    assert read_progress(message, RECEIVED).percent == (None if answer == "-" else int(answer))


@pytest.mark.parametrize(("answer", "message"), table("status"))
def test_status(answer: str, message: str) -> None:
    assert read_progress(message, RECEIVED).status == answer


@pytest.mark.parametrize(("answer", "message"), table("obstacle"))
def test_obstacle(answer: str, message: str) -> None:
    assert read_progress(message, RECEIVED).obstacle == (None if answer == "-" else answer)


@pytest.mark.parametrize(("answer", "message"), table("trouble"))
def test_trouble_is_told_from_work_on_trouble(answer: str, message: str) -> None:
    assert (read_progress(message, RECEIVED).obstacle is not None) == (answer == "yes")


@pytest.mark.parametrize(("answer", "message"), table("extension"))
def test_extension(answer: str, message: str) -> None:
    read = read_progress(message, RECEIVED)

    until = read.extension_until
    assert (until.date().isoformat() if until else "ask" if read.status == "perpanjangan" else "-") == answer
    assert until is None or until.utcoffset() is not None


@pytest.mark.parametrize(("answer", "message"), table("reports"))
def test_whole_report(answer: str, message: str) -> None:
    read = read_progress(message, RECEIVED)

    until = read.extension_until.date().isoformat() if read.extension_until else None
    found = (read.percent, read.status, read.obstacle, until)
    assert " ; ".join("-" if value is None else str(value) for value in found) == answer


@pytest.mark.parametrize(("answer", "message"), table("quantity"))
def test_quantity(answer: str, message: str) -> None:
    quantity = read_progress(message, RECEIVED).quantity

    if answer == "-":
        assert quantity is None
        return
    amounts, _, unit = answer.partition(" ")
    done, _, total = amounts.partition("/")
    assert quantity is not None
    assert (quantity.done, quantity.total) == (Decimal(done), None if total == "?" else Decimal(total))
    assert quantity.unit == unit


@pytest.mark.parametrize(("answer", "message"), table("helper"))
def test_whose_help_is_asked_for(answer: str, message: str) -> None:
    assert read_progress(message, RECEIVED).help_from == (None if answer == "-" else answer)


@pytest.mark.parametrize(("answer", "message"), table("content"))
def test_whether_anything_is_said(answer: str, message: str) -> None:
    assert read_progress(message, RECEIVED).has_content == (answer == "yes")


def test_an_impossible_date_is_explained_rather_than_moved() -> None:
    read = read_progress("Mohon perpanjangan sampai 31 April 2026", RECEIVED)

    assert read.status == "perpanjangan"
    assert read.extension_until is None
    assert read.extension_problem
    assert "Mohon tulis" in read.extension_problem


def test_a_time_of_day_asked_for_is_kept() -> None:
    until = read_progress("mohon waktu sampai besok jam 12 siang", RECEIVED).extension_until

    assert until is not None
    assert until.isoformat() == "2026-03-12T12:00:00+07:00"
