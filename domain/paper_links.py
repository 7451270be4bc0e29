"""Links to papers, for networks that carry no files: a link and a code, each useless alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

PURPOSE = "paper"
"""Of the ticket that stands behind a link."""

LIVES = timedelta(hours=24)

TRIES = 5
"""Wrong codes after which a link is dead."""

PATH = "/giay/{token}"

ENDINGS = {"entry_paper": "docx"}
"""How the file of a paper ends that is no workbook, by the kind of its document."""

WORKBOOK = "xlsx"

DRAWS, CODE = 3, 6
"""A link is made of three one-time codes, 149 bits; the code beside it has 30, tried five times."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is given out: the token in the link, and the code said beside it."""

    token: str
    code: str


def fresh_pair(fresh_code: Callable[[], str]) -> Pair:
    """Draw a new pair."""
    return Pair("".join(fresh_code() for _ in range(DRAWS)), fresh_code()[:CODE])
