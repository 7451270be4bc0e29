"""What goes into a step of a form conversation, and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime

from domain.address import MessageRef
from domain.draft import Draft
from domain.errors import Rejected
from domain.form import Question


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the form hears it; ``files`` are ids of kept evidence."""

    text: str
    at: datetime
    ref: MessageRef | None = None
    files: tuple[int, ...] = ()
    album: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Put the open question. ``number`` of ``total``; 0 where a follow-up has no number."""

    draft: Draft
    question: Question
    number: int
    total: int
    heard: tuple[str, ...] = ()
    """Questions whose answers are worth echoing."""
    trouble: Rejected | None = None
    """Why what was said could not be taken."""


@dataclass(frozen=True, slots=True)
class Review:
    """Show everything; nothing is open."""

    draft: Draft
    heard: tuple[str, ...] = ()
    trouble: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Everything that must be told is told, and the person says so."""

    draft: Draft


Turn = Ask | Review | Done
