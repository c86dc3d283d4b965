"""A page in headless Chromium, a simulator behind it, and a parrot for a bot; all in one event loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import ConsoleMessage, Error, Page, Request, async_playwright

from simulator import Limits, Person, RunningSimulator, SimClock, World, run_simulator
from tests.browser.find_browser import system_browser
from tests.browser.parrot import Parrot
from tests.browser.screen import Screen

RAKORPEM = datetime(2026, 1, 23, 2, 0, tzinfo=UTC)
"""Friday 23 January 2026, 09.00 WIB."""

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window() -> AsyncIterator[Page]:
    """One window for all tests, in the machine's Chromium or else Playwright's own."""
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(executable_path=system_browser(), args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"no browser on this machine: {error.message.splitlines()[0]}")
        context = await browser.new_context(
            locale="id-ID", timezone_id="America/New_York", reduced_motion="reduce", service_workers="block"
        )
        yield await context.new_page()
        await browser.close()


@pytest.fixture(scope="session")
def port() -> int:
    """The same for every test, so that the browser need not compile the page's scripts each time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


OpenPage = Callable[..., Awaitable[Screen]]


@dataclass(slots=True)
class Demo:
    """A running simulator with the three people of the demo and a parrot for a bot."""

    sim: RunningSimulator
    parrot: Parrot
    secretariat: Person
    camat: Person
    bupati: Person

    @property
    def world(self) -> World:
        return self.sim.world


@pytest_asyncio.fixture(loop_scope="session")
async def demo(port: int) -> AsyncIterator[Demo]:
    world = World(SimClock(RAKORPEM), limits=Limits.off())
    people = [
        world.add_person("Sekretariat", "Dewi", "Lestari"),
        world.add_person("Camat Air Joman", "Sugianto"),
        world.add_person("Bupati", "Taufik", "Zainal"),
    ]
    async with run_simulator(port, world=world) as sim:
        parrot = Parrot(sim.url, world.token)
        polling = asyncio.create_task(parrot.run())
        yield Demo(sim, parrot, *people)
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(window: Page, demo: Demo) -> AsyncIterator[OpenPage]:
    """Opens the page in a window of the given size. Fails the test on any script error or request elsewhere."""
    problems: list[str] = []

    def note_error(error: Error) -> None:
        problems.append(error.message)

    def note_request(request: Request) -> None:
        if not request.url.startswith((demo.sim.url, "blob:", "about:")):
            problems.append(f"request to {request.url}")

    def note_line(line: ConsoleMessage) -> None:
        if line.type == "error":
            problems.append(line.text)

    async def open_at(width: int = 1440, height: int = 900) -> Screen:
        await window.set_viewport_size({"width": width, "height": height})
        await window.goto(demo.sim.url)
        await window.locator(".phone").first.wait_for(state="attached")
        return Screen(window, problems)

    window.on("pageerror", note_error)
    window.on("console", note_line)
    window.on("request", note_request)
    yield open_at
    await window.unroute_all()
    await window.goto("about:blank")
    window.remove_listener("pageerror", note_error)
    window.remove_listener("console", note_line)
    window.remove_listener("request", note_request)
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def screen(open_page: OpenPage) -> Screen:
    """The page at 1440 × 900."""
    return await open_page()
