"""What lies on whose desk, the oldest first, whichever way it is looked up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.initiative import Desk, Initiative, Status
from domain.person import Consent, Role
from domain.review import Pile
from storage import desks
from storage.store import Store
from tests.support.union import NOW, a_unit, an_entry, found_union

DAY = timedelta(days=1)
LOOKED = (Status.SUBMITTED, Status.CONFIRMED)


@pytest.fixture(params=["gathered", "walked"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few units are gathered, many are walked: both must find the same."""
    if request.param == "walked":
        monkeypatch.setattr(desks, "WIDE", 1)
        monkeypatch.setattr(desks, "WIDE_TO_COUNT", 1)


@pytest.mark.usefixtures("either_way")
def test_finds_what_has_lain_longest_on_a_desk(store: Store) -> None:
    union = found_union(store)
    below = store.units.add(a_unit("TO1", union.unit.id))

    def add(days: int, **changes: object) -> Initiative:
        lying = {"desk": Desk.CHAIR, "desk_since": NOW + days * DAY}
        return store.initiatives.add(an_entry(union, **(lying | changes)))

    late = add(3)
    first = add(1, unit=below.id)
    same_time = add(1)
    own = add(0, author=union.chair.id)
    add(0, status=Status.VALID, desk=Desk.NOBODY, desk_since=None)
    second_look = add(2, status=Status.CONFIRMED, desk=Desk.OFFICER)
    elsewhere = add(0, unit=union.other.id)

    chair, nobody = union.chair.id, 0
    mine = [Pile(union.unit.id, Desk.CHAIR, (Status.SUBMITTED,))]
    assert store.desks.next(mine, chair) == first
    assert store.desks.next(mine, chair, first) == same_time
    assert store.desks.next(mine, chair, same_time) == late
    assert store.desks.next(mine, chair, late) is None
    assert store.desks.next(mine, nobody) == own
    assert store.desks.count(mine, chair) == 3
    officers = [Pile(union.root.id, Desk.OFFICER, LOOKED)]
    assert store.desks.next(officers, nobody) == second_look
    assert store.desks.next([*officers, *mine], chair) == first
    root = [Pile(union.root.id, Desk.CHAIR, (Status.SUBMITTED,))]
    assert store.desks.next(root, chair) == elsewhere
    assert store.desks.count(root, chair) == 4


@pytest.mark.usefixtures("either_way")
def test_counts_no_further_than_anybody_minds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    union = found_union(store)
    for _ in range(4):
        store.initiatives.add(an_entry(union, desk=Desk.CHAIR, desk_since=NOW))
    monkeypatch.setattr(desks, "COUNTED_MOST", 3)
    assert store.desks.count([Pile(union.root.id, Desk.CHAIR, (Status.SUBMITTED,))], 0) == 3


def test_finds_what_chairs_left_lying_and_whom_to_tell(store: Store) -> None:
    union = found_union(store)
    root, unit = union.root.id, union.unit.id

    def officer(name: str, on: int) -> int:
        person = store.people.add(name, on, Consent("1", NOW), None, NOW)
        store.people.grant(person.id, Role.OFFICER, on, None, NOW)
        return person.id

    above, near = officer("Hoàng Văn E", root), officer("Lý Văn G", unit)
    lying = [
        store.initiatives.add(an_entry(union, unit=where, desk=Desk.CHAIR, desk_since=NOW))
        for where in (unit, unit, union.other.id)
    ]
    store.initiatives.add(an_entry(union, unit=unit, author=near, desk=Desk.CHAIR, desk_since=NOW))
    store.initiatives.add(an_entry(union, desk=Desk.CHAIR, desk_since=NOW + DAY))
    found = store.desks.late(Desk.CHAIR, NOW, 2)
    assert [each.id for each in found] == [each.id for each in lying[:2]]
    assert store.desks.late_for(Role.OFFICER, Desk.CHAIR, NOW) == [(above, 1), (near, 2)]
    for each in store.desks.late(Desk.CHAIR, NOW, 9):
        store.initiatives.save(replace(each, desk=Desk.OFFICER))
    assert store.desks.late(Desk.CHAIR, NOW, 9) == []


def test_finds_what_an_entry_may_repeat(store: Store) -> None:
    union = found_union(store)
    add = store.initiatives.add
    entry = add(an_entry(union))
    near = add(an_entry(union, author=union.chair.id))
    own = add(an_entry(union, unit=union.other.id))
    add(an_entry(union, status=Status.DUPLICATE))
    add(an_entry(union, unit=union.other.id, author=union.chair.id))
    found = store.twins.near(entry, union.unit.id)
    assert sorted(each.id for each in found) == [near.id, own.id]
    assert {each.title for each in found} == {entry.title}


def test_knows_what_somebody_decided_last(store: Store) -> None:
    assert store.desks.decided_last(1) is None
    store.audit.note(1, "confirm", "initiative:7", NOW)
    store.audit.note(1, "return", "initiative:8", NOW)
    store.audit.note(1, "grant", "person:3", NOW)
    store.audit.note(2, "confirm", "initiative:9", NOW)
    assert store.desks.decided_last(1) == 8
    store.audit.note(1, "undo", "initiative:8", NOW)
    assert store.desks.decided_last(1) is None
