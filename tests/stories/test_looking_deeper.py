"""Every number that pimpinan sees leads to what it counts, and every view has a way back."""

from __future__ import annotations

import re
from datetime import timedelta

from models.people import Role
from tests.cast import Cast, Person, Shown, wib


async def many(cast: Cast) -> Person:
    """Eleven directives of three states; returns the Bupati."""
    bupati = await cast.pimpinan()
    camat = await cast.pelaksana("Air Joman")
    secretary = await cast.sekretariat()
    for number in range(9):
        await cast.directive(f"Mendata lahan cetak sawah blok {number + 1}", ["Kecamatan Air Joman"],
                             due=wib("2026-01-24 23:59"), programme_tag="cetak_sawah")  # fmt: skip
    await cast.directive("Melatih pengurus koperasi", ["Kecamatan Air Joman", "Kecamatan Meranti"],
                         due=wib("2026-02-20 23:59"), programme_tag="kopdes_merah_putih")  # fmt: skip
    await cast.directive("Membersihkan saluran", ["Kecamatan Air Joman"], due=wib("2026-02-20 23:59"))
    await camat.says("sudah 30%", reply_to=camat.sees("blok 2"))
    await camat.says("terkendala alat berat, perlu bantuan Dinas PUTR", reply_to=camat.sees("blok 3"))
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("saluran"))
    await secretary.presses("✅ Setujui")
    await cast.time_passes(to=wib("2026-01-26 09:00"))
    return bupati


async def test_every_number_of_the_summary_leads_to_its_tasks(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau")
    counts = bupati.reads()
    for words, button in (("9 terlambat", "🔴 Terlambat"), ("1 terkendala", "🚧 Kendala"),
                          ("1 dalam proses", "🔵 Dalam proses"), ("1 selesai", "🟢 Selesai"),
                          ("9 belum dilaporkan", "⚪ Belum dilaporkan")):  # fmt: skip
        assert words in counts
        number = words.split()[0]
        await bupati.presses("🔢 Per status", on=bupati.last)
        await bupati.presses(f"{button}: {number}", on=bupati.last)
        assert f"{number} tugas" in bupati.last.text, "the list holds as many as the number says"
        await bupati.presses("1", on=bupati.last)
        assert "Laporan" in bupati.last.text or "Belum ada laporan" in bupati.last.text
        await bupati.presses("⬅️ Kembali", on=bupati.last)
        assert f"{number} tugas" in bupati.last.text
        await bupati.presses("⬅️ Kembali", on=bupati.last)
        assert "12 tugas" in bupati.last.text


async def test_programme_to_directive_to_unit_to_reports_in_three_taps(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau")
    await bupati.presses("🎯 Per program")
    view = bupati.last
    assert "Koperasi" in view.text
    await bupati.presses("🎯 Cetak sawah", on=view)
    assert "9 arahan" in view.text
    await bupati.presses("Berikutnya ➡️", on=view)
    assert "9–9 dari 9" in view.text
    await bupati.presses("⬅️ Sebelumnya", on=view)
    number = next(line for line in view.text.split("\n") if "blok 3" in line).split(".")[0]
    await bupati.presses(number, on=view)
    assert "blok 3" in view.text
    await bupati.presses("Air Joman", on=view)
    assert "perlu: Dinas PUTR" in view.text
    await bupati.presses("⬅️ Arahan", on=view)
    await bupati.presses("⬅️", on=view)
    assert "🎯 Cetak sawah" in view.text


async def test_the_task_leads_back_to_the_page_it_was_opened_from(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/terlambat")
    await bupati.presses("Berikutnya ➡️")
    await bupati.presses("9", on=bupati.last)
    await bupati.presses("⬅️ Kembali", on=bupati.last)
    assert "9–9 dari 9" in bupati.last.text


async def test_what_was_found_by_words_is_paged_and_led_back_to(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau blok")
    assert "9 tugas" in bupati.last.text
    await bupati.presses("Berikutnya ➡️")
    await bupati.presses("9", on=bupati.last)
    await bupati.presses("⬅️ Kembali", on=bupati.last)
    assert "Pencarian “blok”" in bupati.last.text
    await bupati.says(f"/pantau {'sangat ' * 9}panjang")
    assert "Tidak ada yang sesuai" in bupati.last.text


async def test_a_meetings_directives_are_found_from_the_counts(cast: Cast) -> None:
    watcher = await cast.member(Role.PEMANTAU, "asisten-ekbang")
    await many(cast)
    await watcher.says("/pantau")
    await watcher.presses("🗓 Per rapat")
    await watcher.presses("🗓 Rakorpem Januari", on=watcher.last)
    assert "11 arahan" in watcher.last.text
    await watcher.presses("🔴 Terlambat 9", on=watcher.last)
    assert "🔴 Terlambat · Rakorpem Januari" in watcher.last.text
    await watcher.presses("⬅️ Kembali", on=watcher.last)
    assert "11 arahan" in watcher.last.text


async def test_every_view_has_a_way_on_or_back(cast: Cast) -> None:
    """Walk every button from the counts, as somebody curious does: nothing is a dead end."""
    bupati = await many(cast)
    await bupati.says("/pantau")
    start = bupati.last
    seen: set[str] = set()
    queue = [button["callback_data"] for button in start.buttons]
    while queue:
        data = queue.pop()
        verb = data.split(":")[1]
        shape = re.sub(r"\d+", "0", data)
        if shape in seen or verb in ("note", "praise", "explain", "evidence", "matrix", "rapor", "bundle"):
            continue
        seen.add(shape)
        cast.clock.at += timedelta(seconds=5)
        toast = await bupati.presses_data(data, start)
        assert toast == "", (data, toast)
        assert _leads_back(start), (data, start.labels)
        queue += [button["callback_data"] for button in start.buttons]
    assert {shape.split(":")[1] for shape in seen} >= {"status", "unit", "units", "programme", "meeting", "look_task"}


def _leads_back(shown: Shown) -> bool:
    return any(label.startswith(("⬅️", "⬆️")) for label in shown.labels) or "🔢 Per status" in shown.labels


async def test_misspelt_names_are_found(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau cetak sawh")
    assert "🎯 Cetak sawah rakyat · 9 arahan" in bupati.reads()
    await bupati.says("/pantau air jman")
    offer = bupati.last
    assert "Mungkin yang dimaksud" in offer.text
    await bupati.presses("🏛 Kecamatan Air Joman", on=offer)
    assert "Kecamatan Air Joman · 11 tugas" in offer.text
    await bupati.says("/pantau qwertz")
    assert "nama unit, program, sebagian kata arahannya, atau nomornya" in bupati.reads()
    assert bupati.last.labels == ["⬅️ Kembali"]


async def test_a_number_is_found_among_words_or_short(cast: Cast) -> None:
    bupati = await many(cast)
    for words in ("2026-01-07", "no. 2026-01-07", "arahan 2026-1-7", "7", "nomor 7", "arahan no. 7"):
        await bupati.says(f"/pantau {words}")
        assert "Arahan 2026-01-07" in bupati.reads(), words
        cast.clock.at += timedelta(minutes=1)
    await bupati.says("/pantau 2026-01-99")
    assert "Tidak ada yang sesuai dengan “2026-01-99”" in bupati.reads()


async def test_a_kind_of_units_is_a_list_of_them(cast: Cast) -> None:
    bupati = await many(cast)
    for words in ("camat", "seluruh camat", "kecamatan"):
        await bupati.says(f"/pantau {words}")
        assert bupati.last.labels == ["Air Joman", "Meranti", "⬅️ Kembali"], words
    await bupati.says("/pantau puskesmas")
    assert "Belum ada tugas" in bupati.reads()


async def test_what_has_tasks_comes_before_what_has_none_of_the_same_name(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau koperasi")
    assert "🎯 Koperasi Merah Putih · 1 arahan" in bupati.reads(), "the Dinas Koperasi has nothing to do"
    await cast.directive("Memeriksa izin toko", ["kopdagrin"], due=wib("2026-02-20 23:59"))
    await bupati.says("/pantau koperasi")
    assert "Dinas Koperasi" in bupati.last.text
    await bupati.presses("🎯 Koperasi Merah Putih", on=bupati.last)
    assert "Melatih pengurus koperasi" in bupati.last.text


async def test_what_holds_a_task_up_is_searched_too(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/pantau alat berat")
    assert "blok 3" in bupati.reads()


async def test_terlambat_of_a_unit_or_programme(cast: Cast) -> None:
    bupati = await many(cast)
    await bupati.says("/terlambat Air Joman")
    assert "🔴 Terlambat · Kecamatan Air Joman · 9 tugas" in bupati.reads()
    await bupati.says("/terlambat koperasi merah putih")
    assert "🔴 Terlambat · Koperasi Merah Putih" in bupati.last.text
    assert "Tidak ada yang sesuai" in bupati.last.text
    await bupati.says("/terlambat qwertz")
    assert "Tidak ada yang sesuai dengan “qwertz”" in bupati.reads()


async def test_pimpinan_need_no_command_to_look_something_up(cast: Cast) -> None:
    bupati = await many(cast)
    for words, shown in (("Air Joman", "Kecamatan Air Joman · 11 tugas"), ("pantau cetak sawah", "9 arahan"),
                         ("2026-01-10?", "Arahan 2026-01-10"), ("Cari pengurus", "Melatih pengurus")):  # fmt: skip
        await bupati.says(words)
        assert shown in bupati.reads(), words
    await bupati.says("terima kasih")
    assert "belum kami pahami" in bupati.reads()


async def test_who_may_not_export_is_offered_no_workbook(cast: Cast) -> None:
    watcher = await cast.member(Role.PEMANTAU, "asisten-ekbang")
    bupati = await many(cast)
    for person, offered in ((watcher, False), (bupati, True)):
        await person.says("/ringkasan")
        await cast.papers_are_made()
        assert "Keadaan Senin, 26 Januari 2026 pukul 09.00 WIB" in person.last.text
        assert ("📊 Excel" in person.last.labels) is offered
