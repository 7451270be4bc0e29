"""Who and what exists around simulated Official Accounts: apps, people, groups, messages.

A person has another id at each OA; ``Person.id`` is the one that the first OA knows.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

FREE, PAID = timedelta(hours=48), timedelta(days=7)
"""How long after a person's last deed a consultation message is free, and is taken at all."""

A_MINUTE = 4000
"""Requests of one app."""
UPLOADS_A_MONTH = 5000
_MENTION = re.compile(r"\[@([^\]]+)\]")


@dataclass(slots=True, eq=False)
class App:
    """An app on developers.zalo.me; it has one address for events, whatever OAs it serves."""

    id: str
    secret_key: str
    """For OAuth."""
    webhook_secret: str
    """The "OA Secret Key" of the webhook page; it signs events."""
    code_challenge: str = ""
    redirect_uri: str = ""
    webhook_url: str | None = None
    webhook_on: bool = True
    """Zalo turns it off after the last retry."""
    retries: bool = True
    """Whether the console's switch for sending again is on."""
    a_minute: int = A_MINUTE
    minute: tuple[datetime, int] | None = None
    """The minute that runs, and the requests in it."""


@dataclass(slots=True, eq=False)
class Person:
    """A user of Zalo."""

    id: str
    name: str
    by_app: str
    """Their id within an app."""


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """An approved ZBS template: its parameters with their longest values, and its price (VND)."""

    id: str
    fields: Mapping[str, int]
    price: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A bought right to make groups (GMF), so many of at most so many members."""

    most: int = 100
    groups: int = 1

    @property
    def product(self) -> str:
        return f"gmf{self.most}"


@dataclass(slots=True, eq=False)
class OA:
    """An Official Account with its package, as its admin bought it."""

    id: str
    app: App
    name: str
    salt: int
    package: str = "Advanced"
    """Empty where none is bought: the API answers -224."""
    verified: bool = True
    gone: bool = False
    money: int | None = None
    """VND on the Zalo Cloud Account; None where there is no such account."""
    packs: "dict[str, Pack]" = field(default_factory=dict)
    """What groups it may make, by asset id."""
    admins: set[str] = field(default_factory=set)
    templates: dict[str, TemplateSpec] = field(default_factory=dict)
    followers: set[str] = field(default_factory=set)
    last_deed: dict[str, datetime] = field(default_factory=dict)
    """When each person last followed, wrote or tapped, by user id."""
    blocked: set[str] = field(default_factory=set)
    locked: set[str] = field(default_factory=set)
    """People whom Zalo locked, or who were away for more than 45 days."""
    free: int = 0
    paid: int = 0
    """Consultation messages up to 48 hours and after."""
    templated: int = 0
    uploads: dict[str, int] = field(default_factory=dict)
    """By month, as ``2026-11``."""
    waiting: "deque[tuple[Mapping[str, str], bytes]]" = field(default_factory=deque)
    """Events, headers and body, while the app has no address for them."""

    @property
    def webhook_url(self) -> str | None:
        return self.app.webhook_url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self.app.webhook_url = url

    @property
    def app_id(self) -> str:
        return self.app.id

    def user_id(self, person: Person) -> str:
        """What this OA calls a person."""
        return str(int(person.id) ^ self.salt)


@dataclass(slots=True, eq=False)
class Group:
    """A group that an OA made with one of its packs."""

    id: str
    name: str
    oa: OA
    asset_id: str
    members: dict[str, Person] = field(default_factory=dict)
    """By user id."""
    most: int = 100
    description: str = ""
    expired: bool = False
    """Its pack ran out: nothing can be sent."""
    dissolved: bool = False

    @property
    def link(self) -> str:
        return f"https://zalo.me/g/{self.id}"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: ``oa.query.hide``, ``oa.open.url``, …"""

    title: str
    type: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Asset:
    """An uploaded thing; ``id`` is an attachment_id or a token."""

    id: str
    kind: str
    name: str
    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One message as people see it."""

    chat: Person | Group
    id: str
    by: Person | OA
    text: str
    at: datetime
    picture: bytes = b""
    file: Asset | None = None
    sticker: str = ""
    buttons: tuple[Button, ...] = ()
    template: tuple[str, Mapping[str, str]] | None = None
    """A ZBS template and its data; its words are not known here."""
    admin_id: str = ""
    """Who answered by hand."""

    @property
    def kind(self) -> str:
        """As events name it."""
        if self.template is not None:
            return "template"
        if self.sticker:
            return "sticker"
        return "file" if self.file else "image" if self.picture else "text"

    @property
    def mentions(self) -> list[str]:
        """Who is called in a group: user ids, or the group's own for everybody."""
        return _MENTION.findall(self.text) if isinstance(self.chat, Group) else []

    @property
    def from_oa(self) -> bool:
        return isinstance(self.by, OA)


class World:
    """All of it. Ids are drawn from ``chance``."""

    def __init__(self, now: Callable[[], datetime], chance: Random) -> None:
        self.now = now
        self.chance = chance
        self.apps: dict[str, App] = {}
        self.oas: dict[str, OA] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.assets: dict[str, Asset] = {}
        self.log: list[Message] = []

    def add_oa(
        self,
        oa_id: str = "3000",
        app_id: str = "4000",
        secret_key: str = "app-secret",
        webhook_secret: str = "oa-secret",
        name: str = "OA X",
        *,
        code_challenge: str = "",
        redirect_uri: str = "",
        **package: Any,
    ) -> OA:
        """An OA that gave its app leave; ``package`` sets what was bought."""
        app = self.apps.setdefault(
            app_id, App(app_id, secret_key, webhook_secret, code_challenge, redirect_uri)
        )
        salt = self.chance.getrandbits(48) if self.oas else 0
        oa = self.oas[oa_id] = OA(oa_id, app, name, salt, **package)
        return oa

    def add_template(
        self, oa: OA, template_id: str, fields: Mapping[str, int], price: int = 560
    ) -> TemplateSpec:
        """A template that Zalo approved; ``fields`` are the longest values by parameter."""
        spec = oa.templates[template_id] = TemplateSpec(template_id, fields, price)
        return spec

    def add_person(self, name: str) -> Person:
        person = Person(self.fresh_number(), name, self.fresh_number())
        self.people[person.id] = person
        return person

    def add_group(self, oa: OA, name: str, *members: Person) -> Group:
        """A group that the OA made some time ago, with a pack of its own."""
        group = Group(self.fresh_id(), name, oa, f"asset-{len(self.groups)}")
        group.members.update({oa.user_id(each): each for each in members})
        self.groups[group.id] = group
        return group

    def person(self, oa: OA, user_id: str) -> Person | None:
        """Whom an OA calls so."""
        if not user_id.isdecimal():
            return None
        return self.people.get(str(int(user_id) ^ oa.salt))

    def history(self, chat: Person | Group) -> list[Message]:
        """All that was said there."""
        return [message for message in self.log if message.chat is chat]

    def heard(self, chat: Person | Group) -> list[str]:
        """The texts that OAs said there."""
        return [message.text for message in self.history(chat) if message.from_oa]

    def fresh_id(self) -> str:
        """Twenty hexadecimal digits, as messages and groups have."""
        return f"{self.chance.getrandbits(80):020x}"

    def fresh_number(self) -> str:
        """Nineteen digits, as people have."""
        return str(self.chance.randrange(10**18, 10**19))

    def month(self) -> str:
        return f"{self.now():%Y-%m}"

    def milliseconds(self) -> str:
        """As Zalo writes times: a string."""
        return str(int(self.now().timestamp() * 1000))
