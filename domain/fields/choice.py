"""One or several of the ready answers."""

import re
from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import fold, yes_no


def find_choice(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice a person means: by number, label, value or word, with or without diacritics.

    >>> kinds = (Choice("ky_thuat", "Kỹ thuật"), Choice("quan_ly", "Quản lý", words=("ql",)))
    >>> [find_choice(said, kinds).value for said in ("2", "ky thuat", "QL", "quản lý ạ")]
    ['quan_ly', 'ky_thuat', 'quan_ly', 'quan_ly']
    """
    said = _plain(text)
    if said.isdecimal():
        number = int(said) if len(said) < 4 else 0
        return choices[number - 1] if 1 <= number <= len(choices) else None
    for choice in choices:
        if said in map(_plain, (choice.label, choice.value, *choice.words)):
            return choice
    inside = [c for c in choices if re.search(rf"\b{re.escape(_plain(c.label))}\b", said)]
    if len(inside) != 1 and len(said) >= 3:
        inside = [c for c in choices if re.search(rf"\b{re.escape(said)}\b", _plain(c.label))]
    return inside[0] if len(inside) == 1 else None


def _plain(text: str) -> str:
    """The words alone: nobody types the comma of a label.

    >>> _plain("Điện, nước!")
    'dien nuoc'
    """
    return " ".join(re.findall(r"\w+", fold(text)))


class OneChoice:
    """Exactly one."""

    joins = False

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> str:
        """The value of the choice meant."""
        if choice := find_choice(said.text, self.spec.choices):
            return choice.value
        raise Rejected("choice", most=len(self.spec.choices))

    def show(self, value: Any, texts: Texts) -> str:
        """Its label; a value that the template no longer has is shown as it is."""
        return next((c.label for c in self.spec.choices if c.value == value), str(value))

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """All of them."""
        return self.spec.choices


class YesNo(OneChoice):
    """Yes or no: stored as ``yes`` or ``no``, said in any of the usual ways."""

    def read(self, said: Words, facts: Facts) -> str:
        """``yes`` or ``no``."""
        answer = yes_no(said.text)
        if answer is None:
            raise Rejected("yes_no")
        return "yes" if answer else "no"

    def show(self, value: Any, texts: Texts) -> str:
        """In words."""
        return texts(f"value.{value}")


class Choices(OneChoice):
    """Several: numbers or labels, separated by commas, lines or "và"."""

    def read(self, said: Words, facts: Facts) -> list[str]:  # type: ignore[override]  # many values
        """The values meant, in the order of the template."""
        parts = [p for p in re.split(r"[,;\n+&]|\bva\b", fold(said.text)) if p.strip()]
        if all(re.fullmatch(r"[\d ]+", part) for part in parts):
            parts = [number for part in parts for number in part.split()]
        found = [find_choice(part, self.spec.choices) for part in parts]
        if not found or None in found:
            raise Rejected("choices", most=len(self.spec.choices))
        values = {choice.value for choice in found if choice}
        return [c.value for c in self.spec.choices if c.value in values]

    def show(self, value: Any, texts: Texts) -> str:
        """Their labels."""
        return ", ".join(OneChoice.show(self, one, texts) for one in value)

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """All of them."""
        return self.spec.choices
