"""A ticket: something that may be done once, by whoever brings the word that was given out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Ticket:
    """``purpose`` is what it is good for ("bind_group", "hand_over"); the word is never kept."""

    purpose: str
    unit: int
    about: Mapping[str, Any] = field(default_factory=dict)
    expires: datetime | None = None
    issued_by: int | None = None
    """None when the operator gave it out."""
