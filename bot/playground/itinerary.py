"""The steps of the guided tour as ``tour.toml`` tells them, for each network."""

from typing import Literal

import msgspec

from bot.packaged import packaged
from bot.toml_file import read_toml


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is done; exactly one of the verbs is there."""

    who: str = ""
    """Whoever the step's column is of."""
    say: str = ""
    mention: str = ""
    """Said to the bot in a group."""
    press: str = ""
    """The label of a button, or how it begins; said where there are none."""
    photo: bool = False
    link: str = ""
    """In whose column the link is that is opened."""
    clock: Literal["", "hour", "day", "monday", "deadline"] = ""


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is different on one network; "" and nothing is what is not."""

    text: str = ""
    hand: str = ""
    do: tuple[Action, ...] = ()


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: done once ``sees`` was read in the column."""

    title: str
    text: str
    hand: str
    column: str
    sees: str
    do: tuple[Action, ...]
    telegram: Own = Own()
    zalo: Own = Own()

    def on(self, network: str) -> "Step":
        """The step as it is there."""
        own: Own = getattr(self, network)
        return msgspec.structs.replace(
            self, text=own.text or self.text, hand=own.hand or self.hand, do=own.do or self.do
        )


class Itinerary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it; ``end`` is said after the last step."""

    end: str
    step: tuple[Step, ...]


def itinerary() -> Itinerary:
    """The tour."""
    file = read_toml("tour.toml", packaged("playground", "tour.toml"))
    return msgspec.convert(file.raw, Itinerary)
