"""Which chats a bot account talks in."""

from domain.address import Address
from domain.conversation import Conversation
from domain.group import Group
from storage.engine import Session
from tests.support.union import NOW, found_union


def test_lists_the_chats_of_one_bot_account(session: Session) -> None:
    ours = [Address("zalo", "1000", "a"), Address("zalo", "1000", "group:b")]
    others = [Address("zalo", "2000", "a"), Address("telegram", "1000", "a")]
    for address in (*ours, *others):
        session.store.conversations.save(Conversation(address))
    assert session.store.bot_chats.of("zalo", "1000") == ours
    assert session.store.bot_chats.of("zalo", "1000", most=1) == ours[:1]
    assert session.store.bot_chats.of("zalo", "3000") == []


def test_counts_a_group_that_it_posts_in_once(session: Session) -> None:
    store, union = session.store, found_union(session.store)
    talking, silent, gone = (Address("zalo", "1000", f"group:{name}") for name in "abc")
    store.conversations.save(Conversation(talking))
    for address in (talking, silent, gone):
        store.groups.bind(Group(address, union.unit.id, "Tổ 1", union.chair.id, NOW))
    store.groups.unbind(gone, NOW)
    assert store.bot_chats.of("zalo", "1000") == [talking, silent]
