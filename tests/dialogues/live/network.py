"""What a conversation needs of a network: people who do things, and what the bot said there."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.channels import Opened
from bot.config import Config
from bot.time_and_chance import Clock
from domain.address import Account, Address
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot that says something, all of it: ids by whose they are."""

    chat: str
    what: str
    """The method, the chat and what is not words: ``sendPhoto vu photo=…``."""
    words: str


class Network(Protocol):
    """One simulated network with our bot on it. Chats go by the names that scripts have."""

    carries: frozenset[str]
    """What steps may be ``only`` for."""

    async def open(self, config: Config, database_url: str) -> Opened:
        """The bot account, as after a start."""
        ...

    def begin(self, store: Store, members: Sequence[str]) -> None:
        """Store what there is on this network when somebody has joined."""
        ...

    def account(self, who: str) -> Account:
        """Somebody, whom the bot may write to."""
        ...

    def chat(self, name: str) -> Address:
        """Somebody's private chat, or a group's."""
        ...

    def gather(self, group: str, members: Sequence[str]) -> None:
        """Let there be a group that the bot is in, and these people."""
        ...

    def say(self, who: str, group: str, text: str) -> str:
        """Write, in a group to the bot; what stands there then."""
        ...

    def show(self, who: str, caption: str) -> str:
        """Send a picture."""
        ...

    def send(self, who: str, kind: str) -> str:
        """Send a sticker, a voice or a file."""
        ...

    def updates(self) -> list[bytes]:
        """What the bot is to be told, as it is told; each once."""
        ...

    def calls(self) -> list[Call]:
        """What the bot has said since the last time, in the order of a chat."""
        ...

    def read(self) -> dict[Address, list[str]]:
        """What people got to read since the last time, chat by chat."""
        ...


N = TypeVar("N", bound=Network)

Open = Callable[[Clock], AbstractAsyncContextManager[N]]
"""Starts one, on a clock."""
