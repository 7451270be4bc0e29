"""What can be told of a programme file without the database: days, units, presets, phases."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.programme_rows import Faults, Plan, UnitRow
from bot.toml_file import KeyPath
from domain.fields import Facts
from domain.form import Form, Question
from storage.units import fold_code


def check(plan: Plan, forms: Mapping[str, Form], faults: Faults) -> None:
    """Note what does not fit together."""
    _check_days(plan, faults)
    _check_campaigns(plan, faults)
    _check_units(plan, forms, faults)
    _check_quotas(plan, faults)


def _check_days(plan: Plan, faults: Faults) -> None:
    programme = plan.programme
    for earlier, later in (("opens", "closes"), ("applied_from", "applied_to")):
        if getattr(programme, later) < getattr(programme, earlier):
            faults.add(("programme", later), "window", earlier=earlier, later=later)
    for place, phase in enumerate(plan.phases):
        here = ("phase", place)
        if phase.ends < phase.starts:
            faults.add((*here, "ends"), "window", earlier="starts", later="ends")
        elif phase.starts < programme.opens or phase.ends > programme.closes:
            faults.add(here, "phase_window")
        for other in plan.phases[:place]:
            if other.name == phase.name:
                faults.add((*here, "name"), "phase_twice")
            elif phase.starts <= other.ends and other.starts <= phase.ends:
                faults.add((*here, "starts"), "phase_overlap", other=other.name)


def _check_campaigns(plan: Plan, faults: Faults) -> None:
    for place, campaign in enumerate(plan.campaigns):
        here = ("campaign", place)
        if campaign.ends < campaign.starts:
            faults.add((*here, "ends"), "window", earlier="starts", later="ends")
        elif campaign.starts < plan.programme.opens or campaign.ends > plan.programme.closes:
            faults.add(here, "phase_window")
        if campaign.name in {other.name for other in plan.campaigns[:place]}:
            faults.add((*here, "name"), "phase_twice")


def _check_units(plan: Plan, forms: Mapping[str, Form], faults: Faults) -> None:
    """What can be told of units without knowing those that are kept already."""
    rows = {}
    roots: list[str] = []
    for place, unit in enumerate(plan.units):
        here: KeyPath = ("unit", place)
        code = fold_code(unit.code)
        if code in rows:
            faults.add((*here, "code"), "unit_twice", code=unit.code)
        rows[code] = unit
        if not unit.parent:
            if roots:
                faults.add((*here, "parent"), "roots", code=roots[0])
            roots.append(unit.code)
        if unit.form and unit.form not in forms:
            faults.add((*here, "form"), "no_form", form=unit.form)
        _check_presets(unit, (*here, "presets"), forms, faults)
    for place, unit in enumerate(plan.units):
        seen, at = {fold_code(unit.code)}, unit
        while at.parent and (above := rows.get(fold_code(at.parent))):
            if fold_code(above.code) in seen:
                faults.add(("unit", place, "parent"), "loop")
                break
            seen.add(fold_code(above.code))
            at = above


def _check_presets(unit: UnitRow, path: KeyPath, forms: Mapping[str, Form], faults: Faults) -> None:
    wanted = [forms[unit.form]] if unit.form in forms else list(forms.values())
    for key, value in unit.presets.items():
        asked = [form[key] for form in wanted if key in form and form[key].preset]
        if not asked:
            faults.add((*path, key), "preset", name=key)
            continue
        values = _values(asked)
        if values and value not in values:
            choices = ", ".join(values)
            faults.add((*path, key), "preset_value", value=value, choices=choices)


def _values(questions: Sequence[Question]) -> list[str]:
    """The values that may be chosen; empty where anything may be said."""
    facts = Facts(today=date.min)
    found = [choice.value for each in questions for choice in each.field.choices(facts)]
    return list(dict.fromkeys(found))


def _check_quotas(plan: Plan, faults: Faults) -> None:
    programme, seen = plan.programme, set()
    names = {phase.name for phase in plan.phases}
    for place, quota in enumerate(plan.quotas):
        if quota.phase and quota.phase not in names:
            faults.add(("quota", place, "phase"), "no_phase", phase=quota.phase)
        since = quota.since or programme.opens
        if not programme.opens <= since <= programme.closes:
            faults.add(("quota", place, "from"), "phase_window")
        said = fold_code(quota.unit), quota.kind, quota.phase, since
        if said in seen:
            faults.add(("quota", place, "unit"), "quota_twice", code=quota.unit)
        seen.add(said)
