"""What an officer wrote to many, and what became of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.address import Address
from domain.broadcast import Audience, Broadcast, Outcomes, State, To, Watch
from domain.group import Group
from domain.person import Role
from tests.scheduler.conftest import Office
from tests.support.union import NOW

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""9:00 in Việt Nam."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
GROUP = Address("telegram", "bot", "-77")


def write(
    office: Office, *to: To, state: State = State.ALL, watched: Watch | None = None
) -> Broadcast:
    """What the chair, an officer too, agreed to at nine; for everybody if not said otherwise."""
    root, chair = office.union.root.id, office.union.chair.id
    office.do(lambda store: store.people.grant(chair, Role.OFFICER, root, None, NOW))
    audience = Audience(root, frozenset(to or (To.EVERYBODY, To.GROUPS)), state)
    new = Broadcast(0, root, audience, "Họp lúc 8h.", chair, MONDAY, agreed_at=MONDAY)
    return office.do(lambda store: store.broadcasts.add(replace(new, watched=watched)))


def now_is(office: Office, broadcast: Broadcast) -> Broadcast:
    found = office.do(lambda store: store.broadcasts.get(broadcast.id))
    assert found is not None
    return found


def halt(office: Office, broadcast: Broadcast, at: datetime) -> None:
    """As its button does."""
    found = now_is(office, broadcast)
    office.do(lambda store: store.broadcasts.save(found.stopped(at)))


def outcomes(office: Office, broadcast: Broadcast) -> Outcomes:
    found = now_is(office, broadcast)
    return office.do(lambda store: store.broadcasts.outcomes(found))


def bind(office: Office) -> None:
    group = Group(GROUP, office.union.unit.id, "Nhóm", office.union.chair.id, NOW)
    office.do(lambda store: store.groups.bind(group))
