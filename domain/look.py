"""Which progress is looked at: of a unit, of a phase, as of a day; small enough for a button."""

from dataclasses import dataclass
from datetime import date

from domain.action import Action, row_number


@dataclass(frozen=True, slots=True)
class Look:
    """``phase`` None is the usual one, 0 the whole programme; ``day`` None is now.

    >>> Look(12, 0, date(2023, 8, 31), page=2).pack()
    '12.0.20230831.2'
    >>> Look.unpack("12.0.20230831.2") == Look(12, 0, date(2023, 8, 31), 2)
    True
    >>> Look.unpack("12"), Look.unpack("12.x..9")
    (Look(unit=12, phase=None, day=None, page=0), None)
    """

    unit: int
    phase: int | None = None
    day: date | None = None
    page: int = 0

    def pack(self) -> str:
        """Write it for a button."""
        phase = "" if self.phase is None else self.phase
        day = f"{self.day:%Y%m%d}" if self.day else ""
        return f"{self.unit}.{phase}.{day}.{self.page}"

    @classmethod
    def unpack(cls, id: str) -> "Look | None":
        """Read what ``pack`` wrote, or a unit's number alone; None for anything else."""
        parts = id.split(".")
        if len(parts) not in (1, 4):
            return None
        unit = row_number(parts[0])
        phase, day, page = parts[1:] if len(parts) == 4 else ("", "", "0")
        number = row_number(page)
        if unit is None or number is None or (phase and row_number(phase) is None):
            return None
        try:
            on = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") if day else None
        except ValueError:
            return None
        return cls(unit, row_number(phase) if phase else None, on, number)

    def action(self, verb: str) -> Action:
        """The button that opens it."""
        return Action(verb, self.pack())
