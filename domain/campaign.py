"""Peak campaigns (đợt cao điểm) of a programme: some weeks in which everybody pulls together."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Campaign:
    """Đợt cao điểm: from ``starts`` to ``ends``, both days included, for a unit and all below."""

    id: int
    programme: int
    unit: int
    name: str
    starts: date
    ends: date
    message: str = ""
    """What is said when it begins; "" leaves it to the texts."""

    def runs_on(self, day: date) -> bool:
        """Whether it is on that day."""
        return self.starts <= day <= self.ends
