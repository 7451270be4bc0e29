"""The people on the other side: each answers when told to, and notes how long the bot took."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic, time

from tests.bench import talk
from tests.bench.network import Line
from tests.bench.process import Process


@dataclass(slots=True)
class Seen:
    """What one run saw. ``waits`` are seconds from an answer's being there to the reply to it."""

    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    """Replies that did not ask the next question."""
    seconds: float = 0.0
    cpu: float | None = None
    """Seconds of processor time that the bot took."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class _Person:
    chat: int
    began: int
    step: int = 0
    spoke: float = 0.0
    waiting: bool = False


class Crowd:
    """The people of one bot; everybody who has given eight answers makes room for the next."""

    def __init__(self, line: Line, process: Process, chats: Iterator[int]) -> None:
        """``chats`` are those that the bot knows."""
        self._line = line
        self._process = process
        self._chats = chats
        self._people: dict[int, _Person] = {}
        self._seen = Seen()
        self._rushing = False
        """Whether who is asked answers at once."""
        self._replaced = True
        """Whether who is done makes room for somebody else."""
        line.hear = self._heard

    async def rush(self, people: int, warm: float, seconds: float) -> Seen:
        """Everybody answers as soon as they are asked; what happens while warming up is left out.

        Raises RuntimeError when the bot stops answering.
        """
        self._rushing = True
        for _ in range(people):
            self._speak(self._newcomer())
        await asyncio.sleep(warm)
        seen = self._seen = Seen()
        began, cpu = monotonic(), self._process.cpu()
        await asyncio.sleep(seconds)
        seen.seconds = monotonic() - began
        if cpu is not None and (after := self._process.cpu()) is not None:
            seen.cpu = after - cpu
        self._seen, self._rushing = Seen(), False
        await self._answered()
        return seen

    async def stroll(self, people: int, every: float, seconds: float) -> Seen:
        """Everybody answers once in so many seconds, one after the other."""
        seen = self._seen = Seen()
        crowd = [self._newcomer() for _ in range(people)]
        began, cpu = monotonic(), self._process.cpu()
        count = int(seconds / every) * people
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number * every / people - monotonic()))
            person = crowd[number % people]
            if person.step >= len(talk.STEPS):
                person = crowd[number % people] = self._newcomer()
            if not person.waiting:
                self._speak(person)
        await self._answered()
        seen.seconds = monotonic() - began
        if cpu is not None and (after := self._process.cpu()) is not None:
            seen.cpu = after - cpu
        return seen

    async def everybody(self, people: int) -> int:
        """So many people give all their answers, at the pace of the bot; how many that were."""
        self._rushing, self._replaced = True, False
        seen = self._seen = Seen()
        for _ in range(people):
            self._speak(self._newcomer())
        await self._answered()
        return len(seen.waits)

    def _newcomer(self) -> _Person:
        person = _Person(next(self._chats), int(time()))
        self._people[person.chat] = person
        return person

    def _speak(self, person: _Person) -> None:
        person.waiting, person.spoke = True, monotonic()
        self._line.add(lambda number: talk.update(number, person.chat, person.step, person.began))

    def _heard(self, chat: int, text: str) -> None:
        person = self._people.get(chat)
        if person is None or not person.waiting:
            self._seen.wrong += 1
            return
        person.waiting = False
        self._seen.waits.append(monotonic() - person.spoke)
        self._seen.wrong += not talk.shows_progress(text, person.step)
        person.step += 1
        if person.step == len(talk.STEPS):
            del self._people[chat]
        if not self._rushing:
            return
        if person.step < len(talk.STEPS):
            self._speak(person)
        elif self._replaced:
            self._speak(self._newcomer())

    async def _answered(self) -> None:
        """Let the bot finish, so that it is idle while another is measured."""
        end = monotonic() + 10
        while any(person.waiting for person in self._people.values()):
            if monotonic() > end:
                raise RuntimeError("the bot stopped answering")
            await asyncio.sleep(0.05)  # outside what is measured
        self._people.clear()
