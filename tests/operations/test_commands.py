"""The admin's commands as they are typed: a lost machine, a move to PostgreSQL, a person who wants to be forgotten."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from simulator.running import RunningSimulator
from tests.e2e.conftest import bot, telegram  # noqa: F401  (fixtures)
from tests.e2e.process import BotProcess, joins

pytestmark = pytest.mark.process


async def test_a_lost_machine_is_back_from_a_backup_and_what_waited_goes_out_once(
    bot: BotProcess,
    telegram: RunningSimulator,
    tmp_path: Path,
) -> None:
    await bot.start()
    secretary, camat = telegram.world.add_person("Sekretaris"), telegram.world.add_person("Camat")
    await joins(secretary, await bot.invites("sekretariat"))
    await joins(camat, await bot.invites("pelaksana", "12.09.09"))
    secretary.say("/rapat Rakorpem Januari, 23 Januari 2026")
    await secretary.expect("Rakorpem")
    # Telegram takes no message for a while, so the card waits.
    telegram.world.faults.too_many("sendMessage", times=100_000)
    secretary.say("/arahan Camat Air Joman agar mendata lahan cetak sawah, 3 hari lagi")
    secretary.say("/bantuan")
    await asyncio.sleep(1)
    archive = tmp_path / "kawal.zip"
    status, printed = await bot.types("backup", "--config", str(bot.config), str(archive))
    assert (status, "diuji dengan memulihkannya" in printed) == (0, True), printed
    assert archive.stat().st_mode & 0o077 == 0
    status, printed = await bot.types("restore", "--config", str(bot.config), str(archive), "--overwrite")
    assert (status, "sedang berjalan" in printed) == (1, True), printed
    await bot.kill()

    # The machine is gone. A new one, with the same token.
    (tmp_path / "baru").mkdir()
    anew = BotProcess(tmp_path / "baru", telegram)
    status, printed = await anew.types("restore", "--config", str(anew.config), str(archive))
    assert status == 0, printed
    status, printed = await anew.types("check", "--config", str(anew.config))
    assert (status, "not ok" in printed) == (0, False), printed
    telegram.world.faults.clear()
    await anew.start()
    try:
        preview = await secretary.expect("mendata lahan cetak sawah", button="📤 Kirim")
        await secretary.expect("/verifikasi")
        await asyncio.sleep(1)
        shown = Counter(message.text for message in secretary.received() if "mendata lahan" in message.text)
        assert set(shown.values()) == {1}, "what waited goes out once"
        await secretary.press(preview, "📤 Kirim").answered(10)
        await camat.expect("mendata lahan cetak sawah", button="✅ Terima")
    finally:
        await anew.stop()


async def test_moving_to_postgresql_and_forgetting_somebody(
    bot: BotProcess,
    telegram: RunningSimulator,
    other_database: str,
) -> None:
    await bot.start()
    camat = telegram.world.add_person("Budi Santoso")
    await joins(camat, await bot.invites("pelaksana", "12.09.09"))
    await bot.stop()
    status, printed = await bot.types("copy-database", "--config", str(bot.config), "--to", other_database)
    assert (status, "disalin" in printed) == (0, True), printed
    moved = {"KAWAL_DATABASE__URL": other_database}
    forget = ("forget", "--config", str(bot.config), "Budi Santoso")
    status, printed = await bot.types(*forget, stdin="tidak\n", environment=moved)
    assert (status, "tidak ada yang diubah" in printed) == (1, True), printed
    status, printed = await bot.types(*forget, stdin="ya\n", environment=moved)
    assert (status, "nama dan ID dihapus" in printed) == (0, True), printed
