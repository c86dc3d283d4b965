"""An admin installs the bot; secretariat, camat and Bupati do the main job through real HTTP and real files."""

from __future__ import annotations

import asyncio
import hashlib
import re
import stat

import pytest
from sqlalchemy import select

from models.database import Database
from models.reports import Evidence, EvidenceState
from simulator.files import Upload
from simulator.running import RunningSimulator
from simulator.story import DATA
from tests.e2e.process import CODE, BotProcess, joins

pytestmark = pytest.mark.process


async def test_from_the_first_admin_to_a_verified_task(bot: BotProcess, telegram: RunningSimulator) -> None:
    await bot.start(until="?start=")
    found = CODE.search(bot.output[-1])
    assert found is not None
    admin = telegram.world.add_person("Admin")
    admin.start(found[1])
    await admin.expect("Selamat datang, Admin Kawal")

    secretary = telegram.world.add_person("Sekretaris")
    camat = telegram.world.add_person("Camat")
    await joins(secretary, await bot.invites("sekretariat"))
    await joins(camat, await bot.invites("pelaksana", "12.09.09", typed=True))

    secretary.say("/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
    await secretary.expect("Rakorpem Januari")
    secretary.say("/arahan Camat Air Joman agar mendata lahan cetak sawah, 3 hari lagi")
    preview = await secretary.expect("mendata lahan cetak sawah", button="📤 Kirim")
    await secretary.press(preview, "📤 Kirim").answered(10)
    card = await camat.expect("mendata lahan cetak sawah", button="✅ Terima")
    await camat.press(card, "✅ Terima").answered(10)

    pictures = [Upload((DATA / "photos" / name).read_bytes(), name) for name in ("sawah.png", "patok.png")]
    camat.send_photos(pictures, "sudah selesai 100%", reply_to=card)
    await camat.expect("2 foto")
    desk = await secretary.expect("Menunggu verifikasi", button="✅ Setujui")
    await secretary.press(desk, "✅ Setujui").answered(10)
    await camat.expect("telah diverifikasi: selesai")

    await bot.stop()
    database = Database(bot.database_url)
    async with database.reading() as session:
        evidence = (await session.scalars(select(Evidence).order_by(Evidence.id))).all()
    await database.close()
    assert [one.state for one in evidence] == [EvidenceState.STORED, EvidenceState.STORED]
    for one in evidence:
        stored = (bot.folder / "files" / str(one.path)).read_bytes()
        assert hashlib.sha256(stored).hexdigest() == one.sha256
    assert telegram.world.token not in "\n".join(bot.output)


async def test_evidence_that_waits_is_stored_after_a_restart(bot: BotProcess, telegram: RunningSimulator) -> None:
    await bot.start()
    camat = telegram.world.add_person("Camat")
    secretary = telegram.world.add_person("Sekretaris")
    await joins(secretary, await bot.invites("sekretariat"))
    await joins(camat, await bot.invites("pelaksana", "12.09.09"))
    secretary.say("/rapat Rakorpem Januari, 23 Januari 2026")
    await secretary.expect("Rakorpem")
    secretary.say("/arahan Camat Air Joman agar mendata lahan, 3 hari lagi")
    preview = await secretary.expect("mendata lahan", button="📤 Kirim")
    await secretary.press(preview, "📤 Kirim").answered(10)
    card = await camat.expect("mendata lahan", button="📝 Lapor")
    telegram.world.faults.fail("getFile", times=1000)
    camat.send_document(b"%PDF-1.7 berita acara", "berita acara.pdf", caption="baru 50%", reply_to=card)
    await camat.expect("1 berkas")
    await bot.kill()
    telegram.world.faults.clear()
    await bot.start()
    database = Database(bot.database_url)
    try:
        for _ in range(150):
            async with database.reading() as session:
                evidence = (await session.scalars(select(Evidence))).one()
            if evidence.state == EvidenceState.STORED:
                break
            await asyncio.sleep(0.2)
        assert evidence.state == EvidenceState.STORED
        assert (bot.folder / "files" / str(evidence.path)).read_bytes() == b"%PDF-1.7 berita acara"
    finally:
        await database.close()


async def test_setup_checks_the_token_and_writes_a_private_file(bot: BotProcess, telegram: RunningSimulator) -> None:
    bot.config.write_text(f'[telegram]\ntoken = ""\napi_url = "{telegram.url}"\n', encoding="utf-8")
    status, printed = await bot.types(
        "setup", "--config", str(bot.config), stdin=f"123:salah\n{telegram.world.token}\n"
    )
    assert status == 0, printed
    assert "tidak mengenal token" in printed
    assert telegram.world.token not in printed
    assert stat.S_IMODE(bot.config.stat().st_mode) == 0o600
    assert f'token = "{telegram.world.token}"' in bot.config.read_text()
    assert CODE.search(printed)


async def test_check_says_what_is_in_order_and_what_is_not(bot: BotProcess) -> None:
    status, printed = await bot.types("check", "--config", str(bot.config))
    assert status == 1
    assert "belum ada; dibuat saat pertama kali" in printed
    await bot.start()
    status, printed = await bot.types("check", "--config", str(bot.config))
    assert (status, "not ok" in printed) == (0, False), printed
    status, printed = await bot.types(
        "check", "--config", str(bot.config), environment={"KAWAL_TELEGRAM__TOKEN": "1:salah"}
    )
    assert status == 1
    assert "tidak mengenal token" in printed


async def test_a_wrong_setting_names_key_file_and_what_would_be_right(bot: BotProcess) -> None:
    bot.config.write_text('[telegram]\ntokn = "x"\n[reminders]\nat = "pagi"\n', encoding="utf-8")
    status, printed = await bot.types("run", "--config", str(bot.config))
    assert status == 1
    for words in (str(bot.config), "telegram.tokn", 'maksudnya "token"', "reminders.at", '"07:30"'):
        assert words in printed


async def test_a_token_that_telegram_does_not_know_is_said_so(bot: BotProcess) -> None:
    status, printed = await bot.types(
        "run", "--config", str(bot.config), environment={"KAWAL_TELEGRAM__TOKEN": "1:salah"}
    )
    assert status == 1
    assert "telegram.token tidak dikenal Telegram" in printed
    assert "Traceback" not in printed
    assert "1:salah" not in printed


async def test_who_stops_it_while_telegram_is_away_need_not_wait(bot: BotProcess) -> None:
    bot.config.write_text(bot.config.read_text().replace(bot.simulator.url, "http://127.0.0.1:9"))
    await bot.start(until="Telegram can't be reached")
    async with asyncio.timeout(10):
        await bot.stop()


async def test_a_second_process_on_the_same_sqlite_is_refused(bot: BotProcess) -> None:
    await bot.start()
    status, printed = await bot.types("run", "--config", str(bot.config))
    assert status == 1
    assert "PostgreSQL" in printed
    assert "Traceback" not in printed


async def test_the_demo_plays_its_story_to_the_end(bot: BotProcess) -> None:
    status, printed = await bot.types("demo", "--play")
    assert status == 0, printed[-3000:]
    for person in ("Sekretariat", "Camat Air Joman", "Bupati"):
        assert f"→ {person}" in printed
    assert "Semua langkah berhasil" in printed
    assert "Traceback" not in printed
    steps = re.split(r"^── (\d+)/24 ", printed, flags=re.MULTILINE)
    assert steps[1::2] == [str(number) for number in range(1, 25)]
    told = {text.partition("\n")[0].partition(":")[0]: text for text in steps[2::2]}

    assert "Bupati\n       <foto>\n       📊 Ringkasan tindak lanjut arahan" in told["Senin 07.00"]
    _in_order(
        told["Di balik angka"],
        "[🎯 Cetak sawah rakyat]",
        "· 1 arahan",
        "menekan [1]",
        "📌 Arahan 2026-01-01",
        "0 dari 2 selesai",
    )
    _in_order(
        told["Satu unit dibuka"],
        "Bupati menekan [Air Joman]",
        "14 dari 20 ha, di Desa Punggulan dan Desa Banjar 📎2",
        "Bupati menekan [🖼 Lihat bukti (2)]",
        "→ Bupati\n       <foto>",
        "Bupati menekan [⬅️ Arahan 2026-01-01]",
        "Bupati menekan [⬅️ Cetak sawah rakyat]",
        "Cetak sawah rakyat · 1 arahan",
    )
    _in_order(
        told["Matriks tindak lanjut untuk arsip"],
        "/ekspor",
        "31 tugas",
        "Sekretariat menekan [📊 Excel]",
        "<berkas: matriks-tindak-lanjut-2026-02-02.xlsx>",
        "Sekretariat menekan [📄 PDF]",
        "<berkas: matriks-tindak-lanjut-2026-02-02.pdf>",
    )
    _in_order(
        told["Undangan untuk semua unit dalam satu PDF, siap dicetak dan dibagikan."],
        "/undang",
        "Sekretariat menekan [📄 Semua unit (PDF)]",
        "<berkas: undangan.pdf>",
        "85 undangan sekali pakai",
    )


def _in_order(text: str, *expected: str) -> None:
    at = 0
    for words in expected:
        at = text.find(words, at)
        assert at >= 0, f"“{words}” is not there, or too early, in:\n{text}"
        at += len(words)
