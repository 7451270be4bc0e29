"""Setting a quota by chat: what is ordered, what number will do, and who may."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from domain.errors import Rejected
from domain.person import Deed, Person, Role, may
from domain.programme import Phase, Programme, Quota, QuotaKind
from domain.progress_asking import end_of, ends_with, said_of, spans_of
from domain.texts import Texts
from domain.vietnamese import fold, read_date

TARGET_MOST = 1_000_000
"""The whole country's programme wanted a million."""

REASON_MOST = 300

WHOLE = 0

_NUMBER = re.compile(r"[-+−]?[0-9][0-9.,]*")
_DIGITS = re.compile(r"[0-9.,]+")
_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Order:
    """A quota as far as it has been said. ``phase`` 0 is the whole programme."""

    unit: int = 0
    target: int | None = None
    phase: int | None = None
    kind: QuotaKind | None = None
    since: date | None = None
    reason: str = ""

    def dump(self) -> dict[str, Any]:
        """For the conversation: JSON."""
        since = self.since.isoformat() if self.since else None
        return asdict(self) | {"since": since, "kind": self.kind.value if self.kind else None}

    @classmethod
    def load(cls, said: Mapping[str, Any]) -> "Order":
        """What ``dump`` wrote.

        >>> order = Order(7, 40, 0, QuotaKind.ASSIGNED, date(2026, 11, 22), "thêm người")
        >>> Order.load(order.dump()) == order
        True
        """
        since, kind = said.get("since"), said.get("kind")
        return cls(
            int(said.get("unit", 0)),
            said.get("target"),
            said.get("phase"),
            QuotaKind(kind) if kind else None,
            date.fromisoformat(since) if since else None,
            str(said.get("reason", "")),
        )


@dataclass(frozen=True, slots=True)
class Ordered:
    """One line taken apart: the unit's name, and the number as it was written."""

    name: str
    number: str
    order: Order


def read_order(text: str, today: date, phases: Sequence[Phase], texts: Texts) -> Ordered:
    """Read "CTN27 40 giai đoạn 1 từ 1/12 lý do thêm người"; all but the unit may be missing."""
    order, words = Order(), text.split()
    words, reason = _after(words, said_of(texts("quota.say_reason")))
    before, day = _after(words, said_of(texts("quota.say_from")))
    since = read_day(" ".join(day), today) if day else None
    # Some units have the same word in their names.
    words = before if since else words
    spans = spans_of(phases, texts)
    kinds = {said: kind for kind in QuotaKind for said in said_of(texts(f"quota.say_{kind.value}"))}
    while words:
        if order.phase is None and (count := ends_with(words, spans)):
            order = replace(order, phase=spans[end_of(words, count)])
        elif order.kind is None and (count := ends_with(words, kinds)):
            order = replace(order, kind=kinds[end_of(words, count)])
        else:
            break
        words = words[:-count]
    order = replace(order, since=since, reason=" ".join(reason)[:REASON_MOST])
    number = words.pop() if words and _NUMBER.fullmatch(words[-1]) else ""
    return Ordered(" ".join(words), number, order)


def read_target(said: str) -> int:
    """A number of initiatives; Rejected names what is wrong with any other.

    >>> read_target("1.200")
    1200
    """
    text = said.strip().replace("−", "-")
    if text.startswith("-"):
        raise Rejected("quota_negative")
    text = text.removeprefix("+")
    if not _DIGITS.fullmatch(text):
        raise Rejected("quota_number")
    if not _COUNT.fullmatch(text):
        raise Rejected("quota_fraction")
    target = int(text.replace(".", ""))
    if target > TARGET_MOST:
        raise Rejected("quota_absurd")
    return target


def read_day(text: str, today: date) -> date | None:
    """The day from which it holds: a past one, or one to come."""
    for future in (False, True):
        read = read_date(text, today, future=future)
        if read.iso and read.precision == "day":
            return date.fromisoformat(read.iso)
    return None


def kinds_allowed(person: Person | None, unit: int, path: Iterable[int]) -> tuple[QuotaKind, ...]:
    """Which quotas of a unit a person may set; ``path`` leads from the root to the unit.

    Chỉ tiêu giao comes from above; chỉ tiêu đăng ký is also the unit's own chair's to give.
    """
    if person is None:
        return ()
    above = [each for each in path if each != unit] or [unit]
    allowed = []
    if may(person, Deed.SET_QUOTA, above):
        allowed.append(QuotaKind.ASSIGNED)
    own = any(g.role is Role.CHAIR and g.unit == unit for g in person.grants)
    if own or may(person, Deed.SET_QUOTA, [*above, unit]):
        allowed.append(QuotaKind.REGISTERED)
    return tuple(allowed)


def starts_on(order: Order, programme: Programme, before: int | None, today: date) -> date:
    """From when it holds: as said, else the first one from the beginning, a revision from today."""
    starts, ends = span_of(programme, order.phase)
    if order.since:
        return order.since
    return starts if before is None else min(max(today, starts), ends)


def span_of(programme: Programme, phase: int | None) -> tuple[date, date]:
    """The days of a phase, or of the whole programme."""
    found = next((each for each in programme.phases if each.id == phase), None)
    return (found.starts, found.ends) if found else (programme.opens, programme.closes)


def quota_of(order: Order, programme: Programme, since: date) -> Quota:
    """The row that an order comes to."""
    assert order.target is not None and order.kind is not None
    phase = order.phase or None
    return Quota(programme.id, phase, order.unit, order.kind, order.target, since, order.reason)


def _after(words: list[str], leads: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before and after the last of these lead-ins."""
    for start in range(len(words) - 1, -1, -1):
        for count in (3, 2, 1):
            if (
                start + count <= len(words)
                and fold(" ".join(words[start : start + count])) in leads
            ):
                return words[:start], words[start + count :]
    return words, []
