"""What stands between us and one chat: what was offered last and what we wait for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.action import Action
from domain.address import Address
from domain.message import Outgoing


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice last offered: its label may be typed, or its number."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Pushed:
    """Choices of the last message that came unasked, and when (UTC): "1" may mean one of them."""

    offers: tuple[Offer, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat and its open ends.

    ``expects`` names who takes the next free text ("consent", "reason", ...; empty: the open
    draft), ``about`` is what they need to know. ``offers`` are the choices shown last in answer.
    """

    address: Address
    person: int | None = None
    expects: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    spoken_at: datetime | None = None
    """When the person last wrote here, UTC."""


def offered(said: tuple[Outgoing, ...] | list[Outgoing]) -> tuple[Offer, ...]:
    """The choices that the last message with buttons leaves open, in the order shown."""
    for outgoing in reversed(said):
        if buttons := outgoing.actions():
            return tuple(Offer(b.label, b.action) for b in buttons if b.action)
    return ()
