"""The worked examples that came with the rules, and reports written from the rules alone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from understanding.progress import read_progress

DATA = Path(__file__).parent / "data"


def reports(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


REPORTS = reports("public.jsonl")
EXAMINED = reports("examined.jsonl")


@pytest.mark.parametrize("report", REPORTS, ids=[report["id"] for report in REPORTS])
def test_public_report_is_read_as_annotated(report: dict[str, Any]) -> None:
    read = read_progress(report["text"], datetime.fromisoformat(report["received_at"]))

    if report["percent"] is None:
        assert read.percent is None
    else:
        assert read.percent is not None
        assert abs(read.percent - report["percent"]) < 1
    assert read.status in (report["status"], *report.get("status_accept", []))
    if not report.get("obstacle_optional"):
        assert read.obstacle == report["obstacle"]
    until = read.extension_until.date().isoformat() if read.extension_until else None
    assert until == report["extension_until"]


@pytest.mark.parametrize("report", EXAMINED, ids=[report["id"] for report in EXAMINED])
def test_report_is_read_as_the_rules_say(report: dict[str, Any]) -> None:
    read = read_progress(report["text"], datetime.fromisoformat(report["received_at"]))

    told = report["percent"]
    assert (read.percent is None) == (told is None)
    assert told is None or read.percent is None or abs(read.percent - told) < 1
    assert read.status in (report["status"], *report.get("status_accept", []))
    assert report.get("obstacle_optional") or (read.obstacle is None) == (report["obstacle"] is None)
    until = read.extension_until.date().isoformat() if read.extension_until else None
    assert until == report["extension_until"]


def test_enough_reports_are_examined() -> None:
    assert len(EXAMINED) >= 550
