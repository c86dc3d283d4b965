"""The phones on the page: what people do with a chat, and what they see."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Demo, OpenPage
from tests.browser.parrot import picture
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CAMAT = "Camat Air Joman"


def photo(name: str, shade: int) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": picture(240, 160, (shade, 110, 90))}


async def test_page_opens_with_three_phones_and_the_day_of_the_meeting(screen: Screen) -> None:
    headings = screen.page.locator(".phone h2")
    await expect(headings).to_have_text(["Sekretariat", CAMAT, "Bupati"])
    assert await screen.clock() == "09.00 WIB Jumat, 23 Januari 2026"
    await expect(screen.phone("Bupati").control("Mulai")).to_be_visible()


async def test_a_person_starts_with_the_invitation_they_hold_and_writes(open_page: OpenPage, demo: Demo) -> None:
    demo.camat.invite = "UNDANGAN-7"
    screen = await open_page()
    camat = screen.phone(CAMAT)
    await expect(camat.element.locator(".empty")).to_contain_text("Anda memegang undangan")
    await camat.starts()
    await camat.sees("Kode Anda: UNDANGAN-7")
    await camat.writes("sudah 60%, terkendala hujan")
    await camat.sees("Anda menulis: sudah 60%, terkendala hujan")
    own = camat.messages.filter(has_text="sudah 60%").first
    await expect(own).to_have_class(re.compile(r"\bout\b"))
    await expect(own.get_by_label("diterima bot")).to_be_visible()
    await expect(own.locator("time")).to_have_text("09.00")
    await screen.phone("Bupati").does_not_see("sudah 60%")


async def test_a_pressed_button_spins_until_the_bot_answers_and_the_card_changes_in_place(
    screen: Screen, demo: Demo
) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.writes("kartu")
    await camat.sees("Arahan 3/RKP/I/2026")
    count = await camat.messages.count()
    demo.parrot.hold.clear()
    key = camat.key("✅ Terima")
    await key.focus()
    await key.press("Enter")
    await expect(key).to_have_attribute("aria-busy", "true")
    await expect(key.locator(".spinner")).to_be_visible()
    demo.parrot.hold.set()
    await expect(camat.toast).to_have_text("Tugas diterima. Terima kasih.")
    await camat.sees("Status: diterima")
    await expect(camat.message("Status: diterima").locator(".edited")).to_have_text("diedit")
    await expect(camat.key("✅ Terima")).not_to_have_attribute("aria-busy", "true")
    await expect(camat.key("✅ Terima")).to_be_focused()
    assert await camat.messages.count() == count


async def test_an_alert_waits_for_oke(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.writes("kartu")
    await camat.presses("🚧 Kendala")
    alert = camat.element.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Tugas ini bukan milik Anda.")
    await expect(camat.control("Oke")).to_be_focused()
    await screen.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)
    await expect(camat.key("🚧 Kendala")).to_be_focused()


async def test_buttons_keep_their_rows_and_formatting_is_shown(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.writes("kartu")
    card = camat.message("Arahan 3/RKP/I/2026")
    rows = card.locator(".keyboard-row")
    await expect(rows).to_have_text(["✅ Terima📝 Lapor", "🚧 Kendala⏳ Lambat"])
    await expect(card.locator("strong").first).to_have_text("Arahan 3/RKP/I/2026")
    await expect(card.locator("em")).to_have_text("cetak sawah")
    await expect(card.locator("blockquote")).to_have_text("Rakorpem 23 Januari 2026")
    await expect(card.locator("code")).to_have_text("30-01-2026")
    await expect(card.get_by_role("link", name="peta")).to_have_attribute("href", "https://example.org/peta")
    await card.get_by_role("button", name="/tugas").click()
    await camat.sees("Anda menulis: /tugas")


async def test_a_message_is_answered_by_double_click_and_from_its_menu(screen: Screen, demo: Demo) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.message("Selamat datang").locator(".text").dblclick()
    await expect(camat.element.locator(".context")).to_contain_text("Balas Kawal Arahan")
    await camat.writes("terima kasih")
    quote = camat.messages.filter(has_text="terima kasih").first.locator(".quoted")
    await expect(quote).to_contain_text("Selamat datang")
    await camat.sees("Anda menulis: terima kasih")

    await camat.message("Anda menulis: terima kasih").click(button="right")
    await camat.chooses("Balas")
    await camat.writes("sama-sama")
    await camat.sees("Anda menulis: sama-sama")
    replied = demo.camat.screen()[-2].body["reply_to_message"]
    assert replied["text"] == "Anda menulis: terima kasih"


async def test_what_the_bot_asks_for_is_offered(screen: Screen, demo: Demo) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.writes("pilih")
    await expect(camat.message("Apakah ini benar?")).to_be_in_viewport(ratio=1)
    await camat.control("Ya, benar").click()
    await camat.sees("Anda menulis: Ya, benar")
    await expect(camat.control("Bukan")).to_be_hidden()
    await camat.writes("tanya")
    await expect(camat.element.locator(".context")).to_contain_text("Apa kendalanya?")
    await camat.writes("hujan")
    await camat.sees("Anda menulis: hujan")
    assert demo.camat.screen()[-2].body["reply_to_message"]["text"] == "Apa kendalanya?"


async def test_own_messages_are_corrected_and_deleted(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.writes("sudah 6%")
    await camat.sees("Anda menulis: sudah 6%")
    await camat.input.press("ArrowUp")
    await expect(camat.input).to_have_value("sudah 6%")
    await camat.writes("sudah 60%")
    await camat.sees("Diperbaiki menjadi: sudah 60%")
    own = camat.messages.filter(has_text="sudah 60%").first
    await expect(own.locator(".edited")).to_be_visible()
    await own.click(button="right")
    await camat.chooses("Hapus")
    await expect(camat.messages.filter(has_text="sudah 60%")).to_have_count(1)


async def test_a_photo_is_sent_shown_and_opened_at_full_size(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.attaches([photo("sawah.png", 40)], "Punggulan")
    await camat.sees("Foto diterima.")
    sent = camat.messages.filter(has_text="Punggulan").first
    await expect(sent.locator("img")).to_have_js_property("naturalWidth", 240)
    await sent.locator(".picture").click()
    viewer = screen.page.get_by_role("dialog", name="Gambar ukuran penuh")
    await expect(viewer.locator("img")).to_have_js_property("naturalWidth", 240)
    await expect(viewer).to_contain_text("Punggulan")
    await screen.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_several_photos_become_one_album_also_from_the_bot(screen: Screen, demo: Demo) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.attaches([photo(f"{shade}.png", shade) for shade in (10, 90, 170)], "Tiga petak")
    album = camat.messages.filter(has_text="Tiga petak").first
    await expect(album.locator(".album .picture")).to_have_count(3)
    groups = {message.body.get("media_group_id") for message in demo.camat.screen() if "photo" in message.body}
    assert len(groups) == 1
    await camat.writes("album")
    await camat.sees("Tiga foto")
    await expect(camat.message("Tiga foto").locator(".album .picture")).to_have_count(3)


async def test_files_and_places_are_sent_and_files_of_the_bot_downloaded(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.attaches([{"name": "daftar <lahan>.txt", "mimeType": "text/plain", "buffer": b"Punggulan;12 ha\n"}])
    await camat.sees("Berkas daftar <lahan>.txt diterima.")
    await camat.control("Lampirkan").click()
    await camat.chooses("Lokasi")
    dialog = screen.page.get_by_role("dialog", name="Kirim lokasi")
    await dialog.get_by_label("Kantor Camat Air Joman").check()
    await dialog.get_by_role("button", name="Kirim lokasi").click()
    await camat.sees("Lokasi diterima: 2.98")
    await expect(camat.element.locator(".place")).to_contain_text("2,97561° LU · 99,71342° BT")
    await camat.writes("matriks")
    bubble = camat.message("matriks tindak lanjut.csv").locator(".file")
    await expect(bubble.locator(".file-mark")).to_have_text("csv")
    await expect(bubble.locator("small")).to_have_text("27 B · unduh")
    async with screen.page.expect_download() as waiting:
        await bubble.click()
    download = await waiting.value
    assert download.suggested_filename == "matriks tindak lanjut.csv"
    assert (await download.path()).read_bytes() == b"Nomor;Arahan\n1;Cetak sawah\n"


async def test_the_command_menu_offers_the_commands_of_this_person(screen: Screen) -> None:
    camat, bupati = screen.phone(CAMAT), screen.phone("Bupati")
    await camat.starts()
    await camat.control("Daftar perintah").click()
    await expect(camat.element.get_by_role("option")).to_have_text(
        ["/tugasTugas terbuka, paling mendesak dahulu", "/terlambatYang terlambat"]
    )
    await screen.page.keyboard.press("Escape")
    await camat.input.press_sequentially("/ter")
    await expect(camat.element.get_by_role("option")).to_have_count(1)
    await camat.input.press("Enter")
    await camat.sees("Anda menulis: /terlambat")
    await bupati.starts()
    await bupati.does_not_see("/terlambat")


async def test_an_invitation_link_is_opened_on_the_phone_of_whom_it_is_for(screen: Screen, demo: Demo) -> None:
    secretariat = screen.phone("Sekretariat")
    await secretariat.starts()
    await secretariat.writes("undangan")
    await secretariat.message("Tautan undangan").get_by_role("link").click()
    await secretariat.chooses(CAMAT)
    await screen.phone(CAMAT).sees("Kode Anda: KODE-123")
    assert demo.camat.screen()[0].text == "/start KODE-123"


async def test_hostile_names_and_texts_are_only_text(screen: Screen, demo: Demo) -> None:
    attack = '<img src=x onerror="document.title=1"><b>tebal</b><script>alert(1)</script>'
    stranger = demo.world.add_person(attack, attack, attack)
    demo.world.add_group(attack, stranger, [demo.camat])
    await expect(screen.page.locator(".phone")).to_have_count(4)
    await expect(screen.page.locator(".phone h2").last).to_have_text(attack)
    phone = screen.phone(attack)
    await phone.starts()
    await phone.writes(attack)
    await phone.sees(f"Anda menulis: {attack}")
    await phone.writes("javascript:alert(1) https://contoh.id/?a=<b>")
    await phone.sees("Anda menulis: javascript:alert(1)")
    await expect(screen.page.locator(".phone img[src=x], .phone script, .phone b, a[href^=javascript]")).to_have_count(
        0
    )
    assert await screen.page.title() != "1"


async def test_someone_reading_further_up_is_not_pulled_down(screen: Screen, demo: Demo) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    for number in range(20):
        demo.camat.say(f"laporan nomor {number}")
    await camat.sees("Anda menulis: laporan nomor 19")
    log = camat.element.get_by_role("log")
    assert await log.evaluate("list => list.scrollHeight - list.scrollTop - list.clientHeight < 2")
    await log.evaluate("list => list.scrollTo(0, 0)")
    down = camat.control("Ke pesan terbaru")
    await expect(down).to_be_visible()
    await demo.parrot.bot.send_message(demo.camat.id, "Pengingat: besok tenggat.")
    await expect(down.locator(".badge")).to_have_text("1")
    assert await log.evaluate("list => list.scrollTop") == 0
    await down.click()
    await expect(camat.message("Pengingat")).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_what_could_not_be_sent_stays_in_the_row(screen: Screen) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await screen.page.route(
        "**/sim/send", lambda route: route.fulfill(status=409, json={"error": "Anda bukan anggota."})
    )
    await camat.writes("laporan penting")
    await expect(camat.toast).to_have_text("Anda bukan anggota.")
    await expect(camat.input).to_have_value("laporan penting")
    assert all("409" in problem for problem in screen.problems)
    screen.problems.clear()


async def test_a_blocked_bot_can_be_let_in_again(screen: Screen, demo: Demo) -> None:
    camat = screen.phone(CAMAT)
    await camat.starts()
    await camat.control(f"Pilihan ponsel {CAMAT}").click()
    await camat.chooses("Blokir bot")
    await camat.control("Buka blokir").click()
    await camat.writes("saya kembali")
    await camat.sees("Anda menulis: saya kembali")
    assert not demo.camat.blocked
