"""What the bot's tables say in the end, beside what the network took."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.notice import Notice
from domain.parcel import Lane, ParcelState, Resend
from storage.store import Store
from tests.soak.network import Heard
from tests.soak.plan import FIRST, local
from tests.soak.soak import Soak
from tests.soak.souls import Meeting, Soul

LONG_AGO = local(FIRST.replace(year=2000), datetime.min.time())

MOST = 10_000_000

_PARCELS = "SELECT id, key, lane, resend, state, fault, not_before FROM parcel ORDER BY id"


@dataclass(frozen=True, slots=True)
class Row:
    """A parcel, without its words."""

    id: int
    key: str
    lane: Lane
    resend: Resend
    state: ParcelState
    fault: str
    not_before: datetime

    @property
    def is_digest(self) -> bool:
        """Whether it is somebody's push of a day."""
        return self.key.startswith("push:")


@dataclass(slots=True)
class Ledger:
    """All of it, as it stood when the soak was over."""

    soak: Soak
    notices: list[Notice]
    parcels: dict[int, Row]
    carried: dict[int, list[Notice]] = field(default_factory=lambda: defaultdict(list))
    """What a parcel is to say, by its number."""
    heard: dict[int, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    """What was taken of a parcel."""
    souls: dict[int, Soul] = field(default_factory=dict)
    """By chat."""
    meetings: dict[int, Meeting] = field(default_factory=dict)
    """By every chat that a group ever had."""

    @property
    def now(self) -> datetime:
        """The end."""
        return self.soak.world.clock()


def read(soak: Soak) -> Ledger:
    """Read everything."""
    notices = soak.world.look(lambda store: store.notices.since(LONG_AGO, limit=MOST))
    parcels = {row.id: row for row in soak.world.look(_parcels)}
    ledger = Ledger(soak, notices, parcels)
    for notice in notices:
        ledger.carried[notice.parcel or 0].append(notice)
    for each in soak.world.network.heard:
        ledger.heard[each.parcel].append(each)
    ledger.souls = {soul.account.id: soul for soul in soak.world.souls}
    ledger.meetings = {chat: each for each in soak.world.meetings for chat in each.chats}
    return ledger


def _parcels(store: Store) -> list[Row]:
    return [_row(row) for row in store.parcels._cursor.connection.execute(_PARCELS).fetchall()]


def _row(row: Sequence[Any]) -> Row:
    id, key, lane, resend, state, fault, moment = row
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return Row(id, key, Lane(lane), Resend(resend), ParcelState(state), fault, at)
