"""Nobody floods the bot, nobody who works is held up, and what isn't dealt with is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.pace import REMEMBERED, Pace, Rate, Verdict
from models.mailbox import Outgoing
from models.reports import Evidence, Report
from tests.cast import Cast, wib

RATE = Rate(burst=20, per_minute=30)


async def count(cast: Cast, what: type) -> int:
    async with cast.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def test_a_flood_is_stopped_told_once_a_minute_and_counted(cast: Cast) -> None:
    await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("mendata sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    for number in range(20):
        await camat.says(f"catatan ke-{number}: sudah {number + 1}%")
    assert await count(cast, Report) == 20
    camat.reads()
    await camat.says("catatan ke-20: sudah 21%")
    assert "belum dicatat" in camat.reads()
    for number in range(21, 30):
        await camat.says(f"catatan ke-{number}: sudah 30%")
        assert camat.reads() == "", "said once a minute, not each time"
    assert await count(cast, Report) == 20
    cast.clock.at += timedelta(seconds=61)
    await camat.says("sudah 60%")
    answer = camat.reads()
    assert "10 pesan sebelum ini belum dicatat" in answer
    assert "60 %" in answer
    assert await count(cast, Report) == 21


async def test_an_album_and_a_notulen_in_eight_pieces_are_no_flood(cast: Cast) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman")
    await cast.directive("mendata sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    for album in ("a", "b", "c"):
        for number in range(10):
            await camat.sends_photo("sudah 60%" if number == 0 else "", album=album)
    assert await count(cast, Evidence) == 30
    await secretary.says("/notulen")
    for number in range(8):
        await secretary.says(f"{number + 1}. Camat Air Joman agar mendata lahan {'luas ' * 700}")
    assert "terlalu cepat" not in secretary.reads()


async def test_presses_too_fast_are_answered_and_do_nothing(cast: Cast) -> None:
    camat = await cast.pelaksana("Air Joman")
    await cast.directive("mendata sawah", ["Air Joman"], due=wib("2026-01-30 16:00"))
    card = camat.sees("mendata sawah")
    words = [await camat.presses("📝 Lapor", on=card) for _ in range(45)]
    assert "terlalu cepat" not in words[39]
    assert "terlalu cepat" in words[40]
    cast.clock.at += timedelta(seconds=10)
    assert "terlalu cepat" not in await camat.presses("📝 Lapor", on=card)


async def test_a_stranger_cannot_fill_the_outbox(cast: Cast) -> None:
    stranger = cast.stranger()
    for _ in range(60):
        await stranger.says("halo")
    assert await count(cast, Outgoing) == 1


def test_twenty_at_once_and_thirty_a_minute_in_the_long_run() -> None:
    pace = Pace(RATE)
    admitted = [pace.judge(1, number, number * 0.5).admitted for number in range(600)]
    assert all(admitted[:20])
    assert sum(admitted) == pytest.approx(20 + 300 / 2, abs=2)


def test_what_was_written_over_an_hour_is_no_flood_when_it_arrives_at_once() -> None:
    pace = Pace(RATE)
    written_at = [number * 60.0 for number in range(100)]
    assert all(pace.judge(1, number, at).admitted for number, at in enumerate(written_at))


def test_an_update_that_is_tried_again_costs_nothing_and_gets_the_same_answer() -> None:
    pace = Pace(Rate(burst=1, per_minute=1))
    assert [pace.judge(1, 7, 0.0) for _ in range(5)] == [Verdict(admitted=True)] * 5
    assert [pace.judge(1, 8, 0.0) for _ in range(3)] == [Verdict(admitted=False, tell=True)] * 3
    assert pace.judge(2, 9, 0.0).admitted, "one person's flood is nobody else's"


def test_a_clock_that_is_put_back_neither_silences_nor_frees_anybody() -> None:
    pace = Pace(Rate(burst=1, per_minute=60))
    assert pace.judge(1, 1, 10_000.0).admitted
    assert pace.judge(1, 2, 10_000.0).tell
    assert not pace.judge(1, 3, 6_400.0).admitted
    assert pace.judge(1, 4, 10_001.0) == Verdict(admitted=True, missed=2)


def test_the_buckets_of_a_whole_country_stay_small() -> None:
    pace = Pace(RATE)
    for person in range(REMEMBERED + 5_000):
        pace.judge(person, person, float(person))
    assert len(pace._buckets) <= REMEMBERED
