"""What every handler works with besides the database: settings, the clock, and the lists it understands words by."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clock import Clock
from config import Settings
from models.units import UnitAlias
from understanding.programmes import ProgrammeIndex
from understanding.units import UnitIndex


@dataclass
class Office:
    """One for the process. `bot_username` is without the @; `units` grows by the aliases the secretariat teaches."""

    settings: Settings
    clock: Clock
    bot_username: str
    units: UnitIndex
    programmes: ProgrammeIndex
    learned: set[tuple[str, str]] = field(default_factory=set)

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    def invite_link(self, code: str) -> str:
        return f"https://t.me/{self.bot_username}?start={code}"

    async def refresh_aliases(self, session: AsyncSession) -> None:
        """Read the taught aliases again: another process may have learned some."""
        taught = (await session.scalars(select(UnitAlias))).all()
        for alias in taught:
            if (alias.words, alias.unit_code) not in self.learned and alias.unit_code in self.units:
                self.learned.add((alias.words, alias.unit_code))
                self.units = self.units.with_alias(alias.words, alias.unit_code)


def open_office(settings: Settings, clock: Clock, bot_username: str) -> Office:
    """Load the unit and programme lists that the settings name."""
    return Office(
        settings=settings,
        clock=clock,
        bot_username=bot_username,
        units=UnitIndex.from_csv(settings.organisation.units),
        programmes=ProgrammeIndex.from_csv(settings.organisation.programmes),
    )
