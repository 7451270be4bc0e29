"""Which grassroots units are listed as having nothing yet."""

from dataclasses import replace
from datetime import date

import pytest

from storage.store import Store
from tests.support.union import a_unit, found_union

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("word", ["CĐCS", "cdcs", "Công đoàn cơ sở"])
def test_names_a_grassroots_unit_and_not_its_groups(store: Store, word: str) -> None:
    union = found_union(store)
    store.units.save(replace(union.root, kind="LĐLĐ tỉnh"))
    for unit in (union.unit, union.other):
        store.units.save(replace(unit, kind=word))
    group = store.units.add(replace(a_unit("TO1", union.unit.id, "Tổ 1"), kind="Tổ công đoàn"))
    store.units.add(replace(a_unit("TO1A", group.id, "Nhóm A"), kind="Nhóm"))
    count, named = store.papers.empty_units(union.programme.id, union.root.id, DAY)
    assert (count, [each.code for each in named]) == (2, ["CTN27", "THX"])
