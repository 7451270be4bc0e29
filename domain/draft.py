"""A form being filled in: everything said so far, saved after every answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.address import MessageRef


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of an answer: an edit of that message corrects just that part."""

    ref: MessageRef | None
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A read value (JSON) and the bubbles it was read from; ``told`` came from another answer."""

    value: Any
    said: tuple[Bubble, ...] = ()
    told: bool = False

    @property
    def text(self) -> str:
        """All bubbles as one text."""
        return "\n".join(bubble.text for bubble in self.said if bubble.text)


REVIEW = ""
"""The place of a draft whose questions are all answered: the preview."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Bản nháp. ``place`` is the open question's key, or REVIEW.

    ``parked`` holds answers to questions that the template no longer has: none is ever lost.
    ``version`` grows with every change, so a button knows whether it is stale.
    """

    id: int
    person: int
    """Who fills it in."""
    author: int
    """Whose initiative it is; differs when a helper enters it."""
    unit: int
    programme: int
    form: str
    form_version: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    parked: Mapping[str, Answer] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    place: str = REVIEW
    last: str = ""
    """The question answered last: a bubble sent too early for the open one joins it."""
    unread: tuple[Bubble, ...] = ()
    """Said for the open question, not yet readable alone ("14 triệu/trạm/năm")."""
    editing: bool = False
    """The open question is answered again from the preview and leads back to it."""
    whole: bool = False
    """The whole template is being filled in, not only its essential questions."""
    initiative: int | None = None
    """The submitted entry that this draft completes or corrects."""
    line: int | None = None
    """The recognised line that the new entry was begun from."""
    album: MessageRef | None = None
    """The album last received from: its other pictures are the same answer."""
    asked_at: datetime | None = None
    """When the open question was put, UTC."""
    touched_at: datetime | None = None
    """When the person last said something here, UTC."""
    locked: tuple[str, ...] = ()
    """Answers that may no longer change: the entry was confirmed with them."""
    saved: bool = False
    """Put aside by the person: nothing said counts as an answer until they go on."""
    version: int = 0
    begun_at: datetime | None = None
    """UTC."""


def kept(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as an entry stores them: the value, and what was said for it."""
    return {
        key: {"value": answer.value, "text": answer.text, "told": answer.told}
        for key, answer in answers.items()
    }


def answers_of(stored: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers from what an entry stored."""
    return {
        key: Answer(
            row["value"],
            (Bubble(None, row["text"]),) if row.get("text") else (),
            bool(row.get("told")),
        )
        for key, row in stored.items()
    }
