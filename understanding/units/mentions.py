"""Units, groups, villages and outside bodies as they stand in running text."""

import re

from rapidfuzz.distance import OSA

from understanding.units.collective import past_regency, read_group, read_other
from understanding.units.doubtful import read_doubtful, read_misspelt
from understanding.units.lexicon import Lexicon
from understanding.units.model import Mention, Named
from understanding.units.names import DOTTED, HEADS, HONORIFICS, LONGEST_HEAD, OUTSIDERS, VILLAGE_HEADS
from understanding.units.predicates import is_predicate
from understanding.units.words import Word, word_set, words_of

JOINTS = word_set("dan serta maupun atau juga")
_HELPS = word_set("bersama beserta dibantu didukung didampingi kecuali selain sebagai selaku")
_LONG_ENOUGH = 4
_SPANS = frozenset({"sd", "s/d", "sampai", "sampaidengan", "hingga", "-", "–"})
_LONGEST_OUTSIDER = max(map(len, OUTSIDERS))
_OWN = word_set("asahan setdakab setda kabupaten kab pemkab daerah")
_SIDES = frozenset({"barat", "timur"})


def read_mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """All mentions in `text`, in order and without overlap."""
    words = words_of(text)
    found: list[Named] = []
    at = 0
    while at < len(words):
        named = _read_at(text, words, at, found[-1] if found else None, lexicon)
        if named is None:
            at += 1
        else:
            found.append(named)
            at = named.stop
    return [_placed(text, words, named) for named in found]


def _read_at(text: str, words: list[Word], at: int, last: Named | None, lexicon: Lexicon) -> Named | None:
    goes_on = last is not None and last.head != "" and at - last.stop <= 2
    if words[at].norm not in lexicon.openers and not goes_on:
        return read_misspelt(words, at, lexicon)
    return (
        read_outsider(words, at)
        or (_continued(text, words, at, last, lexicon) if last and goes_on else None)
        or read_unit(words, at, lexicon)
        or read_other(words, at, lexicon)
        or read_doubtful(words, at, lexicon)
        or read_group(words, at, lexicon, listed=_after_all(text, words, at, last))
        or read_village(words, at, lexicon)
    )


def _placed(text: str, words: list[Word], named: Named) -> Mention:
    first = named.first
    while first > 0 and words[first - 1].norm in HONORIFICS and not words[first].gap.strip(" ."):
        first -= 1
    start, end = words[first].start, words[named.stop - 1].end
    condition = ""
    if named.condition:
        condition = text[words[named.condition[0]].start : words[named.condition[1] - 1].end]
    return Mention(
        start,
        end,
        text[start:end],
        named.kind,
        named.codes,
        named.group,
        named.certain,
        named.head,
        named.place,
        condition,
        named.implicit,
    )


def _after_all(text: str, words: list[Word], at: int, last: Named | None) -> bool:
    """Whether word `at` goes on with a list of all: "seluruh OPD dan Bagian"."""
    return (
        last is not None
        and last.kind == "group"
        and not (last.implicit or last.condition)
        and _joined(text, words, at, last)
    )


def read_outsider(words: list[Word], at: int) -> Named | None:
    """A body outside the regency's government."""
    for size in range(min(_LONGEST_OUTSIDER, len(words) - at), 0, -1):
        if tuple(word.norm for word in words[at : at + size]) in OUTSIDERS:
            return Named(at, at + size, "outsider")
    return None


def read_unit(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """A unit by one of its names, with its head ("Kadis Pertanian") or without ("Distan")."""
    for size in range(min(LONGEST_HEAD, len(words) - at - 1), 0, -1):
        head = HEADS.get(tuple(word.norm for word in words[at : at + size]))
        start = at + size
        if head is None or words[start].gap.strip(" .\u00a0") not in ("", ":", "("):
            continue
        if "." in words[start].gap and words[start - 1].norm not in DOTTED:
            continue
        stop, codes = lexicon.core_at(words, start, head)
        if codes:
            stop, codes = _with_misspelt_end(words, start, stop, head, codes, lexicon)
            core = tuple(word.norm for word in words[start:stop])
            stop = _past_regency(words, stop)
            return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=head, core=core)
    stop, codes = lexicon.core_at(words, at, "")
    piece, joined = lexicon.joined_at(words, at)
    if piece > stop:
        stop, codes = piece, joined
    if not codes or lexicon.village_at(words, at) > stop:
        return None
    place = lexicon.kind[codes[0]] == "kecamatan"
    if place and at > 0 and words[at - 1].norm in VILLAGE_HEADS and not words[at].gap.strip(" ."):
        return Named(at, stop, "village")
    if place:
        return Named(at, stop, "unit", codes, certain=len(codes) == 1, place=True)
    core = tuple(word.norm for word in words[at:stop])
    stop = _past_regency(words, stop)
    return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=lexicon.own_class.get(codes[0], ""), core=core)


def _with_misspelt_end(
    words: list[Word], start: int, stop: int, head: str, codes: tuple[str, ...], lexicon: Lexicon
) -> tuple[int, tuple[str, ...]]:
    """ "Camat Sei Kepayang Tmur": one error in the last word of a longer name is not the shorter name."""
    if stop >= len(words) or words[stop].gap.strip() or not words[stop].capital or len(words[stop].norm) < _LONG_ENOUGH:
        return stop, codes
    begun = tuple(word.norm for word in words[start:stop])
    for core, longer in lexicon.cores[head].items():
        if core[:-1] == begun and OSA.distance(words[stop].norm, core[-1], score_cutoff=1) <= 1:
            return stop + 1, longer
    return stop, codes


def _past_regency(words: list[Word], at: int) -> int:
    """Past "Kabupaten Asahan" and its like behind an office's name."""
    stop = past_regency(words, at)
    return stop if stop > at and words[at].norm in _OWN else at


def read_village(words: list[Word], at: int, lexicon: Lexicon) -> Named | None:
    """A village's name; it may hold a kecamatan's ("Pulau Rakyat Tua")."""
    start = at + 1 if words[at].norm in VILLAGE_HEADS else at
    if start >= len(words) or (start > at and words[start].gap.strip(" .")):
        return None
    stop = lexicon.village_at(words, start)
    if stop > start and (start > at or words[start].capital):
        return Named(at, stop, "village")
    return None


def _continued(text: str, words: list[Word], at: int, last: Named, lexicon: Lexicon) -> Named | None:
    """A further name under the last head: "Camat Air Batu, Sei Dadap dan Meranti", "Kisaran Barat dan Timur"."""
    if last.head == "asisten" and words[at].norm.isdigit():
        several = _up_to(text, words, at, last, lexicon)
        if several:
            return several
    if not _joined(text, words, at, last):
        return None
    head, core = last.head, last.core
    if words[at].norm in _SIDES and core:
        core = (*(core[:-1] if core[-1] in _SIDES else core), words[at].norm)
        codes = lexicon.cores.get(head, {}).get(core)
        if codes:
            return Named(at, at + 1, "unit", codes, certain=len(codes) == 1, head=head, core=core)
    stop, codes = lexicon.core_at(words, at, head)
    if not codes or lexicon.village_at(words, at) > stop:
        return None
    numbered = head == "asisten" and words[at].norm.isdigit()
    if head not in ("camat", "puskesmas") and not numbered and not _ends_name(words, at, stop):
        return None
    core = tuple(word.norm for word in words[at:stop])
    return Named(at, stop, "unit", codes, certain=len(codes) == 1, head=head, core=core)


def _up_to(text: str, words: list[Word], at: int, last: Named, lexicon: Lexicon) -> Named | None:
    """ "Asisten I s.d. III": all between them."""
    between = re.sub(r"[\s.]", "", text[words[last.stop - 1].end : words[at].start]).lower()
    if between not in _SPANS or not last.core or not last.core[0].isdigit():
        return None
    known = lexicon.cores[last.head]
    numbers = range(int(last.core[0]) + 1, min(int(words[at].norm), len(known)) + 1)
    codes = tuple(code for number in numbers for code in known.get((str(number),), ()))
    return Named(at, at + 1, "unit", codes, head=last.head, core=(words[at].norm,)) if codes else None


def _ends_name(words: list[Word], at: int, stop: int) -> bool:
    """Whether words `at` to `stop` stand as a name of an office: capital, and nothing goes on after them."""
    if not words[at].capital:
        return False
    if stop == len(words) or words[stop].gap.strip():
        return True
    return words[stop].norm in JOINTS | _HELPS or is_predicate(words[stop].text.lower())


def _joined(text: str, words: list[Word], at: int, last: Named) -> bool:
    if at - last.stop > 2 or (last.core == () and last.kind == "unit"):
        return False
    marks = words[last.stop : at]
    if marks:
        return all(mark.norm in JOINTS or mark.norm in ("yaitu", "yakni") for mark in marks)
    between = text[words[last.stop - 1].end : words[at].start].strip()
    return between in ((",", "/", "+", ";") if last.kind == "unit" else ("(", ":", ",", "/", "+"))
