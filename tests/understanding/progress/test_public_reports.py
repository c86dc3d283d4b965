"""The worked examples that came with the rules."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from understanding.progress import read_progress

REPORTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "public.jsonl").read_text(encoding="utf-8").splitlines()
]


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
