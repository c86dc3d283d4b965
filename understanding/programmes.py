"""Which programme a directive serves, by the words that the secretariat keeps in programmes.csv."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from understanding.units.words import words_of

OTHER = "lainnya"
DEFAULT = Path(__file__).resolve().parent.parent / "data" / "asahan" / "programmes.csv"
# Before a word: "!" the programme's own name, which outweighs other words; "~" a hint, for where nothing else stands.
_NAME, _HINT = "!", "~"
_LEVELS = frozenset({"national", "provincial", "regency"})


@dataclass(frozen=True, slots=True)
class Programme:
    """One line of programmes.csv; `names` are among its `words` (written with "!"), `hints` point less surely ("~")."""

    tag: str
    name: str
    level: str
    rpjmd_mission: str = ""
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProgrammeIndex:
    """The programmes and the words that point to them."""

    programmes: tuple[Programme, ...]
    _phrases: dict[str, list[tuple[tuple[str, ...], str, int]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        phrases: dict[str, list[tuple[tuple[str, ...], str, int]]] = defaultdict(list)
        for programme in self.programmes:
            for weight, listed in ((2, programme.names), (1, programme.words), (0, programme.hints)):
                for key in filter(None, map(_key, listed)):
                    phrases[key[0]].append((key, programme.tag, weight))
        for same_start in phrases.values():
            same_start.sort(key=lambda entry: (len(entry[0]), entry[2]), reverse=True)
        object.__setattr__(self, "_phrases", dict(phrases))

    @classmethod
    def from_csv(cls, path: Path | str) -> Self:
        """Read `tag,name,level,rpjmd_mission,words` (UTF-8, words separated by ";").

        Raises ValueError naming the line for a level that is none of national, provincial, regency.
        """
        programmes = []
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                level = (row.get("level") or "").strip()
                if level not in _LEVELS:
                    raise ValueError(f"{path} line {number}: level {level!r} is none of {', '.join(sorted(_LEVELS))}")
                listed = [word.strip() for word in (row.get("words") or "").split(";") if word.strip()]
                programmes.append(
                    Programme(
                        row["tag"].strip(),
                        row["name"].strip(),
                        level,
                        (row.get("rpjmd_mission") or "").strip(),
                        words=tuple(word.lstrip(_NAME) for word in listed if not word.startswith(_HINT)),
                        names=tuple(word[1:] for word in listed if word.startswith(_NAME)),
                        hints=tuple(word[1:] for word in listed if word.startswith(_HINT)),
                    )
                )
        return cls(tuple(programmes))

    def __iter__(self) -> Iterator[Programme]:
        return iter(self.programmes)

    def __contains__(self, tag: object) -> bool:
        return any(programme.tag == tag for programme in self.programmes)

    def __getitem__(self, tag: str) -> Programme:
        for programme in self.programmes:
            if programme.tag == tag:
                return programme
        raise KeyError(tag)

    def tag_of(self, text: str, context: str = "") -> str:
        """The tag of the programme a text is about; `lainnya` where none is named.

        A programme's name comes before other words, these before hints, then phrases before single words, and the
        one named first before later ones. `context` counts where the text holds no more than hints.
        """
        tag, weight = self._best(text)
        if weight <= 0 and context:
            wider, heavier = self._best(context)
            if heavier > weight:
                return wider
        return tag

    def _best(self, text: str) -> tuple[str, int]:
        """The tag and the weight of the word it was found by; -1 where there is none."""
        best: tuple[int, int, int] | None = None
        tag = OTHER
        for place, (phrase, found, weight) in enumerate(self._found(text)):
            rank = (weight, min(len(phrase), 2), -place)
            if best is None or rank > best:
                best, tag = rank, found
        return tag, best[0] if best else -1

    def find(self, name: str) -> str | None:
        """The tag that somebody typed: a tag, a programme's name or one of its words; None where it is none."""
        key = _key(name)
        for programme in self.programmes:
            if key in (_key(programme.tag.replace("_", " ")), _key(programme.name)):
                return programme.tag
        tag = self.tag_of(name)
        return tag if tag != OTHER or key == (OTHER,) else None

    def _found(self, text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
        words = _key(text)
        at = 0
        while at < len(words):
            for key, tag, weight in self._phrases.get(words[at], ()):
                if words[at : at + len(key)] == key:
                    yield key, tag, weight
                    at += len(key) - 1
                    break
            at += 1


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(word.text.lower() for word in words_of(phrase))


@cache
def default_programmes() -> ProgrammeIndex:
    """The programmes of the file that comes with the project, read once."""
    return ProgrammeIndex.from_csv(DEFAULT)
