"""A broadcast: everybody once, whatever breaks; stopped, it stays where it is; how far it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.address import Address, MessageRef
from domain.broadcast import Audience, Broadcast, Outcomes, To, Watch
from domain.group import Group
from domain.message import Outgoing
from domain.notice import NoticeState
from domain.parcel import ParcelState
from domain.peace import FOREVER, Peace
from scheduler import broadcasts, drafts
from scheduler.context import Context
from storage.parcels import Outcome
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW, a_draft

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""9:00 in Việt Nam."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
GROUP = Address("telegram", "bot", "-77")
SCREEN = MessageRef("2001/5")


def write(office: Office, *to: To, watched: Watch | None = None) -> Broadcast:
    """What the chair agreed to at nine, for everybody and all groups if not said otherwise."""
    root, chair = office.union.root.id, office.union.chair.id
    audience = Audience(root, frozenset(to or (To.EVERYBODY, To.GROUPS)))
    new = Broadcast(0, root, audience, "Họp lúc 8h.", chair, MONDAY, agreed_at=MONDAY)
    return office.do(lambda store: store.broadcasts.add(replace(new, watched=watched)))


def now_is(office: Office, broadcast: Broadcast) -> Broadcast:
    found = office.do(lambda store: store.broadcasts.get(broadcast.id))
    assert found is not None
    return found


def halt(office: Office, broadcast: Broadcast, at: datetime) -> None:
    """As its button does."""
    found = now_is(office, broadcast)
    stopped = replace(found, stopped_at=at, expanded_at=found.expanded_at or at)
    office.do(lambda store: store.broadcasts.save(stopped))


def outcomes(office: Office, broadcast: Broadcast) -> Outcomes:
    found = now_is(office, broadcast)
    return office.do(lambda store: store.broadcasts.outcomes(found))


def crowd(office: Office, count: int) -> set[int]:
    """So many members more; the numbers of all who get what the chair writes."""
    unit = office.union.unit.id
    places = [Address("telegram", "bot", f"9{number:04}") for number in range(count)]
    added = office.do(
        lambda store: [store.people.add("Đoàn viên", unit, None, each, NOW).id for each in places]
    )
    return {office.union.member.id, *added}


def bind(office: Office) -> None:
    group = Group(GROUP, office.union.unit.id, "Nhóm", office.union.chair.id, NOW)
    office.do(lambda store: store.groups.bind(group))


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


def edits(office: Office, at: datetime, message: str = SCREEN) -> list[Outgoing]:
    """Let its progress be shown, and the network take the edits."""
    office.run(broadcasts.show_progress, at)
    unsent = office.do(lambda store: store.parcels.unsent())
    shown = [parcel for parcel in unsent if ":watch:" in parcel.key]
    for each in shown:
        assert each.to == CHAIR_CHAT
    sent = [Outcome(each.id, ParcelState.SENT, at, MessageRef(message)) for each in shown]
    office.do(lambda store: store.parcels.record(sent))
    return [parcel.say for parcel in shown]


def test_edits_the_message_that_shows_its_progress_while_anything_changes(office: Office) -> None:
    bind(office)
    broadcast = write(office, watched=Watch(CHAIR_CHAT, SCREEN))
    office.run(broadcasts.expand, MONDAY)
    [first] = edits(office, MONDAY + MINUTE)
    assert first.replaces == SCREEN
    assert "Chờ tới giờ nhận tin: 2" in first.text
    assert edits(office, MONDAY + 2 * MINUTE) == []
    office.deliver(MONDAY + 10 * MINUTE)
    [last] = edits(office, MONDAY + 11 * MINUTE)
    assert last.text.startswith("Đã gửi xong tin tới tất cả mọi người, nhóm – LĐLĐ tỉnh.")
    assert "Đã gửi: 2" in last.text and not last.buttons
    assert now_is(office, broadcast).watched is None
    assert edits(office, MONDAY + 12 * MINUTE) == []


def test_edits_the_message_that_was_sent_instead_of_a_deleted_one(office: Office) -> None:
    bind(office)
    write(office, watched=Watch(CHAIR_CHAT, SCREEN))
    office.run(broadcasts.expand, MONDAY)
    edits(office, MONDAY + MINUTE, "2001/9")
    office.deliver(MONDAY + 10 * MINUTE)
    [last] = edits(office, MONDAY + 11 * MINUTE)
    assert last.replaces == "2001/9"


def test_shows_no_progress_to_whom_nothing_reaches(office: Office) -> None:
    broadcast = write(office, watched=Watch(CHAIR_CHAT, SCREEN))
    office.run(broadcasts.expand, MONDAY)
    office.run(broadcasts.show_progress, MONDAY + MINUTE)
    [shown] = [p for p in office.do(lambda s: s.parcels.unsent()) if ":watch:" in p.key]
    failed = Outcome(shown.id, ParcelState.FAILED, MONDAY, fault="unreachable")
    office.do(lambda store: store.parcels.record([failed]))
    office.run(broadcasts.show_progress, MONDAY + 2 * MINUTE)
    assert now_is(office, broadcast).watched is None


def test_looks_only_where_there_is_something_to_do(office: Office) -> None:
    def looks(at: datetime) -> tuple[bool, bool]:
        return office.look(
            lambda store: (
                broadcasts.any_going(Context(store, office.house, at), at),
                broadcasts.any_watched(Context(store, office.house, at), at),
            )
        )

    assert looks(MONDAY) == (False, False)
    write(office, watched=Watch(CHAIR_CHAT, SCREEN))
    assert looks(MONDAY) == (True, True)
    office.run(broadcasts.expand, MONDAY)
    assert looks(MONDAY) == (False, True)
