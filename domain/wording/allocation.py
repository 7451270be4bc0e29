"""How a sharing-out of quotas is asked for, shown and agreed to."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from domain.action import Action
from domain.allocation import Record, mean
from domain.message import Button, Document, Outgoing
from domain.programme import Programme
from domain.quota_plan import QuotaPlan
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_count, format_decimal
from domain.wording.quotas import span

TABLE_MOST = 15
"""Lines in a chat; all of them are in the workbook that comes along."""


def which_phase(programme: Programme, unit: Unit, texts: Texts) -> Outgoing:
    """For what the quotas are to be."""
    spans = [(0, texts("progress.button_whole")), *((p.id, p.name) for p in programme.phases)]
    rows = tuple(
        (Button(name, Action("allocate_phase", f"{unit.id}.{number}")),) for number, name in spans
    )
    return Outgoing(texts("allocation.which_phase", unit=unit.name), rows, asks=True)


def how_many(
    programme: Programme, unit: Unit, phase: int, offers: Sequence[tuple[str, int]], texts: Texts
) -> Outgoing:
    """The total: typed, or one of those that the unit's own quota suggests."""
    rows = tuple(
        (
            Button(
                texts(f"allocation.offer_{why}", count=format_count(count)),
                Action("allocate_total", f"{unit.id}.{phase}.{count}"),
            ),
        )
        for why, count in offers
    )
    said = span(programme.phases, phase, texts)
    text = texts("allocation.how_many", unit=unit.name, span=said)
    # Any number may be the answer, so the offers are chosen by their words.
    return Outgoing(text, tuple((_spelt(button),) for (button,) in rows))


def proposal(
    plan: QuotaPlan,
    unit: Unit,
    programme: Programme,
    names: Mapping[int, str],
    records: Sequence[Record],
    document: Document,
    texts: Texts,
) -> Outgoing:
    """The first lines of the table, what holds for all, and the way to agree or change it."""
    known = {record.unit: record for record in records}
    shares = sorted(plan.shares, key=lambda share: (-share.target, share.unit))
    lines = [
        texts(
            "allocation.head",
            unit=unit.name,
            total=format_count(plan.total),
            count=format_count(len(plan.shares)),
            span=span(programme.phases, plan.phase, texts),
        ),
        texts("allocation.floor", floor=plan.floor),
    ]
    if plan.growth:
        lines.append(texts("allocation.growth", times=format_decimal(Fraction(plan.growth))))
    for share in shares[:TABLE_MOST]:
        weight = mean(known[share.unit].years) if share.unit in known else None
        basis = texts("allocation.no_history")
        if weight is not None:
            basis = texts("allocation.mean", count=format_decimal(weight))
        line = texts(
            "allocation.line",
            unit=names[share.unit],
            target=format_count(share.target),
            basis=basis,
        )
        lines.append(line)
    if len(shares) > TABLE_MOST:
        rest = format_count(len(shares) - TABLE_MOST)
        lines.append(texts("allocation.more", count=rest))
    without = sum(1 for record in records if not record.years)
    if without:
        lines.append(texts("allocation.without", count=format_count(without)))
    lines.append(texts("allocation.change"))
    rows = (
        (
            Button(texts("allocation.button_apply"), Action("allocate_apply", str(plan.id))),
            Button(texts("quota.button_stop"), Action("allocate_stop", str(plan.id))),
        ),
    )
    return Outgoing("\n".join(lines), rows, document, asks=True)


def _spelt(button: Button) -> Button:
    """Said in the text: a bare number would be the total itself."""
    return Button(button.label, button.action, typed=button.label)
