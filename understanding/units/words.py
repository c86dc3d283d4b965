"""Text cut into words that can be compared: spelling folded, positions kept."""

import re
from dataclasses import dataclass

# Spellings that mean the same in the names of places and offices.
SPELLINGS = {
    "sungai": "sei",
    "pulau": "pulo",
    "silo": "silau",
    "sp": "simpang",
    "spg": "simpang",
    "tg": "tanjung",
    "tjg": "tanjung",
    "tlk": "teluk",
    "bd": "bandar",
    "bdr": "bandar",
    "kis": "kisaran",
    "psr": "pasar",
    "satu": "1",
    "dua": "2",
    "tiga": "3",
    "empat": "4",
    "lima": "5",
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "penataan": "tata",
    "pencatatan": "catatan",
    "catan": "catatan",
    "pengembangan": "pengembangan",
    "pol": "pol",
    "dgn": "dengan",
    "&": "dan",
    "n": "dan",
    "slrh": "seluruh",
    "slruh": "seluruh",
    "sluruh": "seluruh",
    "selurh": "seluruh",
    "selruh": "seluruh",
    "smua": "semua",
    "smw": "semua",
    "yg": "yang",
}

_WORD = re.compile(r"[^\W_]+|&")
_DOUBLED = re.compile(r"([a-z]{3,})2$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, folded for comparison, its place, and what stands before it."""

    text: str
    norm: str
    start: int
    end: int
    gap: str
    plural: bool = False  # "camat2", "camat-camat"

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def word_set(words: str) -> frozenset[str]:
    """Words written one after the other, as a set: for tables of the language."""
    return frozenset(words.split())


def fold(word: str) -> str:
    """The form in which a word is compared: lower case, one spelling, Roman and written numbers as digits."""
    low = word.lower()
    return SPELLINGS.get(low, low)


def words_of(text: str) -> list[Word]:
    """All words of `text` in order; "camat-camat" and "camat2" are one plural word."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        raw, start, end = match.group(), match.start(), match.end()
        gap = text[last:start]
        last = end
        low = raw.lower()
        if found and gap == "-" and low == found[-1].text.lower() and len(low) > 3:
            before = found.pop()
            found.append(Word(text[before.start : end], before.norm, before.start, end, before.gap, True))
            continue
        plural = bool(_DOUBLED.match(low))
        if plural:
            low = low[:-1]
        found.append(Word(raw, SPELLINGS.get(low, low), start, end, gap, plural))
    return found


def norms(text: str) -> tuple[str, ...]:
    """The compared forms of a text's words."""
    return tuple(word.norm for word in words_of(text))
