"""Who blocked the bot is marked, and whoever looks after them hears of it once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.address import Address
from domain.ledger import Outcome
from domain.notice import Kind, Notice
from domain.person import Consent, Person, Role
from scheduler.context import Context
from storage.ledger import Asked
from storage.losing import lose
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT

EVENING = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A Monday, 21:00 in Việt Nam."""
MORNING = EVENING + timedelta(hours=11)
DAY = timedelta(days=1)


def block(office: Office, address: Address = MEMBER_CHAT, at: datetime = EVENING) -> None:
    office.do(lambda store: lose(store, address, office.house.settings.calendar, at))


def somebody(office: Office, name: str, unit: int, role: Role | None = None) -> Person:
    """Somebody new, in a chat that is called like them."""

    def join(store: Store) -> Person:
        chat = Address("telegram", "bot", name)
        person = store.people.add(name, unit, Consent("1", EVENING), chat, EVENING)
        if role:
            store.people.grant(person.id, role, unit, None, EVENING)
        return person

    return office.do(join)


def told(office: Office, at: datetime = MORNING) -> dict[str, str]:
    """What each chat reads."""
    return {parcel.to.chat: parcel.say.text for parcel in office.deliver(at)}


def test_marks_them_and_tells_their_chair_once(office: Office) -> None:
    block(office)
    block(office, at=EVENING + timedelta(minutes=5))
    member = office.do(lambda store: store.people.get(office.union.member.id))
    assert member is not None and not member.reachable
    assert office.deliver(EVENING) == []
    [push] = office.deliver(MORNING)
    assert push.to == CHAIR_CHAT
    assert push.say.text.startswith("Bot không nhắn được cho Nguyễn Văn Vũ nữa")
    assert push.say.buttons == ()
    block(office, at=MORNING)
    assert told(office, MORNING + DAY) == {}
    [notice] = office.ledger()
    assert (notice.kind, notice.unit) == (Kind.LOST, office.union.unit.id)


def test_tells_again_when_they_came_back_and_are_lost_another_day(office: Office) -> None:
    block(office)
    assert len(told(office)) == 1
    office.do(lambda store: store.people.mark_reachable(office.union.member.id))
    block(office, at=MORNING)
    assert len(told(office, MORNING + DAY)) == 1


def test_says_nothing_of_who_came_back_in_time(office: Office) -> None:
    block(office)
    office.do(lambda store: store.people.mark_reachable(office.union.member.id))
    assert told(office) == {}
    assert [each.reason for each in office.ledger()] == ["pointless"]


def test_names_several_in_one_sentence(office: Office) -> None:
    for number in range(7):
        person = somebody(office, f"Trần Văn {number}", office.union.unit.id)
        assert person.address is not None
        block(office, person.address)
    [said] = told(office).values()
    assert said == (
        "Bot không nhắn được cho 7 người nữa: Trần Văn 0, Trần Văn 1, Trần Văn 2, Trần Văn 3, "
        "Trần Văn 4 và 2 người khác. Anh/chị báo giúp: nhắn bot một tin là nhận lại được."
    )
    lines = office.do(
        lambda store: store.ledger.page(Asked(office.union.unit.id, EVENING - DAY, MORNING))
    )
    assert [line.outcome for line in lines] == [Outcome.MERGED] * 7


def test_says_it_beside_other_reasons_of_the_day(office: Office) -> None:
    other = somebody(office, "Trần Văn Em", office.union.unit.id)
    office.do(lambda store: store.people.save(replace(other, vouched=False)))
    chair, unit = office.union.chair.id, office.union.unit.id
    for address in (MEMBER_CHAT, somebody(office, "Trần Văn Ba", unit).address):
        assert address is not None
        block(office, address)
    vouch = Notice("vouch:1", Kind.VOUCH, EVENING, chair, unit=unit, about={"unit": unit})
    office.do(lambda store: Context(store, office.house, EVENING).notify(vouch))
    said = told(office)[CHAIR_CHAT.chat]
    assert said.startswith("Hôm nay có 2 việc:\n• Bot không nhắn được cho 2 người nữa: ")


def test_tells_the_officer_of_a_chair_who_stands_alone(office: Office) -> None:
    somebody(office, "Lê Thị Hà", office.union.root.id, Role.OFFICER)
    block(office, CHAIR_CHAT)
    assert list(told(office)) == ["Lê Thị Hà"]


def test_tells_nobody_of_a_guest_or_what_they_may_not_hear(office: Office) -> None:
    guest = replace(somebody(office, "Người Lạ", office.union.unit.id), vouched=False)
    office.do(lambda store: store.people.save(guest))
    assert guest.address is not None
    block(office, guest.address)
    assert office.ledger() == []
    block(office)
    grant = office.union.chair.grants[0]
    office.do(lambda store: store.people.revoke(office.union.chair.id, grant.role, grant.unit))
    assert told(office) == {}
