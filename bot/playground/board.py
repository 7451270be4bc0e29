"""What the page shows: the chats, their messages, and every change under an increasing number.

A page that was reloaded asks for the state and then for what changed after its number, so nothing
is lost. A change is told as the thing is when it is read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from time import perf_counter
from typing import Any, Literal

import msgspec

from bot.playground.shown import Shown
from bot.playground.watching import Watched

Kind = Literal["message", "edited", "deleted", "chat", "clock", "switches", "tour"]

PAGE = 200
"""Messages of a chat that are told at once."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is other than before; ``tell`` says how it is now."""

    number: int
    kind: Kind
    tell: Callable[[], Any]


@dataclass(slots=True, eq=False)
class Entry:
    """One message on the board; ``message`` is the simulated network's own, ``at`` local."""

    id: str
    number: int
    chat: str
    at: datetime
    message: Any
    look: Callable[["Entry"], Shown]
    deleted: bool = False
    seen: float = 0.0
    """When it was last put up or changed, in real seconds of ``perf_counter``."""

    def shown(self) -> Shown:
        """As it is now."""
        return msgspec.structs.replace(self.look(self), turn=self.id)


class Board(Watched):
    """Everything that can be seen, and how it came about."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self._changes: list[Change] = []
        self._by_id: dict[str, Entry] = {}
        self._by_message: dict[Hashable, Entry] = {}
        self._by_chat: dict[str, list[Entry]] = {}

    def close(self) -> None:
        """Let go of everybody who waits for a change."""
        self.closed = True
        self.stir()

    async def later(self, number: int, patience: float) -> None:
        """Wait for a change after this one, or the end. Raises TimeoutError."""
        await self.until(lambda: self.closed or self.number > number, patience)

    @property
    def number(self) -> int:
        """Of the last change."""
        return len(self._changes)

    def note(
        self,
        chat: str,
        message: Hashable,
        at: datetime,
        look: Callable[[Entry], Shown],
        *,
        deleted: bool = False,
    ) -> None:
        """A message came to a chat, was changed or is gone."""
        entry = self._by_message.get(message)
        if entry is None:
            number = self.number + 1
            entry = Entry(str(number), number, chat, at, message, look)
            self._by_id[entry.id] = self._by_message[message] = entry
            self._by_chat.setdefault(chat, []).append(entry)
            kind: Kind = "message"
        else:
            entry.deleted = deleted
            kind = "deleted" if deleted else "edited"
        entry.seen = perf_counter()
        self.change(kind, entry.shown)

    def change(self, kind: Kind, tell: Callable[[], Any]) -> None:
        """Tell everybody who looks."""
        self._changes.append(Change(self.number + 1, kind, tell))
        self.stir()

    def after(self, number: int) -> list[Change]:
        """The changes after this one, oldest first."""
        return self._changes[max(0, number) :]

    def entry(self, id: str) -> Entry | None:
        """The message of an id."""
        return self._by_id.get(id)

    def entries(self, chat: str) -> list[Entry]:
        """The messages of a chat, oldest first."""
        return self._by_chat.get(chat, [])

    def since(self, entry: Entry) -> list[Entry]:
        """What came after a message in its chat."""
        entries = self.entries(entry.chat)
        return entries[bisect_right(entries, entry.number, key=attrgetter("number")) :]

    def id_of(self, message: Hashable) -> str | None:
        """The id of a network's message, when it is on the board."""
        entry = self._by_message.get(message)
        return entry.id if entry else None

    def page(self, chat: str, before: int | None = None, last: int = PAGE) -> list[Shown]:
        """The last messages of a chat before a number, oldest first."""
        entries = self._by_chat.get(chat, [])
        end = len(entries)
        if before is not None:
            end = bisect_left(entries, before, key=attrgetter("number"))
        return [entry.shown() for entry in entries[max(0, end - last) : end]]
