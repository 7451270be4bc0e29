"""Who blocked the bot or left is written to no more, and whoever looks after them hears of it."""

from datetime import datetime

from domain.address import Address
from domain.calendar import Calendar
from domain.notice import Kind, Notice
from domain.person import Person, Role
from storage.pushing import notify
from storage.store import Store


def lose(store: Store, address: Address, usual: Calendar, now: datetime) -> None:
    """Nothing arrives at an address any more: mark its people, and tell their chairs once.

    ``usual`` is when the house writes to people. A second loss is told only another day.
    """
    lost = store.people.reached_at(address)
    store.people.mark_unreachable(address)
    day = now.astimezone(usual.zone).date()
    for person in lost:
        for keeper in _keepers(store, person):
            key = f"lost:{person.id}:{day.isoformat()}:{keeper.id}"
            about = {"person": person.id}
            notice = Notice(key, Kind.LOST, now, keeper.id, unit=person.unit, about=about)
            notify(store, notice, usual, now)


def _keepers(store: Store, person: Person) -> list[Person]:
    """Their chairs; of a chair without another one the officers. Nobody keeps a mere guest."""
    if person.unit is None or not person.vouched:
        return []
    path = store.units.path(person.unit)
    for role in (Role.CHAIR, Role.OFFICER):
        if others := [each for each in store.people.holders(role, path) if each.id != person.id]:
            return others
    return []
