"""What a maker of papers gives back: how to draw it, how to send it, and what to say when drawing fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from models.papers import PaperOrder
from presentation.mail import Content


@dataclass(frozen=True)
class Sheet:
    """A finished picture ("sendPhoto") or document ("sendDocument") with the name people see."""

    data: bytes
    name: str
    method: str = "sendDocument"


@dataclass(frozen=True)
class Draft:
    """`draw` runs in a thread, outside any transaction. `content` is the caption (of the last sheet) with its buttons;
    without any sheet it is sent as a message. `keep` writes what must be true once it is sent."""

    draw: Callable[[], Sequence[Sheet]]
    content: Content
    kind: str
    keep: Callable[[AsyncSession], Awaitable[None]] | None = None


class Maker(Protocol):
    """Looks up what an order shows. The session only reads."""

    async def __call__(self, session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft: ...
