"""What was just played on one network, as a golden dialogue: a TOML file for tests/dialogues.

Played there it says the same, but for the figures: the world of those dialogues has data of its
own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from bot.playground.answers import told
from bot.playground.likeness import Likeness
from bot.playground.steps import Names, Step, Steps
from domain.address import Account, Address
from domain.programme import Programme
from storage.store import Store

if TYPE_CHECKING:
    from bot.playground.stage import Stage

ORDER = (
    "as",
    "name",
    "group",
    "wait",
    "quick",
    "only",
    "say",
    "tap",
    "of",
    "photo",
    "file",
    "album",
    "sticker",
    "voice",
    "forward",
    "edit",
    "ref",
    "sees",
    "sees_where",
    "buttons",
    "told",
    "silent",
)
"""How a step is written: who, when, what, and what is read of it."""

LEFT_OUT = (
    "figures in what is read, and choices that go by figures",
    "what the bot said unasked",
    "what was played on other networks, or before this begins",
)


@dataclass(frozen=True, slots=True)
class Begin:
    """How everything was when what is to be told began."""

    now: datetime
    """Local."""
    after: int
    """Turns there had been by then."""
    moved: float
    setting: Mapping[str, Any]
    known: frozenset[str]
    """Who had joined."""
    bound: Mapping[str, str]
    """Codes of the units that a group belonged to, by network."""


class Golden:
    """Tells it, from the start of the play or from when somebody last said so."""

    _begin: Begin
    """There once the stage is opened."""

    def __init__(self, stage: "Stage") -> None:
        self._stage = stage

    def routes(self, home: str) -> list[web.RouteDef]:
        """What to mount under the page's own address."""
        words = self._stage.installation.words
        return [
            web.get(home + "golden", self._golden),
            web.post(home + "golden/begin", told(self._begun, words)),
        ]

    async def begin(self) -> None:
        """What is played from now on is to be told."""
        self._begin = await self._stage.app.turns.run(self._as_it_is)

    async def _begun(self, request: web.Request) -> Any:
        await self.begin()
        return {}

    async def _golden(self, request: web.Request) -> web.Response:
        network = request.query.get("network", "")
        if network not in self._stage.sides:
            raise web.HTTPNotFound
        text = await self._stage.app.turns.run(lambda store: self._text(store, network))
        return web.Response(text=text, content_type="application/toml", charset="utf-8")

    def _as_it_is(self, store: Store) -> Begin:
        stage = self._stage
        likeness = Likeness(store.units.all())
        now = stage.now()
        programme = store.programmes.current(now.date())
        assert programme is not None
        people = {}
        for player in stage.cast.player:
            found = (
                store.people.by_account(side.account(player.who)) for side in stage.sides.values()
            )
            person = next((each for each in found if each is not None), None)
            unit = store.units.get(person.unit) if person and person.unit else None
            if person is None or unit is None or not (code := likeness.code(unit)):
                continue
            role = next((g.role.value for g in person.grants if g.unit == unit.id), "")
            people[player.who] = {"name": person.name, "unit": code, "role": role}
        bound = {}
        for side in stage.sides.values():
            group = store.groups.at(side.group_address())
            unit = store.units.get(group.unit) if group else None
            bound[side.name] = likeness.code(unit) if unit else ""
        return Begin(
            now.replace(microsecond=0),
            stage.tracer.count,
            stage.tracer.moved(),
            {**_programme(programme), **_units(store, programme, likeness, now.date())}
            | {"people": people},
            frozenset(people),
            bound,
        )

    def _text(self, store: Store, network: str) -> str:
        begin = self._begin
        links = self._links(network)
        steps = Steps(self._names(begin), Likeness(store.units.all()), "link" in links)
        turns = [
            turn
            for turn in self._stage.tracer.turns
            if turn.number > begin.after and turn.said.origin.channel == network
        ]
        steps.take(store, turns, begin.moved)
        return "\n".join(_file(network, begin, links, steps, self._binding(steps)))

    def _names(self, begin: Begin) -> Names:
        """Who had joined goes by who they are; others by the name that their network shows."""
        stage, people, groups = self._stage, dict[Address, str](), dict[Address, str]()
        for side in stage.sides.values():
            for player in stage.cast.player:
                name = player.who if player.who in begin.known else player.name
                people[side.address(player.who)] = name
                people[_alone(side.account(player.who))] = name
            groups[side.group_address()] = stage.cast.group.title
        return Names(people, groups)

    def _links(self, network: str) -> dict[str, str]:
        house = self._stage.app.house
        side = self._stage.sides[network]
        at = (network, side.group_address().bot)
        links = {"link": house.private_links.get(at), "group_link": house.group_links.get(at)}
        return {name: link for name, link in links.items() if link}

    def _binding(self, steps: Steps) -> list[Step]:
        """The group is bound first, where anybody speaks in it."""
        group = self._stage.cast.group
        bound = next(filter(None, self._begin.bound.values()), "")
        if not bound or not any("group" in step for step in steps.made):
            return []
        say = f"/gannhom {bound}"
        return [{"as": group.by, "group": group.title, "say": say}]


def _alone(account: Account) -> Address:
    """Where somebody is in private: on every network it is called like its person."""
    return Address(account.channel, account.bot, account.user)


def _programme(programme: Programme) -> dict[str, Any]:
    return {
        "phases": {phase.name: [phase.starts, phase.ends] for phase in programme.phases},
        "review_steps": programme.review_steps,
        "needs_recognition": programme.needs_recognition,
    }


def _units(store: Store, programme: Programme, likeness: Likeness, day: date) -> dict[str, Any]:
    """Quotas, and what units have set for their members."""
    quotas, units = {}, {}
    for unit in store.units.all():
        if not (code := likeness.code(unit)):
            continue
        target = store.quotas.target(programme.id, unit.id, programme.against, None, day)
        if target is not None:
            quotas[code] = target
        if unit.form or unit.presets:
            units[code] = {"form": unit.form, "presets": dict(unit.presets)}
    return {"quotas": quotas, "presets": False, "units": units}


def _file(
    network: str,
    begin: Begin,
    links: Mapping[str, str],
    steps: Steps,
    before: Sequence[Step],
) -> Iterator[str]:
    left_out = [*LEFT_OUT, *dict.fromkeys(steps.left_out)]
    yield f"# As it was played in the playground, on {network}. Left out:"
    yield from (f"# - {each}" for each in left_out)
    yield ""
    if not steps.made:
        yield "step = []"
        yield ""
    yield "[setting]"
    yield 'about = "goes as it was played"'
    yield f"now = {begin.now.isoformat()}"
    for name, value in {**begin.setting, **links}.items():
        if name in ("people", "units"):
            yield from (f"{name}.{_key(each)} = {_toml(about)}" for each, about in value.items())
        else:
            yield f"{name} = {_toml(value)}"
    for step in [*before, *steps.made]:
        yield ""
        yield "[[step]]"
        yield from (f"{name} = {_toml(step[name])}" for name in ORDER if name in step)
    yield ""


def _toml(value: Any) -> str:
    """A value as TOML writes it; text as JSON does, which TOML can read."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {_toml(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    """A bare key where it can be one."""
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _toml(name)
