"""Whether more time is asked for, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from understanding.progress import words as w
from understanding.progress.tokens import Token


@dataclass(frozen=True, slots=True)
class Wish:
    """More time asked for: the token that says so, the date asked for if any, and why it cannot be if it cannot."""

    at: int
    until: datetime | None
    problem: str | None


def _same_clause(tokens: Sequence[Token], index: int, back: int, ahead: int) -> tuple[list[str], list[str]]:
    clause = tokens[index].clause
    before = [token.word for token in tokens[max(0, index - back) : index] if token.clause == clause]
    after = [token.word for token in tokens[index + 1 : index + 1 + ahead] if token.clause == clause]
    return before, after


def _is_refused(before: Sequence[str], after: Sequence[str]) -> bool:
    """Not wanted, already had, or of something else: "tidak perlu perpanjangan", "perpanjangan kontrak"."""
    if set(before[-3:]) & {"tidak", "tanpa", "bukan"} or set(before) & w.ASKING_ABOUT:
        return True
    if "belum" in before[-3:] and "perlu" in before[-2:]:
        return True
    had = set(before[-2:]) & w.HAD or (not set(before) & w.WISHING and set(after) & w.HAD)
    if had and not set(after) & w.REQUESTED:
        return True
    return bool(after) and after[0] in w.EXTENDED_THINGS


def _asks_length(tokens: Sequence[Token], index: int, before: Sequence[str]) -> bool:
    """`butuh 3 hari lagi`, `minta tambahan 2 minggu`."""
    unit = tokens[index + 1].word if index + 1 < len(tokens) else ""
    number = tokens[index].kind == "number" and unit in w.LENGTHS
    if not number and tokens[index].word not in w.LENGTH_WORDS:
        return False
    after = [token.word for token in tokens[index + 1 : index + 5]]
    more = any(word in ("lagi", "tambahan") for word in [*before[-4:], *after])
    return more and any(word in w.WISHING for word in before[-5:])


def _is_question(tokens: Sequence[Token], index: int) -> bool:
    """`bisa mundur sampai lusa?`"""
    allowed = any(token.word in ("bisa", "dapat") for token in tokens[max(0, index - 2) : index])
    return allowed and any(token.word.endswith("?") for token in tokens[index : index + 10])


def _is_too_short(tokens: Sequence[Token], index: int) -> bool:
    """`waktunya tidak cukup, mohon ditambah`."""
    short = any(token.word in w.TOO_SHORT for token in tokens[index + 1 : index + 7])
    return short and any(
        token.word in ("ditambah", "tambahan", "diperpanjang", "diundur") for token in tokens[index : index + 14]
    )


def _asks(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    before, after = _same_clause(tokens, index, 6, 6)
    wished = any(word in w.WISHING for word in before)
    if token.word in w.EXTENDING:
        if token.word == "penambahan" and "waktu" not in after[:2]:
            return False
        return not _is_refused(before, after)
    if token.word in w.POSTPONING:
        return (wished or _is_question(tokens, index)) and not _is_refused(before, after)
    if token.word in w.TIME and _is_too_short(tokens, index):
        return True
    if token.word in w.TIME:
        near = any(word in w.WISHING for word in before[-4:])
        appointment = any(word in w.MEETING_WISH for word in after[:4])
        return near and not appointment and not _is_refused(before, after)
    return _asks_length(tokens, index, before)


def _lengths(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of bare lengths of time ("1 minggu", "3 hari kerja", "seminggu") among the tokens."""
    for index in range(start, end):
        token = tokens[index]
        if token.word in w.LENGTH_WORDS:
            yield index, index
        elif token.kind == "number" and index + 1 < end and tokens[index + 1].word in w.LENGTHS:
            working = index + 2 < end and tokens[index + 2].word == "kerja"
            yield index, index + 2 if working else index + 1


def _slices(tokens: Sequence[Token], at: int, text: str) -> Iterator[str]:
    """The stretches of text in which the wished date is looked for, the likeliest first."""
    sentence = tokens[at].sentence
    start = end = at
    while start > 0 and tokens[start - 1].sentence == sentence:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].sentence == sentence:
        end += 1
    clause_end = at
    while clause_end < end and tokens[clause_end + 1].clause == tokens[at].clause:
        clause_end += 1
    yield text[tokens[at].start : tokens[clause_end].end]
    for first, last in _lengths(tokens, at, clause_end + 1):
        yield text[tokens[first].start : tokens[last].end]
    yield text[tokens[at].start : tokens[end].end]
    for first, last in _lengths(tokens, at, end + 1):
        yield text[tokens[first].start : tokens[last].end]
    clause_start = at
    while clause_start > start and tokens[clause_start - 1].clause == tokens[at].clause:
        clause_start -= 1
    yield text[tokens[clause_start].start : tokens[clause_end].end]
    for first, last in _lengths(tokens, clause_start, at):
        yield text[tokens[first].start : tokens[last].end]
    for index in range(start, clause_start):
        asked = any(token.word in ("bila", "boleh", "bisa") for token in tokens[max(start, index - 3) : index])
        if tokens[index].word == "sampai" and asked:  # "kalau boleh sampai Senin, mohon waktunya"
            yield text[tokens[index].start : tokens[clause_start].start]
    for first, last in _lengths(tokens, start, clause_start):
        if tokens[last + 1].word == "lagi":
            yield text[tokens[first].start : tokens[last].end]
    following = end + 2
    if following < len(tokens) and tokens[following].word in w.AFTER_A_WISH:
        yield text[tokens[following].start : tokens[following].start + 120]


def _date_in(slices: Iterator[str], received_at: datetime) -> tuple[datetime | None, str | None]:
    from understanding.deadlines import ImpossibleDate, find_deadline

    for piece in slices:
        try:
            deadline = find_deadline(piece, received_at)
        except ImpossibleDate as impossible:
            return None, impossible.why
        if deadline is not None:
            return deadline.due, None
    return None, None


def find_extension(tokens: Sequence[Token], text: str, received_at: datetime) -> Wish | None:
    """The first wish for more time in the message, or None."""
    for index in range(len(tokens)):
        if _asks(tokens, index):
            until, problem = _date_in(_slices(tokens, index, text), received_at)
            return Wish(index, until, problem)
    return None
