"""A directive that recurs: when one round is verified, the next one is there."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from models.assignments import Assignment
from models.recurrence import next_due
from tests.cast import WIB, Cast, wib


async def test_the_next_round_comes_with_the_verification(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Melaporkan stok beras setiap Senin", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"),
                         recurrence="FREQ=WEEKLY;BYDAY=MO")  # fmt: skip
    assert "Berulang" in camat.sees("📌 Tugas").text
    await camat.sends_photo("laporan stok selesai")
    await secretary.presses("✅ Setujui")
    assert "selesai berkelanjutan" in camat.sees("telah diverifikasi").text
    card = camat.sees("putaran ke-2")
    assert "Senin, 2 Februari 2026" in card.text
    assert "✅ Terima" in card.labels
    async with cast.database.reading() as session:
        rounds = (await session.scalars(select(Assignment).order_by(Assignment.period))).all()
        assert [(one.period, one.status) for one in rounds] == [(1, "sustained"), (2, "sent")]
        assert rounds[1].due_at == wib("2026-02-02 23:59")


async def test_a_directive_that_does_not_recur_ends(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"], due=wib("2026-01-26 23:59"))
    await camat.sends_photo("selesai")
    await secretary.presses("✅ Setujui")
    async with cast.database.reading() as session:
        assert len((await session.scalars(select(Assignment))).all()) == 1


@pytest.mark.parametrize(
    ("rule", "last", "after", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "2026-01-26 23:59", "2026-01-27 10:00", "2026-02-02 23:59"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-01-26 23:59", "2026-02-10 10:00", "2026-02-16 23:59"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31 23:59", "2026-01-31 23:59", "2026-02-28 23:59"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2026-03-31 23:59", "2026-04-02 08:00", "2026-06-30 23:59"),
        ("FREQ=WEEKLY;BYDAY=WE", "2026-01-28 10:00", "2026-01-28 09:00", "2026-02-04 10:00"),
    ],
)
def test_the_next_date_keeps_weekday_and_time(rule: str, last: str, after: str, expected: str) -> None:
    found: datetime | None = next_due(rule, wib(last), wib(after), WIB)
    assert found == wib(expected)
