"""A conversation as its TOML file tells it: who does what, and what they read next."""

import tomllib
from collections.abc import Set
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent

TRAITS = frozenset({"albums", "edits", "empty", "files", "forwards", "links", "names", "payloads"})
"""What a network may carry besides "buttons" or "words": which photos were sent together, changed
messages, ones with nothing in them, files, marks of forwarded messages, links that open a chat,
names of groups, a payload in a link. Some have "windows", and who is silent for long is not written
to; some have "plans", which allow only so many people and messages."""


class Member(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody who has joined before the conversation begins."""

    name: str
    unit: str
    role: str = ""
    """On their own unit."""
    phone: str = ""
    """Under which they were invited."""
    blocked: bool = False
    """They blocked the bot, and are written to no more."""


class Code(msgspec.Struct, forbid_unknown_fields=True):
    """A one-time code that was given out."""

    role: str
    unit: str


class Invited(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody whom the union invited into a role, and who has not come."""

    name: str
    unit: str
    role: str = "chair"
    phone: str = ""


class Recognised(msgspec.Struct, forbid_unknown_fields=True):
    """What an appraising body recognised and nobody has entered, as its list told it."""

    title: str
    author: str
    unit: str
    others: tuple[str, ...] = ()
    level: str = "co_so"
    number: str = "45/QĐ-CTN"
    day: date = date(2023, 5, 20)


class Own(msgspec.Struct, forbid_unknown_fields=True):
    """What a unit has set for its members."""

    form: str = ""
    presets: dict[str, str] = {}


class Setting(msgspec.Struct, forbid_unknown_fields=True):
    """The small world: which units, quotas and people there are."""

    about: str
    """What the conversation shows; finishes the sentence "it ..."."""
    now: datetime
    quotas: dict[str, int] = {}
    people: dict[str, Member] = {}
    codes: dict[str, Code] = {}
    history: dict[str, dict[str, int]] = {}
    """Recognised initiatives of a unit by year."""
    phases: dict[str, list[date]] = {}
    campaigns: dict[str, list[date]] = {}
    """The first and the last day of each, by name."""
    invited: list[Invited] = []
    recognised: list[Recognised] = []
    link: str = ""
    """Opens a private chat with the bot, with {payload} in it; "" where there are no links."""
    group_link: str = ""
    """Lets a group be chosen for the bot."""
    review_steps: int = 1
    needs_recognition: bool = True
    presets: bool = True
    """Whether the water company presets its template, group and kind of solution."""
    units: dict[str, Own] = {}
    """What units have set otherwise than that."""


class Template(msgspec.Struct, forbid_unknown_fields=True):
    """Officers changed a template: the next version of ``form``."""

    form: str
    remove: list[str] = []
    add: list[dict[str, Any]] = []
    gone: bool = False
    """There is no such template any more."""


class Within(msgspec.Struct, forbid_unknown_fields=True):
    """How few messages it took a person since a named step, counting that one."""

    since: str
    messages: int


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """What is stored of a submitted entry."""

    code: str
    title: str = ""
    status: str = ""
    benefit: int | None = None
    recognised: bool | None = None
    answers: dict[str, Any] = {}
    keys: list[str] = []
    """All that it stores answers to, in any order."""
    files: int | None = None


class Step(msgspec.Struct, forbid_unknown_fields=True, rename={"who": "as"}):
    """One thing done by ``who`` (in private, or in ``group``), and what is seen of it."""

    who: str = ""
    name: str = ""
    group: str = ""
    wait: str = ""
    """Moves the clock first, and restarts the bot: "1 day", "3 hours"."""
    quick: bool = False
    """Sent in the same second as the message before."""
    only: str = ""
    """The step is for networks only that carry this: one of ``TRAITS``, or several, as in
    "words, no links"."""

    say: str | None = None
    times: int = 1
    """How often ``say`` is repeated within the message."""
    tap: str = ""
    """The label, or how it begins, of a button shown last; typed where there are no buttons."""
    of: str = ""
    """The named step whose button is tapped, however old."""
    again: int = 1
    """How often it is tapped within the second."""
    photo: int = 0
    file: int = 0
    album: int = 0
    sticker: bool = False
    voice: bool = False
    forward: str = ""
    edit: str = ""
    ref: str = ""
    """The named step whose message is edited."""

    job: str = ""
    """What the bot does unasked; ``who`` reads what comes of it."""
    template: Template | None = None

    sees: list[str] = []
    sees_where: dict[str, list[str]] = {}
    """What is read besides, by what a network carries, as in ``only``."""
    sees_exactly: str | None = None
    never: list[str] = []
    buttons: list[str] | None = None
    """The labels shown, in order."""
    told: dict[str, list[str]] = {}
    """What others read because of it; an empty list: nothing."""
    silent: bool = False
    """The bot says nothing."""
    untouched: bool = False
    """The draft keeps its answers and its place."""
    holds: dict[str, Any] = {}
    """Values in the draft, open or just closed."""
    lacks: list[str] = []
    """Questions that the draft has no answer to."""
    within: Within | None = None
    entry: Entry | None = None

    def is_for(self, carries: Set[str]) -> bool:
        """Whether it is played on a network that carries these."""
        return meets(carries, self.only)


class Script(msgspec.Struct, forbid_unknown_fields=True):
    """A file."""

    setting: Setting
    step: list[Step]


def meets(carries: Set[str], wanted: str) -> bool:
    """Whether a network is as it is wanted to be: "words, no links"."""
    each = wanted.split(", ") if wanted else []
    return all((name.removeprefix("no ") in carries) != name.startswith("no ") for name in each)


def scripts() -> list[Path]:
    """All of them, by name."""
    return sorted(HERE.glob("*.toml"))


def read(path: Path) -> Script:
    """A script; msgspec names the place of a fault."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Script)
