"""Reads a programme with its units and quotas from a TOML file; every fault is found at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec

from bot.conversion import convert
from bot.toml_file import KeyPath, TomlFile, broken
from domain.errors import FaultyContent
from domain.fields import Facts
from domain.form import Form, Question
from domain.programme import QuotaKind
from domain.texts import Texts
from storage.units import fold_code

Words = Annotated[str, msgspec.Meta(min_length=1)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}$")]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file."""


class ProgrammeRow(Row, frozen=True):
    """``[programme]``."""

    key: Words
    name: Words
    prefix: Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9]{1,8}$")]
    opens: date
    closes: date
    applied_from: date
    applied_to: date
    review_steps: Annotated[int, msgspec.Meta(ge=1, le=2)] = 1
    needs_recognition: bool = True


class PhaseRow(Row, frozen=True):
    """``[[phase]]``."""

    name: Words
    starts: date
    ends: date


class UnitRow(Row, frozen=True):
    """``[[unit]]``; ``parent`` is a code, empty for the unit above all."""

    code: Code
    name: Words
    kind: Words
    parent: str = ""
    aliases: list[str] = []
    form: str = ""
    presets: dict[str, str] = {}
    valid_from: date | None = None


class QuotaRow(Row, frozen=True):
    """``[[quota]]``; ``unit`` is a code, ``phase`` a name, empty for the whole programme."""

    unit: Code
    kind: QuotaKind
    target: Annotated[int, msgspec.Meta(ge=0)]
    phase: str = ""
    since: date | None = msgspec.field(default=None, name="from")
    reason: str = ""


DAY = "2000-01-01"
INSTEAD: dict[type[Row], Mapping[str, Any]] = {
    ProgrammeRow: {
        "key": "-",
        "name": "-",
        "prefix": "X",
        "opens": DAY,
        "closes": "2999-01-01",
        "applied_from": DAY,
        "applied_to": "2999-01-01",
    },
    PhaseRow: {"name": "-", "starts": DAY, "ends": DAY},
    UnitRow: {"code": "X", "name": "-", "kind": "-"},
    QuotaRow: {"unit": "X", "kind": "assigned", "target": 0},
}
"""Stands in for what is wrong or missing, so that the rest of a row is looked at too."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the file asks for, checked as far as it can be without the database."""

    file: TomlFile
    programme: ProgrammeRow
    phases: tuple[PhaseRow, ...]
    units: tuple[UnitRow, ...]
    quotas: tuple[QuotaRow, ...]


def read_programme(file: TomlFile, forms: Mapping[str, Form], words: Texts) -> Plan:
    """Read and check it. Raises FaultyContent with every fault, its line and key."""
    faults = Faults(file, words)
    if file.broken:
        raise FaultyContent((broken(file, words),))
    for key in file.raw:
        if key not in ("programme", "phase", "unit", "quota"):
            faults.add((key,), "unknown")
    plan = Plan(
        file,
        _row(file.raw.get("programme", {}), ProgrammeRow, ("programme",), faults),
        _rows(file.raw.get("phase", []), PhaseRow, "phase", faults),
        _rows(file.raw.get("unit", []), UnitRow, "unit", faults),
        _rows(file.raw.get("quota", []), QuotaRow, "quota", faults),
    )
    # A row that stands in for a faulty one would only be at fault again.
    if not faults:
        _check_days(plan, faults)
        _check_units(plan, forms, faults)
        _check_phases_of_quotas(plan, faults)
    faults.finish()
    return plan


class Faults:
    """Collects faults with their lines, in the order of the file."""

    def __init__(self, file: TomlFile, words: Texts) -> None:
        self._file = file
        self._words = words
        self._found: dict[tuple[int, KeyPath], str] = {}

    def add(self, path: KeyPath, fault: str, /, **values: object) -> None:
        """Note one; the first at a place counts."""
        place = (self._file.line_of(path), tuple(path))
        sentence = self._words(f"programme.{fault}", **values)
        self._found.setdefault(place, f"{self._file.place(path)}: {sentence}")

    def __bool__(self) -> bool:
        return bool(self._found)

    def finish(self) -> None:
        """Raise FaultyContent if there are any."""
        if self._found:
            order = sorted(self._found, key=lambda place: place[0])
            raise FaultyContent(tuple(self._found[place] for place in order))

    def kind(self, expected: str) -> str:
        """An expected type in words."""
        return self._words.first((f"programme.kind_{expected}", "programme.kind_str"))


def _rows(raw: Any, kind: type[R], name: str, faults: Faults) -> tuple[R, ...]:
    if not isinstance(raw, list):
        faults.add((name,), "wrong", kind=faults.kind("rows"))
        return ()
    return tuple(_row(row, kind, (name, place), faults) for place, row in enumerate(raw))


def _row(raw: Any, kind: type[R], path: KeyPath, faults: Faults) -> R:
    def note(inner: KeyPath, code: str, expected: str) -> None:
        where = (*path, *inner)
        own = f"{kind.__name__}.{'.'.join(str(step) for step in inner)}"
        if code == "wrong" and own in OWN_SENTENCE:
            faults.add(where, OWN_SENTENCE[own])
        else:
            key = inner[-1] if inner else path[-1]
            faults.add(where, code, name=key, kind=faults.kind(expected))

    table = raw if isinstance(raw, Mapping) else {}
    if not isinstance(raw, Mapping):
        faults.add(path, "wrong", kind=faults.kind("object"))
    row = convert(table, kind, INSTEAD[kind], note)
    return row if row is not None else msgspec.convert(INSTEAD[kind], kind)


OWN_SENTENCE = {
    "UnitRow.code": "code",
    "QuotaRow.unit": "code",
    "QuotaRow.kind": "kind",
    "QuotaRow.target": "target",
    "ProgrammeRow.review_steps": "steps",
    "ProgrammeRow.prefix": "prefix",
}
"""What is said instead of naming a type."""


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


def _check_phases_of_quotas(plan: Plan, faults: Faults) -> None:
    names = {phase.name for phase in plan.phases}
    for place, quota in enumerate(plan.quotas):
        if quota.phase and quota.phase not in names:
            faults.add(("quota", place, "phase"), "no_phase", phase=quota.phase)
