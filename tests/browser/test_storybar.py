""" "Putar cerita": a newcomer presses one button and watches."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from simulator.story import Actor, Pace, Step, Story
from tests.browser.conftest import Demo
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def curtain(demo: Demo) -> asyncio.Event:
    """Puts a story of two steps into the world; the second waits for this event."""
    pace = Pace(rest=0.0, patience=5.0)
    camat, bupati = Actor(demo.camat, pace), Actor(demo.bupati, pace)
    opened = asyncio.Event()

    async def accept() -> None:
        await camat.joins("KODE-1")
        await camat.says("kartu")
        card = await camat.sees("Arahan 3/RKP/I/2026")
        await camat.presses("✅ Terima", card)
        await opened.wait()

    async def read() -> None:
        await bupati.joins("KODE-2")
        await bupati.sees("Selamat datang")

    steps = [Step("Camat menerima tugas.", demo.camat, accept), Step("Bupati membuka bot.", demo.bupati, read)]
    demo.world.story = Story(demo.world, steps)
    return opened


async def test_the_story_is_told_while_it_plays(curtain: asyncio.Event, screen: Screen) -> None:
    strip = screen.page.get_by_role("region", name="Cerita")
    await expect(strip).to_be_hidden()
    await screen.button("Putar cerita").click()
    await expect(strip).to_contain_text("Langkah 1 dari 2")
    await expect(strip).to_contain_text("Camat menerima tugas.")
    camat = screen.phone("Camat Air Joman")
    await expect(camat.element).to_contain_class("acting")
    await camat.sees("Status: diterima")
    await expect(camat.toast).to_have_text("Tugas diterima. Terima kasih.")
    curtain.set()
    await screen.phone("Bupati").sees("Kode Anda: KODE-2")
    await expect(strip).to_contain_text("Cerita selesai")
    await strip.get_by_role("button", name="Tutup").click()
    await expect(strip).to_be_hidden()
    await expect(screen.button("Putar cerita")).to_be_disabled()


async def test_the_story_can_be_stopped(curtain: asyncio.Event, screen: Screen) -> None:
    await screen.button("Putar cerita").click()
    await screen.phone("Camat Air Joman").sees("Status: diterima")
    strip = screen.page.get_by_role("region", name="Cerita")
    await strip.get_by_role("button", name="Hentikan").click()
    await expect(strip).to_contain_text("Cerita dihentikan")
    curtain.set()
    await screen.phone("Bupati").does_not_see("Selamat datang")
