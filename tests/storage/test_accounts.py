"""How one person is known to several networks, and where they can be written to."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from domain.address import Account, Address
from domain.calendar import usual
from domain.conversation import Conversation
from domain.linking import Linked
from storage.losing import lose, regain, turn_elsewhere
from storage.store import Store
from tests.support.union import MEMBER, MEMBER_CHAT, NOW, found_union

ZALO = Account("zalo", "oa", "z1")
ZALO_CHAT = Address("zalo", "oa", "z1")
HOUR = timedelta(hours=1)
CALENDAR = usual((time(20), time(8)), (time(12), time(13)), ZoneInfo("Asia/Ho_Chi_Minh"))


def test_links_anew_and_takes_apart(store: Store) -> None:
    member = found_union(store).member
    store.people.link(ZALO, member.id, NOW + HOUR)
    assert store.accounts.of(member.id) == [Linked(MEMBER, NOW), Linked(ZALO, NOW + HOUR)]
    store.accounts.linked_anew(member.id, NOW + 2 * HOUR)
    assert {each.at for each in store.accounts.of(member.id)} == {NOW + 2 * HOUR}
    store.accounts.unlink([MEMBER])
    assert [each.account for each in store.accounts.of(member.id)] == [ZALO]
    assert store.people.by_account(MEMBER) is None


def test_writes_to_the_other_account_when_one_is_lost(store: Store) -> None:
    member = found_union(store).member
    store.people.link(ZALO, member.id, NOW)
    store.conversations.save(Conversation(ZALO_CHAT, member.id))
    assert lose(store, MEMBER_CHAT, CALENDAR, NOW) == ZALO_CHAT
    assert store.people.get(member.id) == replace(member, address=ZALO_CHAT)
    assert store.notices.since(NOW - HOUR) == []

    # With the second one gone they are lost, and nobody goes round in circles.
    assert lose(store, ZALO_CHAT, CALENDAR, NOW) is None
    lost = replace(member, address=ZALO_CHAT, reachable=False)
    assert store.people.get(member.id) == lost
    assert [notice.kind for notice in store.notices.since(NOW - HOUR)] == ["lost"]

    regain(store, lost, MEMBER, MEMBER_CHAT)
    assert store.people.get(member.id) == member
    assert store.people.other_chats(member) == []
    regain(store, member, ZALO, ZALO_CHAT)
    assert store.people.get(member.id) == member
    assert store.people.other_chats(member) == [ZALO_CHAT]


def test_stays_where_they_are_when_the_other_account_is_lost(store: Store) -> None:
    member = found_union(store).member
    store.people.link(ZALO, member.id, NOW)
    store.conversations.save(Conversation(ZALO_CHAT, member.id))
    assert turn_elsewhere(store, ZALO_CHAT, NOW) == MEMBER_CHAT
    assert store.people.get(member.id) == member
    assert store.people.other_chats(member) == []
