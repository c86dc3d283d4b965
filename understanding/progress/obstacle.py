"""What holds the work up, in the reporter's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from understanding.progress import hindrances as h
from understanding.progress import words as w
from understanding.progress.tokens import Token


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens `[first, last]` of one clause, without the comma or stop that opens it."""

    first: int
    last: int
    words: tuple[str, ...]


def clauses_of(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a message in order; punctuation alone makes none."""
    found: list[Clause] = []
    index = 0
    while index < len(tokens):
        end = index
        while end + 1 < len(tokens) and tokens[end + 1].clause == tokens[index].clause:
            end += 1
        first = index
        while first <= end and tokens[first].kind in ("stop", "comma", "mark", "dash"):
            first += 1
        if first <= end:
            found.append(Clause(first, end, tuple(token.word for token in tokens[first : end + 1])))
        index = end + 1
    return found


def _ends_cause(tokens: Sequence[Token], index: int) -> bool:
    """Whether something other than the cause begins here: "… progres 60%", "… baru 60%", "… terima kasih"."""
    word = tokens[index].word
    if word == "baru":
        return any(token.kind in ("number", "fraction") for token in tokens[index + 1 : index + 3])
    if word == "terima":
        return index + 1 < len(tokens) and tokens[index + 1].word == "kasih"
    return word in h.ENDS_A_CAUSE


def _quote(tokens: Sequence[Token], text: str, first: int, last: int) -> str | None:
    """The text of tokens `[first, last]` without salutations, joining words and marks at its ends."""
    while first <= last and (tokens[first].kind not in ("word", "number") or tokens[first].word in h.LEADING):
        first += 1
    for index in range(first + 1, last + 1):
        if _ends_cause(tokens, index) or tokens[index].kind == "arrow":
            last = index - 1
            break
    while last >= first and (tokens[last].kind not in ("word", "number", "percent") or tokens[last].word in h.TRAILING):
        last -= 1
    return text[tokens[first].start : tokens[last].end] if first <= last else None


def _is_doubtful(words: Sequence[str], place: int) -> bool:
    """Hoped away, only possible, or over: "semoga tidak hujan", "kalau ada kendala", "sempat terkendala"."""
    return any(word in h.NOT_NOW for word in words[max(0, place - 6) : place])


def _is_overcome(words: Sequence[str], place: int) -> bool:
    """`tidak ada kendala`, `kendala nihil`, `kendala sudah teratasi`."""
    before, after = words[max(0, place - 3) : place], words[place + 1 : place + 6]
    if any(word in h.NONE_OF for word in before) or ("belum" in before and "ada" in before):
        return True
    if any(word in h.OVERCOME for word in after) and "belum" not in after and "tidak" not in after[1:]:
        return True
    said = [word for word in after if word not in (":", "=", "\n", "sudah", "telah")]
    if said[:1] and said[0] in h.NOTHING:
        return said[0].isalnum() or len(said) == 1  # "kendala: -", but "kendala - hujan"
    return _denies(said)


def _denies(words: Sequence[str]) -> bool:
    """`tidak ada`, `belum ada kendala`; not `tidak ada sinyal`."""
    denied = words[:1] and words[0] in ("tidak", "belum") and words[1:2] and words[1] == "ada"
    return bool(denied) and (len(words) < 3 or words[2] in w.SALUTATION | w.FILLERS | h.HINDERED)


def _waits_for_orders(words: Sequence[str], place: int) -> bool:
    """`menunggu arahan Bapak` holds nothing up; `menunggu arahan teknis dari provinsi` does."""
    rest = words[place + 1 : place + 6]
    return (
        bool(rest)
        and rest[0] in h.MERE_ORDERS
        and all(word in h.MERE_ORDERS | w.SALUTATION | h.FROM_ABOVE for word in rest)
    )


def _extend(tokens: Sequence[Token], clauses: Sequence[Clause], at: int) -> int:
    """The last token of a cause that goes on over commas: "hujan, alat rusak, BBM langka"."""
    last = clauses[at].last
    for following in clauses[at + 1 : at + 4]:
        opener = tokens[following.first - 1] if following.first else None
        if opener is None or opener.word not in (",", ";") or len(following.words) > 6:
            break
        if state_at(following.words) is None or any(word in h.ENDS_A_CAUSE for word in following.words):
            break
        last = following.last
    return last


def _named(tokens: Sequence[Token], text: str, clauses: Sequence[Clause]) -> str | None:
    """After a word that says so: "terkendala X", "kendala: X", "terhambat X", "X menjadi kendala"."""
    for at, clause in enumerate(clauses):
        for place, word in enumerate(clause.words):
            if word not in h.HINDERED:
                continue
            if _is_overcome(clause.words, place) or _is_doubtful(clause.words, place) or _next_overcomes(clauses, at):
                continue
            told = word not in h.PART_OF_THE_CAUSE or place + 1 == len(clause.words)
            first = clause.first + place + told
            quote = _quote(tokens, text, first, _extend(tokens, clauses, at))
            following = _next_said(clauses, at)
            if quote is None and following is not None:
                if tokens[following.first].word in h.BECAUSE:
                    quote = _quote(tokens, text, following.first, following.last)
                elif clause.words[-1] in (":", "adalah", "yaitu", word):
                    if following.words[0] in h.NOTHING or _denies(following.words):
                        continue
                    quote = _listed(tokens, text, following, opened=":" in clause.words)
            whole = clause.first + place
            named = _quote(tokens, text, clause.first, clause.last) or text[tokens[whole].start : tokens[whole].end]
            return quote or named
    return None


def _next_said(clauses: Sequence[Clause], at: int) -> Clause | None:
    """The next clause that is more than the number of a list."""
    for clause in clauses[at + 1 : at + 3]:
        if any(word.isalpha() or word in h.NOTHING for word in clause.words):
            return clause
    return None


def _listed(tokens: Sequence[Token], text: str, clause: Clause, *, opened: bool) -> str | None:
    """What stands on the line below "Kendala:"; without the colon only where it is plainly trouble."""
    trouble = state_at(clause.words) is not None or (opened and len(clause.words) <= 8)
    return _quote(tokens, text, clause.first, clause.last) if trouble else None


def _next_overcomes(clauses: Sequence[Clause], at: int) -> bool:
    """`ada kendala sedikit, tapi sudah teratasi`."""
    following = clauses[at + 1].words[:6] if at + 1 < len(clauses) else ()
    return any(word in h.OVERCOME for word in following) and "belum" not in following


def _because(tokens: Sequence[Token], text: str, clauses: Sequence[Clause]) -> str | None:
    """After "karena", where what it explains, or the cause itself, is something that went wrong."""
    for at, clause in enumerate(clauses):
        if clause.words[0] not in h.BECAUSE:
            continue
        around = [*(clauses[at - 1].words if at else ()), *(clauses[at + 1].words[:8] if at + 1 < len(clauses) else ())]
        trouble = state_at(clause.words) is not None or any(word in h.WRONG for word in clause.words)
        if trouble or any(word in h.WRONG for word in around):
            if any(word in h.HELPED for word in clause.words):
                continue
            return _quote(tokens, text, clause.first, _extend(tokens, clauses, at))
    return None


def _is_topic(words: Sequence[str], place: int, work: frozenset[str] = h.WORK_ON) -> bool:
    """`perbaikan jalan rusak` and `data korban banjir` name the work, not a hindrance."""
    return any(word in work for word in words[max(0, place - 4) : place])


def _follows(words: Sequence[str], place: int, wanted: frozenset[str], reach: int = 4) -> bool:
    return any(word in wanted for word in words[place + 1 : place + 1 + reach])


def _lacks(words: Sequence[str], place: int) -> bool:
    """`belum ada anggaran`, `tidak ada sinyal`, `dana belum cair`, `alat tidak bisa masuk`, `kurang tenaga`."""
    word = words[place]
    if word in h.NEEDING:
        return _misses(words, place)
    if word in ("belum", "tidak"):
        if words[place + 1 : place + 2] and words[place + 1] in h.HAVING and _follows(words, place + 1, h.NEEDED, 3):
            return "pun" not in words[place + 2 : place + 6]
        ours = _follows(words, place, h.OURSELVES, 2)  # "data belum bisa kami kirim" is what follows from trouble
        return not ours and _names_need(words, place, 6) and _follows(words, place, h.NOT_COMING, 3)
    if word in h.LATE:
        return _names_need(words, place, 4) and (place + 1 == len(words) or _follows(words, place, h.ARRIVING, 2))
    if word == "kekurangan" and words[place + 1 : place + 2]:
        return words[place + 1] not in h.LACKED_ELSEWHERE
    if word == "kurang" and _counts_what_is_left(words, place):
        return False
    return word in h.SCARCE and (_follows(words, place, h.NEEDED, 2) or _names_need(words, place, 3))


def _misses(words: Sequence[str], place: int) -> bool:
    """`butuh alat berat dari Dinas PUTR`; not `tidak perlu alat berat`, `perlu disampaikan`."""
    if any(word in h.NONE_OF or word == "belum" for word in words[max(0, place - 2) : place]):
        return False
    needed = place + 1
    while needed < len(words) and (words[needed] in h.BEFORE_A_NEED or words[needed].isdigit()):
        needed += 1
    return needed < len(words) and words[needed] in h.NEEDED


def _counts_what_is_left(words: Sequence[str], place: int) -> bool:
    """`kurang 3 desa dari 10 desa` is how much is left; `kurang 3 operator` is a lack."""
    number, unit = words[place + 1 : place + 2], words[place + 2 : place + 3]
    return bool(number) and number[0].isdigit() and bool(unit) and unit[0] in w.UNITS


def _names_need(words: Sequence[str], place: int, reach: int) -> bool:
    for at in range(max(0, place - reach), place):
        if words[at] in h.NEEDED | h.OWNERS and not (words[at] == "izin" and _is_polite(words, at)):
            return True
    return False


def _is_polite(words: Sequence[str], at: int) -> bool:
    """`izin belum bisa hadir` asks for pardon; `izin belum keluar` tells of a permit."""
    if at and words[at - 1] in ("mohon", "minta"):
        return True
    return at == 0 and not _follows(words, at, h.PERMIT_COMING)


def state_at(words: Sequence[str]) -> int | None:
    """Where in a clause something is plainly wrong ("alat berat rusak", "masih banjir"), or None."""
    for place, word in enumerate(words):
        if _is_doubtful(words, place):
            continue
        if _is_topic(words, place):
            if (_lacks(words, place) or _befalls(words, place)) and not _is_topic(
                words, place, h.WORK_ON - h.ALSO_NEEDED
            ):
                return place
            continue
        if word in h.WAITING and not _waits_for_orders(words, place):
            return place
        if word in h.BROKEN and not any(
            before in ("tidak", "bukan", "sudah", "belum") for before in words[max(0, place - 2) : place]
        ):
            return place
        if word in h.BROKEN and words[place - 1 : place] == ("sudah",) and word in ("rusak", "terendam"):
            return place
        if _is_resisted(words, place) or _befalls(words, place):
            return place
        if word in h.WEATHER and _is_weather_state(words, place):
            return place
        if _lacks(words, place):
            return place
    return None


def _is_resisted(words: Sequence[str], place: int) -> bool:
    """`warga menutup jalan`, `pemilik minta ganti rugi`."""
    if not place or words[place - 1] not in h.OWNERS:
        return False
    return words[place] in h.CLOSING_OFF or words[place : place + 2] == ("minta", "ganti")


def _befalls(words: Sequence[str], place: int) -> bool:
    """`tender diulang`, `data ganda`, `harga material naik`."""
    if words[place] == "naik":
        priced = any(word in h.PRICE for word in words[max(0, place - 4) : place])
        return priced and _names_need(words, place, 3)
    return words[place] in h.BEFALLS_A_NEED and _names_need(words, place, 3)


def _is_mended(words: Sequence[str]) -> bool:
    """`alat rusak diperbaiki`, `tanggul jebol sudah ditutup`; not `akun tidak bisa dibuka`."""
    for place, word in enumerate(words):
        denied = word not in w.DONE and h.NOT_FINE.intersection(words[max(0, place - 2) : place])
        if word in h.OVERCOME and not denied:
            return True
    return any(before in ("sudah", "telah") and word in h.MENDED for before, word in pairwise(words))


def _is_weather_state(words: Sequence[str], place: int) -> bool:
    """`masih hujan`, `cuaca buruk`; not `cuaca cerah` nor `tidak lagi terkendala cuaca`."""
    if set(words[max(0, place - 4) : place]) & h.NONE_OF:
        return False
    if _follows(words, place, h.FINE_WEATHER) and not _follows(words, place, h.NOT_FINE):
        return False
    around = words[max(0, place - 3) : place + 3]
    return place == 0 or len(words) <= 2 or any(word in h.WEATHER_STATE for word in around)


def _stated(tokens: Sequence[Token], text: str, clauses: Sequence[Clause]) -> str | None:
    """A clause that plainly tells of trouble without calling it one."""
    for at, clause in enumerate(clauses):
        place = state_at(clause.words)
        if place is None or _is_mended(clause.words):
            continue
        if any(word in ("walau",) for word in clause.words[:place]):
            continue
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        if clause.words[place] in h.EFFECTS and following is not None and state_at(following.words) is not None:
            continue
        if clause.words[place] in h.WAITING | h.NEEDING:
            return _quote(tokens, text, clause.first + place, clause.last)
        told = max((n + 1 for n in range(place) if tokens[clause.first + n].kind == "percent"), default=0)
        if not told and clause.words[0] in ("izin", "mohon") and clause.words[1:2] and clause.words[1] in h.POLITE:
            told = 1
        return _quote(tokens, text, clause.first + told, _extend(tokens, clauses, at))
    return None


def find_late_arrival(tokens: Sequence[Token], text: str) -> str | None:
    """`anggaran baru cair minggu lalu`: where more time is asked for, what came late is why."""
    for clause in clauses_of(tokens):
        for place, word in enumerate(clause.words):
            if word == "baru" and _follows(clause.words, place, h.ARRIVING, 1) and _names_need(clause.words, place, 3):
                return _quote(tokens, text, clause.first, clause.last)
    return None


def find_obstacle(tokens: Sequence[Token], text: str) -> str | None:
    """The cause of trouble, quoted from `text`; None where there is none, it is over, or it is only feared."""
    clauses = clauses_of(tokens)
    return _named(tokens, text, clauses) or _because(tokens, text, clauses) or _stated(tokens, text, clauses)
