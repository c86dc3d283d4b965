"""`bot.py run`: the bot itself, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from telegram.error import InvalidToken, TelegramError

from clock import Clock, SystemClock
from config import ConfigError, Settings
from delivery import redaction
from delivery.application import KawalApplication, build_application
from delivery.engine import Delivery
from delivery.files import fetch
from delivery.pacing import Limits
from delivery.process_lock import AlreadyRunning, ProcessLock
from delivery.telegram import KawalBot, build_bot
from models.database import Database
from models.people import Role, make_invite, members_in, post_for
from models.schema import alone, is_current, upgrade
from models.units import load_units

if TYPE_CHECKING:
    from handlers.office import Office

log = logging.getLogger("kawal")

APOLOGY = (
    "Mohon maaf, pesan Bapak/Ibu belum dapat kami proses karena gangguan. Pesan disimpan dan admin sudah diberi tahu; "
    "bila besok belum terjawab, mohon kirim sekali lagi."
)


def main(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM. Raises ConfigError."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        asyncio.run(_run(settings))
    except AlreadyRunning as other:
        raise ConfigError(
            f"{settings.database.url} sedang dipakai proses Kawal lain ({other}). Hentikan dahulu yang lain, atau pakai "
            "PostgreSQL untuk menjalankan beberapa proses."
        ) from None
    return 0


def asked_to_stop() -> asyncio.Event:
    """Set when the process is asked to end, by Ctrl-C or by whoever started it."""
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        except NotImplementedError:  # Windows has none; Ctrl-C raises KeyboardInterrupt there
            break
    return stop


async def _run(settings: Settings) -> None:
    stop = asked_to_stop()
    starting = asyncio.current_task()
    # Telegram may be away for hours: who asks a bot to stop that doesn't run yet breaks off its start.
    impatience = asyncio.create_task(stop.wait())
    impatience.add_done_callback(lambda asked: starting and not asked.cancelled() and starting.cancel())
    try:
        async with running(settings, SystemClock()) as (database, office):
            impatience.cancel()
            link = await first_admin_link(database, office)
            print(
                f"Kawal berjalan sebagai @{office.bot_username} ({settings.telegram.mode}). Ctrl-C untuk berhenti.",
                flush=True,
            )
            if link is not None:
                print(
                    f"Belum ada admin. Yang pertama membuka tautan ini menjadi admin (berlaku 7 hari):\n{link}",
                    flush=True,
                )
            await stop.wait()
    except asyncio.CancelledError:
        if not stop.is_set():
            raise


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, *, tick_seconds: float = 15, limits: Limits | None = None
) -> AsyncIterator[tuple[Database, Office]]:
    """The whole bot at work while the block runs; gives the database and what the handlers work with."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        raise ConfigError("telegram.token masih kosong: minta dari @BotFather, lalu jalankan: python bot.py setup")
    redaction.install(*settings.secrets())
    database = await open_database(settings)
    try:
        bot = build_bot(token, settings.telegram.api_url)
        application = build_application(bot)
        settings.files.directory.mkdir(parents=True, exist_ok=True)
        webhook = settings.telegram.mode == "webhook"
        delivery = Delivery(
            database, clock, bot, application, settings.files.directory, APOLOGY, limits, polling=not webhook,
            routed=False, on_reign=partial(_tell_address, bot, settings) if webhook else None,
        )  # fmt: skip
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(delivery)
            # What was written to the bot is taken meanwhile: dealing with it needs the larger half of the program.
            username, _ = await asyncio.gather(_introduce(bot), _load())
            office = _open(application, settings, clock, username)
            delivery.begin()
            if webhook or settings.monitoring.listen:
                await stack.enter_async_context(_web(delivery, database, clock, settings))
            from jobs.schedule import Schedule

            source = partial(fetch, bot)
            await stack.enter_async_context(
                Schedule(database, settings, clock, source, delivery.wake, delivery.election, seconds=tick_seconds)
            )
            yield database, office
    finally:
        await database.close()


async def _load() -> None:
    for part in ("handlers", "handlers.office", "jobs.schedule"):
        await asyncio.to_thread(import_module, part)


def _open(application: KawalApplication, settings: Settings, clock: Clock, username: str) -> Office:
    """Give the application its routes; returns what the handlers work with."""
    from handlers import register
    from handlers.office import open_office

    office = open_office(settings, clock, username)
    register(application, office)
    return office


async def _tell_address(bot: KawalBot, settings: Settings) -> None:
    from delivery.webhook import assert_webhook

    secret = settings.telegram.webhook_secret.get_secret_value()
    await assert_webhook(bot, settings.telegram.webhook_url, secret)


def _web(delivery: Delivery, database: Database, clock: Clock, settings: Settings) -> AbstractAsyncContextManager[int]:
    """Health and metrics, and the webhook where updates come by it."""
    # Polling without monitoring needs no web server, and starts faster without loading one.
    from delivery.webhook import create_app, serving

    telegram = settings.telegram
    webhook = telegram.mode == "webhook"
    secret = telegram.webhook_secret.get_secret_value() if webhook else None
    app = create_app(delivery, database, clock, path=urlsplit(telegram.webhook_url).path or "/", secret=secret)
    host, _, port = (telegram.webhook_listen if webhook else settings.monitoring.listen).rpartition(":")
    return serving(app, host, int(port))


async def open_database(settings: Settings) -> Database:
    """The database, brought up to date, with the unit lists in it. Raises ConfigError when it can't be used."""
    path = make_url(settings.database.url).database if settings.database.url.startswith("sqlite:") else None
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database.url)
    try:
        if not await is_current(database):
            # Under a process of the version before, the tables must not change.
            with ProcessLock(Path(path)) if path else nullcontext():
                await upgrade(database)
        async with database.writing() as session:
            await alone(session)
            await load_units(session, settings.organisation.units, settings.organisation.programmes)
    except (DBAPIError, AlreadyRunning) as problem:
        await database.close()
        why = str(getattr(problem, "orig", None) or problem).splitlines()[0]
        raise ConfigError(f"basis data tidak dapat dibuka: {why}") from None
    return database


async def first_admin_link(database: Database, office: Office) -> str | None:
    """A link that makes whoever opens it first the admin, as long as there is none."""
    async with database.writing() as session:
        if await members_in(session, Role.ADMIN):
            return None
        post = await post_for(session, Role.ADMIN, None)
        return office.invite_link(await make_invite(session, post, now=office.clock.now()))


async def _introduce(bot: KawalBot) -> str:
    """The bot's username, once Telegram can be reached. Raises ConfigError when it doesn't know the token."""
    pause = 1.0
    while True:
        try:
            me = await bot.get_me()
            return me.username or ""
        except InvalidToken:
            raise ConfigError("telegram.token tidak dikenal Telegram: salin lagi seluruhnya dari @BotFather") from None
        except TelegramError as problem:
            log.warning("Telegram can't be reached (%s), trying again in %.0f s", type(problem).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)
