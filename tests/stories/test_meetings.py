"""The secretariat opens meetings and chooses which one new directives belong to."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from models.meetings import Meeting, current_meeting
from tests.cast import WIB, Cast, wib
from understanding.meetings import ImpossibleMeetingDate, read_heading, read_meeting


async def current(cast: Cast) -> Meeting:
    async with cast.database.reading() as session:
        meeting = await current_meeting(session)
        assert meeting is not None
        return meeting


async def test_a_meeting_is_opened_in_one_line(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
    read = sekretariat.reads()
    assert "Rapat dibuka: Rakorpem Januari" in read
    assert "Jumat, 23 Januari 2026" in read
    assert "Aula Melati" in read
    meeting = await current(cast)
    assert (meeting.title, meeting.place) == ("Rakorpem Januari", "Aula Melati")
    assert meeting.held_at == wib("2026-01-23 09:00")


async def test_a_past_meeting_with_its_time_can_be_opened_afterwards(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Desember, Senin, 15 Desember 2025 pukul 13.30 WIB, Pendopo")
    assert (await current(cast)).held_at == wib("2025-12-15 13:30")


async def test_without_a_date_the_meeting_is_today_and_says_so(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rapat Inflasi")
    assert "jadi hari ini" in sekretariat.reads()
    assert (await current(cast)).held_at == cast.clock.now()


async def test_the_list_leads_back_to_an_earlier_meeting(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat")
    assert "Belum ada rapat" in sekretariat.reads()
    await sekretariat.presses("➕ Rapat baru")
    assert "nama rapat" in sekretariat.reads()
    await sekretariat.says("Rakorpem Januari, 23 Januari 2026, Aula Melati")
    await sekretariat.says("/rapat Rapat Stunting, 26 Januari 2026")
    await sekretariat.says("/rapat")
    assert "Rapat Stunting · rapat berjalan" in sekretariat.reads()
    await sekretariat.presses("📍 Rakorpem Januari")
    assert "Rakorpem Januari · rapat berjalan" in sekretariat.last.text
    assert (await current(cast)).title == "Rakorpem Januari"


async def test_the_same_meeting_is_not_opened_twice(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem Januari, 23 Januari 2026")
    await sekretariat.says("/rapat rakorpem januari, 23/1/2026")
    assert "sudah tercatat" in sekretariat.reads()
    async with cast.database.reading() as session:
        assert len(list(await session.scalars(select(Meeting)))) == 1


async def test_a_mistyped_meeting_is_put_right(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpm, 22 Januari 2026, Aula Melati")
    await sekretariat.presses("✏️ Perbaiki")
    await sekretariat.says("Rakorpem Januari, 23 Januari 2026")
    assert "Rapat diperbaiki: Rakorpem Januari, Jumat, 23 Januari 2026" in sekretariat.reads()
    assert (await current(cast)).place == "Aula Melati"


async def test_a_day_that_does_not_exist_is_refused_in_words(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat Rakorpem, 31 Februari 2026, Aula Melati")
    assert "31 Februari 2026” tidak ada di kalender" in sekretariat.reads()
    async with cast.database.reading() as session:
        assert await current_meeting(session) is None


async def test_a_line_with_a_date_only_asks_for_the_name(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat 23 Januari 2026")
    assert "Nama rapatnya belum ada" in sekretariat.reads()


async def test_a_camat_opens_no_meeting(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await camat.says("/rapat Rakorpem Januari, 23 Januari 2026")
    assert "bukan untuk jabatan Bapak/Ibu" in camat.reads()


async def test_forged_and_stale_buttons_are_answered(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    await sekretariat.says("/rapat")
    for data in ("1:meeting_use", "1:meeting_use:999", "1:meeting_use:x", "1:meeting_change:-1", "1:meetings:zz"):
        await sekretariat.presses_data(data, sekretariat.last)


NOW = wib("2026-01-23 10:00")


@pytest.mark.parametrize(
    ("words", "title", "held_at", "place"),
    [
        ("Rakorpem Januari, 23 Januari 2026, Aula Melati", "Rakorpem Januari", "2026-01-23 09:00", "Aula Melati"),
        ("Rakor Pangan 5/2/2026 jam 14.00 Aula Kecamatan", "Rakor Pangan", "2026-02-05 14:00", "Aula Kecamatan"),
        ("Rakor besok", "Rakor", "2026-01-24 09:00", None),
        ("Rakor, kemarin, Pendopo", "Rakor", "2026-01-22 09:00", "Pendopo"),
        ("Rakorpem 30 Desember", "Rakorpem", "2025-12-30 09:00", None),
        ("Jumat, 23 Januari 2026, Rakorpem, Aula", "Rakorpem", "2026-01-23 09:00", "Aula"),
        ("Rapat Peb, 9 Pebruari 2026 pkl 08:30 wib s.d. selesai, Aula", "Rapat Peb", "2026-02-09 08:30", "Aula"),
    ],
)
def test_a_meetings_line_is_read(words: str, title: str, held_at: str, place: str | None) -> None:
    details = read_meeting(words, NOW)
    assert (details.title, details.held_at, details.place) == (title, wib(held_at), place)


def test_a_meeting_needs_no_date() -> None:
    details = read_meeting("Rapat Inflasi, Aula Melati", NOW)
    assert (details.title, details.held_at, details.place) == ("Rapat Inflasi", None, "Aula Melati")


def test_an_impossible_day_is_said() -> None:
    with pytest.raises(ImpossibleMeetingDate):
        read_meeting("Rakorpem, 30 Februari 2026", NOW)


@pytest.mark.parametrize(
    ("text", "held_at", "title"),
    [
        (
            "NOTULEN RAKORPEM\nHari/Tanggal : Senin, 9 Februari 2026\nWaktu : 08.30 WIB\n1. …",
            "2026-02-09 08:30",
            "RAKORPEM",
        ),
        ("*RESUME RAKORPEM 8 JUNI 2026*\n1. Dinas …", "2026-06-08 09:00", "Rakorpem"),
        ("RAKORPEM NOV 2026\nsenin 2-11-2026 09.00\npeserta: lengkap", "2026-11-02 09:00", "Rakorpem Nov 2026"),
    ],
)
def test_a_notulen_says_when_it_was_held(text: str, held_at: str, title: str) -> None:
    details = read_heading(text, NOW)
    assert details is not None
    assert details.held_at == wib(held_at)
    assert details.title.casefold() == title.casefold()


def test_dates_among_the_directives_are_not_the_meetings() -> None:
    assert read_heading("1. Camat Meranti agar mendata paling lambat 30 Januari 2026.", NOW) is None
    assert read_heading("Arahan Bupati\n- Dinas A selesai 5 Februari", NOW) is None


def test_reading_a_heading_costs_little_whatever_it_is() -> None:
    assert read_heading("x" * 100_000, datetime(2026, 1, 23, tzinfo=WIB)) is None
