"""People, their roles, and the codes that give them."""

from dataclasses import fields, replace
from datetime import timedelta

from domain.address import Account, Address
from domain.linking import Linked
from domain.person import Consent, Grant, Person, Role
from storage.consents import ConsentAnswer
from storage.store import Store
from tests.support.union import CHAIR_CHAT, MEMBER, MEMBER_CHAT, NOW, a_unit, found_union

ZALO = Account("zalo", "oa", "z1")
ELSEWHERE = Address("zalo", "oa", "z1")
HOUR = timedelta(hours=1)


def test_keeps_everything_of_a_person(store: Store) -> None:
    union = found_union(store)
    someone = store.people.add("Nông Thị A", None, None, None, NOW)
    assert store.people.get(someone.id) == someone
    full = Person(
        someone.id,
        "Nông Thị Á",
        union.other.id,
        Consent("2", NOW),
        Address("zalo", "oa", "9", "t"),
        reachable=False,
        vouched=False,
        grants=(Grant(Role.OFFICER, union.root.id),),
    )
    same = {f.name for f in fields(full) if getattr(full, f.name) == getattr(someone, f.name)}
    assert same == {"id"}
    store.people.save(full)
    store.people.grant(someone.id, Role.OFFICER, union.root.id, None, NOW)
    assert store.people.get(someone.id) == full
    assert store.people.get(999) is None


def test_knows_one_person_by_two_accounts(store: Store) -> None:
    union = found_union(store)
    assert store.people.by_account(ZALO) is None
    store.people.link(ZALO, union.member.id, NOW + HOUR)
    assert store.people.by_account(ZALO) == union.member == store.people.by_account(MEMBER)
    assert store.accounts.of(union.member.id) == [Linked(MEMBER, NOW), Linked(ZALO, NOW + HOUR)]
    store.people.link(ZALO, union.chair.id, NOW)
    assert store.people.by_account(ZALO) == union.chair
    store.people.lock(union.chair.id)


def test_keeps_every_answer_to_the_consent_message(store: Store) -> None:
    union = found_union(store)
    store.consents.record(None, "1", "Bot lưu ...", NOW, ZALO, False)
    store.consents.record(union.member.id, "1", "Bot lưu ...", NOW, MEMBER, True)
    store.consents.record(union.member.id, "2", "Bot còn lưu ...", NOW + HOUR, MEMBER, False)
    assert store.consents.of(union.member.id) == [
        ConsentAnswer("1", "Bot lưu ...", True, NOW),
        ConsentAnswer("2", "Bot còn lưu ...", False, NOW + HOUR),
    ]


def test_finds_the_nearest_holders_of_a_role(store: Store) -> None:
    union = found_union(store)
    below = store.units.add(a_unit("TO1", union.unit.id))
    store.people.grant(union.member.id, Role.CHAIR, union.root.id, None, NOW)
    names = [p.id for p in store.people.holders(Role.CHAIR, store.units.path(below.id))]
    assert names == [union.chair.id]
    (found,) = store.people.holders(Role.CHAIR, store.units.path(union.other.id))
    assert found.id == union.member.id
    assert found.grants == (Grant(Role.CHAIR, union.root.id),)
    assert store.people.holders(Role.OFFICER, store.units.path(below.id)) == []
    assert store.people.holders(Role.CHAIR, ()) == []


def test_grants_and_revokes_once(store: Store) -> None:
    union = found_union(store)
    assert not store.people.grant(union.chair.id, Role.CHAIR, union.unit.id, None, NOW)
    assert store.people.revoke(union.chair.id, Role.CHAIR, union.unit.id)
    assert not store.people.revoke(union.chair.id, Role.CHAIR, union.unit.id)
    assert store.people.get(union.chair.id) == replace(union.chair, grants=())


def test_follows_where_people_can_be_written_to(store: Store) -> None:
    union = found_union(store)
    assert store.people.mark_unreachable(MEMBER_CHAT) == 1
    assert store.people.get(union.member.id) == replace(union.member, reachable=False)
    store.people.mark_reachable(union.member.id)
    assert store.people.get(union.member.id) == union.member
    assert store.people.moved(MEMBER_CHAT, ELSEWHERE) == 1
    assert store.people.get(union.member.id) == replace(union.member, address=ELSEWHERE)
    assert store.people.mark_unreachable(MEMBER_CHAT) == 0


def test_counts_and_pages_through_the_people_of_a_subtree(store: Store) -> None:
    union = found_union(store)
    extra = store.people.add("B", union.other.id, None, None, NOW)
    assert store.people.count_members(union.root.id) == 3
    assert store.people.count_members(union.unit.id) == 2
    first = store.people.of_unit(union.root.id, limit=2)
    assert first == [union.member, union.chair]
    assert store.people.of_unit(union.root.id, after=first[-1].id) == [extra]


def test_redeems_a_code_once_and_in_time(store: Store) -> None:
    union = found_union(store)
    who = union.member.id
    store.codes.issue("abc", Role.CHAIR, union.unit.id, NOW + HOUR, None, NOW)
    store.codes.issue("old", Role.ADMIN, union.root.id, NOW, union.chair.id, NOW - HOUR)
    assert store.codes.redeem("unknown", who, NOW) is None
    assert store.codes.redeem("old", who, NOW) is None
    assert store.codes.redeem("abc", who, NOW) == Grant(Role.CHAIR, union.unit.id)
    assert store.codes.redeem("abc", who, NOW) is None


def test_counts_tries_in_one_chat(store: Store) -> None:
    for minutes in (0, 30, 50):
        store.codes.note_try(MEMBER_CHAT, NOW + timedelta(minutes=minutes))
    store.codes.note_try(CHAIR_CHAT, NOW)
    assert store.codes.tries(MEMBER_CHAT, NOW + timedelta(minutes=30)) == 2
    store.codes.forget_tries(NOW + timedelta(minutes=40))
    assert store.codes.tries(MEMBER_CHAT, NOW) == 1
