"""One simulated network as the playground plays it: what people can do there, and what they see."""

from collections.abc import Collection
from typing import Any, Protocol

import msgspec

from bot.playground.shown import ShownChat, ShownNetwork, Switches
from domain.address import Account, Address, MessageRef

SLOW = 2.0
"""Seconds that a slow network takes for every answer."""

LONGEST = 4096
"""Characters that the app lets a person send at once (Telegram's own limit)."""

GROUP = "group"


class Cannot(Exception):
    """The app would not let this person do that; the code names the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Attached(msgspec.Struct, frozen=True):
    """A file that somebody picked."""

    name: str
    content: bytes
    mime: str = ""


def shown_group(network: str, title: str, people: Collection[str], left: list[str]) -> ShownChat:
    """The group of a network: who belongs there, and who of them went away."""
    return ShownChat(
        id=f"{network}/{GROUP}",
        network=network,
        kind="group",
        title=title,
        who=None,
        members=list(people),
        left=left,
        blocked=False,
    )


def shown_private(network: str, who: str, title: str, *, blocked: bool) -> ShownChat:
    """Somebody's chat with the bot."""
    return ShownChat(
        id=f"{network}/{who}",
        network=network,
        kind="private",
        title=title,
        who=who,
        members=[who],
        left=[],
        blocked=blocked,
    )


class Side(Protocol):
    """People go by ``who`` they are, a chat by its person or GROUP; every verb raises Cannot."""

    @property
    def name(self) -> str:
        """Of the network."""
        ...

    @property
    def players(self) -> Collection[str]:
        """Who can be played."""
        ...

    def account(self, who: str) -> Account:
        """Somebody as the bot's channel names them."""
        ...

    def address(self, who: str) -> Address:
        """Their private chat with the bot."""
        ...

    def group_address(self) -> Address:
        """The group."""
        ...

    def place(self, message: Any) -> tuple[Address, MessageRef] | None:
        """Where a message stands, as the bot's channel names it; None where the bot was not."""
        ...

    def acquaint(self, who: str) -> None:
        """They wrote to the bot before the curtain rose: it may write to them."""
        ...

    def network(self) -> ShownNetwork:
        """All of it, but for the messages."""
        ...

    def chat_of(self, at: Address) -> str:
        """The id of the chat at an address; "" where it is none of theirs."""
        ...

    def chat(self, id: str) -> ShownChat:
        """One chat, as ``telegram/member1``, without its messages."""
        ...

    def say(self, who: str, chat: str, text: str, reply_to: Any, *, mention: bool) -> Any:
        """Write; the message. ``mention`` puts the bot's name before it."""
        ...

    def press(self, who: str, message: Any, place: tuple[int, int]) -> Any:
        """Press a button; the message that this sent, if any."""
        ...

    def open_link(self, who: str, url: str) -> Any:
        """Follow a link to the bot."""
        ...

    def send_photo(self, who: str, chat: str, file: Attached, caption: str) -> Any:
        """Send a picture."""
        ...

    def send_file(self, who: str, chat: str, file: Attached, caption: str) -> Any:
        """Send a file."""
        ...

    def send_sticker(self, who: str, chat: str) -> Any:
        """Send a sticker."""
        ...

    def send_voice(self, who: str, chat: str) -> Any:
        """Send something spoken."""
        ...

    def edit(self, who: str, message: Any, text: str) -> Any:
        """Change what one wrote."""
        ...

    def block(self, who: str) -> None:
        """Block the bot."""
        ...

    def unblock(self, who: str) -> None:
        """Let the bot write again."""
        ...

    def leave(self, who: str) -> None:
        """Leave the group."""
        ...

    def join(self, who: str) -> None:
        """Come back to the group, or come for the first time."""
        ...

    def upgrade(self, who: str) -> None:
        """Make the group a larger kind of group, which lives elsewhere."""
        ...

    def file(self, message: Any) -> Attached | None:
        """What was sent with a message."""
        ...

    def switch(self, to: Switches) -> None:
        """Let the network fail in these ways and no others."""
        ...

    def wake(self) -> None:
        """The clock was moved."""
        ...
