"""Wishes for groups: one at a time, ours until the lease ends, found again when it did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.address import Account, Address
from domain.conversation import Conversation
from domain.group_wish import GroupWish, Wanted, WishState
from domain.person import Consent, Role
from storage.store import Store
from tests.support.union import NOW, Union, found_union

LEASE = timedelta(minutes=2)
ACCOUNT = ("zalo_oa", "3000")


@pytest.fixture
def union(store: Store) -> Union:
    """Two units, each with a wish to come."""
    return found_union(store)


def a_wish(union: Union, *, unit: int = 0, name: str = "Nhóm") -> GroupWish:
    """Not stored yet."""
    return GroupWish(
        0,
        unit or union.unit.id,
        *ACCOUNT,
        Wanted.GROUP,
        union.chair.id,
        name,
        ("1", "2"),
        NOW,
    )


def added(store: Store, wish: GroupWish) -> GroupWish:
    """Stored."""
    found = store.group_wishes.add(wish)
    assert found is not None
    return found


def claimed(store: Store, owner: str = "a", after: timedelta = timedelta()) -> GroupWish | None:
    """What somebody gets to work on."""
    now = NOW + after
    return store.group_wishes.claim(*ACCOUNT, owner, now + LEASE, now)


def test_keeps_one_wish_of_a_unit_under_way(store: Store, union: Union) -> None:
    wish = added(store, a_wish(union))
    assert store.group_wishes.add(a_wish(union)) is None
    assert store.group_wishes.get(wish.id) == wish
    assert added(store, a_wish(union, unit=union.other.id)).id != wish.id
    assert claimed(store) == wish
    assert store.group_wishes.give_up(wish.id, "a", WishState.FAILED, "package", NOW)
    assert added(store, a_wish(union)).id != wish.id


def test_lets_one_worker_at_an_account(store: Store, union: Union) -> None:
    first = added(store, a_wish(union))
    second = added(store, a_wish(union, unit=union.other.id, name="Nhóm khác"))
    assert claimed(store, "a") == first
    assert claimed(store, "b") is None
    assert store.group_wishes.made(first.id, "a", "group:1", "link", ("1",), NOW)
    assert claimed(store, "b") == second


def test_takes_up_what_a_dead_worker_left(store: Store, union: Union) -> None:
    wish = added(store, a_wish(union))
    assert claimed(store, "a") == wish
    assert store.group_wishes.making(wish.id, "a", ("group:0",), NOW + LEASE)
    assert store.group_wishes.is_making(*ACCOUNT)
    assert claimed(store, "b", LEASE - timedelta(seconds=1)) is None
    left = claimed(store, "b", LEASE)
    assert left == replace(wish, state=WishState.MAKING, known=("group:0",))
    for late in (
        store.group_wishes.making(wish.id, "a", (), NOW),
        store.group_wishes.made(wish.id, "a", "group:1", "", (), NOW),
        store.group_wishes.later(wish.id, "a", WishState.WISHED, "busy", NOW),
        store.group_wishes.give_up(wish.id, "a", WishState.FAILED, "busy", NOW),
    ):
        assert not late
    assert store.group_wishes.made(wish.id, "b", "group:1", "link", ("1",), NOW)
    (made,) = store.group_wishes.of_group(*ACCOUNT, "group:1")
    assert (made.state, made.link, made.members) == (WishState.MADE, "link", ("1",))
    assert store.group_wishes.last(union.unit.id, *ACCOUNT, Wanted.GROUP) == made
    assert not store.group_wishes.is_making(*ACCOUNT)


def test_waits_for_the_next_attempt(store: Store, union: Union) -> None:
    wish = added(store, a_wish(union))
    claimed(store)
    soon = NOW + timedelta(seconds=10)
    assert store.group_wishes.later(wish.id, "a", WishState.WISHED, "busy", soon)
    assert claimed(store, "a", timedelta(seconds=9)) is None
    again = claimed(store, "a", timedelta(seconds=10))
    assert again == replace(wish, attempts=1, reason="busy")


def test_begins_no_group_of_a_name_that_may_have_been_made(store: Store, union: Union) -> None:
    first = added(store, a_wish(union))
    claimed(store)
    store.group_wishes.making(first.id, "a", (), NOW + LEASE)
    later = NOW + timedelta(minutes=10)
    store.group_wishes.later(first.id, "a", WishState.MAKING, "busy", later)
    added(store, a_wish(union, unit=union.other.id))
    assert claimed(store) is None
    other = store.units.add(replace(union.other, id=0, code="NEW", name="Mới"))
    third = added(store, a_wish(union, unit=other.id, name="Nhóm khác"))
    assert claimed(store) == third
    store.group_wishes.made(third.id, "a", "group:3", "", (), NOW)
    again = claimed(store, "a", timedelta(minutes=10))
    assert again is not None
    assert again.id == first.id


def test_opens_again_only_what_is_unknown(store: Store, union: Union) -> None:
    wish = added(store, a_wish(union))
    claimed(store)
    assert not store.group_wishes.reopen(wish.id, union.chair.id, NOW)
    store.group_wishes.making(wish.id, "a", ("group:0",), NOW + LEASE)
    store.group_wishes.later(wish.id, "a", WishState.MAKING, "busy", NOW)
    claimed(store)
    store.group_wishes.give_up(wish.id, "a", WishState.UNSURE, "busy", NOW)
    assert store.group_wishes.reopen(wish.id, union.member.id, NOW)
    again = claimed(store)
    assert again is not None
    assert (again.state, again.attempts, again.known) == (WishState.MAKING, 0, ("group:0",))
    assert again.asker == union.member.id


def test_invites_those_of_a_unit_who_wrote_lately(store: Store, union: Union) -> None:
    def person(user: str, unit: int | None, days: float, *, vouched: bool = True) -> int:
        at, chat = NOW - timedelta(days=days), Address(*ACCOUNT, user)
        someone = store.people.add(user, unit, Consent("1", NOW), chat, NOW)
        store.people.save(replace(someone, vouched=vouched))
        store.people.link(Account(*ACCOUNT, user), someone.id, NOW)
        store.conversations.save(Conversation(chat, person=someone.id, spoken_at=at))
        return someone.id

    unit = union.unit.id
    person("late", unit, 3)
    person("early", unit, 1)
    person("silent", unit, 8)
    person("elsewhere", union.other.id, 1)
    person("unvouched", unit, 1, vouched=False)
    blocked = person("blocked", unit, 1)
    store.people.mark_unreachable(Address(*ACCOUNT, "blocked"))
    helper = person("helper", union.other.id, 6)
    chair = person("chair", unit, 6)
    store.people.grant(helper, Role.HELPER, unit, None, NOW)
    store.people.grant(chair, Role.CHAIR, unit, None, NOW)
    group = Address(*ACCOUNT, "group:1")
    store.conversations.save(Conversation(group, person=blocked, spoken_at=NOW))
    since = NOW - timedelta(days=7)
    assert store.invitable.of(unit, *ACCOUNT, since) == ["chair", "helper", "early", "late"]
    assert store.invitable.of(unit, "telegram", "bot", since) == []
    belonging = ("late", "early", "silent", "blocked", "helper", "chair")
    assert store.invitable.belonging(unit) == len(belonging) + 2
