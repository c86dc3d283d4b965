"""A notulen read into drafts, one per task."""

from understanding.minutes.draft import Doubt, Draft
from understanding.minutes.reader import read_minutes
from understanding.minutes.typed import read_directive

__all__ = ["Doubt", "Draft", "read_directive", "read_minutes"]
