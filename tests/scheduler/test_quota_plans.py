"""Quotas that were agreed to, page after page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.material import Material
from bot.documents.quota_plan import draw
from domain.message import Document
from domain.person import Role
from domain.programme import QuotaKind
from domain.quota_plan import QuotaPlan, Share
from scheduler.quota_plans import go_on
from storage.assigning import PAGE, assign, is_stale
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import a_unit

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SINCE = date(2026, 1, 1)
UNITS = PAGE + 30


def planned(office: Office) -> QuotaPlan:
    """A plan for many units, agreed to, its first page set."""

    def make(store: Store) -> QuotaPlan:
        root = office.union.root.id
        store.units.add_many([a_unit(f"U{n}", root) for n in range(UNITS - 2)])
        units = [record.unit for record in store.quota_plans.records(root, SINCE)]
        plan = QuotaPlan(
            0,
            office.union.programme.id,
            root,
            0,
            7 * UNITS,
            tuple(Share(unit, 7) for unit in units),
            since=SINCE,
            made_by=office.union.chair.id,
            made_at=AT,
        )
        plan = replace(plan, id=store.quota_plans.add(plan), agreed_by=office.union.chair.id)
        return assign(store, plan, "giao theo kết quả các năm", AT)

    return office.do(make)


def given(office: Office) -> dict[int, int]:
    programme, root = office.union.programme.id, office.union.root.id
    return office.do(
        lambda store: store.quotas.of_children(programme, root, QuotaKind.ASSIGNED, None, SINCE)
    )


def test_goes_on_until_all_is_set_and_says_so_once(office: Office) -> None:
    plan = planned(office)
    assert (plan.done, plan.applied_at, len(given(office))) == (PAGE, None, PAGE)
    for _ in range(3):
        office.run(go_on, AT)
    assert set(given(office).values()) == {7}
    assert len(given(office)) == UNITS
    [push] = office.deliver(AT)
    assert push.say.text == "Đã giao chỉ tiêu cho 230 đơn vị."
    stored = office.do(lambda store: store.quota_plans.get(plan.id))
    assert stored is not None and stored.applied_at == AT


def test_knows_when_units_or_quotas_changed(office: Office) -> None:
    plan = planned(office)
    fresh = replace(plan, shares=tuple(replace(s, before=7) for s in plan.shares[:PAGE]))
    everyone = (*fresh.shares, *plan.shares[PAGE:])
    assert not office.do(lambda store: is_stale(store, replace(plan, shares=everyone), SINCE))
    assert office.do(lambda store: is_stale(store, plan, SINCE))
    assert office.do(lambda store: is_stale(store, fresh, SINCE))


def test_draws_every_unit_for_whoever_may_set_quotas(office: Office, tmp_path: Path) -> None:
    plan = planned(office)

    def prepare(store: Store) -> None:
        store.people.grant(office.union.chair.id, Role.OFFICER, office.union.root.id, None, AT)
        store.quota_plans.set_years([(office.union.unit.id, 2025, 12)])

    wanted = {"plan": plan.id, "unit": plan.unit, "person": office.union.chair.id}
    document = Document("quota_plan", wanted, AT)
    assert office.do(lambda store: draw(document, Material(store, tmp_path, office.house))) is None
    office.do(prepare)
    drawn = office.do(lambda store: draw(document, Material(store, tmp_path, office.house)))
    assert drawn is not None
    sheet = load_workbook(BytesIO(drawn.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(n for n, row in enumerate(rows) if "Mã đơn vị" in row)
    assert rows[header][:5] == (
        "Mã đơn vị", "Tên đơn vị", "Số đoàn viên", "Công nhận 2025", "Bình quân",
    )  # fmt: skip
    assert len(rows) - header - 1 == UNITS + 1
    assert rows[-1][1] == "Tổng cộng" and rows[-1][-1] == 7 * UNITS
