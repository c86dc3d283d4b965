"""Telegram's sending limits, on a clock of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InputMediaPhoto
from telegram.error import RetryAfter

from simulator import Limits, RunningSimulator, run_simulator
from simulator.pictures import grey_png
from tests.simulator.conftest import client_of


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
async def strict(stopwatch: Stopwatch) -> AsyncIterator[RunningSimulator]:
    async with run_simulator(limits=Limits(monotonic=stopwatch)) as running:
        yield running


async def test_one_private_chat_gets_a_small_burst_then_one_a_second(
    strict: RunningSimulator, stopwatch: Stopwatch
) -> None:
    camat = strict.world.add_person("Camat")
    camat.start()
    async with client_of(strict) as bot:
        sent = [await bot.send_message(chat_id=camat.id, text=str(number)) for number in range(3)]
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(chat_id=camat.id, text="terlalu cepat")
        assert refused.value.retry_after in (1, 1.0) or str(refused.value.retry_after) == "0:00:01"
        with pytest.raises(RetryAfter):
            await sent[0].edit_text("terlalu cepat")
        stopwatch.seconds += 1.0
        await sent[0].edit_text("pada waktunya")
    call = strict.world.calls_of("sendMessage")[-1]
    assert call.status == 429
    assert len(camat.received()) == 3


async def test_the_answer_says_when_to_come_back(strict: RunningSimulator) -> None:
    import httpx

    group = strict.world.add_group("Rakorpem", strict.world.add_person("Sekretariat"), with_bot=True)
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        for number in range(21):
            response = await client.post(
                f"{strict.base_url}{strict.world.token}/sendMessage", json={"chat_id": group.id, "text": str(number)}
            )
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 60",
        "parameters": {"retry_after": 60},
    }


async def test_album_counts_every_picture(strict: RunningSimulator, stopwatch: Stopwatch) -> None:
    group = strict.world.add_group("Rakorpem", strict.world.add_person("Sekretariat"), with_bot=True)
    async with client_of(strict) as bot:
        album = [InputMediaPhoto(grey_png(10, 10)) for _ in range(10)]
        await bot.send_media_group(chat_id=group.id, media=album)
        await bot.send_media_group(chat_id=group.id, media=album)
        with pytest.raises(RetryAfter):
            await bot.send_message(chat_id=group.id, text="satu lagi")
        stopwatch.seconds += 60
        await bot.send_message(chat_id=group.id, text="satu lagi")


def test_thirty_a_second_overall(stopwatch: Stopwatch) -> None:
    limits = Limits(monotonic=stopwatch)
    assert [limits.take(chat) for chat in range(1, 31)] == [0] * 30
    assert limits.take(31) == 1
    stopwatch.seconds += 1.0
    assert limits.take(31) == 0


def test_switched_off() -> None:
    limits = Limits.off()
    assert {limits.take(1) for _ in range(500)} | {limits.take(-1) for _ in range(500)} == {0}


@given(st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2, 3]), st.floats(0, 3)), max_size=150))
@settings(max_examples=40, deadline=None)
def test_no_window_ever_holds_too_much(attempts: list[tuple[int, float]]) -> None:
    stopwatch = Stopwatch()
    limits = Limits(monotonic=stopwatch)
    sent: list[tuple[float, int]] = []
    for chat, pause in attempts:
        stopwatch.seconds += pause
        wait = limits.take(chat)
        if wait:
            stopwatch.seconds += wait
            assert limits.take(chat) == 0, "waiting as long as told must be enough"
        sent.append((stopwatch.seconds, chat))
    for moment, _ in sent:
        assert sum(moment - 1 < at <= moment for at, _ in sent) <= 30
        for group in (-1, -2):
            assert sum(moment - 60 < at <= moment for at, chat in sent if chat == group) <= 20
        for person in (1, 2, 3):
            assert sum(moment - 10 < at <= moment for at, chat in sent if chat == person) <= 13
