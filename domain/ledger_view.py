"""What of a delivery ledger is looked at: whose, which of it, from where on; fits into a button."""

from dataclasses import dataclass
from enum import StrEnum

from domain.action import MOST_NUMBER, Action, row_number
from domain.notice import Kind

VERB = "ledger"


class Show(StrEnum):
    """What is shown."""

    SUMMARY = ""
    """How many came to what, and the latest that went wrong."""
    WRONG = "wrong"
    """What went wrong, page by page."""
    KINDS = "kinds"
    """How many there are of each kind."""
    ALL = "all"
    """Of one kind all, page by page."""
    FILE = "file"


@dataclass(frozen=True, slots=True)
class View:
    """``kind`` None is every kind; ``after`` is the notice shown last, 0 begins with the newest.

    >>> View(7, Show.WRONG, Kind.DRAFT, after=90).action()
    Action(verb='ledger', id='7.wrong.draft', version=90)
    >>> View.of(Action("ledger", "7.wrong.draft", 90)) == View(7, Show.WRONG, Kind.DRAFT, 90)
    True
    >>> View.of(Action("ledger", "7")), View.of(Action("ledger", "7.none"))
    (View(unit=7, show=<Show.SUMMARY: ''>, kind=None, after=0), None)
    """

    unit: int
    show: Show = Show.SUMMARY
    kind: Kind | None = None
    after: int = 0

    def action(self) -> Action:
        """The button that shows it."""
        parts = (str(self.unit), self.show.value, self.kind.value if self.kind else "")
        return Action(VERB, ".".join(parts).rstrip("."), self.after)

    @classmethod
    def of(cls, action: Action) -> "View | None":
        """Read a button; None for all that is forged."""
        number, *rest = action.id.split(".")
        show, kind, *more = (*rest, "", "")
        unit = row_number(number)
        if unit is None or any(more) or action.version > MOST_NUMBER:
            return None
        if show not in set(Show) or kind not in {"", *Kind}:
            return None
        return cls(unit, Show(show), Kind(kind) if kind else None, action.version)
