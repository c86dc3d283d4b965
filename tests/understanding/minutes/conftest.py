"""The units, and notulen with what a good secretary reads in them."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from understanding.units import UnitIndex

DATA = Path(__file__).parent / "data"
UNITS = Path(__file__).resolve().parents[3] / "data" / "asahan" / "units.csv"


@dataclass(frozen=True)
class Annotated:
    """A notulen with its expected directives (`items` as in the annotation files)."""

    name: str
    text: str
    meeting_at: datetime
    items: list[dict[str, Any]]


def annotated(folder: str) -> list[Annotated]:
    found = []
    for file in sorted((DATA / folder).glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        meeting_at = datetime.fromisoformat(gold["meeting"]["datetime"])
        found.append(
            Annotated(file.stem, file.with_suffix(".txt").read_text(encoding="utf-8"), meeting_at, gold["items"])
        )
    return found


@pytest.fixture(scope="session")
def units() -> UnitIndex:
    return UnitIndex.from_csv(UNITS)
