"""A running simulator, one person, and python-telegram-bot's own client talking to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from simulator import Limits, Person, RunningSimulator, run_simulator


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    async with run_simulator(limits=Limits.off()) as running:
        yield running


@pytest.fixture
def camat(sim: RunningSimulator) -> Person:
    """A person who has opened the bot; the update of that is gone."""
    person = sim.world.add_person("Camat Air Joman", "Budi", "Hartono")
    person.start()
    sim.world.updates.clear()
    return person


def client_of(sim: RunningSimulator) -> Bot:
    """python-telegram-bot's client; without certificates, which take longer to load than a test to run."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"verify": False, "trust_env": False})

    return Bot(
        sim.world.token,
        base_url=sim.base_url,
        base_file_url=sim.base_file_url,
        request=request(),
        get_updates_request=request(),
    )


@pytest.fixture
async def bot(sim: RunningSimulator) -> AsyncIterator[Bot]:
    async with client_of(sim) as client:
        yield client


class RawApi:
    """Calls methods without a library in between, to say what a library would never say."""

    def __init__(self, client: httpx.AsyncClient, base: str) -> None:
        self.client = client
        self.base = base

    async def __call__(self, method: str, **params: object) -> httpx.Response:
        """POST the parameters as JSON."""
        return await self.client.post(f"{self.base}/{method}", json=params)

    async def refusal(self, method: str, **params: object) -> str:
        """The description of the error, which has to have the same code in HTTP and in the body."""
        response = await self(method, **params)
        body = response.json()
        assert body["ok"] is False
        assert response.status_code == body["error_code"]
        return str(body["description"])


@pytest.fixture
async def raw(sim: RunningSimulator) -> AsyncIterator[RawApi]:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        yield RawApi(client, f"{sim.base_url}{sim.world.token}")


async def opened_poll(sim: RunningSimulator, raw: RawApi, **params: object) -> asyncio.Task[httpx.Response]:
    """A getUpdates of 50 s that the server has received and holds open."""
    calling = asyncio.create_task(raw("getUpdates", timeout=50, **params))
    while not sim.world.updates.polling:  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.005)
    return calling
