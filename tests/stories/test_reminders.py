"""The bot reminds: one digest for each post and day, never at night, never twice."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from config import load_settings
from jobs.reminders import in_quiet_hours, reminder_days
from models.mailbox import Outgoing
from tests.cast import Cast, Person, wib


def digests(camat: Person) -> list[str]:
    return [shown.text for shown in camat.screen.messages if "Pengingat tugas" in shown.text]


async def test_digests_come_seven_three_one_days_before_and_on_the_day(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-02-06 23:59"))
    days: list[int] = []
    for day in range(24, 32):
        await cast.time_passes(to=wib(f"2026-01-{day} 07:30"))
        days += [day] * (len(digests(camat)) - len(days))
    for day in range(1, 8):
        await cast.time_passes(to=wib(f"2026-02-0{day} 07:30"))
        days += [day] * (len(digests(camat)) - len(days))
    # H-7, H-3, H-1, the day itself; it became late on Saturday, which is no working day.
    assert days == [30, 3, 5, 6]
    await cast.time_passes(to=wib("2026-02-09 07:30"))
    assert "terlambat 3 hari" in digests(camat)[-1]


async def test_one_digest_holds_all_tasks_by_urgency_with_buttons(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Tugas lama", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    await cast.directive("Tugas baru", ["Kecamatan Air Joman"], due=wib("2026-01-29 23:59"))
    await cast.time_passes(to=wib("2026-01-26 07:31"))
    [text] = digests(camat)
    assert text.index("Tugas lama") < text.index("Tugas baru")
    assert "hari ini" in text
    assert "3 hari lagi" in text
    assert camat.last.labels == ["📝 Lapor 2026-01-01", "📝 Lapor 2026-01-02", "📋 Semua tugas"]
    await camat.presses("📝 Lapor 2026-01-02")
    await camat.says("sudah 30%")
    assert "tugas 2026-01-02" in camat.reads()


async def test_a_tick_that_runs_again_sends_nothing_more(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    for _ in range(3):
        await cast.time_passes(to=wib("2026-01-26 07:30"))
    await cast.time_passes(minutes=20)
    assert len(digests(camat)) == 1
    async with cast.database.reading() as session:
        count = select(func.count()).where(Outgoing.kind == "reminder")
        assert await session.scalar(count) == 1


async def test_nothing_is_due_nothing_is_sent(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Tanpa tenggat", ["Kecamatan Air Joman"])
    await cast.directive("Masih lama", ["Kecamatan Air Joman"], due=wib("2026-06-30 23:59"))
    await cast.time_passes(to=wib("2026-01-26 07:30"))
    assert digests(camat) == []


async def test_what_waits_for_verification_is_not_reminded_of(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    await camat.sends_photo("selesai")
    await cast.time_passes(to=wib("2026-01-26 07:30"))
    assert digests(camat) == []


async def test_back_after_an_outage_it_sends_once_and_says_so(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-29 23:59"))
    await cast.time_passes(to=wib("2026-01-24 07:30"))
    await cast.time_passes(to=wib("2026-01-26 14:00"))
    [text] = digests(camat)
    assert "tertunda" in text


async def test_a_reminder_missed_for_days_joins_the_next_digest(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-30 23:59"))
    await cast.time_passes(to=wib("2026-01-25 07:30"))
    await cast.time_passes(to=wib("2026-01-28 07:30"))
    [text] = digests(camat)
    assert "Mendata lahan" in text
    assert "tertunda" in text


async def test_nobody_is_woken_at_night(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    await cast.time_passes(to=wib("2026-01-26 21:00"))
    assert digests(camat) == []
    await cast.time_passes(to=wib("2026-01-27 05:59"))
    assert digests(camat) == []
    await cast.time_passes(to=wib("2026-01-27 07:30"))
    assert "terlambat 1 hari" in digests(camat)[0]


def test_a_public_holiday_passes_its_reminder_on_but_never_the_deadline() -> None:
    # Tuesday 17 February 2026 is Imlek, the day before is joint leave.
    due = date(2026, 2, 18)
    assert reminder_days(due, [1]) == {due}
    assert reminder_days(date(2026, 2, 17), [0]) == {date(2026, 2, 17)}
    assert reminder_days(date(2026, 2, 20), [3]) == {date(2026, 2, 18)}


@pytest.mark.parametrize(
    ("at", "quiet"), [("19:59", False), ("20:00", True), ("00:00", True), ("05:59", True), ("06:00", False)]
)
def test_quiet_hours_cross_midnight(at: str, quiet: bool) -> None:
    assert in_quiet_hours(wib(f"2026-01-26 {at}").time(), load_settings()) is quiet
