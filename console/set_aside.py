"""`bot.py set-aside`: what could not be dealt with, and having it tried again after the cause is mended."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from config import Settings
from console.run import open_database
from models.mailbox import Incoming
from models.people import Member
from models.set_aside import all_set_aside, throw_away, try_again
from presentation.chat import brief


def main(settings: Settings, *, retry: bool, drop: bool) -> int:
    """List what is set aside; then have it tried again, or thrown away, if asked to. Also while the bot runs."""
    return asyncio.run(_main(settings, retry=retry, drop=drop))


async def _main(settings: Settings, *, retry: bool, drop: bool) -> int:
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            rows = await all_set_aside(session)
            _print(rows, settings)
            if rows and retry:
                print(f"{await try_again(session)} pesan diproses lagi; bila bot berhenti, begitu dijalankan.")
            elif rows and drop:
                print(f"{await throw_away(session)} pesan dibuang.")
    finally:
        await database.close()
    return 0


def _print(rows: Sequence[tuple[Incoming, Member | None]], settings: Settings) -> None:
    """When, from whom, what kind, and why: not the words, which are the person's."""
    if not rows:
        print("Tidak ada pesan yang disisihkan.")
    for incoming, member in rows:
        came = incoming.received_at.astimezone(settings.zone)
        kind = next((name for name in incoming.raw if name != "update_id"), "?")
        who = f"{member.name}, {member.title}" if member is not None else f"chat {incoming.lane}"
        print(f"{came:%d-%m-%Y %H.%M}  {who}  ({kind} {incoming.update_id}): {brief(incoming.error or '', 200)}")
