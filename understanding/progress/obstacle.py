"""What holds the work up, in the reporter's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def _quote(tokens: Sequence[Token], text: str, first: int, last: int) -> str | None:
    """The text of tokens `[first, last]` without salutations, joining words and marks at its ends."""
    while first <= last and (tokens[first].kind not in ("word", "number") or tokens[first].word in h.LEADING):
        first += 1
    for index in range(first + 1, last + 1):
        if tokens[index].word in h.ENDS_A_CAUSE or tokens[index].kind == "arrow":
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
    said = [word for word in after if word not in (":", "=", "sudah", "telah")]
    if said[:1] and said[0] in h.NOTHING:
        return True
    denied = said[:2] in (["tidak", "ada"], ["belum", "ada"])
    return denied and (len(said) < 3 or said[2] in w.SALUTATION | w.FILLERS | h.HINDERED)


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
            first = clause.first + place + 1
            quote = _quote(tokens, text, first, _extend(tokens, clauses, at))
            if quote is None and at + 1 < len(clauses) and tokens[clauses[at + 1].first].word in h.BECAUSE:
                quote = _quote(tokens, text, clauses[at + 1].first, clauses[at + 1].last)
            if quote is None and at + 1 < len(clauses) and clause.words[-1] in (":", "adalah", "yaitu", word):
                quote = _listed(tokens, text, clauses[at + 1])
            return (
                quote
                or _quote(tokens, text, clause.first, clause.last)
                or text[tokens[first - 1].start : tokens[first - 1].end]
            )
    return None


def _listed(tokens: Sequence[Token], text: str, clause: Clause) -> str | None:
    """The clause after "Kendala:" on its own line."""
    return _quote(tokens, text, clause.first, clause.last) if state_at(clause.words) is not None else None


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


def _is_topic(words: Sequence[str], place: int) -> bool:
    """`perbaikan jalan rusak` and `data korban banjir` name the work, not a hindrance."""
    return any(word in h.WORK_ON for word in words[max(0, place - 4) : place])


def _follows(words: Sequence[str], place: int, wanted: frozenset[str], reach: int = 4) -> bool:
    return any(word in wanted for word in words[place + 1 : place + 1 + reach])


def _lacks(words: Sequence[str], place: int) -> bool:
    """`belum ada anggaran`, `tidak ada sinyal`, `dana belum cair`, `alat tidak bisa masuk`, `kurang tenaga`."""
    word = words[place]
    if word in ("belum", "tidak"):
        if words[place + 1 : place + 2] and words[place + 1] in h.HAVING and _follows(words, place + 1, h.NEEDED, 3):
            return "pun" not in words[place + 2 : place + 6]
        return _names_need(words, place, 6) and _follows(words, place, h.NOT_COMING, 3)
    if word in h.LATE:
        return _names_need(words, place, 4) and (place + 1 == len(words) or _follows(words, place, h.ARRIVING, 2))
    return word in h.SCARCE and (_follows(words, place, h.NEEDED, 2) or _names_need(words, place, 3))


def _names_need(words: Sequence[str], place: int, reach: int) -> bool:
    return any(word in h.NEEDED for word in words[max(0, place - reach) : place])


def state_at(words: Sequence[str]) -> int | None:
    """Where in a clause something is plainly wrong ("alat berat rusak", "masih banjir"), or None."""
    for place, word in enumerate(words):
        if _is_doubtful(words, place) or _is_topic(words, place):
            continue
        if word in h.WAITING and not _waits_for_orders(words, place):
            return place
        if word in h.BROKEN and not any(
            before in ("tidak", "bukan", "sudah", "belum") for before in words[max(0, place - 2) : place]
        ):
            return place
        if word in h.BROKEN and words[place - 1 : place] == ("sudah",) and word in ("rusak", "terendam"):
            return place
        if word in h.WEATHER and _is_weather_state(words, place):
            return place
        if _lacks(words, place):
            return place
    return None


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
        if place is None or any(word in h.OVERCOME for word in clause.words):
            continue
        if any(word in ("walau",) for word in clause.words[:place]):
            continue
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        if clause.words[place] in h.EFFECTS and following is not None and state_at(following.words) is not None:
            continue
        if clause.words[place] in h.WAITING:
            return _quote(tokens, text, clause.first + place, clause.last)
        told = max((n + 1 for n in range(place) if tokens[clause.first + n].kind == "percent"), default=0)
        if not told and clause.words[0] in ("izin", "mohon") and clause.words[1:2] and clause.words[1] in h.POLITE:
            told = 1
        return _quote(tokens, text, clause.first + told, _extend(tokens, clauses, at))
    return None


def find_obstacle(tokens: Sequence[Token], text: str) -> str | None:
    """The cause of trouble, quoted from `text`; None where there is none, it is over, or it is only feared."""
    clauses = clauses_of(tokens)
    return _named(tokens, text, clauses) or _because(tokens, text, clauses) or _stated(tokens, text, clauses)
