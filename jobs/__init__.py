"""What the bot does unasked. Each job is a tick: it asks the database what is due now, and does it once."""

from __future__ import annotations

from clock import Clock
from config import Settings
from models.database import Database


async def tick_all(database: Database, settings: Settings, clock: Clock) -> None:
    """Run every tick once."""
