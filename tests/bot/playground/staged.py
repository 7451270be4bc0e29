"""A page of the playground without a browser: it does what people do, and listens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

PATIENCE = 20.0
"""Seconds until what should be said has been said, on a busy machine."""

Said = dict[str, Any]


class Page:
    """Knows every message; ``mark`` is the change after which ``heard`` listens."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self.messages: dict[str, Said] = {}
        self.changes: list[tuple[int, str, Said]] = []
        self.mark = 0
        self._changed = asyncio.Event()

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, **said: Any) -> Any:
        async with self.session.post(self.url + path, json=said) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def fault(self, path: str, **said: Any) -> str:
        async with self.session.post(self.url + path, json=said) as response:
            assert response.status == 400, await response.text()
            fault: str = (await response.json())["fault"]
            return fault

    async def do(self, at: str, who: str, verb: str, chat: str = "", **more: Any) -> str | None:
        """Somebody does something on a network, in their own chat unless told otherwise."""
        self.mark = self.number
        told = await self.post(
            "do", network=at, who=who, chat=f"{at}/{chat or who}", verb=verb, **more
        )
        message: str | None = told["message"]
        return message

    async def say(self, at: str, who: str, text: str, chat: str = "", **more: Any) -> str | None:
        return await self.do(at, who, "say", chat, text=text, **more)

    async def send(
        self, verb: str, at: str, who: str, name: str, content: bytes, mime: str, text: str = ""
    ) -> str | None:
        """Send a file as a form does."""
        self.mark = self.number
        form = aiohttp.FormData(quote_fields=False)
        about = {"network": at, "who": who, "chat": f"{at}/{who}", "verb": verb, "text": text}
        for field, value in about.items():
            form.add_field(field, value)
        form.add_field("file", content, filename=name, content_type=mime)
        async with self.session.post(self.url + "do", data=form) as response:
            assert response.status == 200, await response.text()
            message: str | None = (await response.json())["message"]
            return message

    async def press(self, message: Said, label: str) -> None:
        (button,) = [one for row in message["buttons"] for one in row if one["label"] == label]
        at, _, chat = message["chat"].partition("/")
        place, id = button["place"], message["id"]
        await self.do(at, chat, "press", message=id, place=place)

    async def heard(self, chat: str, words: str) -> Said:
        """What the bot says there with these words, after what was done last."""
        return await self.until(lambda: self._said(chat, words))

    async def change(self, kind: str, **wanted: Any) -> Said:
        """The first change of a kind after what was done last, in which this is so."""

        def found() -> Said | None:
            for number, what, data in self.changes:
                if number > self.mark and what == kind and wanted.items() <= data.items():
                    return data
            return None

        return await self.until(found)

    async def move(self, **where: Any) -> Said:
        """Move the clock and wait until it rests; what it tells then."""
        self.mark = self.number
        await self.post("clock", **where)
        return await self.change("clock", moving=False)

    async def until(self, found: Any) -> Any:
        try:
            async with asyncio.timeout(PATIENCE):
                while (told := found()) is None:
                    self._changed.clear()
                    await self._changed.wait()
                return told
        except TimeoutError:
            raise AssertionError([each for each in self.changes if each[0] > self.mark]) from None

    @property
    def number(self) -> int:
        return self.changes[-1][0] if self.changes else 0

    def in_chat(self, chat: str) -> list[Said]:
        return [each for each in self.messages.values() if each["chat"] == chat]

    def _said(self, chat: str, words: str) -> Said | None:
        for each in self.in_chat(chat):
            told = max(n for n, _, data in self.changes if data.get("id") == each["id"])
            if each["from"]["who"] == "bot" and told > self.mark and words in each["text"]:
                return each
        return None

    async def listen(self, after: int, headers: dict[str, str] | None = None) -> None:
        """Take every change after a number, until cancelled."""
        address = f"{self.url}events?after={after}"
        async with self.session.get(address, headers=headers) as response:
            assert response.status == 200
            assert response.content_type == "text/event-stream"
            event: dict[str, str] = {}
            async for raw in response.content:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                if name:
                    event[name] = value
                elif event:
                    self._take(int(event["id"]), event["event"], json.loads(event["data"]))
                    event = {}

    def _take(self, number: int, kind: str, data: Said) -> None:
        if kind in ("message", "edited", "deleted"):
            self.messages[data["id"]] = data
        self.changes.append((number, kind, data))
        self._changed.set()


@asynccontextmanager
async def page_at(url: str) -> AsyncIterator[Page]:
    """A page that listens from the beginning."""
    patience = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with aiohttp.ClientSession(timeout=patience) as session:
        page = Page(session, url)
        listening = asyncio.create_task(page.listen(0))
        try:
            yield page
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
