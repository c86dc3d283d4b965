"""From a report's plain words to what the bot records of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from understanding.progress.asked_help import find_helper
from understanding.progress.extension import Wish, find_extension
from understanding.progress.obstacle import Clause, clauses_of, find_late_arrival, find_obstacle
from understanding.progress.percent import choose, find_percentages, judge, rounded
from understanding.progress.quantity import Quantity, find_quantity
from understanding.progress.standing import is_finished, is_moving, is_not_begun, is_unfinished, says_anything
from understanding.progress.tokens import Token, tokenise

Status = Literal["selesai", "perpanjangan", "terkendala", "belum", "proses", "ack"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a report says. `percent` is 0 to 100 or None where none was told; `extension_until` is aware, WIB.

    `obstacle` and `help_from` are quotations. `extension_problem` is an Indonesian sentence when the date asked for
    cannot be. `has_content` is False for stickers, greetings and slips of the hand.
    """

    percent: int | None
    status: Status
    obstacle: str | None
    extension_until: datetime | None
    quantity: Quantity | None
    help_from: str | None
    has_content: bool
    extension_problem: str | None = None


def _percent(tokens: Sequence[Token], quantity: Quantity | None, finished: bool, not_begun: bool) -> int | None:
    reached, left = judge(tokens, find_percentages(tokens))
    told = choose(reached, left)
    if told is None and quantity is not None and quantity.total:
        told = min(quantity.done / quantity.total * 100, Decimal(100))
    if told is not None:
        return rounded(told)
    if finished:
        return 100
    return 0 if not_begun else None


def _status(
    percent: int | None, finished: bool, wish: Wish | None, obstacle: str | None, clauses: Sequence[Clause]
) -> Status:
    """The first that applies, in the order of the rules."""
    if percent == 100 or (finished and percent is None):
        return "selesai"
    if wish is not None:
        return "perpanjangan"
    if obstacle is not None:
        return "terkendala"
    if percent == 0:
        return "belum"
    if percent is not None:
        return "proses"
    moving = is_moving(clauses)
    if is_unfinished(clauses) and not moving:
        return "belum"
    return "proses" if moving else "ack"


def read_progress(text: str, received_at: datetime) -> Progress:
    """Read one report; `received_at` is aware and is what "besok" counts from. Never raises."""
    tokens = tokenise(text)
    clauses = clauses_of(tokens)
    quantity = find_quantity(tokens, text)
    wish = find_extension(tokens, text, received_at)
    obstacle = find_obstacle(tokens, text) or (find_late_arrival(tokens, text) if wish else None)
    finished = is_finished(tokens, clauses)
    percent = _percent(tokens, quantity, finished, not finished and is_not_begun(clauses))
    return Progress(
        percent=percent,
        status=_status(percent, finished, wish, obstacle, clauses),
        obstacle=obstacle,
        extension_until=wish.until if wish else None,
        quantity=quantity,
        help_from=find_helper(tokens, text),
        has_content=says_anything(tokens),
        extension_problem=wish.problem if wish else None,
    )
