"""A notulen read into drafts, one per task."""

from understanding.minutes.draft import Doubt, Draft
from understanding.minutes.reader import read_directive, read_minutes

__all__ = ["Doubt", "Draft", "read_directive", "read_minutes"]
