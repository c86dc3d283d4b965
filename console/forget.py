"""`bot.py forget MEMBER`: a person asks that the bot no longer knows them (UU 27/2022)."""

from __future__ import annotations

import asyncio

from clock import SystemClock
from config import ConfigError, Settings
from console.run import open_database
from jobs.housekeeping import delete_papers
from models.database import Database
from models.forgetting import Forgotten, find_member, forget
from models.people import Member


def main(settings: Settings, words: str, *, yes: bool, evidence: bool) -> int:
    """Make the person anonymous, after asking once more. Raises ConfigError when it isn't clear who is meant."""
    done = asyncio.run(_forget(settings, words, yes=yes, evidence=evidence))
    if done is None:
        print("Dibatalkan; tidak ada yang diubah.")
        return 1
    print(f"Selesai: nama dan ID dihapus, {done.reports} laporan dan {done.messages} pesan dikosongkan,"
          f" {len(done.files)} berkas dihapus. Tugas, angka, dan keputusan tetap.")  # fmt: skip
    print(f"Cadangan lama masih memuat datanya sampai tergantikan (paling lama {settings.backup.keep} malam).")
    return 0


async def _forget(settings: Settings, words: str, *, yes: bool, evidence: bool) -> Forgotten | None:
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            member = _one(await find_member(session, words), words)
            if not yes and not _agreed(member, evidence=evidence):
                return None
            done = await forget(session, member, now=SystemClock().now(), evidence=evidence)
        await delete_files(database, settings, done)
        return done
    finally:
        await database.close()


async def delete_files(database: Database, settings: Settings, done: Forgotten) -> None:
    """Delete what the person sent, as far as that was asked, and every paper: it may name the person, and can be made again."""
    for path in done.files:
        (settings.files.directory / path).unlink(missing_ok=True)
    async with database.reading() as session:
        await delete_papers(session, settings, SystemClock().now())


def _one(found: list[Member], words: str) -> Member:
    if not found:
        raise ConfigError(f"tidak ada pengguna “{words}”; lihat /pengguna untuk nama lengkapnya")
    if len(found) > 1:
        each = "\n".join(f"  {member.id}: {member.name}, {member.title}" for member in found)
        raise ConfigError(f"“{words}” dapat berarti beberapa orang; pakai nomornya:\n{each}")
    return found[0]


def _agreed(member: Member, *, evidence: bool) -> bool:
    what = "dan berkas bukti yang dikirimnya " if evidence else ""
    question = f"Hapus data pribadi {member.name} ({member.title}) {what}untuk selamanya? Ketik ya: "
    try:
        return input(question).strip().lower() == "ya"
    except EOFError:
        return False
