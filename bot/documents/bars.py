"""What a picture of bars says, and how long its bars are.

A bar is as long as its share, on one scale for all; only what goes beyond ``LONGEST`` is drawn
broken off.
"""

from dataclasses import dataclass

LONGEST = 3.0
"""Times the quota: a bar that goes on beyond it would leave no room for all others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. ``counted`` and ``share`` say the numbers; ``place`` is the rank, if any."""

    label: str
    value: int
    target: int | None
    counted: str
    share: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the picture says. ``total`` is the bar of the unit above all the others."""

    title: str
    notes: tuple[str, ...]
    """Under the title: as of when, which count over which quota."""
    rows: tuple[Row, ...]
    total: Row | None = None
    reached: str = ""
    beyond: str = ""
    mark: str = ""
    """The legend: what the bar, its part over the quota and the line at the quota mean."""
    more: str = ""
    """Under the last bar: how many are not shown."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How far a bar reaches from the left edge; without quotas it is as long as its count."""

    most: float
    by_share: bool

    def reach(self, row: Row) -> float:
        """In quotas, or in counts; it may be more than fits."""
        if not self.by_share:
            return float(max(0, row.value))
        return max(0, row.value) / row.target if row.target else 0.0

    def along(self, reach: float) -> float:
        """How much of the room it takes, up to 1."""
        return min(reach, self.most) / self.most


def scale_of(chart: Chart) -> Scale:
    """One scale for all bars: the longest fits, and so does the quota."""
    rows = [*chart.rows, *([chart.total] if chart.total else [])]
    shares = [row.value / row.target for row in rows if row.target]
    if shares:
        return Scale(min(LONGEST, max(1.0, *shares)), by_share=True)
    return Scale(float(max(1, *(row.value for row in chart.rows))), by_share=False)
