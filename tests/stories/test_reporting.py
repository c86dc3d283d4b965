"""A camat reports in the chat: in plain words, with photos, and the task follows."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from models.assignments import Assignment
from models.people import Role
from models.reports import Evidence, Report
from tests.cast import Cast, Person, wib

SAWAH = "Mendata lahan cetak sawah di setiap desa"


async def task_of(cast: Cast, identity: int) -> Assignment:
    async with cast.database.reading() as session:
        return (await session.scalars(select(Assignment).where(Assignment.id == identity))).one()


async def reports_in(cast: Cast) -> list[Report]:
    async with cast.database.reading() as session:
        return list(await session.scalars(select(Report).order_by(Report.id)))


async def evidence_in(cast: Cast) -> list[Evidence]:
    async with cast.database.reading() as session:
        return list(await session.scalars(select(Evidence).order_by(Evidence.id)))


async def camat_with_task(cast: Cast) -> tuple[Person, int]:
    camat = await cast.pelaksana("Air Joman")
    _, [identity] = await cast.directive(SAWAH, ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    return camat, identity


async def test_card_says_what_when_and_how(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    card = camat.sees("Tugas 2026-01-01")
    for words in (SAWAH, "Kecamatan Air Joman", "Jumat, 30 Januari 2026", "7 hari lagi", "penanggung jawab",
                  "Rakorpem Januari", "Belum dilaporkan"):  # fmt: skip
        assert words in card.text
    assert card.labels == ["✅ Terima", "📝 Lapor", "🚧 Kendala", "⏳ Perpanjangan", "🏁 Selesai"]


async def test_camat_accepts_once(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    card = camat.sees("Tugas 2026-01-01")
    assert "Diterima" in await camat.presses("✅ Terima", on=card)
    assert "Diterima" in card.text
    assert "✅ Terima" not in card.labels
    assert "sudah diterima" in await camat.presses_data(f"1:accept:{identity}", card)
    task = await task_of(cast, identity)
    assert (task.status, task.accepted_at) == ("accepted", cast.clock.now())


async def test_camat_reports_in_plain_words_by_replying_to_the_card(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("sudah 60%, 12 dari 20 ha, terkendala hujan", reply_to=camat.sees("Tugas"))
    answer = camat.reads()
    assert "60 %" in answer
    assert "12 dari 20 ha" in answer
    assert "hujan" in answer
    task = await task_of(cast, identity)
    assert (task.status, task.percent) == ("blocked", 60)
    assert (task.quantity_done, task.quantity_total) == (Decimal(12), Decimal(20))
    assert "Terkendala, 60 %" in camat.sees("Tugas 2026-01-01").text


async def test_a_plain_message_is_the_report_when_one_task_is_open(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("baru setengah pak, lanjut minggu depan")
    assert "50 %" in camat.reads()
    assert (await task_of(cast, identity)).percent == 50


async def test_with_several_tasks_the_bot_asks_which_one(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    _, [kopdes] = await cast.directive("Menyiapkan lahan gerai Koperasi Merah Putih", ["Kecamatan Air Joman"])
    await camat.says("lahan gerai koperasi sudah 40%")
    question = camat.sees("untuk tugas yang mana")
    assert question.labels[0].startswith("2026-01-02"), "the likeliest task is offered first"
    await camat.presses("2026-01-02", on=question)
    assert "40 %" in camat.reads()
    assert (await task_of(cast, kopdes)).percent == 40
    assert "sudah ditangani" in await camat.presses_data(f"1:is_about:1:{kopdes}", question)


async def test_a_greeting_is_not_a_report(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("selamat pagi")
    assert "belum kami pahami" in camat.reads()
    assert await reports_in(cast) == []
    assert (await task_of(cast, identity)).status == "sent"


async def test_siap_accepts_without_counting_as_a_report(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("siap laksanakan pak", reply_to=camat.sees("Tugas"))
    task = await task_of(cast, identity)
    assert (task.status, task.reported_at) == ("accepted", None)


async def test_an_album_is_one_report_with_every_picture(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    card = camat.sees("Tugas")
    await camat.sends_photo("pendataan sudah 70%", reply_to=card, album="a1")
    await camat.sends_photo(album="a1")
    await camat.sends_photo(album="a1")
    assert "3 foto" in camat.sees("Laporan L-1").text
    assert len(await reports_in(cast)) == 1
    assert len(await evidence_in(cast)) == 3


async def test_photos_right_after_a_report_belong_to_it(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    await camat.says("progres 30 persen")
    await camat.sends_photo()
    await camat.sends(location={"latitude": 2.97, "longitude": 99.62})
    assert "1 foto, 1 lokasi" in camat.sees("Laporan L-1").text
    assert len(await reports_in(cast)) == 1


async def test_an_edited_message_corrects_its_report(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    message = await camat.says("sudah 6%")
    await camat.edits(message, "sudah 60%")
    assert (await task_of(cast, identity)).percent == 60
    assert "60 %" in camat.sees("Laporan L-1").text
    assert len(await reports_in(cast)) == 1


async def test_one_tap_corrects_the_percentage(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("pendataan berjalan lancar")
    await camat.presses("✏️ Persentase")
    await camat.presses("75 %")
    assert (await task_of(cast, identity)).percent == 75
    assert "75 %" in camat.sees("Laporan L-1").text


async def test_what_was_read_as_an_obstacle_is_taken_back(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("sudah 60%, terkendala hujan")
    await camat.presses("🚧 Bukan kendala")
    task = await task_of(cast, identity)
    assert (task.status, task.obstacle) == ("in_progress", None)


async def test_a_withdrawn_report_leaves_the_task_as_it_was(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("sudah 20%")
    await camat.says("sudah 90%")
    await camat.presses("🗑 Tarik laporan")
    assert (await task_of(cast, identity)).percent == 20
    assert "ditarik" in camat.sees("L-2").text


async def test_a_report_is_moved_to_the_task_it_belongs_to(cast: Cast) -> None:
    camat, sawah = await camat_with_task(cast)
    _, [kopdes] = await cast.directive("Menyiapkan lahan gerai Koperasi Merah Putih", ["Kecamatan Air Joman"])
    await camat.says("sudah 40%", reply_to=camat.sees(SAWAH))
    await camat.presses("➡️ Tugas lain")
    await camat.presses("2026-01-02")
    assert (await task_of(cast, sawah)).status == "accepted"
    assert (await task_of(cast, kopdes)).percent == 40


async def test_kendala_button_asks_what_blocks_and_tells_the_secretariat(cast: Cast) -> None:
    secretariat = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.presses("🚧 Kendala")
    await camat.says("pompa belum datang, mohon bantuan Dinas PUTR")
    assert (await task_of(cast, identity)).status == "blocked"
    assert "pompa belum datang" in secretariat.reads()


async def test_tugas_lists_the_most_urgent_first(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    await cast.directive("Menyiapkan lahan gerai", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    await camat.says("/tugas")
    screen = camat.reads()
    assert "2 tugas terbuka" in screen
    assert screen.index("2026-01-02") < screen.index("2026-01-01")


async def test_lapor_with_one_task_asks_straight_away(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("/lapor")
    assert "Mohon tulis perkembangan" in camat.reads()
    await camat.says("15 dari 20 desa")
    assert (await task_of(cast, identity)).percent == 75


async def test_two_people_serve_one_post_and_both_see_the_change(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    operator = await cast.pelaksana("Air Joman", "Operator")
    await cast.directive(SAWAH, ["Kecamatan Air Joman"])
    await operator.says("sudah 25%")
    assert "25 %" in camat.sees("Tugas 2026-01-01").text


async def test_a_unit_cannot_touch_the_task_of_another(cast: Cast) -> None:
    _, identity = await camat_with_task(cast)
    other = await cast.pelaksana("Silau Laut")
    await cast.directive("Tugas lain", ["Kecamatan Silau Laut"])
    shown = other.sees("Tugas lain")
    for verb in ("accept", "report", "obstacle", "extension", "finish", "finish_bare"):
        assert "milik unit lain" in await other.presses_data(f"1:{verb}:{identity}", shown)
    assert (await task_of(cast, identity)).status == "sent"


async def test_files_that_cannot_be_evidence_get_a_clear_answer(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.sends_file("progres.exe", mime="application/octet-stream")
    assert "belum dapat diterima" in camat.reads()
    await camat.sends_file("video.mp4", mime="video/mp4", size=45 * 1024 * 1024)
    assert "melebihi batas 20 MB" in camat.reads()
    await camat.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                               "is_animated": False, "is_video": False})  # fmt: skip
    assert "Stiker" in camat.reads()
    assert await evidence_in(cast) == []
    assert (await task_of(cast, identity)).status == "sent"


async def test_words_beside_a_file_that_is_too_large_are_kept(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.sends_file("video.mp4", mime="video/mp4", size=45 * 1024 * 1024, caption="sudah 80%")
    assert "melebihi batas" in camat.reads()
    assert (await task_of(cast, identity)).percent == 80


async def test_four_thousand_emoji_change_nothing(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("🙏" * 2048)
    assert camat.reads()
    assert (await task_of(cast, identity)).status == "sent"


async def test_somebody_who_also_sits_in_the_secretariat_reports_as_a_unit(cast: Cast) -> None:
    both = await cast.member(Role.SEKRETARIAT, "bag-tapem", "Kabag Tapem")
    assert both.telegram_id


async def two_tasks(cast: Cast) -> Person:
    """A camat who is to survey fields and to clean a canal."""
    camat = await cast.pelaksana("Air Joman")
    await cast.directive(SAWAH, ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await cast.directive("Membersihkan saluran Desa Punggulan", ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    return camat


async def test_words_after_lapor_are_the_report(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("/lapor sudah 60%, 12 dari 20 ha")
    assert "60 % · 12 dari 20 ha" in camat.reads()
    assert (await task_of(cast, identity)).percent == 60


async def test_a_number_in_the_words_tells_the_task(cast: Cast) -> None:
    camat = await two_tasks(cast)
    await camat.says("2026-01-02 sudah 45%")
    assert "dicatat untuk tugas 2026-01-02" in camat.reads()
    await camat.says("/lapor 2026-1-1 sudah 20%")
    assert "dicatat untuk tugas 2026-01-01" in camat.reads()
    for written in ("/lapor 2026-01-02", "tugas no. 2026-01-02"):
        await camat.says(written)
        assert "Mohon tulis perkembangan tugas 2026-01-02" in camat.reads(), written
        await camat.says("/batal")
    await camat.says("/lapor 2026-01-02")
    await camat.says("sudah selesai separuh")
    assert "dicatat untuk tugas 2026-01-02" in camat.reads()


async def test_photos_one_by_one_and_the_words_after_them_are_one_report(cast: Cast) -> None:
    """As people send them in WhatsApp: several pictures, then what they show."""
    camat = await two_tasks(cast)
    for _ in range(3):
        await camat.sends_photo()
    question = camat.sees("untuk tugas yang mana?")
    assert "📎 3 foto" in question.text
    await camat.says("saluran sudah 80% bersih")
    assert "saluran sudah 80% bersih" in question.text
    assert question.labels[0].startswith("2026-01-02"), "the words lead to the canal"
    assert [shown.text for shown in camat.screen.messages if "yang mana?" in shown.text] == [question.text]
    await camat.presses("2026-01-02", on=question)
    [report] = await reports_in(cast)
    assert (report.percent, report.text) == (80, "saluran sudah 80% bersih")
    assert [one.report_id for one in await evidence_in(cast)] == [report.id] * 3


async def test_a_report_whose_task_was_never_chosen_is_asked_for_again(cast: Cast) -> None:
    camat = await two_tasks(cast)
    await camat.says("sudah 30 persen pak")
    await cast.time_passes(hours=30)
    await camat.says("/tugas")
    question = camat.last
    assert "sudah 30 persen pak" in question.text
    await camat.presses("2026-01-01", on=question)
    assert "30 %" in camat.reads()
    await camat.says("/tugas")
    assert "yang mana?" not in camat.reads()


async def test_a_question_reaches_the_secretariat(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat, _ = await camat_with_task(cast)
    await camat.says("lahan yang dikuasai perkebunan ikut didata, Pak?", reply_to=camat.sees("Tugas"))
    assert "pertanyaan, disampaikan kepada Sekretariat" in camat.reads()
    notice = secretary.sees("Kecamatan Air Joman bertanya tentang tugas 2026-01-01")
    assert "lahan yang dikuasai perkebunan" in notice.text
    await camat.says("sudah 20%, boleh lanjut ke desa lain?", reply_to=camat.sees("Tugas"))
    assert "20 %" in camat.reads()


async def test_a_percentage_below_the_end_takes_the_task_off_the_desk(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.sends_photo("selesai", reply_to=camat.sees("Tugas"))
    assert (await task_of(cast, identity)).status == "submitted"
    await camat.presses("✏️ Persentase")
    await camat.presses("75 %")
    task = await task_of(cast, identity)
    assert (task.status, task.percent, task.submitted_at) == ("in_progress", 75, None)
    assert "✅ Setujui" not in secretary.sees("tugas 2026-01-01").labels
    assert "Diajukan" not in camat.sees("Laporan L-1").text


async def test_a_withdrawn_or_corrected_end_is_none(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat, identity = await camat_with_task(cast)
    await camat.sends_photo("selesai", reply_to=camat.sees("Tugas"))
    await camat.presses("🗑 Tarik laporan")
    assert (await task_of(cast, identity)).status == "accepted"
    assert "✅ Setujui" not in secretary.sees("tugas 2026-01-01").labels
    assert camat.sees("Laporan L-1 ditarik").labels == []
    await camat.sends_photo("foto lapangan", reply_to=camat.sees("Tugas"))
    message = await camat.says("sudah selesai 100%", reply_to=camat.sees("Tugas"))
    assert (await task_of(cast, identity)).status == "submitted"
    await camat.edits(message, "sudah 80%")
    assert (await task_of(cast, identity)).status == "in_progress"


async def test_a_report_of_the_end_that_is_moved_takes_the_end_along(cast: Cast) -> None:
    await cast.sekretariat()
    camat = await two_tasks(cast)
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("Tugas 2026-01-01"))
    await camat.presses("➡️ Tugas lain")
    await camat.presses("2026-01-02", on=camat.last)
    assert ((await task_of(cast, 1)).status, (await task_of(cast, 2)).status) == ("accepted", "submitted")


async def test_a_percentage_may_be_written_with_a_word(cast: Cast) -> None:
    camat, identity = await camat_with_task(cast)
    await camat.says("sudah ada kemajuan di lapangan")
    for written, percent in (("sekitar 60 persen pak", 60), ("75,5 %", 75), ("80", 80)):
        await camat.presses("✏️ Persentase")
        await camat.says(written)
        assert (await task_of(cast, identity)).percent == percent, written
    await camat.presses("✏️ Persentase")
    await camat.says("seratus lima puluh")
    assert "angka 0 sampai 100" in camat.reads()
    await camat.says("sudah 90%, terkendala hujan dua hari")
    assert len(await reports_in(cast)) == 2, "what says more than a number is a report of its own"
    assert (await task_of(cast, identity)).obstacle is not None


async def test_a_photo_beside_a_request_for_time_is_not_lost_silently(cast: Cast) -> None:
    camat, _ = await camat_with_task(cast)
    await camat.presses("⏳ Perpanjangan")
    await camat.sends_photo("sampai 10 Februari karena lahan tergenang")
    answer = camat.reads()
    assert "Selasa, 10 Februari 2026" in answer
    assert "Lampirannya tidak ikut disampaikan" in answer
