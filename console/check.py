"""`bot.py check`: a table of what is in order and what isn't."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from clock import SystemClock
from config import ConfigError, Settings, load_settings
from delivery.condition import look, undelivered
from delivery.telegram import build_bot
from jobs.backup.nightly import ARCHIVES
from models.database import Database
from models.mailbox import OutboxState
from models.schema import newest, version
from understanding.programmes import ProgrammeIndex
from understanding.units import UnitIndex

Row = tuple[str, bool, str]
UNDELIVERED_WITHIN = timedelta(days=7)


def main(config: Path | None) -> int:
    """Print the table; 0 when everything is in order, 1 when not."""
    try:
        settings = load_settings(config)
    except ConfigError as problem:
        _print([("pengaturan", False, str(problem))])
        return 1
    rows = [("pengaturan", True, str(config or "config.toml"))]
    rows += asyncio.run(_all(settings))
    _print(rows)
    return 0 if all(good for _, good, _ in rows) else 1


async def _all(settings: Settings) -> list[Row]:
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
        ("basis data", _database),
        ("pesan", _messages),
        ("token", _token),
        ("daftar unit", _units),
        ("daftar program", _programmes),
        ("folder berkas", _files),
        ("cadangan", _backups),
    )
    rows: list[Row] = []
    for name, check in checks:
        try:
            rows.append((name, True, await check(settings)))
        except Exception as problem:
            rows.append((name, False, _in_words(problem)))
    return rows


async def _database(settings: Settings) -> str:
    url = settings.database.url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise ConfigError("belum ada; dibuat saat pertama kali menjalankan: python bot.py run")
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            found = await connection.run_sync(version)
    finally:
        await database.close()
    if found != newest():
        raise ConfigError(f"skema {found or 'kosong'}, seharusnya {newest()}; jalankan: python bot.py run")
    return f"{database.engine.dialect.name}, skema {found}"


async def _messages(settings: Settings) -> str:
    """What waits; what could not be dealt with is for the admin to look into."""
    database = Database(settings.database.url)
    try:
        async with database.reading() as session:
            found = await look(session, SystemClock().now())
            lately = await undelivered(session, SystemClock().now() - UNDELIVERED_WITHIN)
    finally:
        await database.close()
    if found.aside:
        raise ConfigError(f"{found.aside} disisihkan karena gagal diproses; lihat: python bot.py set-aside")
    lost = f"{lately[OutboxState.FAILED]} tidak sampai, {lately[OutboxState.UNCERTAIN]} tidak pasti sampai"
    return (
        f"{found.waiting} menunggu diproses, {found.ready} menunggu dikirim, tidak ada yang disisihkan; "
        f"{UNDELIVERED_WITHIN.days} hari terakhir: {lost}"
    )


async def _token(settings: Settings) -> str:
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise ConfigError("telegram.token masih kosong; jalankan: python bot.py setup")
    async with build_bot(token, settings.telegram.api_url) as bot:
        me = await bot.get_me()
    return f"@{me.username} di {settings.telegram.api_url}"


async def _units(settings: Settings) -> str:
    units = UnitIndex.from_csv(settings.organisation.units).units
    unsure = sum(1 for unit in units if unit.confidence == "low")
    return f"{len(units)} unit" + (f"; {unsure} namanya perlu dipastikan Sekretariat" if unsure else "")


async def _programmes(settings: Settings) -> str:
    return f"{len(ProgrammeIndex.from_csv(settings.organisation.programmes).programmes)} program"


async def _files(settings: Settings) -> str:
    folder = settings.files.directory
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".check"
    probe.write_bytes(b"")
    probe.unlink()
    return str(folder)


async def _backups(settings: Settings) -> str:
    backup = settings.backup
    if not backup.keep:
        return "dimatikan (backup.keep = 0)"
    if not backup.directory.exists():
        return f"belum ada; yang pertama dibuat pukul {backup.at:%H.%M}"
    if not os.access(backup.directory, os.W_OK):
        raise ConfigError(f"{backup.directory} tidak dapat ditulisi")
    archives = sorted(backup.directory.glob(ARCHIVES))
    free = shutil.disk_usage(backup.directory).free >> 20
    newest_one = archives[-1].name if archives else "belum ada"
    return f"terbaru: {newest_one}; {len(archives)} dari {backup.keep} disimpan; ruang kosong {free} MB"


def _in_words(problem: Exception) -> str:
    match problem:
        case InvalidToken():
            return "Telegram tidak mengenal token ini; salin lagi dari @BotFather"
        case TelegramError():
            return f"Telegram tidak terhubung: {problem}"
        case SQLAlchemyError():
            return f"basis data tidak terhubung: {type(problem).__name__}"
        case OSError():
            return f"{problem.strerror or problem}: {problem.filename or ''}"
        case _:
            return str(problem)


def _print(rows: list[Row]) -> None:
    width = max(len(name) for name, _, _ in rows)
    for name, good, words in rows:
        print(f"{'✓ ok    ' if good else '✗ not ok'}  {name:<{width}}  {words}")
