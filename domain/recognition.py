"""Recognition (công nhận): which entries a decision is for, what it makes of them, and by when
it has to be asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.initiative import RECOGNITION, Initiative, Recognition, Status, receipt_code
from domain.vietnamese import fold

NUMBER, DAY = "so_quyet_dinh", "ngay_quyet_dinh"
DECISION = (RECOGNITION, NUMBER, DAY)
"""The questions that a recorded decision answers."""

APPLIED = "ngay_ap_dung"
"""The question for the day of the first application."""

CODES_MOST = 200
"""Entries that one turn may change."""

OPEN_TO_IT = frozenset({Status.SUBMITTED, Status.RETURNED, Status.CONFIRMED, Status.VALID})
"""What fell out or was withdrawn is not recognised any more."""

WARNED_BEFORE = 1
"""Months before the end of the year in which recognition may be asked for."""

_CODE = r"(?:(?P<{0}prefix>[a-z]{{1,12}})-?(?P<{0}year>\d{{4}})-)?(?P<{0}number>\d{{1,9}})"
_PART = re.compile(rf"^{_CODE.format('')}(?:-{_CODE.format('to_')})?$")
_TO = re.compile(r"\s*(?:-|\u2013|\u2014|\bden\b|\btoi\b)\s*")
_EMPTY = frozenset({"va", "so", "ma", "tu", "cac", "sang", "kien"})
"""Words that stand between codes and name none."""


@dataclass(frozen=True, slots=True)
class CodesRead:
    """Codes as they stand on receipts, and what could not be read."""

    codes: tuple[str, ...]
    unread: tuple[str, ...] = ()


def read_codes(text: str, prefix: str, year: int) -> CodesRead:
    """Codes typed in full or by their numbers alone, single or from one to another.

    >>> read_codes("123, 125-126", "LS", 2026).codes
    ('LS-2026-000123', 'LS-2026-000125', 'LS-2026-000126')
    >>> read_codes("ls-2025-000007 va 9a", "LS", 2026)
    CodesRead(codes=('LS-2025-000007',), unread=('9a',))
    """
    codes: dict[str, None] = {}
    unread: list[str] = []
    for part in re.split(r"[,;\s]+", _TO.sub("-", fold(text))):
        found = _PART.match(part)
        if found is None:
            unread += [part] if part and part not in _EMPTY else []
            continue
        first, last = int(found["number"]), int(found["to_number"] or found["number"])
        if last < first or last - first >= CODES_MOST:
            unread.append(part)
            continue
        on = date(int(found["year"] or year), 1, 1) if _is_year(found["year"]) else None
        if on is None:
            unread.append(part)
            continue
        begins = (found["prefix"] or prefix).upper()
        begins = prefix if fold(begins) == fold(prefix) else begins
        codes |= dict.fromkeys(receipt_code(begins, on, n) for n in range(first, last + 1))
    return CodesRead(tuple(codes), tuple(unread))


def waits(entry: Initiative) -> bool:
    """Whether a decision may be recorded for it."""
    return entry.status in OPEN_TO_IT and not entry.recognised


def recognised(entry: Initiative, decision: Recognition) -> Initiative:
    """The entry with its decision, which also answers the template's own questions for it."""
    told = {RECOGNITION: decision.level, NUMBER: decision.number, DAY: decision.day.isoformat()}
    answers = {key: {"value": value, "text": "", "told": True} for key, value in told.items()}
    return replace(
        entry,
        answers={**entry.answers, **answers},
        recognised=True,
        recognition=decision.id,
        version=entry.version + 1,
    )


def lapses(applied: str) -> date:
    """The day on which the right to ask for recognition ends: a year after the first application
    (NĐ 13/2012, Điều lệ Sáng kiến, Điều 5.2). Of a month its first day is taken.

    >>> lapses("2025-03-15"), lapses("2024-02-29"), lapses("2025-03")
    (datetime.date(2026, 3, 15), datetime.date(2025, 2, 28), datetime.date(2026, 3, 1))
    """
    day = date.fromisoformat(applied if len(applied) > len("2025-03") else f"{applied}-01")
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def should_warn(entry: Initiative, today: date) -> date | None:
    """The day on which its right lapses, where that is less than a month ahead.

    What has lapsed already nobody can help any more.
    """
    applied = _applied(entry.answers)
    if entry.recognised or entry.status not in OPEN_TO_IT or not applied:
        return None
    ends = lapses(applied)
    months = (ends.year - today.year) * 12 + ends.month - today.month
    near = months < WARNED_BEFORE or (months == WARNED_BEFORE and ends.day <= today.day)
    return ends if today < ends and near else None


def _applied(answers: Mapping[str, Any]) -> str:
    told = answers.get(APPLIED)
    return str(told["value"]) if told else ""


def _is_year(year: str | None) -> bool:
    return year is None or int(year) >= 1
