"""An initiative that was submitted: its statuses, its moves, and what it counts for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.errors import Rejected


class Status(StrEnum):
    """Trạng thái: đã nộp, yêu cầu bổ sung, xác nhận, hợp lệ, không hợp lệ, trùng, đã rút."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    VALID = "valid"
    INVALID = "invalid"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


MOVES: dict[Status, frozenset[Status]] = {
    Status.SUBMITTED: frozenset(
        {
            Status.CONFIRMED,
            Status.VALID,
            Status.RETURNED,
            Status.INVALID,
            Status.DUPLICATE,
            Status.WITHDRAWN,
        }
    ),
    Status.RETURNED: frozenset({Status.SUBMITTED, Status.INVALID, Status.WITHDRAWN}),
    Status.CONFIRMED: frozenset(
        {Status.VALID, Status.RETURNED, Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN}
    ),
    Status.VALID: frozenset({Status.INVALID, Status.DUPLICATE, Status.SUBMITTED}),
    Status.INVALID: frozenset({Status.SUBMITTED}),
    Status.DUPLICATE: frozenset({Status.SUBMITTED}),
    Status.WITHDRAWN: frozenset(),
}
"""Which status may follow which; the ways back are for undoing."""

TITLE, SOLUTION, BENEFIT, MONEY = "ten_sang_kien", "giai_phap", "loi_ich", "loi_ich_tien"
EVIDENCE = "minh_chung"
RECOGNITION, NOT_RECOGNISED = "cong_nhan", "chua"
"""The questions whose answers the drive itself reads; every template has them. A picture sent at
any time belongs to EVIDENCE, unless a question for files is open."""

EDITABLE = frozenset({Status.SUBMITTED, Status.RETURNED})
"""The author may change an entry until it is confirmed."""


class Desk(StrEnum):
    """On whose desk an entry lies for review."""

    NOBODY = ""
    CHAIR = "chair"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Công nhận: the decision of a sáng kiến council or a workplace's head, for many entries.

    ``level`` is a choice of the question RECOGNITION; ``evidence`` the file of the decision.
    """

    id: int
    programme: int
    unit: int
    level: str
    number: str
    day: date
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Who moved an entry where, when and why."""

    status: Status
    by: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """Sáng kiến đã nộp. ``answers`` are what the form stored, JSON all the way."""

    id: int
    code: str
    programme: int
    phase: int | None
    unit: int
    author: int
    enterer: int
    form: str
    form_version: int
    title: str
    answers: Mapping[str, Any]
    benefit: int | None
    """Giá trị làm lợi, VND a year; None where it was not told in money."""
    recognised: bool
    status: Status
    submitted_at: datetime
    """The network's time of the first submission: it decides the day and so the phase."""
    version: int = 1
    desk: Desk = Desk.NOBODY
    desk_since: datetime | None = None
    """UTC; the one that lies there longest is looked at first."""
    duplicate_of: int | None = None
    """The entry that this one repeats, where it was found to be a duplicate."""
    recognition: int | None = None
    """The decision recorded for it, where an officer recorded one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for a unit and everything below it; also a signed change of such counts."""

    submitted: int = 0
    valid: int = 0
    waiting: int = 0
    invalid: int = 0
    benefit: int = 0
    """VND a year, of the valid entries."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.submitted + other.submitted,
            self.valid + other.valid,
            self.waiting + other.waiting,
            self.invalid + other.invalid,
            self.benefit + other.benefit,
        )

    def __sub__(self, other: "Tally") -> "Tally":
        return self + Tally(
            -other.submitted, -other.valid, -other.waiting, -other.invalid, -other.benefit
        )

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return self != Tally()


def tally(entry: Initiative | None, needs_recognition: bool) -> Tally:
    """What one entry adds to the counts of its unit; nothing when there is none or it left.

    Design rule: an entry whose workplace has not recognised it yet is followed under đã nộp and
    counts as hợp lệ only once recognised, where the programme asks for that.
    """
    if entry is None or entry.status is Status.WITHDRAWN:
        return Tally()
    if entry.status in (Status.INVALID, Status.DUPLICATE):
        return Tally(submitted=1, invalid=1)
    if entry.status is Status.VALID and (entry.recognised or not needs_recognition):
        return Tally(submitted=1, valid=1, benefit=entry.benefit or 0)
    return Tally(submitted=1, waiting=1)


def moved(entry: Initiative, to: Status) -> Initiative:
    """The entry in its new status; Rejected("move") when that step does not exist."""
    if to not in MOVES[entry.status]:
        raise Rejected("move", status=entry.status.value)
    return replace(entry, status=to, version=entry.version + 1)


def confirmed_status(review_steps: int) -> Status:
    """What a chair's confirmation makes of an entry: with one review step it is hợp lệ."""
    return Status.VALID if review_steps == 1 else Status.CONFIRMED


def receipt_code(prefix: str, day: date, number: int) -> str:
    """The code on the receipt; never reused, gaps are allowed.

    >>> receipt_code("LS", date(2026, 11, 22), 123)
    'LS-2026-000123'
    """
    return f"{prefix}-{day.year}-{number:06d}"
