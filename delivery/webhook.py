"""Taking updates by webhook, and telling how delivery is doing: /healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any

import uvicorn
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import TelegramError

from clock import Clock
from delivery.condition import Condition, look, metrics
from delivery.engine import Delivery
from delivery.faults import fault_point
from delivery.intake import ALLOWED_UPDATES, keep_aside, store_updates
from delivery.leadership import announce
from delivery.telegram import KawalBot
from models.database import Database

log = logging.getLogger(__name__)

SECRET_LENGTH = 32
"""Fewer characters than this could be guessed, and whoever knows the secret can speak as anybody."""
BODY_LIMIT = 1 << 20
RETRY_AFTER_SECONDS = 5
STORE_SECONDS = 20.0
"""Telegram waits a minute for an answer; by then it should have heard that we can't take the update."""
READY_SECONDS = 3.0


def create_app(
    delivery: Delivery, database: Database, clock: Clock, *, path: str = "/telegram", secret: str | None = None
) -> Starlette:
    """The web application of one process. Without a secret it has no webhook, only health and metrics.

    Raises ValueError when the secret is shorter than 32 characters.
    """
    door = Door(delivery, database, clock)
    routes = [
        Route("/healthz", door.healthz),
        Route("/readyz", door.readyz),
        Route("/metrics", door.metrics),
    ]
    if secret is not None:
        if len(secret) < SECRET_LENGTH:
            raise ValueError(f"the webhook's secret needs at least {SECRET_LENGTH} characters")
        routes.append(Route(path, Webhook(delivery, database, clock, secret), methods=["POST"]))
    return Starlette(routes=routes)


class Webhook:
    """An ASGI application that writes each update down and says 200 only when it is committed."""

    def __init__(self, delivery: Delivery, database: Database, clock: Clock, secret: str) -> None:
        self._delivery = delivery
        self._database = database
        self._clock = clock
        self._secret = secret.encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            response = await self._take(Request(scope, receive))
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _take(self, request: Request) -> Response:
        presented = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode()
        # Before the body is read: a stranger costs us nothing.
        if not hmac.compare_digest(presented, self._secret):
            return PlainTextResponse("forbidden", 403)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("JSON, please", 415)
        body = await _limited_body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("this is not JSON", 400)
        return await self._store(raw)

    async def _store(self, raw: Any) -> Response:
        try:
            async with asyncio.timeout(STORE_SECONDS), self._database.writing() as session:
                if await store_updates(session, [raw], self._clock.now()):
                    await announce(session, "inbox")
                fault_point("intake.before_commit")
        except ValueError as error:
            return PlainTextResponse(str(error), 400)
        except DataError:
            # Nothing that this database can hold, so bringing it again would not help.
            async with self._database.writing() as session:
                await keep_aside(session, raw, self._clock.now())
        except (SQLAlchemyError, OSError, RecursionError) as error:
            if isinstance(getattr(error, "orig", error), RecursionError):
                return PlainTextResponse("nested too deeply", 400)
            log.warning("an update could not be stored, Telegram will bring it again: %s", type(error).__name__)
            return PlainTextResponse("later, please", 503, {"Retry-After": str(RETRY_AFTER_SECONDS)})
        fault_point("intake.after_commit")
        self._delivery.on_stored()
        return PlainTextResponse("ok")


async def _limited_body(request: Request) -> bytes | None:
    """The body, or None when it is larger than an update can be."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


class Door:
    """What the process tells about itself. Nothing here names a person or shows a text."""

    def __init__(self, delivery: Delivery, database: Database, clock: Clock) -> None:
        self._delivery = delivery
        self._database = database
        self._clock = clock

    async def healthz(self, _request: Request) -> Response:
        """200 while the process lives."""
        return PlainTextResponse("ok")

    async def readyz(self, _request: Request) -> Response:
        """200 while the database can be used, else 503; with the age of the oldest waiting rows and who leads."""
        condition = await self._look()
        if condition is None:
            return JSONResponse({"database": "away", "leader": self._delivery.leads}, 503)
        return JSONResponse(
            {
                "database": "ok",
                "leader": self._delivery.leads,
                "waiting": condition.waiting,
                "oldest_waiting_seconds": condition.oldest_waiting,
                "ready": condition.ready,
                "oldest_ready_seconds": condition.oldest_ready,
                "aside": condition.aside,
            }
        )

    async def metrics(self, _request: Request) -> Response:
        """Everything worth watching, in Prometheus' text format."""
        text, content_type = metrics(await self._look(), self._delivery.tally, leads=self._delivery.leads)
        return Response(text, headers={"Content-Type": content_type})

    async def _look(self) -> Condition | None:
        try:
            async with asyncio.timeout(READY_SECONDS), self._database.reading() as session:
                return await look(session, self._clock.now())
        except (SQLAlchemyError, OSError):
            return None


async def assert_webhook(bot: KawalBot, url: str, secret: str) -> None:
    """Have Telegram deliver to `url`, and check that it says so. Raises TelegramError."""
    await bot.call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES})
    info = await bot.call("getWebhookInfo", {})
    if info.get("url") != url:
        raise TelegramError("Telegram did not keep the webhook's address")
    if info.get("last_error_message"):
        log.warning("the webhook's last failure, says Telegram: %s", info["last_error_message"])


class _Server(uvicorn.Server):
    """uvicorn without its own hold on signals: the bot decides when to stop. `ready` is set once it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()


@asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[int]:
    """Serve the application while the block runs; gives the port, a free one for 0. Raises OSError when taken."""
    config = uvicorn.Config(
        app, host, port, log_config=None, access_log=False, lifespan="off", server_header=False,
        limit_concurrency=200, timeout_keep_alive=65, timeout_graceful_shutdown=10,
    )  # fmt: skip
    listener = config.bind_socket()
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait((ready, task), return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await task
