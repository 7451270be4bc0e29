"""Reads the days off: ours, or the union's own instead of them; every fault is found at once."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec

from bot.conversion import convert
from bot.os_faults import os_fault
from bot.packaged import packaged
from bot.toml_file import KeyPath, TomlFile, broken, read_toml
from domain.calendar import DaysOff, Holiday
from domain.errors import FaultyContent
from domain.texts import Texts

OURS = "holidays.toml"

LONGEST = timedelta(days=31)
"""No holiday is longer: a wrong year would silence the bot for all of one."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[[holiday]]``: one day needs no ``to``."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)


INSTEAD = {"name": "-", "from": "2026-01-01"}
"""Stands in for what is at fault, so that the next fault is seen as well."""


def load_days_off(own: Path | None, words: Texts) -> DaysOff:
    """Read the days off. Raises FaultyContent with every fault, its line and key."""
    if own is None:
        return read_days_off(read_toml(OURS, packaged(OURS)), words)
    try:
        return read_days_off(read_toml(own.name, own.read_bytes()), words)
    except OSError as error:
        raise FaultyContent((f"{own}: {os_fault(error, words)}",)) from None


def read_days_off(file: TomlFile, words: Texts) -> DaysOff:
    """The days off that a file names. Raises FaultyContent with every fault, its line and key."""
    if file.broken:
        raise FaultyContent((broken(file, words),))
    faults: dict[int, list[str]] = {}

    def add(path: KeyPath, code: str) -> None:
        sentence = words(f"holidays.{code}")
        faults.setdefault(file.line_of(path), []).append(f"{file.place(path)}: {sentence}")

    for key in file.raw:
        if key != "holiday":
            add((key,), "unknown")
    rows = file.raw.get("holiday", [])
    if not isinstance(rows, list):
        add(("holiday",), "rows")
        rows = []
    found = [_holiday(row, ("holiday", place), add) for place, row in enumerate(rows)]
    if faults:
        raise FaultyContent(tuple(fault for line in sorted(faults) for fault in faults[line]))
    return DaysOff(tuple(found))


def _holiday(raw: Any, path: KeyPath, add: Callable[[KeyPath, str], None]) -> Holiday:
    def note(inner: KeyPath, code: str, expected: str) -> None:
        add((*path, *inner), f"wrong_{inner[-1]}" if inner and code == "wrong" else code)

    if not isinstance(raw, Mapping):
        add(path, "rows")
        raw = INSTEAD
    row = convert(raw, Row, INSTEAD, note) or msgspec.convert(INSTEAD, Row)
    last = row.last or row.first
    if last < row.first:
        add((*path, "to"), "order")
    elif last - row.first >= LONGEST:
        add((*path, "to"), "long")
    return Holiday(row.name, row.first, last)
