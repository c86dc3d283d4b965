"""Which directives say the same as earlier ones, in other words: what keeps coming back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

ALIKE = 76.0
"""Mean of the two likenesses (words in common, words in order), 0 to 100, from which two texts ask the same."""
_NOISE = re.compile(
    r"\b(?:agar|untuk|supaya|segera|seluruh|para|se-?kabupaten|asahan|dan|di|yang|dengan|pada)\b|[\d.,;:()/-]+"
)


@dataclass
class Theme:
    """Directives that ask the same, by their place in the list that was given."""

    text: str
    places: list[int] = field(default_factory=list)


def themes(texts: Sequence[str]) -> list[Theme]:
    """Gather texts that ask the same, in the order in which each theme comes first."""
    found: list[Theme] = []
    for place, text in enumerate(texts):
        words = " ".join(_NOISE.sub(" ", text.lower()).split())
        theme = next((theme for theme in found if likeness(theme.text, words) >= ALIKE), None)
        if theme is None:
            theme = Theme(words)
            found.append(theme)
        theme.places.append(place)
    return found


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 100."""
    # The cheap bound first: most pairs share next to nothing.
    common = fuzz.token_set_ratio(one, other, score_cutoff=2 * ALIKE - 100)
    return (common + fuzz.token_sort_ratio(one, other)) / 2 if common else 0.0
