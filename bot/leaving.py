"""What a turn changes when the network says that a chat is gone or lives elsewhere."""

from datetime import datetime

from domain.address import Address
from domain.calendar import Calendar
from domain.notice import Kind, Notice
from domain.parcel import Resend
from domain.person import Role
from domain.texts import Texts
from domain.wording import groups as wording
from storage.losing import lose, turn_elsewhere
from storage.pushing import post
from storage.store import Store


def mark_gone(
    store: Store,
    address: Address,
    now: datetime,
    *,
    texts: Texts | None = None,
    usual: Calendar | None = None,
) -> Address | None:
    """Stop writing to an address: its person is unreachable, its group posts nothing more.

    With ``texts`` the group's chairs are told, once: the group is unbound by then. So are a
    person's with ``usual``, when the house writes to people. Whoever has another account gets
    there what was to be said unasked; where that is is returned.
    """
    if usual is not None:
        elsewhere = lose(store, address, usual, now)
    else:
        elsewhere = turn_elsewhere(store, address, now)
        store.people.mark_unreachable(address)
    if texts is not None:
        _tell_chairs(store, address, now, texts)
    store.groups.unbind(address, now)
    if elsewhere is not None:
        store.parcels.turn_pushes(address, elsewhere)
    store.notices.drop_to(address, "unreachable")
    store.parcels.drop_to(address, "unreachable")
    return elsewhere


def mark_moved(store: Store, old: Address, new: Address, now: datetime) -> None:
    """Follow a group to its new address, with all that is still to be said there."""
    store.groups.moved(old, new)
    store.people.moved(old, new)
    store.parcels.readdress(old, new)


def _tell_chairs(store: Store, address: Address, now: datetime, texts: Texts) -> None:
    group = store.groups.at(address)
    unit = store.units.get(group.unit) if group else None
    if group is None or unit is None:
        return
    said = wording.lost(group, unit, texts)
    for chair in store.people.holders(Role.CHAIR, store.units.path(unit.id)):
        if chair.address is not None and chair.reachable:
            key = f"lost:{address}:{now.isoformat()}:{chair.id}"
            notice = Notice(key, Kind.NEWS, now, chair.id, unit=unit.id)
            post(store, notice, chair.address, said, now, resend=Resend.AGAIN)
