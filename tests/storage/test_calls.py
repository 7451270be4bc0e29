"""Whom to phone: read from what the ledger says did not reach people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.leaving import mark_gone
from domain.calls import UNREACHED, Call
from domain.conversation import Conversation
from domain.message import Outgoing
from domain.notice import Kind, Notice, NoticeState
from domain.person import Role
from storage.calls import Asked
from storage.engine import Database
from storage.pushing import post
from storage.store import Store
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW, Union, found_union

DAY = timedelta(days=1)
SINCE = NOW - 30 * DAY


@dataclass
class Desk:
    """A union in a transaction that is thrown away, and how many notices there were."""

    store: Store
    union: Union
    officer: int
    notices: int = 0

    def fails(self, person: int, kind: Kind, days: int = 1, reason: str = "window") -> int:
        """Something did not reach somebody so many days ago."""
        self.notices += 1
        notice = Notice(
            f"n{self.notices}",
            kind,
            NOW - days * DAY,
            person,
            unit=self.union.unit.id,
            state=NoticeState.DROPPED,
            reason=reason,
        )
        added = self.store.notices.add(notice)
        assert added is not None
        return added.id

    def calls(self, unit: int = 0, *, everybody: bool = True, but: int = 0) -> list[Call]:
        """Of all below the root where no unit is told."""
        asked = Asked(unit or self.union.root.id, SINCE, everybody, but or self.officer)
        return self.store.calls.of(asked)

    def people(self, unit: int = 0, *, everybody: bool = True) -> list[int]:
        return [call.person for call in self.calls(unit, everybody=everybody)]


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        officer = session.store.people.add("Hoàng Văn E", union.root.id, None, None, NOW)
        session.store.people.grant(officer.id, Role.OFFICER, union.root.id, None, NOW)
        yield Desk(session.store, union, officer.id)
        session.rollback()


def test_tells_of_each_person_once_what_it_was_about(desk: Desk) -> None:
    chair, member = desk.union.chair.id, desk.union.member.id
    for days in (2, 4):
        desk.fails(chair, Kind.QUEUE, days)
    desk.fails(chair, Kind.DEADLINE, 3)
    last = desk.fails(chair, Kind.PACE, 1, "blocked")
    desk.fails(member, Kind.DRAFT)
    first, second = desk.calls()
    assert first == Call(
        chair,
        desk.union.unit.id,
        None,
        "blocked",
        ((Kind.DEADLINE, 1), (Kind.QUEUE, 2), (Kind.PACE, 1)),
        last,
    )
    assert (second.person, second.unit, second.count) == (member, desk.union.unit.id, 1)


@pytest.mark.parametrize("reason", UNREACHED)
def test_knows_every_reason_for_which_nothing_arrives(desk: Desk, reason: str) -> None:
    desk.fails(desk.union.member.id, Kind.DRAFT, reason=reason)
    desk.fails(desk.union.chair.id, Kind.QUEUE, reason="muted")
    assert desk.people() == [desk.union.member.id]


def test_leaves_out_what_is_old_or_nobody_is_phoned_for(desk: Desk) -> None:
    desk.fails(desk.union.chair.id, Kind.QUEUE, 31)
    desk.fails(desk.union.chair.id, Kind.WEEKLY)
    assert desk.calls() == []


def test_leaves_out_whoever_wrote_since(desk: Desk) -> None:
    member = desk.union.member
    desk.fails(member.id, Kind.DRAFT, 3)

    def wrote(days: int) -> None:
        spoken = Conversation(MEMBER_CHAT, member.id, spoken_at=NOW - days * DAY)
        desk.store.conversations.save(spoken)

    wrote(10)
    [call] = desk.calls()
    assert call.spoken_at == NOW - 10 * DAY
    wrote(2)
    assert desk.calls() == []
    # They blocked the bot right after.
    desk.store.people.save(replace(member, reachable=False))
    assert len(desk.calls()) == 1


def test_leaves_out_whoever_was_phoned_until_something_new_fails(desk: Desk) -> None:
    chair = desk.union.chair.id
    desk.fails(chair, Kind.QUEUE, 2)
    desk.fails(chair, Kind.QUEUE, 1)
    [call] = desk.calls()
    desk.store.calls.called(call, desk.officer, NOW)
    assert desk.calls() == []
    # Due long ago, and found only now.
    desk.fails(chair, Kind.PACE, 5)
    [again] = desk.calls()
    assert again.matters == ((Kind.PACE, 1),)
    desk.store.calls.called(again, desk.officer, NOW)
    assert desk.calls() == []


def test_gives_officers_those_in_charge_and_chairs_their_members(desk: Desk) -> None:
    union = desk.union
    teacher = desk.store.people.add("Vi Thị H", union.other.id, None, None, NOW)
    helper = desk.store.people.add("Lò Thị C", union.other.id, None, None, NOW)
    desk.store.people.grant(helper.id, Role.HELPER, union.other.id, None, NOW)
    for person in (union.chair.id, union.member.id, teacher.id, helper.id, desk.officer):
        desk.fails(person, Kind.BROADCAST)
    assert desk.people(everybody=False) == [union.chair.id]
    assert desk.people(union.other.id, everybody=False) == []
    assert desk.people(union.other.id) == [teacher.id, helper.id]
    assert desk.store.calls.count(union.root.id, SINCE, desk.officer) == 1
    assert desk.store.calls.count(union.other.id, SINCE, desk.officer) == 0
    # A chair who belongs elsewhere stands with the unit that they look after.
    desk.store.people.grant(union.chair.id, Role.CHAIR, union.other.id, None, NOW)
    [call] = desk.calls(union.other.id, everybody=False)
    assert (call.person, call.unit) == (union.chair.id, union.other.id)


def test_puts_first_what_is_urgent_then_whom_most_did_not_reach(desk: Desk) -> None:
    store, unit = desk.store, desk.union.unit.id
    names = ("A", "B", "C", "D")
    a, b, c, d = (store.people.add(name, unit, None, None, NOW).id for name in names)
    desk.fails(a, Kind.DRAFT)
    desk.fails(b, Kind.QUEUE)
    for _ in range(2):
        desk.fails(c, Kind.QUEUE)
    desk.fails(d, Kind.DEADLINE)
    assert desk.people() == [d, c, b, a]


def test_knows_the_number_that_somebody_was_invited_under(desk: Desk) -> None:
    unit, chair = desk.union.unit.id, desk.union.chair.id
    assert desk.store.calls.phone(chair) == ""
    for phone, code in (("0912000111", "x"), ("", "y")):
        invited = desk.store.invitations.add(unit, Role.CHAIR, "Lê Thị B", phone, NOW)
        desk.store.invitations.issue(invited.id, code, NOW + DAY, NOW)
        desk.store.invitations.claim(code, chair, NOW)
    assert desk.store.calls.phone(chair) == "0912000111"


def test_drops_with_its_parcels_what_waits_for_a_chat_that_is_gone(desk: Desk) -> None:
    chair = desk.union.chair.id
    waiting = Notice("news", Kind.NEWS, NOW, chair, unit=desk.union.unit.id)
    post(desk.store, waiting, CHAIR_CHAT, Outgoing("Tin"), NOW)
    mark_gone(desk.store, CHAIR_CHAT, NOW)
    [call] = desk.calls()
    assert (call.person, call.reason) == (chair, "unreachable")
