"""Holds a conversation step by step through the real turn, on a real database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.channel import Limits
from bot.fitting import fit
from bot.respond import respond
from domain.action import Action
from domain.address import Address, MessageRef
from domain.conversation import offered
from domain.draft import Draft
from domain.form import Form, build_form
from domain.house import House
from domain.message import Button, FileRef, Incoming, Outgoing, Sender
from domain.parcel import Parcel, ParcelState
from scheduler.context import Context as Running
from scheduler.jobs import JOBS
from storage.engine import Session, open_database
from storage.parcels import Outcome
from storage.store import Store
from tests.dialogues import world
from tests.dialogues.script import TRAITS, Setting, Step, Template
from tests.support.pushes import deliver

BUTTONS = Limits(text=4096, utf16=True, caption=1024, buttons=True)
WORDS = Limits(text=2000, buttons=False, edits=False)
ANONYMOUS = "anonymous"
PAUSE = timedelta(seconds=5)
BLINK = timedelta(milliseconds=50)


@dataclass(slots=True)
class Heard:
    """What came of a step: the messages each chat got, and what was offered there."""

    by: str
    at: Address
    parcels: list[Parcel] = field(default_factory=list)
    texts: dict[Address, list[str]] = field(default_factory=dict)
    """What each chat got to read."""
    held: frozenset[Address] = frozenset()
    """Chats to which something of it goes later."""
    before: Draft | None = None
    said: int = 0
    """How many messages the person had sent by then."""


class Stage:
    """The database, the clock, and what everybody saw last. Nothing else outlives a step."""

    def __init__(self, url: str, limits: Limits, setting: Setting) -> None:
        self.limits = limits
        self.carries = TRAITS | {"buttons" if limits.buttons else "words"}
        self.now = setting.now
        self.house: House = world.house(world.forms(), setting.link, setting.group_link)
        self.shown: dict[Address, list[Outgoing]] = {}
        self.steps: dict[str, Heard] = {}
        self.refs: dict[str, MessageRef] = {}
        self.counts: dict[str, int] = {}
        self._url = url
        self._database = open_database(url)
        self._kept: Session | None = None
        self._numbers = 0
        with self.store() as store:
            world.found(store, setting)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """One transaction on a connection of its own."""
        with nullcontext(self._kept) if self._kept else self._database.session() as session:
            session.begin()
            yield session.store
            session.commit()

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Meanwhile one connection serves all turns: thousands would open as many."""
        with self._database.session() as self._kept:
            yield
        self._kept = None

    def act(self, step: Step) -> Heard:
        """Do what a step says."""
        self._pass_time(step)
        if step.template:
            self._change_template(step)
        heard = Heard(step.who, world.chat(step.group or step.who), before=self.draft(step.who))
        if step.job:
            heard.parcels += self._run(step.job)
        for incoming in self._incoming(step):
            heard.parcels += self.turn(incoming)
        for parcel in heard.parcels:
            self.shown.setdefault(parcel.to, []).append(parcel.say)
            read = (say.text for say in fit(parcel.say, self.limits_at(parcel.to)))
            heard.texts.setdefault(parcel.to, []).extend(read)
        heard.said = self.counts.get(step.who, 0)
        if step.name:
            self.steps[step.name] = heard
        return heard

    def close(self) -> None:
        """The end, or a restart."""
        self._database.close()

    def chat(self, name: str) -> Address:
        """Somebody's private chat, or a group's."""
        return world.chat(name)

    def draft(self, who: str) -> Draft | None:
        """The person's open draft."""
        with self.store() as store:
            person = store.people.by_account(world.account(who))
            return store.drafts.open_for(person.id) if person else None

    def use_form(self, unit: str, form: str) -> None:
        """The unit's usual template from now on."""
        with self.store() as store:
            found = store.units.by_code(unit)
            assert found is not None
            store.units.save(replace(found, form=form))

    def messages(self, parcels: list[Parcel], to: Address) -> list[Outgoing]:
        """What a chat gets of these parcels, fitted to its network."""
        return [say for p in parcels if p.to == to for say in fit(p.say, self.limits_at(to))]

    def limits_at(self, to: Address) -> Limits:
        """What the network of a chat carries: the other one has no buttons."""
        return self.limits if to.channel == world.CHANNEL else WORDS

    def turn(self, incoming: Incoming) -> list[Parcel]:
        """Handle one update; what is to be said because of it."""
        with self.store() as store:
            said = respond(store, self.house, incoming, self.now)
            store.parcels.record([Outcome(p.id, ParcelState.SENT, self.now) for p in said])
            return said

    def _pass_time(self, step: Step) -> None:
        if step.wait:
            self.close()
            self._database = open_database(self._url)
            number, unit = step.wait.split()
            self.now += timedelta(**{unit.rstrip("s") + "s": int(number)})
        self.now += BLINK if step.quick else PAUSE
        if not step.quick:
            self.now = self.now.replace(microsecond=0)

    def _incoming(self, step: Step) -> Iterator[Incoming]:
        if step.tap:
            for _ in range(step.again):
                yield self._tapped(step)
        elif step.photo or step.file or step.album:
            yield from self._files(step)
        elif step.say is not None:
            yield replace(self.blank(step), text=step.say * step.times)
        elif step.sticker or step.voice:
            kind = "sticker" if step.sticker else "voice"
            yield replace(self.blank(step), unreadable=kind)
        elif step.forward:
            yield replace(self.blank(step), text=step.forward, forwarded=True)
        elif step.edit:
            yield replace(
                self.blank(step), text=step.edit, edited=True, message=self.refs[step.ref]
            )

    def blank(self, step: Step) -> Incoming:
        """An update of the person and place of a step, with nothing in it."""
        self._numbers += 1
        self.counts[step.who] = self.counts.get(step.who, 0) + 1
        ref = MessageRef(str(self._numbers))
        if step.name:
            self.refs[step.name] = ref
        who = None if step.who == ANONYMOUS else world.account(step.who)
        return Incoming(
            key=f"terminal:local:{self._numbers}",
            at=self.now.replace(microsecond=0),
            origin=world.chat(step.group or step.who),
            private=not step.group,
            sender=Sender(who, "" if step.who.islower() else step.who),
            message=ref,
            chat_name=step.group,
        )

    def _files(self, step: Step) -> Iterator[Incoming]:
        kind = "document" if step.file else "photo"
        count = step.photo or step.file or step.album
        album = MessageRef(f"album{self._numbers}") if step.album else None
        for place in range(count):
            blank = self.blank(step)
            file = FileRef(f"file{self._numbers}", kind)
            caption = step.say or "" if place == 0 else ""
            yield replace(blank, files=(file,), album=album, text=caption)

    def _tapped(self, step: Step) -> Incoming:
        """A tap; without buttons the number under which the choice was shown, or its label."""
        blank = self.blank(step)
        seen = self.shown.get(blank.origin, [])
        if step.of:
            seen = [p.say for p in self.steps[step.of].parcels if p.to == blank.origin]
        say, button = button_of(seen, step.tap)
        if self.limits_at(blank.origin).buttons:
            assert button.action is not None
            return replace(blank, action=Action.unpack(button.action.pack()))
        numbered = offered([say])
        for number, offer in enumerate(numbered, start=1):
            if offer.label == button.label:
                return replace(blank, text=str(number))
        return replace(blank, text=button.label)

    def _run(self, name: str) -> list[Parcel]:
        """Run a job as the clock does, in turns; what goes to the network then."""
        job = next(job for job in JOBS if job.name == name)
        after: int | None = 0
        while after is not None:
            with self.store() as store:
                after = job.run(Running(store, self.house, self.now), self.now, after)
        with self.store() as store:
            return deliver(store, self.house, self.now)

    def _change_template(self, step: Step) -> None:
        assert step.template is not None
        self.house = replace(self.house, forms=changed(self.house.forms, step.template))


def button_of(seen: list[Outgoing], label: str) -> tuple[Outgoing, Button]:
    """The button under this label, or under one that begins so, of the last message with any."""
    last = [say for say in seen if say.buttons][-1:]
    shown = [(say, button) for say in last for row in say.buttons for button in row]
    for exact in (True, False):
        for say, button in shown:
            if button.label == label or (not exact and button.label.startswith(label)):
                return say, button
    raise AssertionError(f"nobody was shown «{label}», but {[b.label for _, b in shown]}")


def changed(forms: Mapping[str, Form], change: Template) -> dict[str, Form]:
    """The templates after officers changed one."""
    others = {key: form for key, form in forms.items() if key != change.form}
    if change.gone:
        return others
    return others | {change.form: _next_version(forms[change.form], change.remove, change.add)}


def _next_version(old: Form, remove: list[str], add: list[dict[str, object]]) -> Form:
    """The template with questions taken out and put in, as officers do."""
    common, own = world.raw("forms/chung.toml"), world.raw(f"forms/{old.key}.toml")
    own["version"] = old.version + 1
    for part in (common, own):
        part["question"] = [q for q in part["question"] if q["key"] not in remove]
    own["question"][:0] = add
    return build_form(own, common)
