"""What a button carries: a verb, what it is about, and the version it was shown for."""

from dataclasses import dataclass

ACTION_BYTES = 64
"""Telegram's limit on callback data, in bytes (Bot API, InlineKeyboardButton)."""

MOST_NUMBER = 2**63 - 1
"""What a table's 64 bits hold."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button's payload; checked again when tapped, because buttons stay clickable for ever.

    >>> Action("edit", "giai_phap", 3).pack()
    'edit:giai_phap:3'
    >>> Action.unpack("edit:giai_phap:3")
    Action(verb='edit', id='giai_phap', version=3)
    """

    verb: str
    id: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        """Refuse what no network could carry."""
        if ":" in self.verb or len(self.pack().encode()) > ACTION_BYTES:
            raise ValueError(f"action does not fit into {ACTION_BYTES} bytes: {self.verb}")

    @property
    def number(self) -> int | None:
        """The id as the number of a row."""
        return row_number(self.id)

    def pack(self) -> str:
        """Write it for the network, at most 64 bytes."""
        return f"{self.verb}:{self.id}:{self.version}"

    @classmethod
    def unpack(cls, packed: str) -> "Action | None":
        """Read what ``pack`` wrote; None for anything else.

        >>> Action.unpack("nonsense") is None
        True
        """
        verb, _, rest = packed.partition(":")
        id, colon, version = rest.rpartition(":")
        if not verb or not colon or not version.isdecimal() or not version.isascii():
            return None
        if len(packed.encode()) > ACTION_BYTES or "\0" in packed:
            return None
        return cls(verb, id, int(version))


STALE = Action("stale")
"""A button that is not one of ours, or no longer."""


def row_number(id: str) -> int | None:
    """The number of a row that an id may be; None for all else that a forged button may carry.

    >>> row_number("27"), row_number("-1"), row_number("9" * 19), row_number("1.x")
    (27, None, None, None)
    """
    if not (id.isascii() and id.isdecimal()) or int(id) > MOST_NUMBER:
        return None
    return int(id)
