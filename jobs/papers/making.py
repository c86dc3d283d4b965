"""What a maker of papers gives back: how to draw it, how to send it, and what to say when drawing fails."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from models.papers import PaperOrder
from presentation.mail import Content


@dataclass(frozen=True)
class Sheet:
    """A finished picture ("sendPhoto") or document ("sendDocument") with the name people see."""

    data: bytes | Path
    """The bytes, or where they are written already: a large file never has to be in memory whole."""
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


class Stopped(Exception):
    """Long work was cancelled, or the bot is stopping."""


class Progress:
    """How far long work is. The thread that works counts up, the loop that watches reads, either may stop it."""

    def __init__(self) -> None:
        self.done, self.total, self.unit = 0, 0, ""
        self.stopped = False

    def begin(self, total: int, unit: str) -> None:
        self.total, self.unit = total, unit

    def step(self) -> None:
        """One more is done. Raises Stopped when the work is not wanted any more."""
        self.done += 1
        if self.stopped:
            raise Stopped


@dataclass(frozen=True)
class LongDraft:
    """Work of minutes: `work` runs in a thread, writes its files below the given folder and counts on the Progress."""

    work: Callable[[Progress, Path], Sequence[Sheet]]
    content: Content
    kind: str = "paper"


class LongMaker(Protocol):
    """Looks up what long work needs. The session only reads."""

    async def __call__(
        self, session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock
    ) -> LongDraft: ...


class Maker(Protocol):
    """Looks up what an order shows. The session only reads."""

    async def __call__(self, session: AsyncSession, order: PaperOrder, settings: Settings, clock: Clock) -> Draft: ...


def store(sheets: Sequence[Sheet], directory: Path, order: PaperOrder) -> list[str]:
    """Put the sheets under files.directory; a name nobody can guess, since some hold a secret link."""
    paths = []
    for sheet in sheets:
        path = f"{folder_of(order)}/{order.id:06d}-{secrets.token_hex(8)}{Path(sheet.name).suffix}"
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(sheet.data, Path):
            sheet.data.replace(target)
        else:
            target.write_bytes(sheet.data)
        paths.append(path)
    return paths


def folder_of(order: PaperOrder) -> str:
    """Where the papers of an order lie, relative to files.directory."""
    return f"papers/{order.asked_at:%Y-%m}"
