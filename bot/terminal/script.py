"""Reads one line of a script, or of what is typed: words to say, or something to do."""

import re
from dataclasses import dataclass
from datetime import timedelta

UNREADABLE = ("sticker", "voice")

_NAMED = re.compile(r'(?:"([^"]+)"|(\S+))\s*(.*)', re.DOTALL)
_WAIT = re.compile(r"(\d+)\s*(minute|hour|day)s?")


@dataclass(frozen=True, slots=True)
class Comment:
    """A heading for whoever reads along."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """Words, or a number or label that may tap a button."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button by its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: a file, or ours when no path is given."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something nobody can read: a sticker, a voice message."""

    kind: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The person's last message there, corrected."""

    text: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Time goes by."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class As:
    """Somebody speaks; without words they go on speaking."""

    name: str
    step: "Step | None"


@dataclass(frozen=True, slots=True)
class InGroup:
    """Whoever speaks does it in a group, this once."""

    name: str
    step: "Step"


Step = Comment | Say | Tap | Photo | Unreadable | Edit | Wait | As | InGroup


class NotAStep(Exception):
    """A line that begins with @ and is none of ours; ``code`` names the sentence about it."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(code)
        self.code = code
        self.said = said


def read_line(line: str) -> Step | None:
    """One line; None for an empty one. Raises NotAStep.

    >>> read_line("@as Vu ctn27")
    As(name='Vu', step=Say(text='ctn27'))
    >>> read_line('@group "CTN 27" /progress')
    InGroup(name='CTN 27', step=Say(text='/progress'))
    >>> read_line("@wait 2 hours")
    Wait(by=datetime.timedelta(seconds=7200))
    """
    said = line.strip()
    if not said:
        return None
    if said.startswith("#"):
        return Comment(said.lstrip("# "))
    if not said.startswith("@"):
        return Say(said)
    word, _, rest = said[1:].partition(" ")
    rest = rest.strip()
    if word in UNREADABLE:
        return Unreadable(word)
    match word:
        case "photo":
            return Photo(rest)
        case "tap" if rest:
            return Tap(rest)
        case "edit" if rest:
            return Edit(rest)
        case "wait":
            return Wait(_duration(rest))
        case "as" if rest:
            name, after = _named(rest)
            return As(name, read_line(after))
        case "group" if rest:
            name, after = _named(rest)
            step = read_line(after)
            if step is None:
                raise NotAStep("chat.unknown", word)
            return InGroup(name, step)
    raise NotAStep("chat.unknown", f"@{word}")


def _named(rest: str) -> tuple[str, str]:
    """A name, up to two spaces, in quotes, or one word; and what follows it."""
    wide, gap, after = rest.partition("  ")
    if gap and not rest.startswith('"'):
        return wide.strip(), after.strip()
    found = _NAMED.match(rest)
    assert found is not None
    return found[1] or found[2], found[3]


def _duration(said: str) -> timedelta:
    found = _WAIT.fullmatch(said)
    if found is None:
        raise NotAStep("chat.bad_wait", said)
    return timedelta(**{f"{found[2]}s": int(found[1])})
