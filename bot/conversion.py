"""Turns what a TOML file holds into typed values, finding every fault and not only the first."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, time
from typing import Any, TypeVar

import msgspec

from bot.toml_file import KeyPath

T = TypeVar("T")

Note = Callable[[KeyPath, str, str], None]
"""Told of a fault: where, its code (unknown, missing or wrong), and the expected type if told."""

_AT = re.compile(r" - at `(?P<path>\$[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_EXPECTED = re.compile(r"[Ee]xpected `(\w+)")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def convert(
    raw: Mapping[str, Any], kind: type[T], instead: Mapping[str, Any], note: Note
) -> T | None:
    """Convert; each fault is noted and what stands in ``instead`` put in its place.

    So the next fault is seen as well. None when a fault leaves nothing to go on with.
    """
    rest = over({}, raw)
    while True:
        try:
            return msgspec.convert(rest, kind)
        except msgspec.ValidationError as fault:
            path, code, expected = _named(str(fault))
            note(path, code, expected)
            if not path or not _replace(rest, instead, path):
                return None


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One table over another, in depth; lists are replaced, days and hours become text."""
    merged = {key: _plain(value) for key, value in below.items()}
    for key, value in above.items():
        under = merged.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            merged[key] = over(under, value)
        else:
            merged[key] = _plain(value)
    return merged


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


def _named(fault: str) -> tuple[tuple[str | int, ...], str, str]:
    """Where the fault is, what kind it is, and the type that was expected."""
    found = _AT.search(fault)
    steps = _STEP.findall(found["path"]) if found else []
    path = tuple(int(index) if index else name for name, index in steps)
    if unknown := _UNKNOWN.search(fault):
        return (*path, unknown[1]), "unknown", ""
    if missing := _MISSING.search(fault):
        return (*path, missing[1]), "missing", ""
    expected = _EXPECTED.search(fault)
    return path, "wrong", expected[1] if expected else ""


def _replace(raw: Any, instead: Any, path: KeyPath) -> bool:
    """Put the other value there, or take out what is wrong; False when neither can be."""
    *way, last = path
    for step in way:
        raw = raw[step]
        instead = instead.get(step, {}) if isinstance(instead, Mapping) else {}
    if isinstance(instead, Mapping) and last in instead:
        raw[last] = deepcopy(instead[last])
        return True
    if isinstance(raw, dict) and last not in raw:
        return False
    del raw[last]
    return True
