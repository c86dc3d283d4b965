"""Around the phones: time, more phones, narrow screens, the keyboard, a lost connection."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Demo, OpenPage
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_clock_moves_by_hour_by_day_and_to_monday(screen: Screen, demo: Demo) -> None:
    face = screen.page.locator(".clock-face")
    await screen.button("+1 jam").click()
    await expect(face).to_contain_text("10.00 WIB")
    await screen.button("+1 hari").click()
    await expect(face).to_contain_text("Sabtu, 24 Januari 2026")
    await screen.button("Senin 07.00").click()
    await expect(face).to_contain_text("07.00 WIB")
    assert await screen.clock() == "07.00 WIB Senin, 26 Januari 2026"
    assert demo.world.clock.now().isoformat()[:16] == "2026-01-26T00:00"
    await screen.phone("Bupati").starts()
    await expect(screen.phone("Bupati").element.locator(".day")).to_have_text("Senin, 26 Januari 2026")


async def test_a_phone_of_any_post_can_be_added_and_closed(screen: Screen, demo: Demo) -> None:
    await screen.button("Tambah ponsel").click()
    dialog = screen.page.get_by_role("dialog", name="Tambah ponsel")
    await dialog.get_by_label("Jabatan").fill("Kepala Dinas Pertanian")
    await dialog.get_by_label("Nama", exact=True).fill("Rahmat")
    await dialog.get_by_role("button", name="Tambah").click()
    head = screen.phone("Kepala Dinas Pertanian")
    await head.starts()
    assert demo.world.person("Kepala Dinas Pertanian").user["first_name"] == "Rahmat"
    assert await screen.overflow() <= 0
    await head.control("Pilihan ponsel Kepala Dinas Pertanian").click()
    await head.chooses("Tutup ponsel ini")
    await expect(screen.page.locator(".phone")).to_have_count(3)


async def test_a_group_with_the_bot_appears_on_every_members_phone(screen: Screen, demo: Demo) -> None:
    await screen.button("Tambah ponsel").click()
    dialog = screen.page.get_by_role("dialog", name="Tambah ponsel")
    await dialog.get_by_label("Grup", exact=True).check()
    await dialog.get_by_label("Nama grup").fill("Rakorpem <b>Asahan</b>")
    await dialog.get_by_label("Bupati").uncheck()
    await dialog.get_by_role("button", name="Tambah").click()
    secretariat, camat = screen.phone("Sekretariat"), screen.phone("Camat Air Joman")
    await expect(secretariat.element.locator(".header-title")).to_have_text("Rakorpem <b>Asahan</b>")
    await expect(secretariat.element.locator(".header-status")).to_have_text("3 anggota")
    await expect(secretariat.element.locator(".service").last).to_have_text("Dewi Lestari menambahkan Kawal Arahan")
    await secretariat.writes("/tugas")
    await secretariat.sees("Anda menulis: /tugas")
    tab = camat.element.get_by_role("tab", name="Rakorpem <b>Asahan</b>")
    await expect(tab.locator(".badge")).to_be_visible()
    await tab.click()
    await camat.sees("Anda menulis: /tugas")
    await expect(camat.messages.filter(has_text="/tugas").first.locator(".author")).to_have_text("Dewi Lestari")
    await expect(screen.phone("Bupati").element.get_by_role("tab")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390])
async def test_a_narrow_screen_shows_one_phone_at_a_time(open_page: OpenPage, demo: Demo, width: int) -> None:
    screen = await open_page(width, 844)
    tabs = screen.page.locator("#tabs")
    await expect(screen.page.locator(".phone:visible")).to_have_count(1)
    await screen.phone("Sekretariat").starts()
    await screen.phone("Sekretariat").writes("kata" * 200)
    demo.camat.start()
    await expect(tabs.get_by_role("tab", name="Camat Air Joman").locator(".badge")).to_have_text("1")
    await tabs.get_by_role("tab", name="Camat Air Joman").click()
    camat = screen.phone("Camat Air Joman")
    await camat.sees("Selamat datang")
    await expect(tabs.locator(".badge")).to_have_count(0)
    await camat.writes("kartu")
    await camat.presses("✅ Terima")
    await camat.sees("Status: diterima")
    assert await screen.overflow() <= 0
    assert await camat.element.get_by_role("log").evaluate("list => list.scrollWidth - list.clientWidth") <= 0
    for name in ("+1 jam", "+1 hari", "Senin 07.00", "Tambah ponsel"):
        await expect(screen.button(name)).to_be_in_viewport(ratio=1)


async def test_a_finger_swipes_a_message_to_answer_it(open_page: OpenPage) -> None:
    screen = await open_page(390, 844)
    secretariat = screen.phone("Sekretariat")
    await secretariat.starts()
    box = await secretariat.message("Selamat datang").locator(".text").bounding_box()
    assert box is not None
    touch = {"pointerType": "touch", "bubbles": True, "clientY": box["y"] + 5}
    text = secretariat.message("Selamat datang").locator(".text")
    await text.dispatch_event("pointerdown", {**touch, "clientX": box["x"] + 90})
    await text.dispatch_event("pointermove", {**touch, "clientX": box["x"] + 20})
    await text.dispatch_event("pointerup", {**touch, "clientX": box["x"] + 20})
    await expect(secretariat.element.locator(".context")).to_contain_text("Selamat datang")


async def test_everything_is_reached_by_keyboard(screen: Screen) -> None:
    page = screen.page
    camat = screen.phone("Camat Air Joman")
    await page.keyboard.press("Tab")
    await expect(screen.button("+1 jam")).to_be_focused()
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await camat.control("Mulai").focus()
    await page.keyboard.press("Enter")
    await camat.sees("Selamat datang")
    await page.keyboard.press("Alt+Digit2")
    await expect(camat.input).to_be_focused()
    await page.keyboard.type("kartu")
    await page.keyboard.press("Enter")
    await camat.sees("Arahan 3/RKP/I/2026")
    for _ in range(3):
        await page.keyboard.press("Shift+Tab")
    await expect(camat.key("⏳ Lambat")).to_be_focused()
    log = camat.element.get_by_role("log")
    await log.focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(camat.element.get_by_role("menuitem", name="Balas")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(camat.input).to_be_focused()
    await expect(page.locator("#announcer")).to_contain_text(
        "Camat Air Joman, pesan dari Kawal Arahan: Arahan 3/RKP/I/2026"
    )


async def test_every_control_has_a_name(screen: Screen) -> None:
    await screen.phone("Bupati").starts()
    nameless = await screen.page.evaluate(
        """[...document.querySelectorAll("button, textarea, input, a")].filter(one => one.checkVisibility() &&
            !(one.ariaLabel || one.innerText?.trim() || one.closest("label") || one.title)).map(one => one.outerHTML)"""
    )
    assert nameless == []


async def test_after_a_lost_connection_the_page_catches_up(screen: Screen, demo: Demo) -> None:
    camat = screen.phone("Camat Air Joman")
    await camat.starts()
    demo.world.events.close()
    await expect(screen.page.locator("#connection")).to_be_visible()
    await demo.parrot.bot.send_message(demo.camat.id, "Terkirim selagi putus.")
    demo.world.add_person("Wakil Bupati")
    await camat.sees("Terkirim selagi putus.")
    await expect(screen.phone("Wakil Bupati").element).to_be_visible()
    await expect(screen.page.locator("#connection")).to_be_hidden()


async def test_a_picture_with_its_caption_arrives_while_one_looks(screen: Screen) -> None:
    bupati = screen.phone("Bupati")
    await bupati.starts()
    await bupati.writes("gambar")
    await bupati.sees(re.compile("Ringkasan minggu ini"))
    picture = bupati.message("Ringkasan minggu ini").locator("img")
    await expect(picture).to_have_js_property("complete", True)
    width = await picture.evaluate("image => image.naturalWidth")
    assert width == 900
