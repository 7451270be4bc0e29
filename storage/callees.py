"""Whose calls somebody makes, and who stands behind each: name, unit, number, what is true now."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.calls import LOOKED_BACK, Call, Callee
from domain.house import House
from domain.notice import Kind
from domain.person import Deed, Person, Role, may
from domain.units import Unit
from storage.calls import Asked
from storage.store import Store


def asked_by(store: Store, person: Person, unit: Unit, at: datetime, day: date) -> Asked:
    """Whom this person is to phone in a unit and below it, on a local day.

    Members are their chair's to phone; an officer who asks for one chair's unit gets them.
    """
    officer = may(person, Deed.BROADCAST, store.units.path(unit.id))
    everybody = not officer or not store.units.open_children(unit.id, day)
    return Asked(unit.id, at - LOOKED_BACK, everybody, person.id)


@dataclass(frozen=True, slots=True)
class Callees:
    """For as long as one list is made."""

    store: Store
    house: House

    def named(self, call: Call) -> Callee | None:
        """The call with all that is known of it; None when nobody is behind it any more."""
        person = self.store.people.get(call.person)
        if person is None:
            return None
        sent = self.store.broadcasts.get(call.broadcast) if call.broadcast else None
        return Callee(
            call,
            person.name,
            self.store.units.get(call.unit) if call.unit else None,
            self.store.calls.phone(person.id),
            self._waiting(call, person),
            sent.said if sent else "",
            self._link(person),
        )

    def _waiting(self, call: Call, person: Person) -> int:
        if all(kind is not Kind.QUEUE for kind, _ in call.matters):
            return 0
        units = {grant.unit for grant in person.grants if grant.role is Role.CHAIR}
        found = {
            each.unit: each.count
            for unit in units
            for each in self.store.duties.waiting(unit, person.id)
        }
        return sum(found.values())

    def _link(self, person: Person) -> str:
        """To where they were last; else to any bot of ours."""
        links = self.house.private_links
        own = (person.address.channel, person.address.bot) if person.address else ("", "")
        channel, bot = own if links.get(own) else next((a for a in links if links[a]), ("", ""))
        return self.house.link(channel, bot)
