"""A broadcast: everybody once, whatever breaks; stopped, it stays where it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.address import Address
from domain.broadcast import Outcomes, State, To
from domain.calendar import DaysOff, Holiday
from domain.notice import NoticeState
from domain.parcel import ParcelState
from domain.peace import FOREVER, Peace
from domain.person import Role
from scheduler import broadcasts, drafts
from scheduler.context import Context
from storage.parcels import Outcome
from storage.store import Store
from tests.scheduler.broadcasting import (
    DAY,
    GROUP,
    MINUTE,
    MONDAY,
    bind,
    halt,
    now_is,
    outcomes,
    write,
)
from tests.scheduler.conftest import Office
from tests.support.union import MEMBER_CHAT, NOW, a_draft, an_entry


def crowd(office: Office, count: int) -> set[int]:
    """So many members more; the numbers of all who get what the chair writes."""
    unit = office.union.unit.id
    places = [Address("telegram", "bot", f"9{number:04}") for number in range(count)]
    added = office.do(
        lambda store: [store.people.add("Đoàn viên", unit, None, each, NOW).id for each in places]
    )
    return {office.union.member.id, *added}


def entered(office: Office) -> list[int | None]:
    return [notice.person for notice in office.ledger() if notice.group is None]


def page_at(office: Office, at: datetime) -> Callable[[Store], int | None]:
    return lambda store: broadcasts.expand(Context(store, office.house, at), at)


def test_enters_everybody_once_a_page_a_turn(office: Office) -> None:
    people = crowd(office, 450)
    bind(office)
    broadcast = write(office)
    assert office.run(broadcasts.expand, MONDAY) > 4
    assert sorted(entered(office), key=str) == sorted(people, key=str)
    assert [n.group for n in office.ledger() if n.person is None] == [1]
    assert now_is(office, broadcast).expanded_at == MONDAY
    assert office.run(broadcasts.expand, MONDAY + MINUTE) == 1
    assert len(office.ledger()) == len(people) + 1


def test_leaves_nobody_out_and_tells_nobody_twice_when_it_breaks_down(office: Office) -> None:
    people = crowd(office, 450)
    bind(office)
    broadcast = write(office)
    at = MONDAY
    while now_is(office, broadcast).expanded_at is None:
        at += MINUTE
        # A page that was never committed, then one that was, and the process is gone.
        with pytest.raises(ZeroDivisionError), office.database.session() as session:
            session.begin()
            broadcasts.expand(Context(session.store, office.house, at), at)
            raise ZeroDivisionError
        office.do(page_at(office, at))
    office.run(broadcasts.expand, at + MINUTE)
    assert sorted(entered(office), key=str) == sorted(people, key=str)
    said = office.deliver(at + 10 * MINUTE)
    assert len({parcel.to for parcel in said}) == len(said) == len(people) + 1
    assert office.deliver(at + DAY) == []


def test_says_the_officers_words_as_the_first_of_several_reasons(office: Office) -> None:
    draft = replace(a_draft(office.union), touched_at=MONDAY - timedelta(days=1, hours=2))
    office.do(lambda store: store.drafts.add(draft))
    office.run(drafts.find, MONDAY)
    write(office)
    office.run(broadcasts.expand, MONDAY)
    [parcel] = office.deliver(MONDAY + 10 * MINUTE)
    assert parcel.to == MEMBER_CHAT
    lines = parcel.say.text.splitlines()
    assert lines[1:3] == ["• Tin từ LĐLĐ tỉnh:", "Họp lúc 8h."]
    assert lines[3].startswith("• Sáng kiến «chưa đặt tên»")


def test_tells_tomorrow_who_had_their_push_today(office: Office) -> None:
    today = office.house.local(MONDAY).date()
    office.do(lambda store: store.peace.hold(office.union.member.id))
    office.do(lambda store: store.peace.pushed(office.union.member.id, 99, today))
    broadcast = write(office)
    office.run(broadcasts.expand, MONDAY)
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert outcomes(office, broadcast) == Outcomes(waiting=1)
    assert [parcel.to for parcel in office.deliver(MONDAY + DAY)] == [MEMBER_CHAT]
    assert outcomes(office, broadcast) == Outcomes(sent=1)


def test_stays_where_it_is_once_stopped(office: Office) -> None:
    crowd(office, 3)
    bind(office)
    broadcast = write(office)
    office.run(broadcasts.expand, MONDAY)
    first, *_ = office.do(lambda store: store.parcels.unsent())
    office.do(
        lambda store: store.parcels.record([Outcome(first.id, ParcelState.SENT, MONDAY)]),
    )
    halt(office, broadcast, MONDAY + MINUTE)
    assert outcomes(office, broadcast) == Outcomes(sent=1, stopped=4)
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert outcomes(office, broadcast) == Outcomes(sent=1, stopped=4)
    dropped = [notice for notice in office.ledger() if notice.state is NoticeState.DROPPED]
    assert [notice.reason for notice in dropped] == ["stopped"] * 4


def test_enters_nobody_more_once_stopped(office: Office) -> None:
    crowd(office, 250)
    broadcast = write(office)
    office.do(page_at(office, MONDAY))
    halt(office, broadcast, MONDAY + MINUTE)
    office.run(broadcasts.expand, MONDAY + 2 * MINUTE)
    assert len(office.ledger()) == 200
    assert outcomes(office, broadcast) == Outcomes(stopped=200)


def test_stops_when_whoever_wrote_it_may_not_any_more(office: Office) -> None:
    crowd(office, 250)
    bind(office)
    broadcast = write(office)
    office.do(page_at(office, MONDAY))
    root, chair = office.union.root.id, office.union.chair.id
    office.do(lambda store: store.people.revoke(chair, Role.OFFICER, root))
    office.run(broadcasts.expand, MONDAY + MINUTE)
    assert len(office.ledger()) == 200
    assert now_is(office, broadcast).stopped_at == MONDAY + MINUTE
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert outcomes(office, broadcast) == Outcomes(stopped=200)


def test_stops_what_waits_when_whoever_wrote_it_may_not_any_more(office: Office) -> None:
    bind(office)
    broadcast = write(office)
    office.run(broadcasts.expand, MONDAY)
    root, chair = office.union.root.id, office.union.chair.id
    office.do(lambda store: store.people.revoke(chair, Role.OFFICER, root))
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert now_is(office, broadcast).stopped_at == MONDAY + 10 * MINUTE
    assert outcomes(office, broadcast) == Outcomes(stopped=2)


def test_is_not_said_to_whom_it_is_not_for_any_more(office: Office) -> None:
    crowd(office, 1)
    bind(office)
    broadcast = write(office, To.MEMBERS, To.GROUPS)
    office.run(broadcasts.expand, MONDAY)
    member, unit = office.union.member, office.union.unit.id
    office.do(lambda store: store.people.grant(member.id, Role.HELPER, unit, None, NOW))
    office.do(lambda store: store.groups.unbind(GROUP, MONDAY))
    [parcel] = office.deliver(MONDAY + 10 * MINUTE)
    assert parcel.to not in (MEMBER_CHAT, GROUP)
    assert outcomes(office, broadcast) == Outcomes(sent=1, no_longer=2)


def test_urges_nobody_who_meanwhile_did_it(office: Office) -> None:
    broadcast = write(office, To.MEMBERS, state=State.NO_ENTRY)
    office.run(broadcasts.expand, MONDAY)
    office.do(lambda store: store.initiatives.add(an_entry(office.union)))
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert outcomes(office, broadcast) == Outcomes(no_longer=1)


def test_gives_a_week_after_the_holidays(office: Office) -> None:
    tet = DaysOff((Holiday("Tết", MONDAY.date(), MONDAY.date() + 9 * DAY),))
    office.settings(days_off=tet)
    write(office, To.MEMBERS)
    office.run(broadcasts.expand, MONDAY)
    assert office.deliver(MONDAY + 9 * DAY) == []
    assert [parcel.to for parcel in office.deliver(MONDAY + 10 * DAY)] == [MEMBER_CHAT]


def test_counts_whom_it_cannot_be_said_to(office: Office) -> None:
    unit = office.union.unit.id
    muted = office.do(
        lambda store: store.people.add("Tắt", unit, None, Address("telegram", "bot", "8"), NOW)
    )
    office.do(lambda store: store.peace.save(muted.id, Peace(muted_until=FOREVER)))
    office.do(lambda store: store.people.add("Chưa nhắn", unit, None, None, NOW))
    broadcast = write(office)
    office.run(broadcasts.expand, MONDAY)
    assert outcomes(office, broadcast) == Outcomes(waiting=1, failed=1, muted=1)
    office.deliver(MONDAY + 10 * MINUTE)
    assert outcomes(office, broadcast) == Outcomes(sent=1, failed=1, muted=1)


def test_is_not_said_after_a_week(office: Office) -> None:
    wishes = Peace(muted_until=MONDAY + 7 * DAY + MINUTE)
    office.do(lambda store: store.peace.save(office.union.member.id, wishes))
    broadcast = write(office)
    office.run(broadcasts.expand, MONDAY)
    assert office.deliver(MONDAY + 10 * MINUTE) == []
    assert office.deliver(MONDAY + 8 * DAY) == []
    assert outcomes(office, broadcast) == Outcomes(failed=1)
    assert [notice.reason for notice in office.ledger()] == ["late"]
