"""What the bot says when it failed, and when a file could not be fetched."""

import zlib
from datetime import datetime

from domain.evidence import Evidence, Purpose
from domain.house import House
from domain.message import Incoming, Outgoing
from domain.parcel import Parcel
from storage.store import Store


def number_of(key: str) -> str:
    """What a person may read out to the operator about an update that failed.

    >>> number_of("telegram:42:1001")
    'DB0A'
    """
    return f"{zlib.crc32(key.encode()) & 0xFFFF:04X}"


def apology(house: House, said: Incoming, now: datetime) -> Parcel | None:
    """Told to whoever did something private that could not be handled; groups are left alone."""
    if not said.private:
        return None
    text = house.texts("fallback.sorry", id=number_of(said.key))
    return Parcel(f"sorry:{said.key}", said.origin, Outgoing(text), not_before=now)


def file_lost(house: House, store: Store, file: Evidence, now: datetime) -> list[Parcel]:
    """Ask the person again for a file whose link died; runs in a turn."""
    person = store.people.get(file.person) if file.person else None
    if person is None or person.address is None:
        return []
    if file.purpose is Purpose.REVIEW:
        name = file.ref.name or house.texts("review_plan.nameless")
        text = house.texts("review_plan.lost", name=name)
        # Numbers of files are given again once they are dropped.
        key = f"review_plan:lost:{file.id}:{now.isoformat()}"
    else:
        text = house.texts.first(("fallback.file_lost", "rejected.files"))
        key = f"file_lost:{file.id}"
    parcel = Parcel(key, person.address, Outgoing(text), not_before=now)
    return store.parcels.add_all([parcel])
