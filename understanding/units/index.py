"""The regency's units, and finding them in text."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from understanding.units.groups import GROUPS, members
from understanding.units.lexicon import Lexicon
from understanding.units.mentions import read_mentions
from understanding.units.model import Match, Mention, Unit
from understanding.units.nearly import nearest_units
from understanding.units.words import norms


@dataclass(frozen=True)
class UnitIndex:
    """All units with the names they go by; immutable, so a learned alias gives a new index."""

    units: tuple[Unit, ...]
    villages: tuple[str, ...] = ()

    @classmethod
    def from_csv(cls, path: Path | str, extra_aliases: Iterable[tuple[str, str]] = ()) -> Self:
        """Read `code,kind,name,aliases,source,confidence` (UTF-8); `extra_aliases` are pairs of words and unit code.

        Village names come from `villages.csv` in the same folder, if it is there. Raises KeyError for an alias of an
        unknown unit, OSError or csv.Error for an unreadable file.
        """
        path = Path(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            units = tuple(_unit(row) for row in csv.DictReader(file))
        villages: tuple[str, ...] = ()
        beside = path.with_name("villages.csv")
        if beside.exists():
            with beside.open(encoding="utf-8-sig", newline="") as file:
                villages = tuple(row["name"] for row in csv.DictReader(file))
        index = cls(_with_kecamatan(units), villages)
        for words, code in extra_aliases:
            index = index._added(words, code)
        return index

    def with_alias(self, words: str, code: str) -> Self:
        """An index that also knows unit `code` by `words`; raises KeyError for an unknown code."""
        return self._added(words, code)

    def _added(self, words: str, code: str) -> Self:
        self[code]
        units = tuple(
            replace(unit, aliases=(*unit.aliases, words.strip())) if unit.code == code else unit for unit in self.units
        )
        return replace(self, units=units)

    def __getitem__(self, code: str) -> Unit:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lookup tables behind `mentions` and `find`, made on first use."""
        return Lexicon(self.units, self.villages)

    def group(self, name: str) -> list[str]:
        """Codes of `seluruh_camat`, `seluruh_opd`, … in the list's order; raises KeyError for an unknown group."""
        if name not in GROUPS:
            raise KeyError(name)
        return [unit.code for unit in self.units if members(name, unit)]

    def group_names(self) -> tuple[str, ...]:
        """The groups that can be computed from the list."""
        return tuple(GROUPS)

    def puskesmas_of(self, kecamatan: str) -> list[str]:
        """Codes of the puskesmas that stand in a kecamatan, as far as the list says so."""
        return [unit.code for unit in self.units if unit.kind == "puskesmas" and unit.kecamatan == kecamatan]

    def mentions(self, text: str) -> list[Mention]:
        """Every unit, group, village and outside body named in `text`, in order and without overlap."""
        return list(self._remembered(text))

    @cached_property
    def _remembered(self) -> Callable[[str], tuple[Mention, ...]]:
        """Reading a notulen asks for the same line several times."""
        return lru_cache(maxsize=256)(lambda text: tuple(read_mentions(text, self.lexicon)))

    def find(self, text: str) -> Match:
        """The unit or group that somebody typed as a name; several candidates when it is not certain which."""
        words = norms(text)
        if not words:
            return Match(text, ())
        whole = [one for one in self.mentions(text) if _is_whole(one, text)]
        for mention in whole:
            if mention.group and not mention.condition:
                return Match(text, tuple(self.group(mention.group)), mention.group, certain=True)
            if mention.codes:
                return Match(text, mention.codes, certain=mention.certain)
        plain = self.lexicon.any_class(words)
        if plain:
            return Match(text, plain, certain=len(plain) == 1)
        near = nearest_units(words, self.lexicon)
        return Match(text, near, certain=len(near) == 1)


def _is_whole(mention: Mention, text: str) -> bool:
    """Whether nothing but punctuation stands around a mention."""
    around = text[: mention.start] + text[mention.end :]
    return not any(letter.isalnum() for letter in around)


def _unit(row: dict[str, str]) -> Unit:
    aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
    return Unit(
        row["code"].strip(),
        row["kind"].strip(),
        row["name"].strip(),
        aliases,
        row.get("confidence") or "",
        row.get("source") or "",
    )


def _with_kecamatan(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """A puskesmas' kecamatan is named in its source column ("…; Kec. Air Batu")."""
    by_name = {unit.name.removeprefix("Kecamatan "): unit.code for unit in units if unit.kind == "kecamatan"}
    placed = []
    for unit in units:
        if unit.kind == "kecamatan":
            placed.append(replace(unit, kecamatan=unit.code))
        elif unit.kind == "puskesmas":
            _, _, place = unit.source.rpartition("Kec. ")
            placed.append(replace(unit, kecamatan=by_name.get(place.partition("(")[0].strip())))
        else:
            placed.append(unit)
    return tuple(placed)
