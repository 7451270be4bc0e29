"""What a chair reads of those who chose their unit by its name."""

import zlib
from collections.abc import Sequence

from domain.action import Action
from domain.message import Button, Outgoing
from domain.person import Person
from domain.texts import Texts
from domain.units import Unit

SHOWN = 10
"""Names in one message; of more the number says enough."""


def ask(unit: Unit, people: Sequence[Person], texts: Texts) -> Outgoing:
    """Whether these people belong to the unit: one at a time, or a whole list at once."""
    if len(people) == 1:
        return ask_one(unit, people[0], texts)
    names = [texts("vouch.line", name=person.name) for person in people[:SHOWN]]
    if len(people) > SHOWN:
        names.append(texts("vouch.more", count=len(people) - SHOWN))
    text = texts("vouch.several", count=len(people), unit=unit.name, names="\n".join(names))
    one_by_one = Button(texts("vouch.one_by_one"), Action("vouch_next", str(unit.id)))
    if len(people) > SHOWN:
        return Outgoing(text, ((one_by_one,),))
    action = Action("vouch_all", str(unit.id), fingerprint(people))
    return Outgoing(text, ((Button(texts("vouch.all"), action), one_by_one),))


def ask_one(unit: Unit, person: Person, texts: Texts) -> Outgoing:
    """Whether this person belongs to the unit. The version of its buttons is the unit."""
    yes = Button(texts("vouch.yes"), Action("vouch", str(person.id), unit.id))
    no = Button(texts("vouch.no"), Action("vouch_not", str(person.id), unit.id))
    said = texts("vouch.one", name=person.name, unit=unit.name)
    return Outgoing(said, ((yes, no),))


def fingerprint(people: Sequence[Person]) -> int:
    """The same for the same people: a list that has changed since is shown again."""
    return zlib.crc32(",".join(str(person.id) for person in people).encode())
