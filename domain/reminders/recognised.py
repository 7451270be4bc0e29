"""When an author and a chair are asked for what was recognised and is not entered yet."""

from datetime import date, timedelta

from domain.recognised_lines import GIVEN_UP

KEYS = "enter:"
"""Begins the key of every such notice."""


def author_key(author: int, added: date, step: int) -> str:
    """The key of what an author is told of all that came in on a local day.

    >>> author_key(12, date(2026, 11, 23), 7)
    'enter:author:12:2026-11-23:7'
    """
    return f"{KEYS}author:{author}:{added.isoformat()}:{step}"


def chair_key(chair: int, unit: int, added: date, step: int) -> str:
    """The same for a chair, or an officer, of a unit.

    >>> chair_key(12, 3, date(2026, 11, 23), 0)
    'enter:unit:3:12:2026-11-23:0'
    """
    return f"{KEYS}unit:{unit}:{chair}:{added.isoformat()}:{step}"


def due_on(added: date, step: int) -> date:
    """The local day of a step; what came in during a day is asked for the next morning.

    >>> monday = date(2026, 11, 23)
    >>> due_on(monday, 0).day, due_on(monday, 7).day
    (24, 30)
    """
    return added + timedelta(days=max(step, 1))


def asked_since(today: date) -> date:
    """The first day whose lines are still asked for."""
    return today - timedelta(days=GIVEN_UP - 1)


def given_up_on(added: date) -> date:
    """The day from which nobody is asked any more."""
    return added + timedelta(days=GIVEN_UP)
