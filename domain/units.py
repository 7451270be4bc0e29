"""Units of the union as a dated tree, and finding one by what people call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """Đơn vị: from LĐLĐ tỉnh down to tổ công đoàn; ``kind`` is the union's own word for its level.

    ``code`` is public and short: members type it to join (CTN27). ``presets`` answers questions
    that are the same for all its members, by question key, and ``form`` names its usual template.
    """

    id: int
    code: str
    name: str
    kind: str
    parent: int | None
    valid_from: date
    valid_to: date | None = None
    replaced_by: int | None = None
    aliases: tuple[str, ...] = ()
    form: str = ""
    presets: Mapping[str, str] = field(default_factory=dict)
    cluster: str = ""
    """Cụm/khối thi đua: a second grouping, by its name; "" is none."""
    members: int | None = None
    """Số đoàn viên, as the union last told it."""

    def open_on(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def is_grassroots(kind: str) -> bool:
    """Whether a union's own word for a level means a CĐCS.

    >>> [is_grassroots(kind) for kind in ("CĐCS", "Công đoàn cơ sở", "cdcs", "Tổ công đoàn")]
    [True, True, True, False]
    """
    return " ".join(fold(kind).split()) in GRASSROOTS


GRASSROOTS = frozenset({"cdcs", "cong doan co so", "nghiep doan co so"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stood in the tree, both days included; ``valid_to`` None is until now."""

    unit: int
    parent: int | None
    valid_from: date
    valid_to: date | None = None
