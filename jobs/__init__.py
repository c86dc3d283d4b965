"""What the bot does unasked. Each job is a tick: it asks the database what is due now, and does it once.

A tick may run twice, late, or on two machines, and nothing is doubled or missed: what it does is written down in the
same transaction as the occasion, whose key is unique.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from jobs import fresh_cards, housekeeping, previews, reminders, set_aside, weekly
from models.database import Database

Tick = Callable[[AsyncSession, Settings, Any], Awaitable[object]]

TICKS: tuple[tuple[str, Tick], ...] = (
    ("weekly", weekly.summarise),
    ("previews", previews.preview),
    ("reminders", reminders.remind),
    ("cards", fresh_cards.freshen),
    ("set aside", set_aside.tell),
    ("housekeeping", housekeeping.tidy),
)
"""The ticks that only write: name and function(session, settings, now)."""


async def tick_all(database: Database, settings: Settings, clock: Clock) -> None:
    """Run every writing tick once, each in a transaction of its own."""
    for _, tick in TICKS:
        async with database.writing() as session:
            await tick(session, settings, clock.now())
