"""What a turn changes when the network says that a chat is gone or lives elsewhere."""

from datetime import datetime

from domain.address import Address
from storage.store import Store


def mark_gone(store: Store, address: Address, now: datetime) -> None:
    """Stop writing to an address: its person is unreachable, its group posts nothing more."""
    store.people.mark_unreachable(address)
    store.groups.unbind(address, now)
    store.parcels.drop_to(address, "unreachable")


def mark_moved(store: Store, old: Address, new: Address, now: datetime) -> None:
    """Follow a group to its new address, with all that is still to be said there."""
    store.groups.moved(old, new)
    store.people.moved(old, new)
    store.parcels.readdress(old, new)
