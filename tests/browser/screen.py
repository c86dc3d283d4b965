"""The page as a test sees it: phones by their owner's label, with what people do on them and read there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.async_api import FilePayload, Locator, Page, expect

PATIENCE_MS = 5000
expect.set_options(timeout=PATIENCE_MS)


class Phone:
    """One phone on the page. `sees` waits up to five seconds."""

    def __init__(self, page: Page, label: str) -> None:
        self.page = page
        self.label = label
        self.element = page.locator(".phone").filter(
            has=page.get_by_role("heading", name=label, exact=True, include_hidden=True)
        )
        self.input = self.element.locator("textarea")
        self.toast = self.element.locator(".toast")

    @property
    def messages(self) -> Locator:
        return self.element.locator(".message")

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """The latest message with this text."""
        return self.messages.filter(has_text=text).last

    def key(self, label: str) -> Locator:
        """The latest inline button with this label."""
        return self.element.locator(".key", has_text=label).last

    def control(self, name: str) -> Locator:
        """A button of the phone itself: "Kirim", "Lampirkan", "Mulai" …"""
        return self.element.get_by_role("button", name=name, exact=True)

    async def starts(self) -> None:
        await self.control("Mulai").click()
        await self.sees("Selamat datang")

    async def writes(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def presses(self, label: str) -> None:
        await self.key(label).click()

    async def chooses(self, name: str) -> None:
        """An entry of the menu that is open."""
        await self.element.get_by_role("menuitem", name=name).click()

    async def attaches(self, files: Sequence[FilePayload], text: str = "") -> None:
        await self.element.locator("input[type=file]").set_input_files(list(files))
        await self.input.fill(text)
        await self.input.press("Enter")

    async def sees(self, text: str | re.Pattern[str]) -> None:
        await expect(self.message(text)).to_be_visible()

    async def does_not_see(self, text: str) -> None:
        await expect(self.messages.filter(has_text=text)).to_have_count(0)


class Screen:
    """The whole page: the bar on top and the phones."""

    def __init__(self, page: Page, problems: list[str]) -> None:
        self.page = page
        self.problems = problems
        """Script errors, failed requests and requests to elsewhere; the test fails when any is left."""

    def phone(self, label: str) -> Phone:
        return Phone(self.page, label)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("banner").get_by_role("button", name=name)

    async def clock(self) -> str:
        """Time and date as shown, in one line."""
        return " ".join((await self.page.locator("#clock .clock-face").inner_text()).split())

    async def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width: int = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return width
