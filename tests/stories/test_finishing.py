"""A task is handed in, verified or returned; more time is asked for and decided."""

from __future__ import annotations

from sqlalchemy import select

from models.reports import Extension, Verification
from tests.cast import Cast, wib
from tests.stories.test_reporting import camat_with_task, task_of


async def test_selesai_asks_for_evidence_then_waits_for_verification(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.presses("🏁 Selesai")
    assert "Mohon kirim buktinya" in camat.reads()
    await camat.sends_photo("berita acara pendataan")
    assert (await task_of(cast, identity)).status == "submitted"
    desk = secretariat.sees("Menunggu verifikasi")
    assert desk.labels == ["✅ Setujui", "↩️ Kembalikan", "🖼 Lihat bukti (1)"]
    await secretariat.presses("🖼 Lihat bukti", on=desk)
    assert cast.calls[-2][1] == "sendPhoto" or cast.calls[-1][1] == "sendPhoto"
    assert "Disetujui" in await secretariat.presses("✅ Setujui", on=desk)
    assert "telah diverifikasi" in camat.reads()
    task = await task_of(cast, identity)
    assert (task.status, task.closed_at) == ("done", cast.clock.now())
    assert "sudah selesai" in await secretariat.presses_data(f"1:approve:{identity}", desk)


async def test_saying_so_with_a_photo_hands_the_task_in(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.sends_photo("alhamdulillah sudah selesai 100%")
    assert (await task_of(cast, identity)).status == "submitted"
    secretariat.sees("Menunggu verifikasi")
    await camat.presses("↩️ Belum selesai")
    assert (await task_of(cast, identity)).status == "in_progress"
    assert secretariat.sees("tugas 2026-01-01").labels == []


async def test_saying_so_without_evidence_asks_for_it(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("sudah selesai pak")
    assert "Mohon kirim buktinya" in camat.reads()
    await camat.presses("📤 Ajukan tanpa bukti")
    assert (await task_of(cast, identity)).status == "submitted"


async def test_kembalikan_comes_with_the_reason_and_the_task_is_open_again(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.sends_photo("selesai")
    await secretariat.presses("↩️ Kembalikan")
    await secretariat.says("foto tidak menunjukkan lokasi")
    assert "foto tidak menunjukkan lokasi" in camat.reads()
    assert "Dikembalikan" in camat.sees("Tugas 2026-01-01").text
    assert (await task_of(cast, identity)).status == "returned"
    await camat.says("sudah dilengkapi 90%")
    assert (await task_of(cast, identity)).status == "in_progress"
    async with cast.database.reading() as session:
        verification = (await session.scalars(select(Verification))).one()
        assert (verification.approved, verification.reason) == (False, "foto tidak menunjukkan lokasi")


async def test_a_usual_reason_is_one_tap(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.sends_photo("selesai")
    await secretariat.presses("↩️ Kembalikan")
    await secretariat.presses("Angka belum sesuai target")
    assert "Angka belum sesuai target" in camat.reads()
    assert (await task_of(cast, identity)).status == "returned"


async def test_verifikasi_lists_what_waits(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, _ = await camat_with_task(cast)
    await secretariat.says("/verifikasi")
    assert "Tidak ada yang menunggu" in secretariat.reads()
    await camat.sends_photo("selesai")
    await secretariat.says("/verifikasi")
    assert "1 laporan selesai" in secretariat.reads()
    await secretariat.presses("🏁 2026-01-01 · Air Joman")
    assert "✅ Setujui" in secretariat.last.labels


async def test_more_time_is_granted(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.presses("⏳ Perpanjangan")
    await camat.says("sampai 10 Februari karena lahan masih tergenang")
    assert "disampaikan kepada Sekretariat" in camat.reads()
    request = secretariat.sees("Permohonan perpanjangan")
    assert "Selasa, 10 Februari 2026" in request.text
    assert "tergenang" in request.text
    await secretariat.presses("✅ Izinkan", on=request)
    assert "Tenggat baru: Selasa, 10 Februari 2026" in camat.reads()
    assert (await task_of(cast, identity)).due_at == wib("2026-02-10 23:59")
    assert "Selasa, 10 Februari 2026" in camat.sees("📌 Tugas 2026-01-01").text
    assert "sudah diputuskan" in await secretariat.presses_data("1:grant:1", request)


async def test_more_time_is_refused_with_a_reason(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.presses("⏳ Perpanjangan")
    await camat.says("10 Februari")
    await camat.says("alat belum tersedia")
    await secretariat.presses("❌ Tolak")
    await secretariat.says("data diperlukan untuk Rakorpem berikutnya")
    assert "data diperlukan untuk Rakorpem berikutnya" in camat.reads()
    assert (await task_of(cast, identity)).due_at == wib("2026-01-30 23:59")
    async with cast.database.reading() as session:
        extension = (await session.scalars(select(Extension))).one()
        assert (extension.granted, extension.reason) == (False, "alat belum tersedia")


async def test_dates_that_cannot_be_are_asked_again(cast: Cast) -> None:
    await cast.sekretariat()
    camat, _ = await camat_with_task(cast)
    await camat.presses("⏳ Perpanjangan")
    for words in ("sampai 31 Februari karena hujan", "secepatnya pak", "sampai 25 Januari karena hujan"):
        await camat.says(words)
        assert "Mohon tulis" in camat.reads(), words
    await camat.says("sampai 6 Februari karena hujan terus")
    assert "disampaikan kepada Sekretariat" in camat.reads()


async def test_a_report_that_asks_for_time_is_offered_as_an_extension(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, _ = await camat_with_task(cast)
    await camat.says("baru 40%, mohon perpanjangan waktu sampai 6 Februari karena hujan")
    await camat.presses("✅ Ajukan")
    assert "Jumat, 6 Februari 2026" in secretariat.sees("Permohonan perpanjangan").text


async def test_an_approved_task_cannot_be_returned_by_an_old_button(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("Tugas"))
    await secretary.presses("✅ Setujui")
    assert "sudah selesai diverifikasi" in await secretary.presses_data("1:return:1", secretary.last)
    secretary.does_not_see("Mengapa laporan")
