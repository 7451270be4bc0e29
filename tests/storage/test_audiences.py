"""Whom a broadcast is for, by role and by state, and how many it will reach."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.address import Address
from domain.broadcast import Audience, Reach, State, To
from domain.group import Group
from domain.initiative import Status, Tally
from domain.notice import Kind
from domain.peace import FOREVER, Peace
from domain.person import Person, Role
from domain.programme import Quota, QuotaKind
from storage.store import Store
from tests.support.union import NOW, Union, a_draft, an_entry, found_union

TODAY = date(2026, 11, 22)


@pytest.fixture
def union(store: Store) -> Union:
    return found_union(store)


def somebody(store: Store, name: str, unit: int | None, role: Role | None = None) -> Person:
    """Who wrote to the bot; with a role on their own unit."""
    person = store.people.add(name, unit, None, Address("telegram", "bot", name), NOW)
    if role is not None and unit is not None:
        store.people.grant(person.id, role, unit, None, NOW)
    return person


def names(
    store: Store, union: Union, unit: int, *to: To, state: State = State.ALL, but: int = 0
) -> set[str]:
    audience = Audience(unit, frozenset(to), state, but)
    return {p.name for p in store.audiences.people(audience, union.programme, TODAY)}


def test_knows_who_is_meant_by_each_role(store: Store, union: Union) -> None:
    somebody(store, "Cán bộ", union.root.id, Role.OFFICER)
    somebody(store, "Quản trị", union.root.id, Role.ADMIN)
    helper = somebody(store, "Tổ hỗ trợ", union.other.id, Role.HELPER)
    elsewhere = somebody(store, "Chủ tịch kiêm", None)
    store.people.grant(elsewhere.id, Role.CHAIR, union.unit.id, None, NOW)
    root, unit = union.root.id, union.unit.id
    assert names(store, union, root, To.MEMBERS) == {union.member.name}
    assert names(store, union, root, To.CHAIRS) == {union.chair.name, "Chủ tịch kiêm"}
    assert names(store, union, root, To.OFFICERS) == {"Cán bộ", "Quản trị"}
    assert names(store, union, root, To.HELPERS, To.MEMBERS) == {helper.name, union.member.name}
    everybody = {union.member.name, union.chair.name, "Chủ tịch kiêm"}
    assert names(store, union, unit, To.EVERYBODY) == everybody
    assert names(store, union, unit, To.EVERYBODY, but=union.chair.id) == everybody - {
        union.chair.name
    }
    assert names(store, union, unit, To.GROUPS) == set()


def test_picks_by_what_people_and_their_units_did(store: Store, union: Union) -> None:
    root = union.root.id
    somebody(store, "Giáo viên", union.other.id, Role.CHAIR)
    store.initiatives.add(an_entry(union))
    store.tallies.add(union.programme.id, None, union.unit.id, TODAY, Tally(1, 1))
    store.drafts.add(replace(a_draft(union), person=union.chair.id))
    everybody = To.EVERYBODY
    assert names(store, union, root, everybody, state=State.NO_ENTRY) == {
        union.chair.name,
        "Giáo viên",
    }
    assert names(store, union, root, everybody, state=State.DRAFT) == {union.chair.name}
    assert names(store, union, root, everybody, state=State.EMPTY) == {"Giáo viên"}
    assert names(store, union, root, everybody, state=State.BEHIND) == set()
    for unit, target in ((union.unit.id, 2), (union.other.id, 1)):
        quota = Quota(
            union.programme.id, None, unit, QuotaKind.ASSIGNED, target, union.programme.opens
        )
        store.quotas.set(quota)
    behind = names(store, union, root, everybody, state=State.BEHIND)
    assert behind == {union.member.name, union.chair.name, "Giáo viên"}
    store.tallies.add(union.programme.id, None, union.unit.id, TODAY, Tally(1, 1))
    assert names(store, union, root, everybody, state=State.BEHIND) == {"Giáo viên"}


def test_forgets_withdrawn_entries(store: Store, union: Union) -> None:
    entry = store.initiatives.add(an_entry(union))
    store.initiatives.save(replace(entry, status=Status.WITHDRAWN))
    members = names(store, union, union.root.id, To.MEMBERS, state=State.NO_ENTRY)
    assert members == {union.member.name}


def test_finds_bound_groups_of_the_subtree(store: Store, union: Union) -> None:
    for number, unit in enumerate((union.root, union.unit, union.other)):
        address = Address("telegram", "bot", f"-{number}")
        store.groups.bind(Group(address, unit.id, "Nhóm", union.chair.id, NOW))
    store.groups.unbind(Address("telegram", "bot", "-2"), NOW)
    to = frozenset({To.GROUPS})

    def found(unit: int, state: State = State.ALL) -> list[int]:
        audience = Audience(unit, to, state)
        groups = store.audiences.groups(audience, union.programme, TODAY)
        reach = store.audiences.reach(audience, union.programme, TODAY, NOW)
        assert reach == Reach(groups=len(groups))
        return [chat.unit for chat in groups]

    assert found(union.root.id) == [union.root.id, union.unit.id]
    assert found(union.other.id) == []
    assert found(union.root.id, State.DRAFT) == []
    store.tallies.add(union.programme.id, None, union.unit.id, TODAY, Tally(1))
    assert found(union.root.id, State.EMPTY) == []


def test_counts_whom_nothing_reaches(store: Store, union: Union) -> None:
    unit = union.unit.id
    store.people.add("Chưa nhắn", unit, None, None, NOW)
    blocked = somebody(store, "Chặn", unit)
    store.people.save(replace(blocked, reachable=False))
    for name, wishes in (
        ("Tắt hẳn", Peace(muted_until=FOREVER)),
        ("Tắt tuần này", Peace(muted_until=NOW + timedelta(days=3))),
        ("Tắt loại này", Peace(muted=frozenset({Kind.DRAFT, Kind.BROADCAST}))),
        ("Hết tắt", Peace(muted_until=NOW - timedelta(days=3))),
    ):
        store.peace.save(somebody(store, name, unit).id, wishes)
    store.peace.hold(union.member.id)
    store.peace.pushed(union.member.id, 1, TODAY)
    audience = Audience(union.root.id, frozenset({To.EVERYBODY}))
    reach = store.audiences.reach(audience, union.programme, TODAY, NOW)
    assert reach == Reach(people=8, never=1, blocked=1, muted=3, today=1)
    assert reach.reached == 3


def test_gives_people_a_page_at_a_time(store: Store, union: Union) -> None:
    people = [somebody(store, f"Người {n}", union.unit.id).id for n in range(5)]
    audience = Audience(union.root.id, frozenset({To.MEMBERS}))
    first = store.audiences.people(audience, union.programme, TODAY, limit=3)
    more = store.audiences.people(audience, union.programme, TODAY, first[-1].id, 200)
    assert [p.id for p in (*first, *more)] == [union.member.id, *people]


def test_finds_nobody_in_a_state_without_a_programme(store: Store, union: Union) -> None:
    audience = Audience(union.root.id, frozenset({To.EVERYBODY, To.GROUPS}), State.EMPTY)
    assert store.audiences.people(audience, None, TODAY) == []
    assert store.audiences.groups(audience, None, TODAY) == []
    assert store.audiences.reach(audience, None, TODAY, datetime(2026, 1, 1, tzinfo=UTC)) == Reach()
