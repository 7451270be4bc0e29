"""What a button carries: a verb, what it is about, and the version it was shown for."""

from dataclasses import dataclass

ACTION_BYTES = 64
"""Telegram's limit on callback data, in bytes (Bot API, InlineKeyboardButton)."""


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
        if len(packed.encode()) > ACTION_BYTES:
            return None
        return cls(verb, id, int(version))
