"""What stands around a date: the cue before it, and everything that makes it no deadline (rule 10).

The date of a source, the past, a start, what is taken back, and lengths counted from an event that has no date.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from understanding.deadlines import calendar_rules as rules
from understanding.deadlines.model import Anchor, Item, Kind, Rule
from understanding.deadlines.surroundings import (
    ABOUT_A_MONTH,
    CORRECTIONS,
    DATED_SOURCES,
    DOTTED,
    DURING,
    HOLDS_MEETING,
    LABEL_PREFIXES,
    MAKES_PAPER,
    MEETINGS,
    MOVES,
    MUST_REACH,
    PAPERS,
    PAST,
    REFERS_TO,
    SOURCE_FILLERS,
    SOURCE_QUALIFIERS,
    SOURCES,
    SPANS_OF_LIFE,
    STARTS,
    STATE_OF,
    TAKEN_BACK,
    UNDATED_STARTS,
)
from understanding.deadlines.tokens import END, SIGN, WORD, Token
from understanding.deadlines.words import words

_CUE_FILLERS = words("pada di hari tanggal waktu adalah yaitu yakni ialah jatuh : = ( - sudah harus itu pukul")
_TAIL = frozenset({"pada", "di", "hari", "tanggal", "per", ":", "("})
_BEFORE_MOVE = words(", yang lalu kemudian kini sekarang dan akhirnya telah sudah ini itu jadi maka tetapi karena")
_NEW_DATE = frozenset({"menjadi", "jadi", "ke", "kepada", "sampai"})
_EVENTS_REPORTED = words("laporan pengaduan aduan kejadian surat permohonan keluhan bencana temuan")
_PAST_TOGETHER = frozenset({"tanggal", "hari", "pagi", "siang", "sore", "malam", "lusa"})
_NOT = words("tidak tak gak nggak jangan tdk")
_NOT_A_CONDITION = frozenset({"perlu", "memungkinkan", "dibutuhkan", "dimungkinkan", "bisa", "boleh"})


def find_cues(tokens: list[Token], items: list[Item]) -> None:
    """Give every day, time and length the start of the chain of cues directly before it."""
    open_cue, open_end = -1, -1
    for item in items:
        if item.kind is Kind.CUE:
            if not (open_cue >= 0 and _only(tokens, open_end, item.start)):
                open_cue = item.start
            open_end = item.end
            continue
        if item.kind is not Kind.BLOCKED and open_cue >= 0 and _only(tokens, open_end, item.start):
            item.cue_start = open_cue
        open_cue = -1


def _only(tokens: list[Token], start: int, end: int) -> bool:
    return end - start <= 3 and all(tokens[index].word in _CUE_FILLERS for index in range(start, end))


def leave_out(tokens: list[Token], items: list[Item]) -> list[Item]:
    """The items that may be deadlines, in order."""
    _take_back(tokens, items)
    _start_recurrences(tokens, items)
    undated = _undated_sentences(tokens, items)
    kept = []
    for item in items:
        if item.kind is Kind.CUE or item.kind is Kind.BLOCKED or "taken back" in item.marks:
            continue
        if _is_past(tokens, item) or _is_start(tokens, item) or _is_source(tokens, item):
            continue
        if item.kind is Kind.LENGTH and undated and not _said_from_now(item) and undated[item.start]:
            continue
        if _is_report(tokens, item) or (item.kind is Kind.LENGTH and _is_amount(tokens, item)):
            continue
        kept.append(item)
    return kept


def _said_from_now(item: Item) -> bool:
    return item.length is not None and item.length.anchored


def _back(tokens: list[Token], at: int) -> int:
    """The index of the word before `at`, prepositions and `tanggal` left out; -1 at the start."""
    index = at - 1
    while index >= 0 and index > at - 5 and tokens[index].word in _TAIL:
        index -= 1
    return index


def _is_past(tokens: list[Token], item: Item) -> bool:
    """`Kamis lalu`, `Desember tahun lalu`, `bulan lalu tanggal 5`, `hari ini telah dilaksanakan`."""
    if item.family == "relative" and item.cue_start < 0 and tokens[item.end - 1].word == "ini":
        follower, verb = tokens[item.end].word, tokens[item.end + 1].word
        if follower == "telah" or (follower == "sudah" and verb.startswith(("di", "ter"))):
            return True
    index = item.end
    index += tokens[index].word == "yang"
    word = tokens[index].word
    if word in PAST:
        return True
    if word in ("tahun", "bulan", "minggu", "pekan") and tokens[index + 1].word in ("lalu", "kemarin"):
        return True
    before = tokens[item.start - 1].word if item.start else ""
    return before in ("lalu", "kemarin", "tadi") and tokens[item.start].word in _PAST_TOGETHER


def _is_start(tokens: list[Token], item: Item) -> bool:
    """`mulai 1 Februari`, `sejak Senin`; a range has its end, and a recurring wording its start, inside."""
    if item.is_range or item.family == "counted" or item.cue_start >= 0:
        return False
    index = _back(tokens, item.start)
    if index >= 0 and tokens[index].word in ("efektif", "berlaku") and index > 0:
        index -= tokens[index - 1].word in STARTS
    return index >= 0 and (tokens[index].word in STARTS or tokens[index].word in DURING)


# The date of a source


def _is_source(tokens: list[Token], item: Item) -> bool:
    """`rapat hari ini`, `surat Bupati tanggal 5 Januari`, `data per 31 Desember 2025`."""
    if item.cue_start >= 0 or item.forced or item.kind is not Kind.DAY or item.recurring:
        return False
    index = item.start - 1
    if index >= 0 and tokens[index].word == "per":
        if index == 0 or tokens[index - 1].raw in ("\t", "|", ":"):
            return False  # a table cell of its own
        return not _must_be_reached(tokens, index)
    if "month" in item.marks and index >= 0 and tokens[index].word in ABOUT_A_MONTH:
        return True
    if item.family == "date" and _is_referred_to(tokens, item):
        return True
    for _ in range(8):
        if index < 0:
            return False
        token = tokens[index]
        dated = token.word in DATED_SOURCES or token.word.startswith(LABEL_PREFIXES)
        if token.word in SOURCES or (dated and tokens[item.start].word == "tanggal"):
            return not _is_made(tokens, index, item)
        if not (_may_stand_in_source(token) or dated):
            return False
        index -= 1
    return False


def _is_referred_to(tokens: list[Token], item: Item) -> bool:
    """`Berdasarkan kesepakatan 20 Januari, …`, `hasil monitoring tanggal 20 Januari`."""
    for index in range(item.start - 1, max(-1, item.start - 6), -1):
        token = tokens[index]
        if token.kind == SIGN and token.raw not in SOURCE_FILLERS:
            return False
        if token.word in REFERS_TO or (token.word == "hasil" and tokens[item.start].word == "tanggal"):
            return True
    return False


def _may_stand_in_source(token: Token) -> bool:
    if token.kind == SIGN:
        return token.raw in SOURCE_FILLERS
    if token.kind != WORD:
        return True
    return token.word in SOURCE_FILLERS or token.word in SOURCE_QUALIFIERS or token.capitals


def _is_made(tokens: list[Token], index: int, item: Item) -> bool:
    """`menggelar rapat Jumat depan`, `kirim surat besok`: the meeting or paper is what is due."""
    if index == 0 or tokens[item.start].word == "tanggal":
        return False
    before, noun = tokens[index - 1].word, tokens[index].word
    return (noun in MEETINGS and before in HOLDS_MEETING) or (noun in PAPERS and before in MAKES_PAPER)


def _must_be_reached(tokens: list[Token], per: int) -> bool:
    """`realisasi minimal 60 persen per 31 Juli` is due then; `data per 31 Desember` is not."""
    nearest = [token.word for token in tokens[max(0, per - 5) : per]]
    if STATE_OF.intersection(nearest):
        return False
    for index in range(per - 1, max(-1, per - 16), -1):
        if tokens[index].raw in (";", "\t"):
            return False
        if tokens[index].word in MUST_REACH:
            return True
    return False


def _is_report(tokens: list[Token], item: Item) -> bool:
    """`realisasi PAD s.d. Agustus 61,2%`: how far things are, not when they are due."""
    if item.cue_start < 0 or tokens[item.cue_start].word != "sampai":
        return False
    before = [token.word for token in tokens[max(0, item.cue_start - 4) : item.cue_start]]
    if not {"realisasi", "capaian", "penerimaan", "serapan"}.intersection(before):
        return False
    after = tokens[item.end]
    if after.word in ("sebesar", "tercatat", "mencapai", "baru", "sudah", "masih", "adalah"):
        return True
    return after.kind in ("number", "cluster") and tokens[item.end + 1].word in ("%", "persen")


def _is_amount(tokens: list[Token], item: Item) -> bool:
    """`selama 3 hari`, `usia maksimal 35 tahun`, `maksimal 2 jam per hari` say how long, not until when."""
    if tokens[item.end].word in ("per", "sehari", "seminggu", "sebulan", "setahun"):
        return True
    if _said_from_now(item):
        return False
    start = item.start if item.cue_start < 0 else item.cue_start
    nearest = [token.word for token in tokens[max(0, start - 3) : start]]
    if SPANS_OF_LIFE.intersection(nearest):
        return True
    return item.cue_start < 0 and start > 0 and nearest[-1] in ("minimal", "sudah", "telah")


# Taken back


def _take_back(tokens: list[Token], items: list[Item]) -> None:
    """`bukan Senin, tapi Selasa`; `diundur dari … menjadi …`; `semula …, dimajukan ke …`: the new date counts."""
    days = [item for item in items if item.kind in (Kind.DAY, Kind.LENGTH, Kind.CLOCK)]
    for number, item in enumerate(days):
        start = item.start if item.cue_start < 0 else item.cue_start
        index = _back(tokens, start)
        if index >= 0 and _takes_back(tokens, index):
            item.marks.add("taken back")
        previous = days[number - 1] if number else None
        change = _change_before(tokens, item, previous)
        if change == "old":
            item.marks.add("taken back")
        elif change is not None:
            item.forced = True
            if previous is not None and change == "new for old":
                previous.marks.add("taken back")


def _takes_back(tokens: list[Token], index: int) -> bool:
    word = tokens[index].word
    if word == "jadi":
        return index > 0 and tokens[index - 1].word in ("tidak", "tak", "batal", "gak")
    if word in ("ditunda", "menunda", "tunda"):
        return index > 0 and tokens[index - 1].word == "jangan"
    if word in ("menunggu", "tunggu", "nunggu"):
        return _is_told_not_to(tokens, index)
    if word == "jangan" and tokens[index + 1].word in ("lewat", "sampai"):
        return False
    return word in TAKEN_BACK


def _is_told_not_to(tokens: list[Token], index: int) -> bool:
    """`jangan menunggu minggu depan`, `tidak perlu tunggu Senin`."""
    before = [token.word for token in tokens[max(0, index - 2) : index]]
    return before[-1:] == ["jangan"] or (len(before) == 2 and before[0] in _NOT and before[1] in ("perlu", "usah"))


def _change_before(tokens: list[Token], item: Item, previous: Item | None) -> str | None:
    """Tell whether a change of plan stands before `item`.

    "old": `item` is what is given up. "new": `item` is the new date; "new for old": and `previous` is given up for it.
    """
    start = item.start if item.cue_start < 0 else item.cue_start
    floor = max(previous.end if previous is not None else 0, start - 8)
    words_before = range(start - 1, floor - 1, -1)
    index = _back(tokens, start)
    word = tokens[index].word if index >= 0 else ""
    if word in CORRECTIONS or (word == "saya" and tokens[index - 1].word == "maksud"):
        return "new for old" if previous is not None else None
    move = next((at for at in words_before if tokens[at].word in MOVES or _is_stop(tokens, at)), -1)
    if move < 0 or _is_stop(tokens, move):
        given_up = previous is not None and "taken back" in previous.marks
        return "new" if given_up and word in _NEW_DATE else None
    if word == "dari":
        return "old"
    if previous is None:
        return "new"
    aside = any(tokens[at].word not in _BEFORE_MOVE for at in range(previous.end, min(move, previous.end + 8)))
    return "new" if aside else "new for old"


def _is_stop(tokens: list[Token], at: int) -> bool:
    return _ends_sentence(tokens, at, tokens[at])


# Recurring wordings with a start


def _start_recurrences(tokens: list[Token], items: list[Item]) -> None:
    """`tiap dua minggu mulai 19 Oktober`: the date behind `mulai` is the first."""
    starts = [item for item in items if item.kind is Kind.DAY and not item.recurring and _begins(tokens, item)]
    if not starts:
        return
    places = [start.start for start in starts]
    for item in items:
        if item.recurring and item.rule is not None:
            right = bisect_left(places, item.start)
            beside = starts[max(0, right - 1) : right + 1]
            start = min(beside, key=lambda one: abs(one.start - item.end))
            if abs(start.start - item.end) < 12 or abs(item.start - start.end) < 8:
                item.rule, item.length = _from_start(tokens, item.rule, start), None
                item.clock = item.clock or start.clock
                item.weak = False
                if start.start >= item.end and start.start - item.end <= 3:
                    item.end = start.end


def _begins(tokens: list[Token], item: Item) -> bool:
    index = _back(tokens, item.start)
    return index >= 0 and tokens[index].word in ("mulai", "dimulai", "sejak", "terhitung", "tmt")


def _from_start(tokens: list[Token], repeat: Rule, start: Item) -> Rule:
    """From a day: that day. From a month, week or year: the first time in it."""
    assert start.rule is not None
    first_of = start.rule
    if start.family not in ("period", "week") or tokens[start.start].word in ("awal", "akhir", "pertengahan", "tengah"):
        return first_of
    is_week = start.family == "week"
    is_year = tokens[start.start].word == "tahun"

    def rule(anchor: Anchor) -> date:
        last = first_of(anchor)
        first = rules.monday(last) if is_week else last.replace(day=1, month=1 if is_year else last.month)
        first = max(first, anchor.floor)
        return repeat(Anchor(first - timedelta(days=1), first))

    return rule


# Lengths counted from an event


def _undated_sentences(tokens: list[Token], items: list[Item]) -> list[bool]:
    """Per token, whether its sentence has a condition or an event without a date ("bila air naik", "setelah rapat").

    Empty where no sentence has one.
    """
    marks = [index for index, token in enumerate(tokens) if _opens_condition(tokens, index, token)]
    day_starts = {item.start for item in items if item.kind is Kind.DAY}
    marks = [index for index in marks if not _is_dated(tokens, index, day_starts)]
    if not marks:
        return []
    undated = [False] * len(tokens)
    ends = [index for index, token in enumerate(tokens) if _ends_sentence(tokens, index, token)]
    start, position = 0, 0
    for end in ends:
        inside = False
        while position < len(marks) and marks[position] <= end:
            inside, position = True, position + 1
        if inside:
            undated[start : end + 1] = [True] * (end + 1 - start)
        start = end + 1
    return undated


def _opens_condition(tokens: list[Token], index: int, token: Token) -> bool:
    if token.word in ("bila", "ketika", "seandainya", "andai"):
        return tokens[index + 1].word not in _NOT_A_CONDITION
    if token.word == "setiap":
        return tokens[index + 1].word in _EVENTS_REPORTED or tokens[index + 1].word == "ada"
    return token.word in UNDATED_STARTS


def _is_dated(tokens: list[Token], index: int, day_starts: set[int]) -> bool:
    if tokens[index].word not in UNDATED_STARTS:
        return False
    after = index + 1
    while tokens[after].word in ("pada", "hari", "tanggal") and after not in day_starts and after < index + 4:
        after += 1
    return after in day_starts or (tokens[after].word in ("hari", "sekarang") and tokens[after + 1].word in ("ini", ""))


def _ends_sentence(tokens: list[Token], index: int, token: Token) -> bool:
    if token.kind == END:
        return True
    if token.kind != SIGN or token.raw not in (".", "!", "?", ";", "\t", "\n\n"):
        return False
    if token.raw != ".":
        return True
    return not (index and tokens[index - 1].word in DOTTED) and not tokens[index + 1].glued
