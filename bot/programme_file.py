"""Reads a programme with its units and quotas from a TOML file; every fault is found at once."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from bot.conversion import convert
from bot.programme_checks import check
from bot.programme_rows import (
    INSTEAD,
    CampaignRow,
    Faults,
    PhaseRow,
    Plan,
    ProgrammeRow,
    QuotaRow,
    Row,
    UnitRow,
)
from bot.toml_file import KeyPath, TomlFile, broken
from domain.errors import FaultyContent
from domain.form import Form
from domain.texts import Texts

R = TypeVar("R", bound=Row)


def read_programme(file: TomlFile, forms: Mapping[str, Form], words: Texts) -> Plan:
    """Read and check it. Raises FaultyContent with every fault, its line and key."""
    faults = Faults(file, words)
    if file.broken:
        raise FaultyContent((broken(file, words),))
    for key in file.raw:
        if key not in ("programme", "phase", "campaign", "unit", "quota"):
            faults.add((key,), "unknown")
    plan = Plan(
        file,
        _row(file.raw.get("programme", {}), ProgrammeRow, ("programme",), faults),
        _rows(file.raw.get("phase", []), PhaseRow, "phase", faults),
        _rows(file.raw.get("unit", []), UnitRow, "unit", faults),
        _rows(file.raw.get("quota", []), QuotaRow, "quota", faults),
        _rows(file.raw.get("campaign", []), CampaignRow, "campaign", faults),
    )
    # A row that stands in for a faulty one would only be at fault again.
    if not faults:
        check(plan, forms, faults)
    faults.finish()
    return plan


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
    "ProgrammeRow.counts": "counts",
    "ProgrammeRow.against": "kind",
    "ProgrammeRow.prefix": "prefix",
}
"""What is said instead of naming a type."""
