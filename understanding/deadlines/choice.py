"""From items to the one answer: which count, when each is due, and which of several it is (rule 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from understanding.deadlines.clauses import is_whole_clause
from understanding.deadlines.clocks import WrongTime, minute_of_day
from understanding.deadlines.model import Anchor, CannotBe, Deadline, ImpossibleDate, Item, Kind
from understanding.deadlines.tokens import END, SIGN, WORD, Token
from understanding.deadlines.words import DAY_NAMES, MONTH_NAMES, words

JAKARTA = ZoneInfo("Asia/Jakarta")
_END_OF_DAY = 23 * 60 + 59
_AROUND_WHOLE = words("pada di hari tanggal ya pak bu sekitar saja aja mohon jadi oke ok siap nya itu yaitu")


@dataclass(slots=True)
class Due:
    """A resolved item: a naive moment in WIB, or why it cannot be."""

    item: Item
    moment: datetime | None
    has_time: bool
    error: CannotBe | None = None


def choose(text: str, tokens: list[Token], items: list[Item], kept: list[Item], reference: datetime) -> Deadline | None:
    """The deadline of a text, None where it has none. Raises ImpossibleDate."""
    whole = _is_whole_text(tokens, items)
    counted = [item for item in kept if _counts(tokens, item, whole=whole)]
    strong = [item for item in counted if not item.weak] or counted
    cued = [item for item in strong if item.cue_start >= 0 or item.forced]
    if not strong:
        return None
    now = reference.astimezone(JAKARTA).replace(tzinfo=None)
    dues = [_resolve(item, now) for item in cued or strong]
    dues = [due for due in dues if not _is_told(tokens, items, due)]
    if not dues:
        return None
    due = _latest(text, tokens, dues)
    return _deadline(text, tokens, due, several=len({one.moment for one in dues if one.error is None}) > 1)


def _counts(tokens: list[Token], item: Item, *, whole: bool) -> bool:
    """Lengths and times alone count only beside a cue, as a whole clause (lengths) or as the whole text."""
    if item.cue_start >= 0 or item.forced or whole:
        return item.family != "h-day"
    if item.kind is Kind.CLOCK or item.needs_cue:
        return False
    if item.kind is not Kind.LENGTH:
        return True
    assert item.length is not None
    return item.length.anchored or is_whole_clause(tokens, item.start, item.end)


def _is_whole_text(tokens: list[Token], items: list[Item]) -> bool:
    """Tell whether the text is nothing but one wording (a table cell, a short answer)."""
    position = 0
    for item in items:
        if not all(_is_filler(tokens[index]) for index in range(position, item.start)):
            return False
        position = item.end
    while tokens[position].kind != END:
        if not _is_filler(tokens[position]):
            return False
        position += 1
    return True


def _is_filler(token: Token) -> bool:
    return token.kind == SIGN or token.word in _AROUND_WHOLE


def _resolve(item: Item, now: datetime) -> Due:
    try:
        moment, has_time = _moment(item, now)
    except CannotBe as error:
        return Due(item, None, False, error)
    except (OverflowError, ValueError):
        return Due(item, None, False, CannotBe("Tanggal itu terlalu jauh. Mohon tulis tanggal yang benar."))
    return Due(item, moment, has_time)


def _moment(item: Item, now: datetime) -> tuple[datetime, bool]:
    today = now.date()
    if item.length is not None and item.length.is_moment:
        return now.replace(second=0, microsecond=0) + item.length.delta, True
    if item.clock is None:
        assert item.rule is not None
        day = item.rule(Anchor(today, today))
        if day < today:
            raise CannotBe(f"{_spoken(day)} sudah lewat. Mohon tulis tanggal yang masih akan datang.", past=True)
        return datetime.combine(day, time()) + timedelta(minutes=_END_OF_DAY), False
    try:
        minutes = minute_of_day(item.clock)
    except WrongTime:
        raise CannotBe("Jam itu tidak ada. Mohon tulis pukul 00.00 sampai 24.00.") from None
    start_of_today = datetime.combine(today, time())
    is_ahead = start_of_today + timedelta(minutes=minutes) > now
    anchor = Anchor(today, today if is_ahead else today + timedelta(days=1))
    day = anchor.floor if item.rule is None else item.rule(anchor)
    moment = datetime.combine(day, time()) + timedelta(minutes=minutes)
    if moment <= now:
        why = f"{_spoken(moment.date())}, pukul {moment:%H.%M} WIB, sudah lewat. Mohon tulis waktu yang masih akan datang."
        raise CannotBe(why, past=True)
    return moment, True


def _is_told(tokens: list[Token], items: list[Item], due: Due) -> bool:
    """`Satgas pagi ini memantau pasar`, read at noon, tells what was done this morning and asks for nothing."""
    item = due.item
    past = due.error is not None and due.error.past and item.cue_start < 0 and not item.forced
    if not past or item.clock is None or not item.clock.is_part or tokens[item.end - 1].word != "ini":
        return False
    follower = tokens[item.end]
    goes_on = follower.kind == WORD and follower.word not in _AROUND_WHOLE and follower.word != "juga"
    return goes_on and all(other.start != item.end for other in items)


def _spoken(day: date) -> str:
    return f"{DAY_NAMES[day.weekday()]}, {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _latest(text: str, tokens: list[Token], dues: list[Due]) -> Due:
    """The latest in time; a day that does not exist is asked about, one that is past gives way to another."""
    for due in dues:
        if due.error is not None and not due.error.past:
            raise _impossible(text, tokens, due, due.error)
    possible = [(due.moment, number) for number, due in enumerate(dues) if due.moment is not None]
    if not possible:
        error = dues[-1].error
        assert error is not None
        raise _impossible(text, tokens, dues[-1], error)
    return dues[max(possible)[1]]


def _impossible(text: str, tokens: list[Token], due: Due, error: CannotBe) -> ImpossibleDate:
    start, end = tokens[due.item.start].start, tokens[due.item.end - 1].end
    return ImpossibleDate(text[start:end], error.why, (start, end), past=error.past)


def _deadline(text: str, tokens: list[Token], due: Due, *, several: bool) -> Deadline:
    item = due.item
    assert due.moment is not None
    start, end = tokens[item.start].start, tokens[item.end - 1].end
    cue = tokens[item.cue_start].start if item.cue_start >= 0 else start
    return Deadline(
        due=due.moment.replace(tzinfo=JAKARTA),
        has_time=due.has_time,
        words=text[start:end],
        span=(start, end),
        recurring=item.recurring,
        recurrence=item.repeat if item.recurring else None,
        ambiguous=several or _is_doubtful(item, due.moment),
        cued=item.cue_start >= 0 or item.forced,
        cued_span=(cue, end),
    )


def _is_doubtful(item: Item, due: datetime) -> bool:
    """A weekday that does not fit its date, and `Jumat depan`, by which some mean the coming Friday."""
    if item.weekday is None or item.recurring:
        return False
    if item.unsure:
        return due.weekday() == item.weekday
    return DAY_NAMES[due.weekday()] != DAY_NAMES[item.weekday]
