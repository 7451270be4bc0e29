"""A count: people, pupils, households."""

from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import format_count, read_number


class Number:
    """A whole number of at least ``least`` (0 where the template says nothing)."""

    joins = False

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> int:
        """The number in the text when exactly one can be meant."""
        value = read_number(said.text)
        if value is None:
            raise Rejected("number")
        if value < (self.spec.least or 0):
            raise Rejected("number_small", least=format_count(self.spec.least or 0))
        if self.spec.most is not None and value > self.spec.most:
            raise Rejected("number_big", most=format_count(self.spec.most))
        return value

    def show(self, value: Any, texts: Texts) -> str:
        """With dots between thousands."""
        return format_count(value)

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None."""
        return ()
