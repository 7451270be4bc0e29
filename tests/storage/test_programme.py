"""Units as a tree, programmes with phases, and quotas with their revisions."""

from dataclasses import fields, replace
from datetime import date

import pytest

from domain.programme import Phase, Quota, QuotaKind
from domain.units import Unit
from storage.store import Store
from storage.units import UnitName
from tests.support.union import NOW, a_programme, a_unit, found_union

ON = date(2026, 11, 22)


def test_keeps_everything_of_a_unit(store: Store) -> None:
    union = found_union(store)
    plain = a_unit("TYT1", union.unit.id)
    full = Unit(
        900,
        "TYT2",
        "Trạm y tế",
        "tổ",
        union.root.id,
        date(2026, 1, 1),
        date(2026, 6, 30),
        union.other.id,
        ("Trạm xá", "TYT"),
        "health",
        {"doi_tuong": "người lao động"},
        "Cụm 1",
        120,
    )
    same = {f.name for f in fields(full) if getattr(full, f.name) == getattr(plain, f.name)}
    assert same == set()
    assert store.units.add(full) == full == store.units.get(900)
    changed = replace(full, name="Trung tâm y tế", aliases=(), presets={})
    store.units.save(changed)
    assert store.units.get(900) == replace(changed, aliases=("Trạm y tế",))
    assert store.units.get(901) is None


def test_knows_the_tree_at_any_depth(store: Store) -> None:
    union = found_union(store)
    below = store.units.add(a_unit("A", union.unit.id))
    deep = store.units.add(a_unit("B", below.id))
    assert store.units.root() == union.root
    assert store.units.path(deep.id) == (union.root.id, union.unit.id, below.id, deep.id)
    assert store.units.path(999) == ()
    assert store.units.children(union.root.id) == [union.unit, union.other]
    assert store.units.subtree(union.unit.id) == [union.unit, below, deep]
    assert store.units.count() == 5


@pytest.mark.parametrize("typed", ["CTN27", "ctn27", " Ctn 27 ", "ctn-27", "CTN２７"])
def test_finds_a_unit_by_its_code_as_typed(store: Store, typed: str) -> None:
    union = found_union(store)
    assert store.units.by_code(typed) == union.unit


def test_finds_no_unit_by_a_wrong_code(store: Store) -> None:
    found_union(store)
    assert store.units.by_code("CTN28") is None
    assert store.units.by_code("") is None


def test_folds_the_letter_d_with_a_stroke(store: Store) -> None:
    found_union(store)
    assert store.units.by_code("lđlđ") == store.units.root()


def test_lists_the_names_to_search(store: Store) -> None:
    union = found_union(store)
    store.units.save(replace(union.other, aliases=("Trường X",)))
    assert store.units.names()[2] == UnitName(
        union.other.id, "THX", union.other.name, ("Trường X",)
    )


def test_keeps_a_programme_with_its_phases(store: Store) -> None:
    added = store.programmes.add(replace(a_programme(), review_steps=2, needs_recognition=False))
    assert all(phase.id for phase in added.phases)
    assert store.programmes.get(added.id) == added == store.programmes.by_key("2026")
    extra = Phase(0, "Cao điểm", date(2026, 11, 1), date(2026, 11, 30))
    saved = store.programmes.save(replace(added, name="Khác", phases=(*added.phases, extra)))
    found = store.programmes.get(added.id)
    assert found is not None
    assert set(found.phases) == set(saved.phases)
    assert found.name == "Khác"
    assert store.programmes.get(999) is None
    assert store.programmes.all() == [found]


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "2025"),
        (date(2025, 12, 31), "2025-26"),
        (date(2026, 1, 1), "2025-26"),
        (date(2026, 3, 1), "2026"),
        (date(2027, 5, 5), "2026"),
    ],
)
def test_finds_the_programme_of_a_day(store: Store, day: date, key: str | None) -> None:
    for each, opens, closes in (
        ("2026", date(2026, 3, 1), date(2026, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-26", date(2025, 7, 1), date(2026, 2, 28)),
    ):
        store.programmes.add(replace(a_programme(), key=each, opens=opens, closes=closes))
    found = store.programmes.current(day)
    assert (found.key if found else None) == key


def test_follows_revisions_of_a_quota(store: Store) -> None:
    union = found_union(store)
    programme, unit = union.programme.id, union.unit.id
    late = union.programme.phases[1].id
    rows = [
        Quota(programme, None, unit, QuotaKind.ASSIGNED, 100, date(2026, 1, 1), "giao"),
        Quota(programme, None, unit, QuotaKind.ASSIGNED, 120, date(2026, 9, 1), "điều chỉnh"),
        Quota(programme, None, unit, QuotaKind.ASSIGNED, 130, date(2026, 9, 1), "sửa"),
        Quota(programme, None, unit, QuotaKind.REGISTERED, 90, date(2026, 1, 1)),
        Quota(programme, late, unit, QuotaKind.ASSIGNED, 40, date(2026, 7, 1)),
        Quota(programme, None, union.other.id, QuotaKind.ASSIGNED, 7, date(2026, 1, 1)),
    ]
    for row in rows:
        store.quotas.set(row, union.chair.id, NOW)

    def target(kind: QuotaKind, phase: int | None, on: date) -> int | None:
        return store.quotas.target(programme, unit, kind, phase, on)

    assert target(QuotaKind.ASSIGNED, None, date(2025, 12, 31)) is None
    assert target(QuotaKind.ASSIGNED, None, date(2026, 8, 31)) == 100
    assert target(QuotaKind.ASSIGNED, None, date(2026, 9, 1)) == 130
    assert target(QuotaKind.REGISTERED, None, ON) == 90
    assert target(QuotaKind.ASSIGNED, late, ON) == 40
    assert target(QuotaKind.REGISTERED, late, ON) is None
    children = store.quotas.of_children
    assert children(programme, union.root.id, QuotaKind.ASSIGNED, None, ON) == {
        unit: 130,
        union.other.id: 7,
    }
    assert children(programme, union.root.id, QuotaKind.ASSIGNED, None, date(2026, 2, 1)) == {
        unit: 100,
        union.other.id: 7,
    }
    assert set(store.quotas.history(programme, unit)) == set(rows[:-1])
