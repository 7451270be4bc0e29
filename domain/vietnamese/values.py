"""What reading an amount of money or a date gives: exactly one of a value and a reason to ask."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoneyRead:
    """An amount in VND, or why it has to be asked again.

    `ask` is a reason code: bare, fx, formula, malformed, many, negative, over_cap, percent, range,
    sep, slang, unclear, unreadable, vague. `flags`: approx, min, max, over_cap, no_money, nfd,
    nbsp. `rate` names what the amount is counted by ("trạm/năm"). `suggestions` are amounts worth
    offering as buttons when asking.
    """

    vnd: int | None
    ask: str | None = None
    flags: tuple[str, ...] = ()
    rate: str | None = None
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRead:
    """A day ("2023-09-15") or a month ("2023-09"), or why it has to be asked again.

    `precision` is "day", "month" or "" when asking. `ask` is a reason code: ambiguous, future,
    impossible, lunar, many, month, past, quarter, range, school_year, season, unreadable, vague,
    week, weekday, year. `suggestions` are values in the same form as `iso` worth offering.
    """

    iso: str | None
    precision: str = ""
    ask: str | None = None
    suggestions: tuple[str, ...] = ()
