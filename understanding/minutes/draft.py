"""What is read out of a notulen: one draft per task, and what about it is in doubt."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

DoubtKind = Literal["unit", "group", "date", "owner", "output", "deadline"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the secretariat has to decide; `question` is shown to them, `candidates` are unit codes to tap."""

    kind: DoubtKind
    words: str
    question: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """One directive for one preview. `lines` are 1-based and inclusive; `due` is aware (Asia/Jakarta), 23:59 without a time."""

    lines: tuple[int, int]
    text: str
    assignees: tuple[str, ...] = ()
    lead: str | None = None
    due: datetime | None = None
    programme: str = "lainnya"
    unresolved: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    due_words: str | None = None
    has_time: bool = False
    recurrence: str | None = None
    ambiguous_due: bool = False
    doubts: tuple[Doubt, ...] = ()
    target_quantity: float | None = None
    target_unit: str | None = None
    number: str = field(default="", compare=False)  # as the notulen counts it: "3"
