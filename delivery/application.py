"""python-telegram-bot's Application as a router only: parses an update, finds its handler, lets errors out."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder

from models.database import update_session

_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def without_unstorable(value: Any) -> Any:
    """The same JSON without NUL and half surrogate pairs, which no database, file or message can hold."""
    if isinstance(value, str):
        return value if value.isascii() and "\x00" not in value else _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {key: without_unstorable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_unstorable(part) for part in value]
    return value


class KawalApplication(Application):  # type: ignore[type-arg]
    """Deals with one update inside a session given to it; what its handler raises is raised."""

    async def process_error(
        self, update: object | None, error: Exception, job: object | None = None, coroutine: object | None = None
    ) -> bool:
        # The library would log the error and go on. Here the transaction's fate hangs on it.
        raise error

    async def handle(self, session: AsyncSession, raw_update: dict[str, Any]) -> None:
        """Have the routing table deal with an update as Telegram sent it. Raises what the handler raises."""
        update = Update.de_json(without_unstorable(raw_update), self.bot)
        previous = update_session.set(session)
        try:
            await self.process_update(update)
        finally:
            update_session.reset(previous)


def build_application(bot: Bot) -> KawalApplication:
    """An application with neither updater, job queue nor persistence."""
    builder = ApplicationBuilder().application_class(KawalApplication).bot(bot).updater(None).job_queue(None)
    application = builder.build()
    assert isinstance(application, KawalApplication)
    return application
