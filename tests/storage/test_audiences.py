"""Whom a broadcast is for, by role and by state, and how many it will reach."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.address import Address
from domain.broadcast import Audience, Reach, State, To
from domain.group import Group
from domain.initiative import Desk, Status, Tally
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


def test_picks_by_entries_that_were_returned_or_wait_for_their_chair(
    store: Store, union: Union
) -> None:
    somebody(store, "Giáo viên", union.other.id, Role.CHAIR)
    somebody(store, "Đoàn viên khác", union.unit.id)
    address = Address("telegram", "bot", "-1")
    store.groups.bind(Group(address, union.unit.id, "Nhóm", union.chair.id, NOW))
    entry = store.initiatives.add(replace(an_entry(union), desk=Desk.CHAIR))
    root, both = union.root.id, {union.member.name, union.chair.name}

    def found(state: State) -> set[str]:
        audience = Audience(root, frozenset({To.GROUPS}), state)
        groups = store.audiences.groups(audience, union.programme, TODAY)
        assert store.audiences.reach(audience, union.programme, TODAY, NOW).groups == len(groups)
        assert names(store, union, root, To.CHAIRS, state=state) <= {union.chair.name}
        assert names(store, union, root, To.MEMBERS, state=state) <= {union.member.name}
        people = names(store, union, root, To.EVERYBODY, state=state)
        assert len(groups) == bool(people)
        return people

    assert (found(State.WAITING), found(State.RETURNED)) == (both, set())
    store.initiatives.save(replace(entry, status=Status.RETURNED, desk=Desk.NOBODY))
    assert (found(State.WAITING), found(State.RETURNED)) == (set(), both)
    store.initiatives.save(replace(entry, desk=Desk.OFFICER))
    assert (found(State.WAITING), found(State.RETURNED)) == (set(), set())


def test_knows_whether_one_person_or_group_is_meant(store: Store, union: Union) -> None:
    address = Address("telegram", "bot", "-1")
    store.groups.bind(Group(address, union.unit.id, "Nhóm", union.chair.id, NOW))
    [group] = store.audiences.groups(
        Audience(union.root.id, frozenset({To.GROUPS})), union.programme, TODAY
    )

    def has(unit: int, *to: To, state: State = State.ALL) -> tuple[bool, bool, bool]:
        audience = Audience(unit, frozenset(to), state)
        programme = union.programme
        return (
            store.audiences.has(audience, programme, TODAY, person=union.member.id),
            store.audiences.has(audience, programme, TODAY, person=union.chair.id),
            store.audiences.has(audience, programme, TODAY, group=group.number),
        )

    root = union.root.id
    assert has(root, To.EVERYBODY) == (True, True, False)
    assert has(root, To.CHAIRS, To.GROUPS) == (False, True, True)
    assert has(union.other.id, *To) == (False, False, False)
    assert has(root, *To, state=State.NO_ENTRY) == (True, True, False)
    store.initiatives.add(an_entry(union))
    assert has(root, *To, state=State.NO_ENTRY) == (False, True, False)
    store.groups.unbind(address, NOW)
    assert has(root, *To) == (True, True, False)
    everybody = Audience(root, frozenset(To), State.NO_ENTRY)
    assert not store.audiences.has(everybody, None, TODAY, person=union.chair.id)


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
