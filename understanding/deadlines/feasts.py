"""Named holidays and days counted from them over tokens: `H+3`, `H-7 Lebaran`, `sebelum Hari Raya Idul Fitri`."""

from __future__ import annotations

from typing import NamedTuple

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.lengths import counts_from_now
from understanding.deadlines.model import Item, Kind, Length
from understanding.deadlines.numbers import read_number
from understanding.deadlines.tokens import NUMBER, Token
from understanding.deadlines.words import words

_EVENTS = words("kegiatan acara rapat surat pasca setelah sejak sesudah kejadian bencana pemilu pilkada musrenbang")


def read_h_day(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`H+3` counts from today; `H-7 Lebaran` and `H+3 Lebaran` from the holiday; anything else is no deadline."""
    sign = tokens[at + 1].raw
    if sign not in ("-", "+") or (tokens[at + 1].glued is False and tokens[at].raw != "h"):
        return None
    number = read_number(tokens, at + 2)
    if number is None or number[0] > 999:
        return None
    days, index = number
    index += tokens[index].word == "hari" and tokens[index + 1].word in ("kerja", "kalender", "sebelum")
    working = tokens[index].word == "kerja"
    index += working or tokens[index].word == "kalender"
    step = index + (tokens[index].word in ("sebelum", "menjelang", "setelah", "sesudah", "dari"))
    feast = read_holiday_name(tokens, step)
    signed = days if sign == "+" else -days
    if feast is not None:
        rule = rules.around_holiday(feast.name, signed, feast.year)
        return Item(Kind.DAY, at, feast.end, rule=rule, family="holiday")
    length = Length(((days, "day"),), working, anchored=True)
    if sign == "+" and not _names_event(tokens[index].word):
        end = counts_from_now(tokens, index)[0]
        return Item(Kind.LENGTH, at, end, length=length, rule=rules.after(length), family="length")
    item = Item(Kind.LENGTH, at, index, length=length, rule=rules.after(length), family="h-day")
    item.marks.add("before" if sign == "-" else "after")
    return item


def _names_event(word: str) -> bool:
    noun = word.startswith("pe") and word.endswith("an") and len(word) > 6
    return word in _EVENTS or noun


_FEASTS = {
    ("lebaran",): "idulfitri",
    ("idulfitri",): "idulfitri",
    ("idulfitri", "haji"): "iduladha",
    ("kurban",): "iduladha",
    ("qurban",): "iduladha",
    ("nataru",): "natal",
    ("idul", "fitri"): "idulfitri",
    ("ied",): "idulfitri",
    ("iduladha",): "iduladha",
    ("idul", "adha"): "iduladha",
    ("natal",): "natal",
    ("tahun", "baru", "imlek"): "imlek",
    ("tahun", "baru", "cina"): "imlek",
    ("tahun", "baru", "islam"): "tahun baru islam",
    ("tahun", "baru", "hijriah"): "tahun baru islam",
    ("tahun", "baru", "hijriyah"): "tahun baru islam",
    ("tahun", "baru", "saka"): "nyepi",
    ("tahun", "baru"): "tahun baru",
    ("imlek",): "imlek",
    ("nyepi",): "nyepi",
    ("waisak",): "waisak",
    ("hut", "ri"): "hut ri",
    ("hut", "kemerdekaan"): "hut ri",
    ("kemerdekaan",): "hut ri",
    ("maulid",): "maulid",
    ("isra",): "isra",
    ("paskah",): "paskah",
    ("jumat", "agung"): "jumat agung",
}
_LONGEST_FIRST = sorted(_FEASTS.items(), key=lambda feast: -len(feast[0]))
_FEAST_STARTS = frozenset(spoken[0] for spoken in _FEASTS)
_LEADS_TO_FEAST = words("hari raya perayaan libur peringatan cuti bersama")
_BEHIND_FEAST = words("ri nabi muhammad mikraj mi'raj h m masehi hijriah hijriyah")


class Feast(NamedTuple):
    """A named holiday that was read: its key in the calendar, the year if one was said, the index after it."""

    name: str
    year: int | None
    end: int


def read_holiday_name(tokens: list[Token], at: int) -> Feast | None:
    """A named holiday after `sebelum`, `H-N` or `H+N`."""
    index = at
    while tokens[index].word in _LEADS_TO_FEAST and index < at + 4:
        index += 1
    if tokens[index].word not in _FEAST_STARTS:
        return None
    for spoken, known in _LONGEST_FIRST:
        if all(tokens[index + step].word == word for step, word in enumerate(spoken)):
            name = known
            break
    else:
        return None
    end = index + len(spoken)
    while tokens[end].word in _BEHIND_FEAST or (tokens[end].raw == "-" and tokens[end + 1].word == "ri"):
        end += 1
    year = tokens[end].value if tokens[end].kind == NUMBER and 2000 <= tokens[end].value < 2200 else None
    if year is not None:
        end += 1
    elif tokens[end].word == "ke" and tokens[end + 1].raw == "-" and tokens[end + 2].kind == NUMBER:
        end += 3  # HUT RI ke-81
    elif tokens[end].kind == NUMBER and 1400 <= tokens[end].value < 1500:
        end += 1 + (tokens[end + 1].word in ("h", "hijriah", "hijriyah"))  # Idul Fitri 1447 H
    return Feast(name, year, end)
