"""Lines of a notulen that ask for something and yet became no draft: shown, so that nothing is lost silently."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Protocol

SHORTEST = 30
"""Characters; shorter lines are headings and names."""
_ASKS = re.compile(r"\b(?:agar|supaya|segera|wajib|harus|diminta|tolong|mohon)\b", re.IGNORECASE)
_MARKER = re.compile(r"^\W*(?:\d{1,3}\s*[.)]\s*)?")
_POLITE = re.compile(r"\b(?:perhatian|atensi|kerja\s?sama|terima kasih|demikian|maklum|izin)", re.IGNORECASE)


class Placed(Protocol):
    """A draft, which says the lines it was read from: first and last, 1-based."""

    lines: tuple[int, int]


def covered_lines(drafts: Iterable[Placed]) -> set[int]:
    """The lines that some draft was read from."""
    return {number for draft in drafts for number in range(draft.lines[0], draft.lines[1] + 1)}


def overlooked(text: str, covered: Collection[int]) -> list[str]:
    """The asking lines of `text` whose 1-based number is not in `covered`, without their own number or bullet."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        plain = " ".join(line.split())
        if number in covered or len(plain) < SHORTEST or not _ASKS.search(plain) or _POLITE.search(plain):
            continue
        found.append(_MARKER.sub("", plain))
    return found
