"""The regency's units: who can be asked, and by which names people call them."""

from understanding.units.index import UnitIndex
from understanding.units.model import Match, Mention, Unit

__all__ = ["Match", "Mention", "Unit", "UnitIndex"]
