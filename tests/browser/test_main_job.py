"""The main job in a real browser with the real bot: post, accept, report with a photo, remind, sum up, write a note."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from console.demo import stage
from simulator.story import DATA, Pace
from tests.browser.screen import Phone, Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def joins(phone: Phone, post: str) -> None:
    await phone.control("Mulai").click()
    await phone.sees(f"Bapak/Ibu bergabung sebagai {post}. Benar?")
    await phone.presses("✅ Benar")
    await phone.sees("Selamat datang")


async def test_all_three_people_do_their_part(window: Page, port: int, tmp_path: Path) -> None:
    async with stage(tmp_path, port, Pace()) as (simulator, _):
        await window.set_viewport_size({"width": 1440, "height": 900})
        await window.goto(simulator.url)
        screen = Screen(window, [])
        secretary, camat, bupati = (screen.phone(label) for label in ("Sekretariat", "Camat Air Joman", "Bupati"))
        await joins(secretary, "Sekretariat")
        await joins(camat, "Camat Air Joman")
        await joins(bupati, "Bupati Asahan")

        await secretary.writes("/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
        await secretary.sees("Rapat dibuka")
        await secretary.writes("/arahan Camat Air Joman agar mendata lahan cetak sawah paling lambat Jumat depan")
        await secretary.sees("Jumat, 30 Januari 2026")
        await secretary.presses("📤 Kirim")
        await camat.sees("mendata lahan cetak sawah")
        await camat.presses("✅ Terima")
        await camat.sees("Diterima")

        photo = {"name": "sawah.png", "mimeType": "image/png", "buffer": (DATA / "photos" / "sawah.png").read_bytes()}
        await camat.attaches([photo], "sudah 60%, 12 dari 20 ha, terkendala hujan")  # type: ignore[list-item]
        await camat.sees(re.compile(r"60 %.*12 dari 20 ha", re.DOTALL))
        await camat.sees("1 foto")
        await secretary.sees("1 dari 1 sudah melapor")

        await screen.button("Senin 07.00").click()
        await bupati.sees("Ringkasan tindak lanjut arahan")
        await expect(bupati.message("Ringkasan tindak lanjut arahan").locator("img").first).to_be_visible()
        await bupati.presses("🚧 Kendala")
        await bupati.sees("hujan")
        await bupati.presses("💬 Beri catatan")
        await bupati.presses("2026-01-01")
        await bupati.sees("Mohon tulis catatan")
        await bupati.writes("Gunakan pompa kecamatan tetangga.")
        await camat.sees("Catatan Bapak Bupati")
        await window.goto("about:blank")
