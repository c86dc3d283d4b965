"""Somebody sets the machine's clock an hour back or forward on the busiest morning: nothing is doubled or missed."""

from __future__ import annotations

import pytest

from tests.cast import wib
from tests.operations.conftest import Office
from tests.operations.test_kill_jobs import outbox

TIMES = {
    "never set": ["06:30", "07:00", "07:30", "08:00", "08:30"],
    "set back after the summary": ["06:30", "07:00", "06:05", "06:35", "07:05", "07:30", "08:00", "08:30"],
    "set back after everything": ["06:30", "07:00", "07:30", "08:00", "07:00", "07:15", "07:30", "08:00", "08:30"],
    "set forward over everything": ["06:45", "07:45", "08:00", "08:30"],
}


@pytest.mark.parametrize("times", TIMES)
async def test_a_clock_that_is_set_doubles_and_misses_nothing(times: str, office: Office) -> None:
    cast = office.cast
    bupati = await cast.pimpinan()
    before = await outbox(office)
    for time in TIMES[times]:
        await cast.time_passes(to=wib(f"2026-02-02 {time}"))
    sent = await outbox(office) - before
    assert [line for line, count in sent.items() if count > 1] == []
    assert sum(chat == bupati.telegram_id and method == "sendPhoto" for chat, method, _ in sent) == 1
    to_camat = [text for chat, method, text in sent if (chat, method) == (office.camat.telegram_id, "sendMessage")]
    for once in ("Pengingat tugas", "Rapor Kecamatan"):
        assert sum(once in text for text in to_camat) == 1, once
