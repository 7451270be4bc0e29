"""People, the roles they hold on units, and what a role allows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.address import Address


class Role(StrEnum):
    """A role hangs on a unit and reaches its subtree (đoàn viên is everyone, and no role)."""

    HELPER = "helper"
    """Tổ hỗ trợ: enters for others, approves nothing."""
    CHAIR = "chair"
    """Chủ tịch CĐCS."""
    OFFICER = "officer"
    """Cán bộ phụ trách chương trình."""
    ADMIN = "admin"


class Deed(StrEnum):
    """Something that needs a role."""

    ENTER_FOR_OTHERS = "enter_for_others"
    REVIEW = "review"
    """Confirm, return or turn down what members submit."""
    VALIDATE = "validate"
    """The second look: what chairs confirmed, their own entries, and what waited too long."""
    EXPORT = "export"
    INVITE = "invite"
    """Get the unit's link, picture and invitation to hand out."""
    BIND_GROUP = "bind_group"
    SEE_NAMES = "see_names"
    SET_QUOTA = "set_quota"
    RUN_CAMPAIGN = "run_campaign"
    """Make, change and call off peak campaigns (đợt cao điểm)."""
    BROADCAST = "broadcast"
    """Write to everybody in the subtree at once."""
    GRANT = "grant"
    HEAR_ALARMS = "hear_alarms"
    """Be told what goes wrong with the bot; on the root only."""


ALLOWED: dict[Role, frozenset[Deed]] = {
    Role.HELPER: frozenset({Deed.ENTER_FOR_OTHERS}),
    Role.CHAIR: frozenset(
        {
            Deed.ENTER_FOR_OTHERS,
            Deed.REVIEW,
            Deed.INVITE,
            Deed.BIND_GROUP,
            Deed.SEE_NAMES,
            Deed.EXPORT,
        }
    ),
    Role.OFFICER: frozenset(Deed),
    Role.ADMIN: frozenset(Deed),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held on a unit."""

    role: Role
    unit: int


@dataclass(frozen=True, slots=True)
class Consent:
    """An explicit yes to one version of the consent message, kept as evidence (NĐ 356 Điều 6)."""

    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Someone we know: đoàn viên, người lao động, chair or officer."""

    id: int
    name: str
    unit: int | None
    consent: Consent | None = None
    address: Address | None = None
    """The private chat where they were last; None when they cannot be written to."""
    reachable: bool = True
    """False once they blocked the bot, until they write again."""
    vouched: bool = True
    """False while they chose their unit by its name and its chair has not said yes."""
    grants: tuple[Grant, ...] = field(default=())


def may(person: Person, deed: Deed, path: Iterable[int]) -> bool:
    """Whether a grant on the unit or on one of its ancestors (``path``, any order) allows it.

    >>> chair = Person(1, "A", 7, grants=(Grant(Role.CHAIR, 7),))
    >>> may(chair, Deed.REVIEW, (1, 7, 9)), may(chair, Deed.REVIEW, (1, 8))
    (True, False)
    """
    units = set(path)
    return any(g.unit in units and deed in ALLOWED[g.role] for g in person.grants)
