"""A day, or a month where nobody remembers the day."""

from datetime import date
from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import format_date, format_iso, read_date


class Day:
    """An ISO day ("2023-09-15") or month ("2023-09"), never in the future."""

    joins = False

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> str:
        """The day; for a window question it must touch the programme's window of application."""
        read = read_date(said.text, facts.today)
        if read.iso is None:
            options = tuple((format_iso(iso), format_iso(iso)) for iso in read.suggestions)
            raise Rejected(f"day_{read.ask}", options=options)
        if self.spec.window and facts.applied_from and facts.applied_to:
            first, last = _ends(read.iso)
            if last < facts.applied_from or first > facts.applied_to:
                window = format_date(facts.applied_from), format_date(facts.applied_to)
                raise Rejected("day_window", first=window[0], last=window[1])
        return read.iso

    def show(self, value: Any, texts: Texts) -> str:
        """As 15/9/2023 or tháng 9/2023."""
        return format_iso(value)

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None."""
        return ()


def _ends(iso: str) -> tuple[date, date]:
    """First and last day meant; a month ends at its 28th at least, which is enough to compare.

    >>> _ends("2023-09")[0].isoformat()
    '2023-09-01'
    """
    if len(iso) == len("2023-09-15"):
        return date.fromisoformat(iso), date.fromisoformat(iso)
    first = date.fromisoformat(f"{iso}-01")
    return first, first.replace(day=28)
