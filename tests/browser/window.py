"""The playground's page in a browser, used as people use it."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

PATIENCE = 20_000.0
"""Milliseconds until what should be seen is seen, on a busy machine."""

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


class Window:
    """One tab; ``complaints`` are what a person would find in its console, and foreign requests."""

    def __init__(self, page: Page, url: str, read: Callable[[], None]) -> None:
        """``read`` lets the time pass that people need before they answer."""
        self.page = page
        self.read = read
        self.url = url
        self.complaints: list[str] = []
        self._forgiven: list[str] = []
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    async def open(self) -> None:
        """Load the page and wait until it can be used."""
        await self.page.goto(self.url)
        await self.ready()

    async def ready(self) -> None:
        await self.page.locator("body[data-ready=yes]").wait_for()

    def forgive(self, words: str) -> None:
        """A complaint with these words is what the test is about."""
        self._forgiven.append(words)

    async def look(self, network: str) -> None:
        """Change to the other app."""
        await self.page.get_by_role("radio", name=network, exact=False).check()
        await expect(self.page.locator("body")).to_have_attribute("data-look", network)

    def column(self, chat: str) -> Locator:
        """A chat, as ``zalo/member1``."""
        return self.page.locator("#c-" + chat.replace("/", "-"))

    def box(self, chat: str) -> Locator:
        """Where one writes in it."""
        return self.column(chat).locator("textarea")

    def offered(self, chat: str) -> Locator:
        """What may be picked there while one types."""
        return self.column(chat).locator(".suggestions").get_by_role("option")

    def messages(self, chat: str) -> Locator:
        return self.column(chat).locator(".message")

    async def say(self, chat: str, text: str) -> None:
        """Write it and press Enter."""
        self.read()
        await self.box(chat).fill(text)
        await self.box(chat).press("Enter")

    async def said(self, chat: str, words: str) -> Locator:
        """The last message of the chat with these words, seen."""
        found = self.messages(chat).filter(has_text=words).last
        await expect(found).to_be_visible()
        return found

    async def heard(self, chat: str, words: str) -> Locator:
        """The last message of the bot with these words, seen."""
        found = self.column(chat).locator(".message.bot").filter(has_text=words).last
        await expect(found).to_be_visible()
        return found

    async def press(self, chat: str, label: str) -> None:
        """Press the last button of this name in a chat."""
        self.read()
        keys = self.column(chat).locator(".keyboard")
        await keys.get_by_role("button", name=label, exact=True).last.click()

    async def send(self, chat: str, what: str, name: str, content: bytes, mime: str) -> None:
        """Pick a file from disk; ``what`` is the entry of the menu."""
        self.read()
        await self.column(chat).get_by_role("button", name="Đính kèm").click()
        async with self.page.expect_file_chooser() as choosing:
            await self.page.get_by_role("menuitem", name=what).click()
        chooser = await choosing.value
        await chooser.set_files({"name": name, "mimeType": mime, "buffer": content})

    async def choose(self, dots: Locator, entry: str) -> None:
        """Open a menu and choose an entry of it."""
        await dots.click()
        await self.page.get_by_role("menuitem", name=entry).click()

    def dots(self, place: Locator) -> Locator:
        """The button of a menu in a message or at the head of a chat."""
        return place.get_by_role("button", name="Việc khác")

    async def menu(self, chat: str, entry: str) -> None:
        """Choose from the menu of a chat."""
        await self.choose(self.dots(self.column(chat).locator("> header")), entry)

    async def tool(self, name: str) -> None:
        """Open one of the tools above."""
        await self.page.locator(f"[data-tool={name}]").click()

    @property
    def line(self) -> Locator:
        """What is said of a fault, or of a lost connection."""
        return self.page.locator("#connection")

    @property
    def panel(self) -> Locator:
        """What opens beside the chats."""
        return self.page.locator("#panel")

    async def shut(self) -> None:
        """Close it."""
        await self.panel.get_by_role("button", name="Đóng").click()
        await expect(self.panel).to_be_hidden()

    async def move(self, to: str) -> None:
        """Move the clock and wait until it rests."""
        before = await self.page.locator("#now").inner_text()
        await self.page.locator(f"#moves [data-to={to}]").click()
        await expect(self.page.locator("#now")).not_to_have_text(before)
        await expect(self.page.locator("body.moving")).to_have_count(0)

    async def texts(self, chat: str) -> list[str]:
        """What stands in the chat, top to bottom."""
        return await self.messages(chat).locator(".text").all_text_contents()

    async def accessible(self) -> None:
        """Let axe judge the page as it is, by WCAG 2 A and AA."""
        await self.page.evaluate(AXE_SCRIPT)
        options = json.dumps({"runOnly": list(RULES), "resultTypes": ["violations"]})
        told: Any = await self.page.evaluate(f"axe.run({options})")
        if told["violations"]:
            raise AssertionError("\n".join(map(_violation, told["violations"])))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _complain(self, text: str) -> None:
        if not any(words in text for words in self._forgiven):
            self.complaints.append(text)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws") and address.hostname != "127.0.0.1":
            self.complaints.append(f"foreign: {request.url}")


def _violation(told: Any) -> str:
    nodes = [(node["target"], node["failureSummary"]) for node in told["nodes"]]
    return f"{told['id']}: {nodes[:3]}"
