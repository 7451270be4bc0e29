"""Who blocked the bot or left is written to no more, and whoever looks after them hears of it."""

from datetime import datetime

from domain.address import Account, Address
from domain.calendar import Calendar
from domain.notice import Kind, Notice
from domain.person import Person, Role
from storage.pushing import notify
from storage.store import Store


def lose(store: Store, address: Address, usual: Calendar, now: datetime) -> Address | None:
    """Nothing arrives at an address any more: mark its people, and tell their chairs once.

    Whoever has another account is written to there, and not lost; that chat is returned.
    ``usual`` is when the house writes to people. A second loss is told only another day.
    """
    elsewhere = turn_elsewhere(store, address, now)
    lost = store.people.reached_at(address)
    store.people.mark_unreachable(address)
    day = now.astimezone(usual.zone).date()
    for person in lost:
        for keeper in _keepers(store, person):
            key = f"lost:{person.id}:{day.isoformat()}:{keeper.id}"
            about = {"person": person.id}
            notice = Notice(key, Kind.LOST, now, keeper.id, unit=person.unit, about=about)
            notify(store, notice, usual, now)
    return elsewhere


def turn_elsewhere(store: Store, address: Address, now: datetime) -> Address | None:
    """Where whoever was written to here is written to from now on; None if there is no other chat.

    What was on its way here is said there.
    """
    store.accounts.lost(address, now)
    person = store.people.by_account(Account(address.channel, address.bot, address.chat))
    if person is None or not person.reachable:
        return None
    if person.address != address:
        return person.address
    others = store.people.other_chats(person)
    if not others:
        return None
    store.people.moved(address, others[0])
    return others[0]


def regain(store: Store, person: Person, account: Account, chat: Address) -> None:
    """The account can be written to again; they are written to there if it was nowhere else."""
    store.accounts.found(account)
    if not person.reachable:
        if person.address is not None:
            store.people.moved(person.address, chat)
        store.people.mark_reachable(person.id)


def _keepers(store: Store, person: Person) -> list[Person]:
    """Their chairs; of a chair without another one the officers. Nobody keeps a mere guest."""
    if person.unit is None or not person.vouched:
        return []
    path = store.units.path(person.unit)
    for role in (Role.CHAIR, Role.OFFICER):
        if others := [each for each in store.people.holders(role, path) if each.id != person.id]:
            return others
    return []
