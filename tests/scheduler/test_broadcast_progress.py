"""How far a broadcast is, shown in place while anything changes."""

from datetime import datetime

from domain.address import MessageRef
from domain.broadcast import Watch
from domain.message import Outgoing
from domain.parcel import ParcelState
from scheduler import broadcasts
from scheduler.context import Context
from storage.parcels import Outcome
from tests.scheduler.broadcasting import MINUTE, MONDAY, bind, now_is, write
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT

SCREEN = MessageRef("2001/5")


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
