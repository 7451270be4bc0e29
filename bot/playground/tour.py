"""The guided tour: a walk through the story, done by the page or by hand, on either network.

A step is done once its words were read in its column, whoever did what was to be done.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from bot.packaged import packaged
from bot.playground.answers import read, told
from bot.playground.board import Change, Entry
from bot.playground.itinerary import Action, Step, itinerary
from bot.playground.moving import Where
from bot.playground.script import Deed, Verb
from bot.playground.shown import Shown
from bot.playground.side import Attached, Cannot

if TYPE_CHECKING:
    from bot.playground.stage import Stage

READING = timedelta(seconds=2)
"""The clock's own time until somebody answers: in the second of a question nobody has read it."""

PAUSE = 0.7
"""Real seconds between two deeds, for whoever looks on."""

PATIENCE = 15.0
"""Real seconds until the bot must have answered."""

LONG = 120.0
"""Real seconds until the clock must have been moved."""

RECENT = 20
"""Messages of a chat among which a button or a link is looked for."""

PICTURE = "tram_bom.png"
"""Drawn, and says so."""

LINK = re.compile(r"https?://[^\s,]+[^\s,.;:!?)]")


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Go to a step; ``do`` lets the page do it."""

    network: str
    step: int
    do: bool = False


@dataclass(slots=True)
class Walk:
    """How far the tour is on one network; ``since`` is the change after which a step is read."""

    at: int = 0
    since: int = 0
    doing: bool = False
    fault: str = ""


class Tour:
    """The tour, on each network at its own step."""

    def __init__(self, stage: "Stage") -> None:
        self.pause, self.patience = PAUSE, PATIENCE
        self._stage = stage
        plan = itinerary()
        self._end = plan.end
        self._steps = {name: [each.on(name) for each in plan.step] for name in stage.sides}
        self._walks = {name: Walk() for name in stage.sides}
        self._helping: set[asyncio.Task[None]] = set()

    def routes(self, home: str) -> list[web.RouteDef]:
        """What to mount under the page's own address."""
        words = self._stage.installation.words
        return [
            web.get(home + "tour", told(self._told, words)),
            web.post(home + "tour", told(self._wished, words)),
        ]

    def told(self) -> dict[str, Any]:
        """What the page shows, by network."""
        return {name: self._walk(name) for name in self._walks}

    async def watch(self) -> None:
        """See what is read, until cancelled."""
        board, number = self._stage.board, 0
        while not board.closed:
            for change in board.after(number):
                number = change.number
                self._see(change)
            try:
                await board.later(number, PATIENCE)
            except TimeoutError:
                continue

    async def close(self) -> None:
        """Stop helping."""
        for task in self._helping:
            task.cancel()
        await asyncio.gather(*self._helping, return_exceptions=True)

    def go(self, wish: Wish) -> None:
        """Go to a step, and begin to do it. Raises Cannot."""
        walk = self._walks.get(wish.network)
        if walk is None or not 0 <= wish.step <= len(self._steps[wish.network]):
            raise Cannot("unreadable")
        if walk.doing:
            raise Cannot("touring")
        walk.at, walk.since, walk.fault = wish.step, self._stage.board.number, ""
        if wish.do and wish.step < len(self._steps[wish.network]):
            walk.doing = True
            task = asyncio.get_running_loop().create_task(self._help(wish.network, walk))
            self._helping.add(task)
            task.add_done_callback(self._helping.discard)
        self._tell()

    async def _told(self, request: web.Request) -> Any:
        return self.told()

    async def _wished(self, request: web.Request) -> Any:
        self.go(await read(request, Wish))
        return self.told()

    def _walk(self, network: str) -> dict[str, Any]:
        walk = self._walks[network]
        shown = ("title", "text", "hand", "column")
        return {
            "at": walk.at,
            "doing": walk.doing,
            "fault": walk.fault,
            "steps": [{key: getattr(s, key) for key in shown} for s in self._steps[network]],
            "end": self._end,
        }

    def _see(self, change: Change) -> None:
        if change.kind not in ("message", "edited"):
            return
        said: Shown = change.tell()
        network, _, column = said.chat.partition("/")
        walk, steps = self._walks[network], self._steps[network]
        if walk.at == len(steps) or change.number <= walk.since or said.by.who != "bot":
            return
        step = steps[walk.at]
        if step.column == column and step.sees in said.text:
            walk.at, walk.since, walk.fault = walk.at + 1, change.number, ""
            self._tell()

    def _tell(self) -> None:
        self._stage.board.change("tour", self.told)

    async def _help(self, network: str, walk: Walk) -> None:
        """Do all of a step, waiting for the bot each time."""
        at, step = walk.at, self._steps[network][walk.at]
        words, board = self._stage.installation.words, self._stage.board
        try:
            for place, action in enumerate(step.do):
                if place:
                    await asyncio.sleep(self.pause)
                await self._act(network, step, action)
            await board.until(lambda: walk.at != at, self.patience)
        except Cannot as fault:
            walk.fault = words(f"playground.cannot.{fault.code}")
        except TimeoutError:
            walk.fault = words("playground.tour_unanswered")
        finally:
            walk.doing = False
            self._tell()

    async def _act(self, network: str, step: Step, action: Action) -> None:
        """One deed, and the bot's answer to it. Raises Cannot or TimeoutError."""
        stage = self._stage
        if action.clock:
            await stage.move(Where(action.clock))
            await stage.board.until(lambda: not stage.moving.told()["moving"], LONG)
            return
        stage.clock.forward(READING)
        stage.wake()
        chat, before = f"{network}/{step.column}", stage.board.number
        deed = self._deed(network, step, action)
        stage.do(deed, _picture() if action.photo else None)
        await stage.board.until(lambda: self._answered(chat, before), self.patience)

    def _answered(self, chat: str, before: int) -> bool:
        """Whether the bot said or changed anything there since."""
        changes = self._stage.board.after(before)
        told = (each.tell() for each in changes if each.kind in ("message", "edited"))
        return any(said.chat == chat and said.by.who == "bot" for said in told)

    def _deed(self, network: str, step: Step, action: Action) -> Deed:
        who, chat = action.who or step.column, f"{network}/{step.column}"
        deed = Deed(network, who, chat, "say", text=action.say)
        verbs: dict[Verb, str | bool] = {"mention": action.mention, "photo": action.photo}
        for verb, meant in verbs.items():
            if meant:
                return msgspec.structs.replace(deed, verb=verb, text=action.mention)
        if action.press:
            return self._press(network, deed, action.press)
        if action.link:
            url = self._link(f"{network}/{action.link}")
            return msgspec.structs.replace(deed, verb="link", url=url)
        return deed

    def _press(self, network: str, deed: Deed, label: str) -> Deed:
        """Press the latest such button; where there are none, say its number, or its words."""
        if not self._stage.sides[network].network().can.buttons:
            number = next(filter(None, (_number(e, label) for e in self._said(deed.chat))), label)
            return msgspec.structs.replace(deed, text=number)
        for entry in self._said(deed.chat):
            for button in (button for row in entry.shown().buttons for button in row):
                if button.label.startswith(label):
                    return msgspec.structs.replace(
                        deed, verb="press", message=entry.id, place=button.place
                    )
        raise Cannot("no_button")

    def _link(self, chat: str) -> str:
        """What the latest invitation there leads to."""
        for entry in self._said(chat):
            if found := LINK.search(entry.shown().text):
                return found.group()
        raise Cannot("no_link")

    def _said(self, chat: str) -> Iterator[Entry]:
        """What the bot said there lately, the latest first."""
        for entry in reversed(self._stage.board.entries(chat)[-RECENT:]):
            if entry.shown().by.who == "bot":
                yield entry


def _picture() -> Attached:
    return Attached(PICTURE, packaged("playground", PICTURE), "image/png")


def _number(entry: Entry, label: str) -> str:
    """Under which number a choice is written: «1 Có · 2 Không», or a line each; "" nowhere."""
    written = rf"(?:^|· )(\d+)[. ] ?{re.escape(label)}"
    found = re.search(written, entry.shown().text, re.MULTILINE)
    return found.group(1) if found else ""
