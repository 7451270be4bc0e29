"""The papers an official reads: the progress table, its ranks, and what of a title is to be mended.

Figures only; how they are worded is in ``domain.wording.papers``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from domain.initiative import Tally
from domain.programme import Counted, QuotaKind
from domain.vietnamese import fold, nfc

WORDS_LEAST = 2
"""A title of one word may be a name: "Robotcon"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the progress table. ``targets`` has one place a phase and one for the whole."""

    unit: int
    code: str
    name: str
    members: int | None
    targets: tuple[int | None, ...]
    tally: Tally
    target: int | None
    """What its share is taken of; None or 0 is no quota: not ranked."""
    kind: QuotaKind = QuotaKind.ASSIGNED
    growth: int = 0
    """How many more count than at the end of the period before."""

    def counted(self, by: Counted) -> int:
        """What counts towards the quota."""
        return self.tally.valid if by is Counted.VALID else self.tally.submitted

    def share(self, by: Counted) -> Fraction | None:
        """What counts over the quota; None without one."""
        return Fraction(self.counted(by), self.target) if self.target else None


@dataclass(frozen=True, slots=True)
class Named:
    """A unit named in a list, with the name of the unit above it."""

    code: str
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """Bảng tiến độ: the figures of a unit and of those right below it at one moment.

    ``direct`` is what neither of the rows holds: handed in at the unit itself, or by units that
    ended. ``since`` is the day at whose end the period before ended.
    """

    programme: str
    unit: Named
    phase: str
    """The phase whose figures these are; "" is the whole programme."""
    phases: tuple[str, ...]
    counts: Counted
    against: QuotaKind
    as_of: datetime
    since: date
    lines: tuple[Line, ...]
    total: Line
    direct: Tally
    empty: tuple[Named, ...]
    """Grassroots units with nothing submitted."""
    empty_count: int
    """How many those are; ``empty`` names no more than a paper holds."""

    @property
    def assigned_below(self) -> int | None:
        """The quotas of the rows together; None where none has one."""
        targets = [line.target for line in self.lines if line.target is not None]
        return sum(targets) if targets else None


def ranks_by_share(lines: Sequence[Line], by: Counted) -> dict[int, int]:
    """Rank of every unit with a quota; ties share a rank (1, 1, 3)."""
    return _ranks({line.unit: share for line in lines if (share := line.share(by)) is not None})


def ranks_by_count(lines: Sequence[Line], by: Counted) -> dict[int, int]:
    """Rank of every unit by count; ties share a rank."""
    return _ranks({line.unit: Fraction(line.counted(by)) for line in lines})


def by_count(lines: Sequence[Line], by: Counted) -> tuple[Line, ...]:
    """The rows with the most first."""
    return tuple(sorted(lines, key=lambda line: (-line.counted(by), line.name)))


def by_share(lines: Sequence[Line], by: Counted) -> tuple[Line, ...]:
    """The rows with the best share first; those without a quota last, by count."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.share(by) is None,
                -(line.share(by) or 0),
                -line.counted(by),
                line.name,
            ),
        )
    )


def lacks_diacritics(title: str) -> bool:
    """Whether a title was typed without diacritics, and is to be put right before it is reported.

    >>> lacks_diacritics("Lap cam bien ap luc"), lacks_diacritics("Lắp cam bien")
    (True, False)
    >>> lacks_diacritics("KPI 2026")
    False
    """
    spoken = " ".join(nfc(title).casefold().split())
    words = [word for word in spoken.split() if any(letter.isalpha() for letter in word)]
    return len(words) >= WORDS_LEAST and fold(title) == spoken


def workplace(union: str) -> str:
    """The place of work that a union is named after.

    >>> workplace("CĐCS Trường THCS Thất Khê"), workplace("Công đoàn cơ sở Công ty X")
    ('Trường THCS Thất Khê', 'Công ty X')
    """
    words = nfc(union).split()
    for prefix in ("cong doan co so", "cdcs"):
        count = len(prefix.split())
        if len(words) > count and fold(" ".join(words[:count])) == prefix:
            return " ".join(words[count:])
    return union


def _ranks(figures: dict[int, Fraction]) -> dict[int, int]:
    places: dict[Fraction, int] = {}
    for place, figure in enumerate(sorted(figures.values(), reverse=True), start=1):
        places.setdefault(figure, place)
    return {unit: places[figure] for unit, figure in figures.items()}
