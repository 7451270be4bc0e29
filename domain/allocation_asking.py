"""What is changed about a proposed sharing-out: another total, a floor, a cap."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from domain.errors import Rejected
from domain.progress_asking import said_of
from domain.quotas import TARGET_MOST, read_target
from domain.texts import Texts
from domain.vietnamese import fold

GROWTH_MOST = 100
"""Times last year's count; more is a slip of the finger."""

_NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sharing-out is asked for with. ``growth`` is a fraction as written, "" for none."""

    unit: int = 0
    phase: int = 0
    total: int = 0
    floor: int = 1
    growth: str = ""

    def dump(self) -> dict[str, Any]:
        """For the conversation: JSON."""
        return asdict(self)

    @classmethod
    def load(cls, said: Any) -> "Terms":
        """What ``dump`` wrote.

        >>> Terms.load(Terms(7, 0, 40, 2, "3/2").dump())
        Terms(unit=7, phase=0, total=40, floor=2, growth='3/2')
        """
        known = {name: said[name] for name in cls.__slots__ if name in said}
        return cls(**known)


def changed(terms: Terms, text: str, texts: Texts) -> Terms | None:
    """The terms as somebody wants them instead; None when that says nothing of them.

    Raises Rejected for a total that is none.
    """
    said = fold(text).strip(" .!")
    if said in said_of(texts("allocation.say_no_growth")):
        return replace(terms, growth="")
    if rest := _led(said, said_of(texts("allocation.say_floor"))):
        number = _NUMBER.match(rest)
        if number is None or number[2]:
            raise Rejected("quota_fraction")
        return replace(terms, floor=min(int(number[1]), TARGET_MOST))
    if rest := _led(said, said_of(texts("allocation.say_growth"))):
        number = _NUMBER.match(rest)
        if number is None:
            return None
        growth = Fraction(f"{number[1]}.{number[2] or 0}")
        return replace(terms, growth=str(growth)) if 0 < growth <= GROWTH_MOST else None
    if not any(letter.isdigit() for letter in said):
        return None
    return replace(terms, total=read_target(text))


def _led(said: str, leads: Sequence[str]) -> str:
    """What stands behind one of these words, folded."""
    for lead in leads:
        if said.startswith(f"{lead} "):
            return said.removeprefix(lead).strip()
    return ""
