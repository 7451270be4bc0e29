"""What every kind of field does, and what it is given to do it with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ready answers of a question."""

    value: str
    label: str
    help: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """What a template says about a question's field."""

    least: int | None = None
    most: int | None = None
    choices: tuple[Choice, ...] = ()
    window: bool = False
    """The day must lie in the programme's window of application."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What reading an answer may need to know; ``today`` is the local day."""

    today: date
    name: str = ""
    """The author's name."""
    applied_from: date | None = None
    applied_to: date | None = None
    find_units: Callable[[str], Sequence[tuple[str, str]]] = lambda text: ()
    """Units that a text may name: (code, name), best first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was said for one question; ``before`` was said first and is still asked about."""

    text: str
    before: str = ""
    files: tuple[int, ...] = ()


class Field(Protocol):
    """A kind of question. Values are JSON, so that drafts and entries are JSON all the way."""

    spec: Spec

    def __init__(self, spec: Spec) -> None: ...

    joins: bool
    """Whether several bubbles make one answer."""

    def read(self, said: Words, facts: Facts) -> Any:
        """The value, or Rejected with the code of the sentence that says how to put it right."""
        ...

    def show(self, value: Any, texts: Texts) -> str:
        """The value as a person reads it."""
        ...

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """The ready answers to offer."""
        ...
