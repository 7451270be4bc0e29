"""Nothing is posted or pushed twice, and what may have been is unsure.

Each check names what it does not like; nothing named is as it should be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.parcel import ParcelState, Resend
from tests.soak.ledger import Ledger

SAME = timedelta(hours=6)
"""The same words in the same group within these are the same post."""


def check_once(ledger: Ledger) -> Iterator[str]:
    """By parcel, by notice, by person and day, and by group and words."""
    yield from _by_parcel(ledger)
    yield from _by_key(ledger)
    yield from _by_day(ledger)
    yield from _by_words(ledger)
    yield from _unsure(ledger)


def repeats(ledger: Ledger) -> int:
    """How many messages were too many among those that may be said again: answers and news."""
    return sum(
        times - 1
        for id, heard in ledger.heard.items()
        if id in ledger.parcels and ledger.parcels[id].resend is Resend.AGAIN
        for times in Counter(each.text for each in heard).values()
    )


def _by_parcel(ledger: Ledger) -> Iterator[str]:
    for id, heard in ledger.heard.items():
        row = ledger.parcels.get(id)
        if row is None:
            yield f"said by nobody: parcel {id} to {heard[0].chat}"
            continue
        most = max(Counter(each.text for each in heard).values())
        if most > 1 and row.resend is Resend.NEVER:
            yield f"said {most} times: {row.key}: {_keys(ledger, id)}"
        if most > 1 and not (id in ledger.soak.left or id in ledger.soak.world.network.unsure):
            yield f"said {most} times for no reason: {row.key}"


def _by_key(ledger: Ledger) -> Iterator[str]:
    for key, count in Counter(notice.key for notice in ledger.notices).items():
        if count > 1:
            yield f"entered {count} times: {key}"


def _by_day(ledger: Ledger) -> Iterator[str]:
    """At most one push a day of the person."""
    days: dict[tuple[int, object], list[str]] = defaultdict(list)
    for id, heard in ledger.heard.items():
        row = ledger.parcels.get(id)
        if row is None or not row.is_digest:
            continue
        for each in heard:
            soul = ledger.souls[each.chat]
            days[soul.number, each.at.astimezone(soul.zone).date()].append(row.key)
    for (person, day), keys in days.items():
        if len(keys) > 1:
            yield f"{len(keys)} pushes on {day} to person {person}: {keys}"


def _by_words(ledger: Ledger) -> Iterator[str]:
    """Asks neither the parcels nor the ledger."""
    last: dict[tuple[int, str], datetime] = {}
    for each in ledger.soak.world.network.heard:
        meeting = ledger.meetings.get(each.chat)
        if meeting is None:
            continue
        before = last.get((meeting.number, each.text))
        if before is not None and each.at - before < SAME:
            yield f"posted again in group {meeting.number} at {each.at}: {each.text[:60]!r}"
        last[meeting.number, each.text] = each.at


def _unsure(ledger: Ledger) -> Iterator[str]:
    """Unsure is what met a fault or a kill in the one window between mark and record."""
    soak = ledger.soak
    for row in ledger.parcels.values():
        if row.resend is not Resend.NEVER:
            continue
        arrived, sure = row.id in ledger.heard, row.state is ParcelState.SENT
        unsure = row.state is ParcelState.UNSURE
        if arrived and not sure and not unsure:
            yield f"arrived, and is {row.state} ({row.fault}): {row.key}"
        if unsure and not (row.id in soak.sending or row.id in soak.world.network.unsure):
            yield f"unsure for no reason ({row.fault}): {row.key}"
        if row.id in soak.sending and row.state is not ParcelState.UNSURE:
            yield f"was being sent when the bot was killed, and is {row.state}: {row.key}"


def _keys(ledger: Ledger, parcel: int) -> list[str]:
    return [notice.key for notice in ledger.carried[parcel]]
