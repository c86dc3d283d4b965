"""`bot.py setup`: from a token to a configuration that works, and the first admin's link."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from getpass import getpass
from pathlib import Path

from telegram.error import InvalidToken, TelegramError

from clock import SystemClock
from config import ROOT, ConfigError, load_settings
from console.run import first_admin_link, open_database
from delivery.telegram import build_bot
from handlers.office import open_office

TRIES = 3


def main(config: Path | None) -> int:
    """Ask for the token, check it, write the file (mode 0600), print the link. Raises ConfigError."""
    file = config or ROOT / "config.toml"
    api_url = load_settings(file if file.exists() else None).telegram.api_url
    print("Token bot dari @BotFather (tidak ditampilkan saat diketik).")
    for _ in range(TRIES):
        token = _asked()
        try:
            username = asyncio.run(_username(token, api_url))
        except InvalidToken:
            print("Telegram tidak mengenal token itu. Silakan salin lagi seluruhnya, misalnya 123456789:AAE…")
            continue
        except TelegramError as problem:
            raise ConfigError(
                f"{api_url} tidak terhubung: {problem}. Periksa jaringan, lalu jalankan setup lagi"
            ) from None
        write_token(file, token)
        print(f"Bot @{username} ditemukan. Pengaturan ditulis ke {file}.")
        asyncio.run(_print_link(file))
        return 0
    raise ConfigError("token yang benar belum diberikan")


def write_token(file: Path, token: str) -> None:
    """Put the token into the configuration, which begins as a copy of the example; only its owner may read it."""
    template = file if file.exists() else ROOT / "config.example.toml"
    text = template.read_text(encoding="utf-8")
    text, count = re.subn(r'(?m)^token\s*=\s*"[^"\n]*"', f'token = "{token}"', text, count=1)
    if not count:
        text, count = re.subn(r"(?m)^\[telegram\][^\n]*\n", lambda head: f'{head[0]}token = "{token}"\n', text, count=1)
    if not count:
        text = f'[telegram]\ntoken = "{token}"\n\n{text}'
    # Made unreadable for others before the token is in it.
    part = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    part.chmod(0o600)
    part.replace(file)


def _asked() -> str:
    try:
        token = (getpass("Token: ") if sys.stdin.isatty() else input("Token: ")).strip()
    except EOFError:
        raise ConfigError("token belum diberikan") from None
    return token if re.fullmatch(r"[A-Za-z0-9:_-]{5,120}", token) else "0:invalid"


async def _username(token: str, api_url: str) -> str:
    async with build_bot(token, api_url) as bot:
        return (await bot.get_me()).username or ""


async def _print_link(file: Path) -> None:
    settings = load_settings(file)
    database = await open_database(settings)
    try:
        username = await _username(settings.telegram.token.get_secret_value(), settings.telegram.api_url)
        link = await first_admin_link(database, open_office(settings, SystemClock(), username))
    finally:
        await database.close()
    if link is None:
        print("Admin sudah ada. Jalankan: make run (atau: python bot.py run)")
    else:
        print(f"Jalankan bot dengan: make run (atau: python bot.py run), lalu buka tautan admin ini:\n{link}")
