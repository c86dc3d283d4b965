"""The webhook's door: only Telegram comes in, nothing is acknowledged before it is committed, and it tells how it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from telegram.error import TelegramError

from delivery import webhook
from delivery.application import build_application
from delivery.engine import Delivery
from delivery.telegram import build_bot
from delivery.webhook import assert_webhook, create_app, serving
from models.database import Database
from models.mailbox import Incoming
from tests.delivery.conftest import Crowd, Enqueue, StandingClock, until
from tests.delivery.fake_telegram import FakeTelegram, message

SECRET = "s" * 40
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
def delivery(database: Database, clock: StandingClock, telegram: FakeTelegram, tmp_path: Path) -> Delivery:
    bot = telegram.bot()
    return Delivery(database, clock, bot, build_application(bot), tmp_path, "Mohon maaf.", polling=False)


@pytest.fixture
async def door(delivery: Delivery, database: Database, clock: StandingClock) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(delivery, database, clock, secret=SECRET))
    async with httpx.AsyncClient(transport=transport, base_url="http://kawal") as client:
        yield client


async def stored(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(select(Incoming.update_id)))


async def test_an_update_is_committed_before_200(door: httpx.AsyncClient, database: Database) -> None:
    answer = await door.post("/telegram", json=message(5, 7, "a"), headers=HEADERS)
    assert answer.status_code == 200
    assert await stored(database) == [5]
    assert (await door.post("/telegram", json=message(5, 7, "a"), headers=HEADERS)).status_code == 200
    assert await stored(database) == [5]


@pytest.mark.parametrize("secret", [None, "", "x" * 40, SECRET[:-1], SECRET + "s", "é" * 40])
async def test_a_stranger_is_refused_before_the_body_is_read(
    door: httpx.AsyncClient, database: Database, secret: str | None
) -> None:
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield json.dumps(message(5, 7, "a")).encode()

    headers = {"Content-Type": "application/json"}
    sent: dict[str, Any] = headers if secret is None else headers | {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    answer = await door.post("/telegram", content=body(), headers=sent)
    assert answer.status_code == 403
    assert not read
    assert await stored(database) == []


def test_a_short_secret_is_refused(delivery: Delivery, database: Database, clock: StandingClock) -> None:
    with pytest.raises(ValueError, match="at least 32"):
        create_app(delivery, database, clock, secret="s" * 31)


async def test_without_a_secret_there_is_no_webhook(
    delivery: Delivery, database: Database, clock: StandingClock
) -> None:
    transport = httpx.ASGITransport(create_app(delivery, database, clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://kawal") as client:
        assert (await client.post("/telegram", json=message(5, 7, "a"), headers=HEADERS)).status_code == 404
        assert (await client.get("/healthz")).text == "ok"


async def test_too_much_and_what_is_no_update_is_refused(
    door: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "BODY_LIMIT", 1000)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    json_headers = HEADERS | {"Content-Type": "application/json"}
    assert (await door.post("/telegram", content=b" " * 1001, headers=json_headers)).status_code == 413
    assert (await door.post("/telegram", content=endless(), headers=json_headers)).status_code == 413
    assert (await door.post("/telegram", content=b"{", headers=json_headers)).status_code == 400
    nonsenses: list[Any] = [[], "x", {"update_id": "5"}, {"update_id": True}, {"update_id": 2**70}, {"message": {}}]
    for nonsense in nonsenses:
        assert (await door.post("/telegram", json=nonsense, headers=HEADERS)).status_code == 400
    assert (await door.post("/telegram", content=b"{}", headers=HEADERS)).status_code == 415
    assert (await door.get("/telegram", headers=HEADERS)).status_code in (404, 405)
    assert await stored(database) == []


@pytest.mark.parametrize(
    "message",
    [b"[" * 100_000 + b"]" * 100_000, b"[" * 930 + b"]" * 930, b'{"a":' * 400_000],
    ids=["deep", "less deep", "unclosed"],
)
async def test_what_is_nested_too_deeply_is_refused_for_good_and_not_for_later(
    door: httpx.AsyncClient, database: Database, message: bytes
) -> None:
    body = b'{"update_id": 5, "message": ' + message + b"}"
    answer = await door.post("/telegram", content=body, headers=HEADERS | {"Content-Type": "application/json"})
    assert answer.status_code in (200, 400, 413)
    assert len(await stored(database)) == (answer.status_code == 200)


async def test_while_the_database_is_away_telegram_is_told_to_come_again(
    door: httpx.AsyncClient, database: Database
) -> None:
    def refuse(*_: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("away"))

    event.listen(database.engine.sync_engine, "commit", refuse)
    answer = await door.post("/telegram", json=message(5, 7, "a"), headers=HEADERS)
    event.remove(database.engine.sync_engine, "commit", refuse)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert await stored(database) == []


async def test_what_the_database_cannot_hold_is_not_brought_for_ever(
    door: httpx.AsyncClient, database: Database
) -> None:
    body = b'{"update_id": 6, "message": {"chat": {"id": 7}, "location": {"latitude": NaN}}}'
    assert (
        await door.post("/telegram", content=body, headers=HEADERS | {"Content-Type": "application/json"})
    ).status_code == 200
    assert await stored(database) == [6]


async def test_readiness_tells_the_age_of_what_waits(
    door: httpx.AsyncClient, clock: StandingClock, say: Enqueue
) -> None:
    await door.post("/telegram", json=message(5, 7, "a"), headers=HEADERS)
    await say(7, "a")
    await say(7, "besok", not_before=clock.now() + timedelta(days=1))
    clock.pass_time(timedelta(seconds=90))
    ready = await door.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {
        "database": "ok", "leader": ready.json()["leader"], "waiting": 1, "oldest_waiting_seconds": 90.0,
        "ready": 1, "oldest_ready_seconds": 90.0, "aside": 0,
    }  # fmt: skip


async def test_readiness_fails_when_the_database_does(delivery: Delivery, clock: StandingClock, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path}/missing/kawal.sqlite")
    transport = httpx.ASGITransport(create_app(delivery, nowhere, clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://kawal") as client:
        assert (await client.get("/readyz")).status_code == 503
        figures = (await client.get("/metrics")).text
        assert "kawal_database_up 0.0" in figures
        assert (await client.get("/healthz")).status_code == 200
    await nowhere.close()


async def test_the_metrics_count_what_was_done(
    door: httpx.AsyncClient, delivery: Delivery, telegram: FakeTelegram, say: Enqueue
) -> None:
    await say(7, "a")
    await say(8, "b", urgency=3)
    telegram.script["sendMessage"].append((400, {"ok": False, "error_code": 400, "description": "Bad Request: no"}))
    async with delivery:
        await until(lambda: len(telegram.said()) == 2 and delivery.tally.sent == 1)
        answer = await door.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    for line in ("kawal_sent_total 1.0", "kawal_failed_total 1.0", "kawal_call_seconds_count 2.0",
                 "kawal_inbox_waiting 0.0", "kawal_outbox_ready 0.0", "kawal_leader 1.0"):  # fmt: skip
        assert line in answer.text


async def test_the_address_is_told_to_telegram_and_checked(telegram: FakeTelegram) -> None:
    telegram.script["getWebhookInfo"].append((200, {"ok": True, "result": {"url": "https://kawal/telegram"}}))
    await assert_webhook(telegram.bot(), "https://kawal/telegram", SECRET)
    told = telegram.called("setWebhook")[0].parameters
    assert (told["url"], told["secret_token"]) == ("https://kawal/telegram", SECRET)
    telegram.script["getWebhookInfo"].append((200, {"ok": True, "result": {"url": "https://other/"}}))
    with pytest.raises(TelegramError):
        await assert_webhook(telegram.bot(), "https://kawal/telegram", SECRET)


async def test_updates_come_by_webhook_over_the_wire(
    database: Database, clock: StandingClock, crowd: Crowd, tmp_path: Path
) -> None:
    bot = build_bot(crowd.world.token, crowd.sim.url)
    delivery = Delivery(database, clock, bot, build_application(bot), tmp_path, "Mohon maaf.", polling=False)
    app = create_app(delivery, database, clock, secret=SECRET)
    async with serving(app, "127.0.0.1", 0) as port:
        await assert_webhook(bot, f"http://127.0.0.1:{port}/telegram", SECRET)
        crowd.chatter(30)
        await until_stored(database, 30)
        await bot.call("deleteWebhook", {})
    await bot.shutdown()


async def until_stored(database: Database, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await stored(database)) < count:  # noqa: ASYNC110  (it comes from outside)
            await asyncio.sleep(0.02)
