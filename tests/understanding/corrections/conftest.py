"""The units that corrections name."""

from pathlib import Path

import pytest

from understanding.units import UnitIndex

UNITS = Path(__file__).resolve().parents[3] / "data" / "asahan" / "units.csv"


@pytest.fixture(scope="session")
def units() -> UnitIndex:
    return UnitIndex.from_csv(UNITS)
