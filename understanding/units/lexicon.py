"""Lookup tables made once from the list of units."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from understanding.units.groups import COUNTS, GROUPS, NOUNS, OFFICES, OTHERS, QUANTIFIERS, TEAMS, members
from understanding.units.model import Unit
from understanding.units.names import HEADS, OUTSIDERS, VILLAGE_HEADS, cores_of, split_head
from understanding.units.words import Word, norms

Core = tuple[str, ...]
_CLOSE = frozenset({"", " ", "  ", ".", ". ", "-", "'", "’", " ."})


def _touching(gap: str, *, comma: bool) -> bool:
    """Whether two words with `gap` between them may belong to one name."""
    plain = gap.replace("\u00a0", " ")
    return plain in _CLOSE or not plain.strip() or (comma and plain.strip() == ",")


class Lexicon:
    """Cores by class of head, joined spellings, and village names that hide a kecamatan's."""

    def __init__(self, units: Sequence[Unit], villages: Sequence[str] = ()) -> None:
        written: dict[tuple[str, Core], set[str]] = defaultdict(set)
        derived: dict[tuple[str, Core], set[str]] = defaultdict(set)
        self.kind = {unit.code: unit.kind for unit in units}
        self.group_size = {name: sum(members(name, unit) for unit in units) for name in GROUPS}
        self.order = {unit.code: place for place, unit in enumerate(units)}
        self.own_class: dict[str, str] = {}  # under which head a unit's fellows are listed: "Distan, Perikanan"
        for unit in units:
            for head, core, is_written in cores_of(unit.kind, unit.name, unit.aliases):
                if head in ("dinas", "badan", "bagian"):
                    self.own_class.setdefault(unit.code, head)
                if core:
                    (written if is_written else derived)[head, core].add(unit.code)
        self.cores: dict[str, dict[Core, tuple[str, ...]]] = defaultdict(dict)
        for head, core in {**derived, **written}:
            codes = written.get((head, core)) or derived[head, core]
            self.cores[head][core] = tuple(sorted(codes, key=self.order.__getitem__))
        # For each class, how many words a core may have by its first word.
        self.reach: dict[str, dict[str, int]] = {head: {} for head in self.cores}
        for head, cores in self.cores.items():
            for core in cores:
                self.reach[head][core[0]] = max(len(core), self.reach[head].get(core[0], 0))
        self.joined = {"".join(core): codes for core, codes in self.cores[""].items() if len("".join(core)) >= 6}
        self.beginnings = {whole[:size] for whole in self.joined for size in range(2, len(whole) + 1)}
        self.acronyms_by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self.joined:
            if len(word) >= 7:
                self.acronyms_by_letter[word[0]].append(word)
        self.villages: dict[str, list[Core]] = defaultdict(list)
        for name in villages:
            core = norms(name)
            self.villages[core[0]].append(core)
        for names in self.villages.values():
            names.sort(key=len, reverse=True)
        self.after_heads = {first for head, firsts in self.reach.items() if head for first in firsts}
        self.openers = self._openers()

    def _openers(self) -> frozenset[str]:
        """Every word with which a mention can begin; most words of a text are none and are passed over at once."""
        phrases = [*HEADS, *OUTSIDERS, *NOUNS, *OTHERS, *TEAMS]
        words = {phrase[0] for phrase in phrases} | QUANTIFIERS | OFFICES | VILLAGE_HEADS | COUNTS | {"ke"}
        numbers = {str(number) for number in range(100)}
        return frozenset(words | numbers | self.reach[""].keys() | self.beginnings | self.villages.keys())

    def core_at(self, words: Sequence[Word], start: int, head: str) -> tuple[int, tuple[str, ...]]:
        """The longest core of a class that begins at word `start`: its end (exclusive) and its codes; (start, ()) if none."""
        reach = self.reach.get(head, {}).get(words[start].norm, 0)
        if not reach:
            return start, ()
        limit = start + 1
        while limit < min(len(words), start + reach) and _touching(words[limit].gap, comma=True):
            limit += 1
        names = tuple(word.norm for word in words[start:limit])
        cores = self.cores[head]
        for size in range(len(names), 0, -1):
            codes = cores.get(names[:size])
            if codes:
                return start + size, codes
        return start, ()

    def joined_at(self, words: Sequence[Word], start: int) -> tuple[int, tuple[str, ...]]:
        """A name written in pieces or in one piece: "Sat Pol PP", "Seikepayang"."""
        whole = ""
        best: tuple[int, tuple[str, ...]] = (start, ())
        if words[start].norm not in self.beginnings:
            return best
        for stop in range(start, min(len(words), start + 3)):
            if stop > start and not _touching(words[stop].gap, comma=False):
                break
            whole += words[stop].norm
            codes = self.joined.get(whole)
            if codes:
                best = (stop + 1, codes)
        return best

    def village_at(self, words: Sequence[Word], start: int) -> int:
        """Where the longest village name that begins at word `start` ends; `start` if there is none."""
        for core in self.villages.get(words[start].norm, ()):
            stop = start + len(core)
            piece = words[start:stop]
            if tuple(word.norm for word in piece) == core and all(
                _touching(word.gap, comma=False) or word.gap == "/" for _, word in pairwise(piece)
            ):
                return stop
        return start

    def any_class(self, words: Core) -> tuple[str, ...]:
        """Codes for a whole typed name, with its head or without ("Pertanian")."""
        head, core = split_head(words)
        for known in (self.cores.get(head, {}).get(core), self.joined.get("".join(words))):
            if known:
                return known
        found: set[str] = set()
        if not head or head == "kepala":
            for cores in self.cores.values():
                found.update(cores.get(core, ()))
        return tuple(sorted(found, key=self.order.__getitem__))
