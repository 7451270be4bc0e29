"""Keeps what a programme file asks for: in one turn, and a second time it changes nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.programme_rows import CampaignRow, Faults, Plan, ProgrammeRow, QuotaRow, UnitRow
from domain.campaign import Campaign
from domain.programme import Phase, Programme, Quota
from domain.texts import Texts
from domain.units import Unit
from storage.store import Store
from storage.units import fold_code


@dataclass(frozen=True, slots=True)
class Imported:
    """What it changed."""

    programme_changed: bool
    units_added: int
    units_changed: int
    quotas: int
    campaigns: int = 0

    @property
    def changed(self) -> bool:
        """Whether it changed anything at all."""
        return self.programme_changed or any(
            (self.units_added, self.units_changed, self.quotas, self.campaigns)
        )


def import_programme(store: Store, plan: Plan, words: Texts, now: datetime) -> Imported:
    """Keep the programme, its units and quotas; runs in a turn.

    Units are known by their codes and programmes by their keys; a quota is added only when it is
    not the last one said for its day. Raises FaultyContent when the file does not fit what is kept.
    """
    faults = Faults(plan.file, words)
    programme, programme_changed = _programme(store, plan, now)
    units, added, changed = _units(store, plan, faults)
    quotas = 0
    for place, row in enumerate(plan.quotas):
        unit = units.get(fold_code(row.unit)) or store.units.by_code(row.unit)
        if unit is None:
            faults.add(("quota", place, "unit"), "no_parent", code=row.unit)
        elif _quota(store, programme, unit, row, now):
            quotas += 1
            if unit.valid_to is not None:
                faults.add(("quota", place, "unit"), "ended", code=row.unit)
    campaigns = _campaigns(store, programme, plan, faults, now)
    faults.finish()
    done = Imported(programme_changed, added, changed, quotas, campaigns)
    if done.changed:
        counts = {"units_added": added, "units_changed": changed, "quotas": quotas}
        store.audit.note(None, "import_programme", f"programme:{programme.id}", now, counts)
    return done


def _programme(store: Store, plan: Plan, now: datetime) -> tuple[Programme, bool]:
    row = plan.programme
    known = store.programmes.by_key(row.key)
    ids = {phase.name: phase.id for phase in known.phases} if known else {}
    wanted = Programme(
        id=known.id if known else 0,
        key=row.key,
        name=row.name,
        prefix=row.prefix,
        opens=row.opens,
        closes=row.closes,
        applied_from=row.applied_from,
        applied_to=row.applied_to,
        phases=tuple(Phase(ids.get(p.name, 0), p.name, p.starts, p.ends) for p in plan.phases),
    )
    wanted = _with_rules(wanted, known, row)
    if known is None:
        return store.programmes.add(wanted), True
    if known == wanted:
        return known, False
    # Kept counts depend on this one rule, and move with it.
    store.rules.set_needs_recognition(known, wanted.needs_recognition, now.date())
    return store.programmes.save(wanted), True


def _with_rules(wanted: Programme, known: Programme | None, row: ProgrammeRow) -> Programme:
    """What counts, as the file says; what it does not say stays as it is."""
    old = known or wanted
    return replace(
        wanted,
        review_steps=old.review_steps if row.review_steps is None else row.review_steps,
        needs_recognition=(
            old.needs_recognition if row.needs_recognition is None else row.needs_recognition
        ),
        counts=old.counts if row.counts is None else row.counts,
        against=old.against if row.against is None else row.against,
    )


def _campaigns(
    store: Store, programme: Programme, plan: Plan, faults: Faults, now: datetime
) -> int:
    """How many are new or changed; one is known by unit and name, and off once called off."""
    known = {(each.unit, each.name): each for each in store.campaigns.of_programme(programme.id)}
    off = {(each.unit, each.name) for each in store.campaigns.called_off(programme.id)}
    changed = 0
    for place, row in enumerate(plan.campaigns):
        unit = store.units.by_code(row.unit) if row.unit else store.units.root()
        if unit is None:
            fault = "no_parent" if row.unit else "no_units"
            faults.add(("campaign", place, "unit"), fault, code=row.unit)
            continue
        old = known.get((unit.id, row.name))
        if old is None and (unit.id, row.name) in off:
            continue
        wanted = Campaign(
            old.id if old else 0,
            programme.id,
            unit.id,
            row.name,
            row.starts,
            row.ends,
            row.message,
            _urgent(row, old),
        )
        if old is None:
            store.campaigns.add(wanted, None, now)
        elif old != wanted:
            store.campaigns.save(wanted)
        changed += old != wanted
    return changed


def _urgent(row: CampaignRow, old: Campaign | None) -> bool:
    if row.urgent is None:
        return old is not None and old.urgent
    return row.urgent


def _units(store: Store, plan: Plan, faults: Faults) -> tuple[dict[str, Unit], int, int]:
    """Units by folded code, how many are new, and how many changed; parents go first."""
    rows = {fold_code(row.code): (place, row) for place, row in enumerate(plan.units)}
    done: dict[str, Unit] = {}
    added = changed = 0
    while rows:
        ready = [code for code, (_, row) in rows.items() if fold_code(row.parent) not in rows]
        for code in ready:
            place, row = rows.pop(code)
            parent = None
            if row.parent:
                parent = done.get(fold_code(row.parent)) or store.units.by_code(row.parent)
                if parent is None:
                    faults.add(("unit", place, "parent"), "no_parent", code=row.parent)
                    continue
            known = store.units.by_code(row.code)
            wanted = _unit(row, known, parent, plan)
            if known is None:
                root = store.units.root() if parent is None else None
                if root is not None:
                    faults.add(("unit", place, "parent"), "roots", code=root.code)
                    continue
                done[code] = store.units.add(wanted)
                added += 1
                continue
            if known.parent != wanted.parent:
                above = store.units.get(known.parent) if known.parent else None
                faults.add(("unit", place, "parent"), "moved", code=above.code if above else "")
                continue
            if known != wanted:
                store.units.save(wanted)
                changed += 1
            done[code] = wanted
    return done, added, changed


def _unit(row: UnitRow, known: Unit | None, parent: Unit | None, plan: Plan) -> Unit:
    """The unit as the file wants it; what the file does not say stays as it is."""
    above = parent.id if parent else None
    start = Unit(0, row.code, row.name, row.kind, above, plan.programme.opens)
    unit = known or start
    return replace(
        unit,
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=above,
        # Former names are kept among them, and stay.
        aliases=tuple(dict.fromkeys((*row.aliases, *unit.aliases))),
        form=row.form or unit.form,
        presets=dict(row.presets) or unit.presets,
        valid_from=row.valid_from or unit.valid_from,
    )


def _quota(store: Store, programme: Programme, unit: Unit, row: QuotaRow, now: datetime) -> bool:
    """Add the target unless it is the last one said for its day."""
    phases = {phase.name: phase.id for phase in programme.phases}
    quota = Quota(
        programme=programme.id,
        phase=phases[row.phase] if row.phase else None,
        unit=unit.id,
        kind=row.kind,
        target=row.target,
        effective_from=row.since or programme.opens,
        reason=row.reason,
    )
    said = [
        other.target
        for other in store.quotas.history(programme.id, unit.id)
        if (other.phase, other.kind, other.effective_from)
        == (quota.phase, quota.kind, quota.effective_from)
    ]
    if said and said[-1] == quota.target:
        return False
    store.quotas.set(quota, at=now)
    return True
