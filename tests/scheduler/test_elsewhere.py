"""What waits for somebody is said where they are by then, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.action import Action
from domain.address import Account, Address
from domain.conversation import Conversation
from domain.message import Button, Outgoing
from domain.notice import Kind, Notice
from domain.person import Role
from scheduler.context import Context
from storage.losing import lose
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT

NIGHT = datetime(2026, 11, 24, 15, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
"""Ten in the evening, and half past eight, in Việt Nam."""

ZALO = Address("zalo", "1", "z")
SAID = Outgoing("LS-2026-000001 đã được xác nhận.", ((Button("Xem", Action("card", "1")),),))


def tell(office: Office, at: datetime) -> None:
    """News for the member, by night."""
    member = office.union.member

    def job(store: Store) -> None:
        assert Context(store, office.house, at).tell(member, SAID, "news:1")

    office.do(job)


def move(office: Office) -> None:
    """The member writes on Zalo meanwhile, from an account that is linked to the other."""

    def turn(store: Store) -> None:
        member = office.union.member
        store.people.link(Account("zalo", "1", "z"), member.id, NIGHT)
        store.conversations.save(Conversation(ZALO, member.id, spoken_at=NIGHT))
        store.people.save(replace(member, address=ZALO))

    office.do(turn)


def said(office: Office, at: datetime) -> list[tuple[Address, str]]:
    """What the networks get, once it was looked at as often as it is put off."""
    return [(p.to, p.say.text) for _ in range(3) for p in office.deliver(at)]


def test_tells_news_of_the_night_where_they_are_in_the_morning(office: Office) -> None:
    tell(office, NIGHT)
    assert said(office, NIGHT) == []
    move(office)
    assert said(office, MORNING) == [(ZALO, SAID.text)]
    assert said(office, MORNING + timedelta(days=1)) == []
    offered = office.do(lambda store: store.conversations.pushed(ZALO))
    assert offered is not None and [each.label for each in offered.offers] == ["Xem"]


def test_leaves_no_choice_where_it_was_never_shown(office: Office) -> None:
    tell(office, NIGHT)
    move(office)
    said(office, MORNING)
    assert office.do(lambda store: store.conversations.pushed(MEMBER_CHAT)) is None


def test_says_the_day_s_push_on_the_other_account_once_one_is_blocked(office: Office) -> None:
    chair, unit = office.union.chair, office.union.unit

    def wait(store: Store) -> None:
        newcomer = store.people.add("Nông Thị A", unit.id, None, None, NIGHT)
        store.people.save(replace(newcomer, vouched=False))
        store.people.link(Account("zalo", "1", "z"), chair.id, NIGHT)
        store.conversations.save(Conversation(ZALO, chair.id))
        notice = Notice("vouch:1", Kind.VOUCH, NIGHT, chair.id, about={"unit": unit.id})
        assert Context(store, office.house, NIGHT).notify(notice)

    office.do(wait)
    assert said(office, NIGHT) == []
    calendar = office.house.settings.calendar
    office.do(lambda store: lose(store, CHAIR_CHAT, calendar, NIGHT))
    ((to, text),) = said(office, MORNING)
    assert to == ZALO and "Nông Thị A" in text
    assert said(office, MORNING + timedelta(days=1)) == []
    assert [notice.kind for notice in office.ledger()] == [Kind.VOUCH]


def test_tells_the_news_of_two_who_turned_out_to_be_one(office: Office) -> None:
    tell(office, NIGHT)
    office.do(lambda store: store.uniting.unite(office.union.chair.id, office.union.member.id))
    (notice,) = office.ledger()
    assert (notice.kind, notice.person) == (Kind.NEWS, office.union.chair.id)
    assert office.union.chair.address is not None
    assert said(office, MORNING) == [(office.union.chair.address, SAID.text)]


def test_gives_a_push_that_both_wait_for_to_them_once(office: Office) -> None:
    chair, member, unit = office.union.chair, office.union.member, office.union.unit

    def wait(store: Store) -> None:
        newcomer = store.people.add("Nông Thị A", unit.id, None, None, NIGHT)
        store.people.save(replace(newcomer, vouched=False))
        store.people.grant(member.id, Role.CHAIR, unit.id, None, NIGHT)
        for person in (chair, member):
            notice = Notice(
                f"vouch:{person.id}", Kind.VOUCH, NIGHT, person.id, about={"unit": unit.id}
            )
            assert Context(store, office.house, NIGHT).notify(notice)

    office.do(wait)
    office.do(lambda store: store.uniting.unite(chair.id, member.id))
    ((to, text),) = said(office, MORNING)
    assert to == chair.address
    assert text.count("Nông Thị A") == 1
    assert {notice.person for notice in office.ledger()} == {chair.id}
