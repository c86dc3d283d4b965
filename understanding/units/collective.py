"""Groups ("seluruh camat", "OPD terkait") and village heads in running text."""

from collections.abc import Sequence

from understanding.units.conditions import RESTRICTIONS, condition_end
from understanding.units.groups import (
    ALONE,
    ANYBODY,
    COUNTS_BY_WORD,
    NOUNS,
    OFFICES,
    OTHERS,
    QUANTIFIERS,
    REGENCY,
    REGENCY_ENDS,
    TEAMS,
)
from understanding.units.lexicon import Lexicon
from understanding.units.model import Named
from understanding.units.predicates import is_predicate
from understanding.units.words import Word

_ALL_BEHIND = frozenset({"semua", "semuanya", "seluruhnya", "sekalian"})
_MOST_WORDS = 4  # of "seluruh para kepala …" in a row
_LIST_HEADS = {"seluruh_camat": "camat", "seluruh_puskesmas": "puskesmas"}


def read_group(words: list[Word], at: int, lexicon: Lexicon, *, listed: bool = False) -> Named | None:
    """A group of units that begins at word `at`, with what narrows it; `listed`: it goes on with "seluruh …"."""
    start, quantified = _quantified(words, at)
    quantified = quantified or listed
    number: int | None = None
    if start + 1 < len(words) and _is_count(words[start]) and not words[start + 1].gap.strip(" -"):
        number = COUNTS_BY_WORD.get(words[start].norm) or int(words[start].norm)
        start += 1
    limit = min(len(words), start + _MOST_WORDS)
    while start < limit and words[start].norm in OFFICES and not words[start].gap.strip(" ."):
        start += 1
    for size in (3, 2, 1):
        key = tuple(word.norm for word in words[start : start + size])
        if len(key) == size and key in NOUNS and (size == 1 or _adjacent(words[start : start + size])):
            plural = quantified or words[start].plural
            return _group(words, at, start + size, NOUNS[key], plural, number, lexicon)
    return None


def _is_count(word: Word) -> bool:
    return word.norm in COUNTS_BY_WORD or (word.norm.isdigit() and len(word.norm) < 3)


def _quantified(words: list[Word], at: int) -> tuple[int, bool]:
    """Past "seluruh", "semua para", "ke-"; whether one of them says all."""
    start = at
    limit = min(len(words), at + _MOST_WORDS)
    while start < limit and words[start].norm in QUANTIFIERS and (start == at or not words[start].gap.strip(" -")):
        start += 1
    if start > at:
        return start, True
    if words[at].norm == "ke" and at + 1 < len(words) and words[at + 1].norm.isdigit():
        return at + 1, False
    return at, False


def _adjacent(words: Sequence[Word]) -> bool:
    return not any(word.gap.strip(" .\u00a0") for word in words[1:])


def _group(
    words: list[Word], at: int, stop: int, group: str | None, everyone: bool, number: int | None, lexicon: Lexicon
) -> Named | None:
    if stop < len(words) and words[stop].norm in _ALL_BEHIND and not words[stop].gap.strip():
        stop, everyone = stop + 1, True  # "camat semua"
    whole = past_regency(words, stop)
    if whole > stop:
        stop, everyone = whole, everyone or words[whole - 1].norm not in ("kecuali", "terkecuali")
    end = condition_end(words, stop)
    condition = (stop, end) if end > stop else None
    if number is not None and not everyone:
        if group and number == lexicon.group_size[group]:
            everyone = True
        elif condition is None:
            condition = (at, stop)  # "sepuluh camat": which ten is not said
    if group is None and condition is None:
        if not everyone or words[stop - 1].norm in ANYBODY:
            return None
        condition = (at, stop)
    if group not in ALONE and not everyone and (condition is None or words[condition[0]].norm not in RESTRICTIONS):
        return None
    head = _LIST_HEADS.get(group or "", "")
    return Named(at, end, "group", group=group, head=head, condition=condition, implicit=not everyone)


def past_regency(words: Sequence[Word], at: int) -> int:
    """Past "se-Kabupaten Asahan", "di lingkungan Setdakab" and their like; `at` where nothing of the kind follows."""
    stop, best = at, at
    while stop < len(words) and words[stop].norm in REGENCY and not words[stop].gap.strip(" -."):
        excepting = words[stop].norm in ("kecuali", "terkecuali")
        if excepting and (stop == at or words[stop - 1].norm != "tanpa"):
            break
        stop += 1
        if excepting or words[stop - 1].norm in REGENCY_ENDS:
            best = stop
    return best


def read_other(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """Somebody who is no unit: "Kades di Rahuning", "para lurah se-Kota Kisaran", "Satgas MBG"."""
    start, _ = _quantified(words, at)
    for size in (3, 2, 1):
        title = tuple(word.norm for word in words[start : start + size])
        if len(title) < size:
            continue
        if title in TEAMS:
            return Named(at, _team_end(words, start + size), "other")
        if title in OTHERS:
            stop = start + size
            while stop < len(words) and _other_goes_on(words, stop):
                stop += 1
            end = _where(words, stop, lexicon)
            return Named(at, max(end, condition_end(words, end)), "other")
    return None


def _other_goes_on(words: list[Word], at: int) -> bool:
    """ "Kades/Lurah", "Kepala Desa/Kelurahan"."""
    if words[at].gap.strip() == "/":
        return (words[at].norm,) in OTHERS or words[at].norm in ("desa", "kelurahan", "kepala")
    return words[at - 1].gap.strip() == "/" and words[at].norm in ("desa", "kelurahan")


def _team_end(words: list[Word], at: int) -> int:
    """The end of a team's name: its capitalised words."""
    stop = at
    while stop < min(len(words), at + 5) and words[stop].capital and not words[stop].gap.strip():
        if is_predicate(words[stop].text.lower()):
            break
        stop += 1
    return stop


def _where(words: list[Word], at: int, lexicon: Lexicon) -> int:
    """The end of the place or condition that follows village heads."""
    stop = at
    if stop < len(words) and words[stop].norm in ("se", "di", "wilayah") and not words[stop].gap.strip():
        stop += 1
        while stop < len(words) and words[stop].norm in ("kecamatan", "kec", "wilayah", "kabupaten", "kota"):
            stop += 1
    if stop >= len(words) or words[stop].gap.strip(" .-"):
        return at
    end = max(lexicon.village_at(words, stop), lexicon.core_at(words, stop, "camat")[0])
    if end == stop and stop > at and words[stop].capital:
        end = stop + 1
    if end > stop:
        return end
    return condition_end(words, at)
