"""The simulated time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from simulator import Person, Refused, RunningSimulator, SimClock
from simulator.calendar import next_moment

FRIDAY = datetime(2026, 1, 23, 2, 0, tzinfo=UTC)


def test_clock_runs_from_where_it_is_set() -> None:
    clock = SimClock(FRIDAY)
    assert timedelta() <= clock.now() - FRIDAY < timedelta(seconds=5)
    assert clock.advance(timedelta(days=3)) - FRIDAY >= timedelta(days=3)
    assert clock.now().tzinfo is UTC


def test_listeners_hear_of_every_move() -> None:
    clock = SimClock(FRIDAY)
    heard: list[datetime] = []
    clock.on_change(heard.append)
    clock.advance(timedelta(hours=1))
    clock.set(FRIDAY)
    assert [(moment - FRIDAY) // timedelta(hours=1) for moment in heard] == [1, 0]


def test_clock_refuses_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SimClock(datetime(2026, 1, 23))


async def test_messages_carry_the_simulated_time(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sim.world.clock.set(FRIDAY)
    sent = await bot.send_message(chat_id=camat.id, text="halo")
    assert timedelta() <= sent.date - FRIDAY < timedelta(seconds=5)
    camat.say("halo")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.date - FRIDAY < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("wanted", "moment"),
    [
        ("monday 07:00", datetime(2026, 1, 26, 0, 0, tzinfo=UTC)),
        ("senin 07.00", datetime(2026, 1, 26, 0, 0, tzinfo=UTC)),
        ("Friday 09:00", datetime(2026, 1, 30, 2, 0, tzinfo=UTC)),
        ("jumat 09.01", datetime(2026, 1, 23, 2, 1, tzinfo=UTC)),
        ("thursday 0:00", datetime(2026, 1, 28, 17, 0, tzinfo=UTC)),
    ],
)
def test_next_weekday_is_after_now_in_local_time(wanted: str, moment: datetime) -> None:
    assert next_moment(wanted, FRIDAY, "Asia/Jakarta") == moment


@pytest.mark.parametrize("wanted", ["", "senin", "lusa 07.00", "senin 25.00", "senin 07.60"])
def test_other_words_are_refused(wanted: str) -> None:
    with pytest.raises(Refused, match=r"senin 07\.00"):
        next_moment(wanted, FRIDAY, "Asia/Jakarta")
