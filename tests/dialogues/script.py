"""A conversation as its TOML file tells it: who does what, and what they read next."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent


class Member(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody who has joined before the conversation begins."""

    name: str
    unit: str
    role: str = ""
    """On their own unit."""


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
    """"buttons" or "words": the step is for that kind of network only."""

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


class Script(msgspec.Struct, forbid_unknown_fields=True):
    """A file."""

    setting: Setting
    step: list[Step]


def scripts() -> list[Path]:
    """All of them, by name."""
    return sorted(HERE.glob("*.toml"))


def read(path: Path) -> Script:
    """A script; msgspec names the place of a fault."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Script)
