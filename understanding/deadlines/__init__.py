"""Reads the deadline in an Indonesian directive.

The way of a text: `tokens` (with their places in the text) → `scan` (days, times, lengths, cues) → `joining` (what
belongs together) → `context` (what is no deadline) → `choice` (the one that counts). The words are tables in `words`.
"""

from __future__ import annotations

from datetime import datetime

from understanding.deadlines.choice import choose
from understanding.deadlines.context import find_cues, leave_out
from understanding.deadlines.joining import join
from understanding.deadlines.model import Deadline, ImpossibleDate
from understanding.deadlines.scan import scan
from understanding.deadlines.tokens import tokenize
from understanding.deadlines.working_days import add_working_days, is_working_day

__all__ = ["Deadline", "ImpossibleDate", "add_working_days", "find_deadline", "is_working_day"]


def find_deadline(text: str, reference: datetime) -> Deadline | None:
    """Find the deadline in `text`, counted from `reference` (aware; the moment the text was written).

    Returns None where the text holds none. Raises ImpossibleDate where it names one that cannot be (31 Februari, pukul
    25.00, a past date with its year). Linear in the length of the text.
    """
    tokens = tokenize(text)
    items = join(tokens, scan(tokens))
    if not items:
        return None
    find_cues(tokens, items)
    kept = leave_out(tokens, items)
    return choose(text, tokens, items, kept, reference) if kept else None
