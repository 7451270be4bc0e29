"""Initiatives that an appraising body recognised: which entry each is, and when it is asked for.

What is certain is done at once; what only seems to be the same a person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from domain.description import CO_AUTHORS
from domain.draft import Answer, Bubble
from domain.initiative import RECOGNITION, TITLE, Initiative, Recognition
from domain.likeness import SUSPECT, Filed, likeness
from domain.person import Person
from domain.recognition import DAY, NUMBER
from domain.vietnamese import canonical, fold

ASKED_AFTER = (0, 7, 21)
"""Days since the line came in: asked for at once, and twice more."""

GIVEN_UP = 28
"""Days: what comes a week late is not asked for any more."""

ALL = 100
"""Per cent of the authors' shares."""


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of a list of recognised initiatives (danh sách được công nhận).

    Open until an entry is found or made for it; then ``initiative`` says which.
    """

    id: int
    programme: int
    unit: int
    author_name: str
    author: int | None
    """The person of that name, where the unit has just one."""
    others: tuple[str, ...]
    """Names of co-authors."""
    title: str
    level: str
    """A choice of the question RECOGNITION."""
    number: str
    day: date
    added_at: datetime
    initiative: int | None = None
    settled_at: datetime | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """The names of all authors, the first one ahead."""
        return (self.author_name, *self.others)

    @property
    def decision(self) -> Recognition:
        """The decision as it is recorded for an entry, not stored yet."""
        return Recognition(0, self.programme, self.unit, self.level, self.number, self.day)


def is_same(line: RecognisedLine, title: str, people: Iterable[str]) -> bool:
    """Whether an entry is what the line recognises for certain: the same words, and an author."""
    named = {fold(name) for name in line.people}
    return same_title(line.title, title) and any(fold(name) in named for name in people)


def same_title(title: str, other: str) -> bool:
    """The same words, however typed; marks make no difference.

    >>> same_title("Lắp cảm biến cho bơm", "LAP CAM BIEN, cho bom.")
    True
    >>> same_title("Dạy toán lớp 4 bằng trò chơi", "Dạy toán lớp 5 bằng trò chơi")
    False
    """
    return _alike(title, other) == 1


def seems_same(title: str, other: str) -> bool:
    """So alike that somebody should look."""
    return _alike(title, other) >= SUSPECT


def closest(title: str, entries: Iterable[Filed]) -> Filed | None:
    """The entry whose title is so alike that somebody should look."""
    scored = [(_alike(title, each.title), each) for each in entries]
    close = [pair for pair in scored if pair[0] >= SUSPECT]
    return max(close, key=lambda pair: pair[0])[1] if close else None


def is_recognised_by(line: RecognisedLine, number: str, title: str) -> bool:
    """Whether a decision that was recorded for an entry settles the line as well."""
    return fold(line.number) == fold(number) and seems_same(line.title, title)


def people_of(entry: Initiative, author: str) -> tuple[str, ...]:
    """The names of an entry's author and co-authors."""
    told = entry.answers.get(CO_AUTHORS)
    value = told["value"] if told else {}
    return (author, *(row["name"] for row in value.get("others", ())))


def only_one_called(name: str, members: Iterable[Person]) -> Person | None:
    """The member of this name, if there is just one; accents decide between several.

    Who chose the unit by its name and was not confirmed yet may be anybody.
    """
    alike = [one for one in members if one.vouched and fold(one.name) == fold(name)]
    if len(alike) > 1:
        alike = [one for one in alike if canonical(one.name) == canonical(name)]
    return alike[0] if len(alike) == 1 else None


def step_on(added: date, today: date) -> int | None:
    """The day, counted from when the line came in, whose asking is due; None when it is too late.

    >>> monday = date(2026, 11, 23)
    >>> [step_on(monday, date(2026, 11, day)) for day in (23, 29, 30)]
    [0, 0, 7]
    >>> step_on(monday, date(2026, 12, 20)), step_on(monday, date(2026, 12, 21))
    (21, None)
    """
    waited = (today - added).days
    begun = [step for step in ASKED_AFTER if step <= waited < GIVEN_UP]
    return max(begun, default=None)


def told_by(line: RecognisedLine) -> dict[str, Answer]:
    """The answers that a line gives already; shares are equal, and shown before it is handed in."""
    told = {TITLE: line.title, RECOGNITION: line.level, NUMBER: line.number}
    told[DAY] = line.day.isoformat()
    answers = {key: Answer(value, (Bubble(None, value),), told=True) for key, value in told.items()}
    if line.others:
        each = ALL // (len(line.others) + 1)
        others = [{"name": name, "unit": "", "share": each} for name in line.others]
        shares = {"author": ALL - each * len(others), "others": others}
        answers[CO_AUTHORS] = Answer(shares, (Bubble(None, "\n".join(line.others)),), told=True)
    return answers


def _alike(title: str, other: str) -> float:
    return likeness(_words(title), _words(other))


@lru_cache(maxsize=4096)
def _words(title: str) -> str:
    """The words alone, without diacritics and marks."""
    return " ".join(re.findall(r"[^\W_]+", fold(title)))
