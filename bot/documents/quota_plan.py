"""A proposed sharing-out of quotas, every unit with the figures that it comes from."""

from datetime import date

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from domain.allocation import YEARS_MOST, mean
from domain.message import Document
from domain.person import Deed
from domain.quota_plan import QuotaPlan
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_date
from domain.wording.capital import capital
from domain.wording.quotas import span
from storage.store import Store


def draw(document: Document, given: Material) -> Rendered | None:
    """The workbook; None for whoever may not set quotas there any more.

    Parameters: ``plan``, ``unit`` and ``person``, row numbers.
    """
    store, texts = given.store, given.house.texts
    unit = unit_of(document, store, Deed.SET_QUOTA)
    plan = store.quota_plans.get(int(document.parameters["plan"]))
    if unit is None or plan is None or plan.unit != unit.id:
        return None
    name = texts("allocation.file", code=unit.code)
    return Rendered(
        "document",
        name,
        _written(store, plan, unit, texts, given.house.local(document.as_of).date()),
    )


def _written(store: Store, plan: QuotaPlan, unit: Unit, texts: Texts, today: date) -> bytes:
    # Workbooks load slowly: not at every start.
    from bot.documents.workbook import Column, Kind, Sheet, write_workbook

    assert plan.since is not None
    programme = store.programmes.get(plan.programme)
    found = store.quota_plans.records(unit.id, max(plan.since, today))
    records = {record.unit: record for record in found}
    years = sorted({year for record in records.values() for year in record.years})[-YEARS_MOST:]
    columns = (
        Column(texts("allocation.column_code")),
        Column(texts("allocation.column_unit")),
        Column(texts("allocation.column_members"), Kind.WHOLE),
        *(Column(texts("allocation.column_year", year=year), Kind.WHOLE) for year in years),
        Column(texts("allocation.column_mean"), Kind.NUMBER),
        Column(texts("allocation.column_before"), Kind.WHOLE),
        Column(texts("allocation.column_target"), Kind.WHOLE),
    )
    rows = []
    for share in sorted(plan.shares, key=lambda share: (-share.target, share.unit)):
        child, record = store.units.get(share.unit), records.get(share.unit)
        known = record.years if record else {}
        average = mean(known)
        rows.append(
            (
                child.code if child else "",
                child.name if child else "",
                record.members if record else None,
                *(known.get(year) for year in years),
                float(average) if average is not None else None,
                share.before,
                share.target,
            )
        )
    total = texts("allocation.total")
    before = sum(share.before or 0 for share in plan.shares) or None
    blank = [None] * (len(years) + 2)
    under = texts(
        "allocation.under",
        span=span(programme.phases if programme else (), plan.phase, texts),
        total=format_count(plan.total),
        day=format_date(plan.since),
    )
    sheet = Sheet(
        texts("allocation.sheet"),
        columns,
        rows,
        title=(texts("allocation.title", unit=unit.name), capital(under)),
        total=("", total, *blank, before, sum(share.target for share in plan.shares)),
    )
    return write_workbook([sheet])
