"""Delivery to a webhook over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest

from simulator import Person, RunningSimulator
from simulator.running import QuietServer, listening_socket

Json = dict[str, Any]


class Hook:
    """A bot's web server. `answers` decides the status of each delivery; `got` holds what it accepted."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.got: list[Json] = []
        self.secrets: list[str | None] = []
        self.tries = 0
        self.answers: Callable[[Json], Response] = lambda update: Response()
        self._news = asyncio.Event()

    async def receive(self, request: Request) -> Response:
        update: Json = await request.json()
        self.tries += 1
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.answers(update)
        if answer.status_code == 200:
            self.got.append(update)
        self._news.set()
        return answer

    async def has(self, count: int) -> list[str]:
        """Wait for `count` updates and return their texts."""
        async with asyncio.timeout(3):
            while len(self.got) < count:
                self._news.clear()
                await self._news.wait()
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook(sim: RunningSimulator) -> AsyncIterator[Hook]:
    sim.world.webhook.retry_seconds = 0.02
    listener = listening_socket("127.0.0.1", 0)
    hook = Hook(f"http://127.0.0.1:{listener.getsockname()[1]}/hook")
    app = Starlette(routes=[Route("/hook", hook.receive, methods=["POST"])])
    server = QuietServer(uvicorn.Config(app, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    yield hook
    server.stopping.set()
    await serving


async def test_updates_arrive_with_the_secret(bot: Bot, hook: Hook, camat: Person) -> None:
    camat.say("sebelum webhook")
    await bot.set_webhook(hook.url, secret_token="rahasia-1")
    camat.say("sesudah webhook")
    assert await hook.has(2) == ["sebelum webhook", "sesudah webhook"]
    assert set(hook.secrets) == {"rahasia-1"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (hook.url, 0)


async def test_order_is_kept_within_a_chat_and_a_failing_chat_holds_up_no_other(
    bot: Bot, hook: Hook, sim: RunningSimulator, camat: Person
) -> None:
    failures = 0

    def refuse_camat_at_first(update: Json) -> Response:
        nonlocal failures
        if update["message"]["chat"]["id"] == camat.id and failures < 3:
            failures += 1
            return Response(status_code=500)
        return Response()

    hook.answers = refuse_camat_at_first
    bupati = sim.world.add_person("Bupati")
    await bot.set_webhook(hook.url)
    for number in range(3):
        camat.say(f"camat {number}")
    bupati.say("bupati")
    texts = await hook.has(4)
    assert texts[0] == "bupati"
    assert texts[1:] == ["camat 0", "camat 1", "camat 2"]
    assert hook.tries == 7
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_retry_after_is_honoured(bot: Bot, hook: Hook, camat: Person) -> None:
    loop = asyncio.get_running_loop()
    moments: list[float] = []

    def busy_once(update: Json) -> Response:
        moments.append(loop.time())
        return Response(status_code=503, headers={"Retry-After": "1"}) if len(moments) == 1 else Response()

    hook.answers = busy_once
    await bot.set_webhook(hook.url)
    camat.say("halo")
    await hook.has(1)
    assert moments[1] - moments[0] >= 0.95


async def test_unreachable_webhook_keeps_updates_for_polling(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    camat.say("satu")
    camat.say("dua")
    await asyncio.sleep(0.05)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 2
    assert info.last_error_message == "Connection refused"
    await bot.delete_webhook()
    assert [update.message and update.message.text for update in await bot.get_updates()] == ["satu", "dua"]


async def test_pending_updates_can_be_dropped(bot: Bot, hook: Hook, camat: Person) -> None:
    camat.say("lama")
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    camat.say("baru")
    assert await hook.has(1) == ["baru"]
    await bot.delete_webhook()
    camat.say("lagi")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "description"),
    [
        ("http://bot.example.go.id/hook", None, "Bad webhook: an https url must be provided for webhook"),
        ("https://bot.example.go.id/hook", "dengan spasi", "Secret token contains unallowed characters"),
        ("https://bot.example.go.id/hook", "x" * 257, "Secret token is too long"),
    ],
)
async def test_webhooks_telegram_refuses(bot: Bot, url: str, secret: str | None, description: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.set_webhook(url, secret_token=secret)
    assert refused.value.message.lower() == description.lower()
