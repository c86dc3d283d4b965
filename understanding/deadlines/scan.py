"""One pass over the tokens that picks out everything the grammar knows: days, times, lengths, cues, and look-alikes.

Each kind of token has its list of readers; the first that understands what begins there wins, and reading goes on
behind it. Every reader looks only a few tokens ahead, so the pass is linear.
"""

from __future__ import annotations

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.clocks import (
    read_clock,
    read_half_hour,
    read_later_today,
    read_part_of_day,
    read_unsaid_clock,
)
from understanding.deadlines.dates import is_label, read_date, read_month, read_year
from understanding.deadlines.feasts import read_h_day, read_holiday_name
from understanding.deadlines.lengths import read_length, read_working_day_phrase
from understanding.deadlines.model import Item, Kind
from understanding.deadlines.numbers import read_number
from understanding.deadlines.periods import read_bare_month, read_fraction, read_part, read_year_word
from understanding.deadlines.recurring import read_adjective, read_every, read_once, read_once_in
from understanding.deadlines.surroundings import (
    BEFORE_NAMED_DAYS,
    LABEL_PREFIXES,
    MEETINGS,
    MONEY,
    NAMED_DAYS,
    STREETS,
    TITLES,
)
from understanding.deadlines.tokens import CLUSTER, END, NUMBER, SIGN, WORD, Token
from understanding.deadlines.weeks import read_week, read_weekday, weekday_after_date, weekday_at
from understanding.deadlines.words import ADJECTIVES, MONTHS, NUMBER_WORDS, ONE_OF, PARTS, WEEKDAYS

_COMPLETED = frozenset({"selesai", "tuntas", "rampung"})
_GIVES = frozenset(["beri", "diberi", "berikan", "diberikan", "kasih", "dikasih", "minta"])
_REPORTS = frozenset(["belum", "baru", "masih", "sudah", "telah", "tercatat"])
_OWNS_HUNDRED_DAYS = frozenset(["bupati", "wakil", "presiden", "gubernur", "pertama", "kepemimpinan", "pemerintahan"])
_PLACES = frozenset({"simpang", "sp", "sei", "sungai", "tunggul", "asisten", "kampung"})
_PLACE_MIDDLES = frozenset({"kepayang", "terusan", "jawa"})
_DAYS_ON = {"besok": 1, "lusa": 2, "tulat": 3}


def scan(tokens: list[Token]) -> list[Item]:
    """All items of a text in order; they never overlap."""
    items: list[Item] = []
    at = 0
    while tokens[at].kind != END:
        item = read_item(tokens, at, items)
        if item is None:
            at += 1
        else:
            if item.kind is Kind.DAY and not item.recurring:
                item.recurring = any(tokens[index].word == "setiap" for index in range(item.start, item.end))
            items.append(item)
            at = item.end
    return items


def read_item(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """What begins at this token, if the grammar knows it."""
    token = tokens[at]
    if token.kind == WORD:
        if tokens[at + 1].raw == "-" and _is_doubled(tokens, at):
            return Item(Kind.BLOCKED, at, at + 3)
        reader = _READERS.get(token.word)
        if reader is not None:
            return reader(tokens, at, items)
        if tokens[at + 1].word == "depan" and token.word not in WEEKDAYS:
            return _slip_before_next(tokens, at, items)
        if token.word.endswith(("belas", "puluh")):
            return _number(tokens, at, items)
        return None
    if token.kind in (NUMBER, CLUSTER):
        return _number(tokens, at, items)
    return None


def _is_doubled(tokens: list[Token], at: int) -> bool:
    """`sehari-hari`, `minggu-minggu ini`; but `pagi-pagi` and `tiap-tiap` say what the single word says."""
    first, second = tokens[at].word, tokens[at + 2].word
    if not (tokens[at + 1].glued and tokens[at + 2].glued):
        return False
    return (first == second and first not in PARTS and first != "setiap") or first == f"se{second}"


def _slip_before_next(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    weekday = weekday_at(tokens, at, after_day=False)
    if weekday is None:
        return None
    if weekday == 6:  # `mingu depan` is the week
        rule = rules.in_week(4, 1)
        return Item(Kind.DAY, at, at + 2, rule=rule, family="week", repeat="FREQ=WEEKLY;BYDAY=FR")
    return read_weekday(tokens, at, items)


# Numbers


def _number(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    token = tokens[at]
    if _is_labelled(tokens, at):
        return Item(Kind.BLOCKED, at, at + 1)
    if token.kind == WORD and at and tokens[at - 1].word in _PLACES:
        return Item(Kind.BLOCKED, at, at + 1)
    date = read_date(tokens, at, items)
    if date is not None:
        return weekday_after_date(tokens, date) if date.kind is Kind.DAY else date
    recurring = read_once_in(tokens, at, items) or read_once(tokens, at, items)
    if recurring is not None:
        return recurring
    length = read_length(tokens, at, items)
    if length is not None:
        return _hundred_days(tokens, length)
    return read_unsaid_clock(tokens, at, items)


def _is_labelled(tokens: list[Token], at: int) -> bool:
    """Numbers of rules, letters, accounts and money."""
    before = at - 1
    while before >= 0 and at - before < 4 and tokens[before].kind == SIGN and tokens[before].raw in ".:":
        before -= 1
    if before < 0:
        return False
    word = tokens[before].word
    if word in MONEY or word.startswith(LABEL_PREFIXES):
        return True
    if tokens[at].kind == CLUSTER and any(token.word == "nomor" for token in tokens[max(0, before - 2) : before]):
        return all(token.word != "tanggal" for token in tokens[max(0, before - 2) : at])
    return is_label(tokens, before + 1)


def _hundred_days(tokens: list[Token], item: Item) -> Item:
    """`Program 100 hari kerja Bupati` is a name."""
    before = [token.word for token in tokens[max(0, item.start - 2) : item.start]]
    if "program" in before or tokens[item.end].word in _OWNS_HUNDRED_DAYS:
        return Item(Kind.BLOCKED, item.start, item.end)
    return item


def _number_word(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return _number(tokens, at, items)


def _one_of(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return read_once_in(tokens, at, items) or read_length(tokens, at, items)


def _half(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`setengah bulan`, or without `jam` the time `setengah 3 sore`."""
    return _one_of(tokens, at, items) or read_half_hour(tokens, at, items)


# Days


def _date(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    date = read_date(tokens, at, items)
    return weekday_after_date(tokens, date) if date is not None and date.kind is Kind.DAY else date


def _is_person(tokens: list[Token], at: int) -> bool:
    """`Pak Agus`, `Sdri. Juli`."""
    before = at - 1
    if before > 0 and tokens[before].raw == "." and tokens[before].glued:
        before -= 1
    return before >= 0 and tokens[before].word in TITLES


def _is_name(tokens: list[Token], at: int) -> bool:
    """`Jumat Bersih`; an unknown capitalised word behind a weekday (`Selasa Berbatik`) makes it a name as well."""
    after = tokens[at + 1]
    if after.word in NAMED_DAYS:
        return True
    return after.title and after.word.startswith("ber") and after.word not in ("berikut", "berikutnya", "bersama")


def _weekday(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    if at and (tokens[at - 1].word in BEFORE_NAMED_DAYS or _is_person(tokens, at)):
        return Item(Kind.BLOCKED, at, at + 1)
    if _is_name(tokens, at):
        return Item(Kind.BLOCKED, at, at + 2)
    return read_weekday(tokens, at, items)


def _day_word(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """At `hari`."""
    return read_working_day_phrase(tokens, at, items) or read_weekday(tokens, at, items)


def _days_on(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`besok`, `besok lusa`, `besok Senin`."""
    days, end = _DAYS_ON[tokens[at].word], at + 1
    if days == 1:
        if tokens[end].word == "lusa":
            days, end = 2, end + 1
        elif tokens[end].word == "hari" and tokens[end + 1].word not in WEEKDAYS and tokens[end + 1].word != "minggu":
            end += 1
        else:
            weekday = read_weekday(tokens, at, items)
            if weekday is not None:
                return weekday
    return Item(Kind.DAY, at, end, rule=rules.in_days(days), family="relative")


def _month(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    if _is_person(tokens, at):
        return Item(Kind.BLOCKED, at, at + 1)
    return read_bare_month(tokens, at, items)


def _week(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return read_week(tokens, at, items)


def _part(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """At `awal`, `akhir`, `tengah`: a part of a period, or `tengah hari` and `akhir jam kerja`."""
    if at and tokens[at].word == "tengah" and tokens[at - 1].word in _PLACE_MIDDLES:
        return Item(Kind.BLOCKED, at, at + 1)
    return read_part(tokens, at, items) or read_clock(tokens, at, items)


def _every(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return read_every(tokens, at, items, read_item)


def _street(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`Jl. 17 Agustus`; a date with its year behind the plain word "jalan" is a date."""
    index = at + 1 + (tokens[at + 1].raw == ".")
    number = read_number(tokens, index)
    month = read_month(tokens, number[1], beside_day=True) if number is not None else None
    if month is None:
        return None
    year = read_year(tokens, month[1])
    if year is not None and tokens[at].raw == "jalan" and (year[0].number or 0) > 2000:
        return None
    return Item(Kind.BLOCKED, at, month[1] if year is None else year[1])


# Cues


def _cue(name: str, at: int, end: int) -> Item:
    return Item(Kind.CUE, at, end, family=name)


def _at_most(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return _cue("paling", at, at + 2) if tokens[at + 1].word in ("lambat", "lama") else None


def _slowest(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`selambat-lambatnya`, `selambat2nya`."""
    index = at + 1
    if tokens[index].raw == "-" or tokens[index].kind == NUMBER:
        index += 1
    while tokens[index].word in ("lambat", "nya"):
        index += 1
    return _cue("paling", at, index)


def _before(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`sebelum` names the deadline itself; before a named holiday it is the day before."""
    feast = read_holiday_name(tokens, at + 1)
    if feast is None:
        return _cue("sebelum", at, at + 1)
    rule = rules.around_holiday(feast.name, -1, feast.year)
    item = Item(Kind.DAY, at, feast.end, rule=rule, family="holiday", feast=feast.name, forced=True)
    return item


def _until(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    if tokens[at].capitals and tokens[at].raw == "sd" and not (items and items[-1].end == at):
        return None  # a school
    index = at + 1
    index += tokens[index].word == "dengan"
    index += tokens[index].word == "pada"
    if tokens[index].word == "hari" and tokens[index + 1].word == "ini" and tokens[index + 2].word in _REPORTS:
        return Item(Kind.BLOCKED, at, index + 2)
    return _cue("sampai", at, index)


def _limit(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    index = at + 1
    while tokens[index].word in ("waktu", "akhir", "waktunya", "terakhir") and index < at + 3:
        if tokens[index].word == "akhir" and read_part(tokens, index, []) is not None:
            break
        index += 1
    return _cue("batas", at, index)


def _due(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return _cue("jatuh", at, at + 2) if tokens[at + 1].word in ("tempo", "temponya") else None


def _within(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    if at and tokens[at - 1].word in ("teluk", "kelapa"):
        return None
    index = at + 1
    while tokens[index].word in ("jangka", "kurun", "tempo", "waktu") and index < at + 4:
        index += 1
    return _cue("dalam", at, index)


def _time_given(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    return _cue("dalam", at, at + 1) if at and tokens[at - 1].word in _GIVES else None


def _no_more_than(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    """`tidak lebih dari`, `jangan lewat dari`, `jangan lewat`."""
    if not at or tokens[at - 1].word not in ("tidak", "tak", "jangan", "boleh"):
        return None
    compared = tokens[at + 1].word in ("dari", "dr")
    return _cue("paling", at, at + 1 + compared) if compared or tokens[at].word == "lewat" else None


def _completed(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    office = read_clock(tokens, at, items)
    if office is not None:
        return office
    before = tokens[at - 1].word if at else ""
    if before in ("belum", "sudah", "telah") or (before in MEETINGS and tokens[at + 1].word in ("pukul", "jam")):
        return None
    return _cue("selesai", at, at + 1)


def _plain_cue(tokens: list[Token], at: int, items: list[Item]) -> Item | None:
    dotted = tokens[at + 1].raw == "." and tokens[at + 1].glued and len(tokens[at].raw) <= 4  # `maks. 3 hari`
    end = at + 1 + (tokens[at + 1].word == "waktu" or dotted)
    return _cue(tokens[at].word, at, end)


_READERS = (
    dict.fromkeys(NUMBER_WORDS, _number_word)
    | dict.fromkeys(ONE_OF, _one_of)
    | dict.fromkeys(WEEKDAYS, _weekday)
    | dict.fromkeys(MONTHS, _month)
    | dict.fromkeys(PARTS, read_part_of_day)
    | dict.fromkeys(ADJECTIVES, read_adjective)
    | dict.fromkeys(("triwulan", "semester", "twi", "twii", "twiii", "twiv"), read_fraction)
    | dict.fromkeys(("awal", "akhir", "pertengahan", "tengah"), _part)
    | dict.fromkeys(("minggu", "pekan"), _week)
    | dict.fromkeys(("pukul", "jam", "pulang"), read_clock)
    | dict.fromkeys(STREETS, _street)
    | dict.fromkeys(_DAYS_ON, _days_on)
    | dict.fromkeys(_COMPLETED, _completed)
    | dict.fromkeys(("tenggat", "deadline", "target", "maksimal", "selambatnya"), _plain_cue)
    | {
        "tanggal": _date,
        "hari": _day_word,
        "bulan": _month,
        "tahun": read_year_word,
        "setengah": _half,
        "seperempat": _one_of,
        "setiap": _every,
        "sekali": read_once,
        "nanti": read_later_today,
        "h": read_h_day,
        "paling": _at_most,
        "selambat": _slowest,
        "sebelum": _before,
        "sampai": _until,
        "batas": _limit,
        "jatuh": _due,
        "dalam": _within,
        "waktu": _time_given,
        "lebih": _no_more_than,
        "lewat": _no_more_than,
    }
)
