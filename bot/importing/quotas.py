"""Quotas of units: a revision is a new row, and what is in force already is not added again."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Line, Reading, Table, spellings
from bot.importing.bar import Counted, unseen
from bot.importing.known_units import KnownUnits
from domain.programme import Programme, Quota, QuotaKind
from domain.vietnamese import fold
from storage.store import Store

QUOTAS = Table(
    "import_quotas",
    (
        Heading("unit", Reads.CODE, required=True, most=32),
        Heading("target", Reads.WHOLE, required=True),
        Heading("kind", most=40),
        Heading("phase", most=100),
        Heading("since", Reads.DAY),
        Heading("reason", most=300),
    ),
)


@dataclass(frozen=True, slots=True)
class Target:
    """One row; ``since`` None is from the beginning, or today where one is in force already."""

    line: Line
    unit: int
    name: str
    phase: int | None
    kind: QuotaKind
    target: int
    since: date | None
    reason: str


def wanted_quotas(reading: Reading, units: KnownUnits, programme: Programme) -> list[Target]:
    """Rows as targets; what is wrong with them is noted in the reading."""
    words = reading.words
    kinds = {
        fold(name): kind
        for kind in QuotaKind
        for name in spellings(words(f"import_quotas.kind.{kind.value}"))
    }
    phases = {fold(phase.name): phase.id for phase in programme.phases}
    whole = set(map(fold, spellings(words("import_quotas.whole"))))
    found: list[Target] = []
    seen: dict[tuple[int, int | None, QuotaKind, date | None], Line] = {}
    for line in reading.lines:
        unit = units.find(line, reading)
        kind = kinds.get(fold(line["kind"])) if line["kind"] else QuotaKind.ASSIGNED
        if kind is None:
            reading.fault(line, "kind", "import_quotas.no_kind", kind=line["kind"])
        said = fold(line["phase"] or "")
        phase = None if not said or said in whole else phases.get(said, 0)
        if phase == 0:
            known = ", ".join(f"«{p.name}»" for p in programme.phases)
            reading.fault(
                line, "phase", "import_quotas.no_phase", phase=line["phase"], phases=known
            )
        since: date | None = line["since"]
        if since and not programme.opens <= since <= programme.closes:
            days = {"first": f"{programme.opens:%d/%m/%Y}", "last": f"{programme.closes:%d/%m/%Y}"}
            reading.fault(line, "since", "import_quotas.outside", **days)
        if unit is None or kind is None or phase == 0 or line["target"] is None:
            continue
        key = unit.id, phase, kind, since
        if key in seen:
            place = reading.place(seen[key], "unit")
            reading.fault(line, "unit", "import_quotas.twice", place=place)
        seen.setdefault(key, line)
        name = f"{unit.code} – {unit.name}: {line['target']}"
        reason = line["reason"] or ""
        found.append(Target(line, unit.id, name, phase, kind, line["target"], since, reason))
    dated = {(each.unit, each.phase, each.kind) for each in found if each.since}
    return [_from_the_first(each, dated, programme) for each in found]


def _from_the_first(
    each: Target, dated: set[tuple[int, int | None, QuotaKind]], programme: Programme
) -> Target:
    """Beside rows with a day, one without is what they revise."""
    revised = each.since is None and (each.unit, each.phase, each.kind) in dated
    return replace(each, since=programme.opens) if revised else each


def set_quotas(
    store: Store,
    targets: list[Target],
    programme: Programme,
    today: date,
    now: datetime,
    progress: Counted = unseen,
) -> list[str]:
    """Add what is new; runs in a turn. What was added, as an operator knows it."""
    added: list[str] = []
    for number, each in enumerate(targets, start=1):
        since = _since(store, each, programme, today)
        if since is not None:
            quota = Quota(
                programme.id, each.phase, each.unit, each.kind, each.target, since, each.reason
            )
            store.quotas.set(quota, at=now)
            added.append(each.name)
        progress(number)
    if added:
        subject = f"programme:{programme.id}"
        store.audit.note(None, "import_quotas", subject, now, {"quotas": len(added)})
    return added


def _since(store: Store, each: Target, programme: Programme, today: date) -> date | None:
    """From when the row is to count; None when it says nothing new."""
    said = [
        quota
        for quota in store.quotas.history(programme.id, each.unit)
        if (quota.phase, quota.kind) == (each.phase, each.kind)
    ]
    if each.since:
        same_day = [quota.target for quota in said if quota.effective_from == each.since]
        return None if same_day and same_day[-1] == each.target else each.since
    day = min(max(today, programme.opens), programme.closes)
    in_force = [quota.target for quota in said if quota.effective_from <= day]
    if not in_force:
        return programme.opens
    return None if in_force[-1] == each.target else day
