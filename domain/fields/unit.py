"""A unit of the union, found by what people call it."""

from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts


class UnitNamed:
    """A unit as {code, name}: never free text, which is the classic source of dirty data."""

    joins = False

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> dict[str, str]:
        """The one unit meant; several that fit are asked back."""
        found = facts.find_units(said.text)
        if not found:
            raise Rejected("unit_unknown")
        if len(found) > 1:
            raise Rejected("unit_many", options=tuple((name, code) for code, name in found))
        code, name = found[0]
        return {"code": code, "name": name}

    def show(self, value: Any, texts: Texts) -> str:
        """Its name."""
        return str(value["name"])

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None: there are too many."""
        return ()
