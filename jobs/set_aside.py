"""The admins are told what could not be dealt with: the person who wrote it was promised so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from jobs.alarms import tell_admins
from models.set_aside import untold


async def tell(session: AsyncSession, settings: Settings, now: datetime) -> int:
    """Tell how many updates were set aside since the last time; returns the number."""
    count = await untold(session, now)
    if count:
        await tell_admins(session, now, f"set_aside_told:{now.isoformat()}", "set_aside", count=count)
    return count
