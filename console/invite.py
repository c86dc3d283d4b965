"""`bot.py invite`: an invite link from the shell, also while the bot is running."""

from __future__ import annotations

import asyncio
import difflib

from sqlalchemy import select

from clock import SystemClock
from config import ConfigError, Settings
from console.run import open_database
from delivery.telegram import build_bot
from models.people import Capacity, Role, make_invite, post_for
from models.units import Unit


def main(settings: Settings, role: Role, unit: str | None, name: str | None, capacity: Capacity) -> int:
    """Print link and code. Raises ConfigError for a unit that doesn't exist or is needed."""
    asyncio.run(_invite(settings, role, unit, name, capacity))
    return 0


async def _invite(settings: Settings, role: Role, code: str | None, name: str | None, capacity: Capacity) -> None:
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            units = {found.code: found for found in await session.scalars(select(Unit))}
            unit = _chosen(units, role, code)
            post = await post_for(session, role, unit)
            secret = await make_invite(session, post, now=SystemClock().now(), capacity=capacity, for_name=name)
            title = post.title
    finally:
        await database.close()
    bot = build_bot(settings.telegram.token.get_secret_value() or "0:none", settings.telegram.api_url)
    async with bot:
        me = await bot.get_me()
    print(f"Undangan sebagai {title}{f' untuk {name}' if name else ''}, sekali pakai, berlaku 7 hari:")
    print(f"https://t.me/{me.username}?start={secret}")
    print(f"Kode: {secret}")


def _chosen(units: dict[str, Unit], role: Role, code: str | None) -> Unit | None:
    if code is None:
        if role in (Role.PELAKSANA, Role.PIMPINAN):
            raise ConfigError(f"--unit diperlukan untuk {role}: kode dari units.csv, misalnya --unit 12.09.09")
        return None
    if code in units:
        return units[code]
    named = {unit.name.lower(): unit for unit in units.values()}
    if code.lower() in named:
        return named[code.lower()]
    near = difflib.get_close_matches(code.lower(), [*units, *named], n=3)
    raise ConfigError(f"--unit {code}: tidak ada di units.csv." + (f" Yang mirip: {', '.join(near)}" if near else ""))
