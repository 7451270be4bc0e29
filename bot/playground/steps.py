"""Turns as the steps of a golden dialogue: who did what, and what was read because of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.playground.likeness import Likeness
from bot.playground.tracing import Turn
from domain.action import Action
from domain.address import Address, MessageRef
from domain.message import Button, Incoming
from domain.parcel import Parcel
from domain.vietnamese import fold
from storage.store import Store

Step = dict[str, Any]
"""What a script says of one step, by its own words for it."""

FIGURES = (
    "handlers.allocation",
    "handlers.calls",
    "handlers.campaign",
    "handlers.ledger",
    "handlers.progress",
    "handlers.quotas",
)
"""Handlers whose choices go by how much there is of something: other data, other buttons."""

LINKED = ("handlers.groups", "handlers.invite", "handlers.linking", "handlers.progress_details")
"""Handlers who say something else where there are links to chats."""

UNREADABLE = ("sticker", "voice")
"""What scripts have a word for."""

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
EDITS = "edits"


@dataclass(slots=True)
class Names:
    """What scripts call people and groups, by their addresses."""

    people: dict[Address, str]
    groups: dict[Address, str]

    def of(self, at: Address) -> str:
        """Somebody, or a group; "" where it is nobody of the cast."""
        return self.people.get(at) or self.groups.get(at, "")


@dataclass(slots=True)
class _Shown:
    """Something with buttons that was read in a chat, and the step that brought it."""

    parcel: Parcel
    step: Step


@dataclass(slots=True)
class Steps:
    """Makes them one after the other; ``left_out`` says of what there is none, and why."""

    names: Names
    likeness: Likeness
    links: bool
    """Whether the network has links that open a chat."""
    made: list[Step] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _shown: dict[Address, list[_Shown]] = field(default_factory=dict)
    _written: dict[tuple[Address, MessageRef], Step] = field(default_factory=dict)
    _album: tuple[Step, MessageRef] | None = None
    _moved: float = 0.0
    _last: datetime | None = None

    def take(self, store: Store, turns: Iterable[Turn], moved: float) -> None:
        """All of these; ``moved`` is by how much the clock had been when they began."""
        self._moved = moved
        for turn in turns:
            for code in turn.codes:
                self.likeness.draw(code)
            if not (turn.said.album and self._joins(turn)):
                self._take(store, turn)

    def _take(self, store: Store, turn: Turn) -> None:
        step: Step = {"as": self._who(turn)}
        if not turn.said.private:
            step["group"] = self.names.of(turn.said.origin)
        why = self._unlike(turn) or self._deed(store, turn, step)
        if why:
            self.left_out.append(why)
            return
        self._pass_time(turn, step)
        self._heard(turn, step)
        if turn.said.message and turn.said.action is None:
            self._written.setdefault((turn.said.origin, turn.said.message), step)
        self._album = (step, turn.said.album) if turn.said.album else None
        self.made.append(step)

    def _who(self, turn: Turn) -> str:
        account = turn.said.sender.account
        if account is None:
            return ""
        return self.names.of(Address(account.channel, account.bot, account.user))

    def _unlike(self, turn: Turn) -> str:
        """Why a turn cannot be held there, whatever was done; "" when it may be."""
        said = turn.said
        if turn.fault:
            return f"a turn that broke ({turn.fault})"
        if said.event is not None:
            return f"what happened to a chat ({said.event.kind})"
        if not self._who(turn):
            return "what somebody did who is not of the cast"
        texts = [said.text, *(self.likeness.telling(each.say.text) for each in turn.parcels)]
        if any(self.likeness.is_foreign(text) for text in texts):
            return f"«{_short(said.text)}», of a unit that has no counterpart"
        return ""

    def _deed(self, store: Store, turn: Turn, step: Step) -> str:
        """Say what was done; why that cannot be said, or ""."""
        said = turn.said
        text = self.likeness.said(said.text)
        if said.action is not None:
            return self._tap(store, said, said.action, step)
        if said.edited:
            written = self._written.get((said.origin, said.message)) if said.message else None
            if written is None:
                return "a change of what was written before"
            step |= {"only": EDITS, "edit": text, "ref": self._name(written)}
        elif said.files:
            kind = "album" if said.album else "photo" if said.files[0].kind == "photo" else "file"
            step |= {kind: 1} | ({"say": text} if text else {})
        elif said.unreadable:
            if said.unreadable not in UNREADABLE:
                return f"something that cannot be read ({said.unreadable})"
            step[said.unreadable] = True
        elif said.forwarded:
            step["forward"] = text
        else:
            step["say"] = text
        return ""

    def _tap(self, store: Store, said: Incoming, action: Action, step: Step) -> str:
        """Tap what was shown there, as scripts find it; what came unasked is not there."""
        traces = store.traces.of_message(said.origin, said.message) if said.message else []
        ids = {trace.parcel.id for trace in traces}
        seen = self._shown.get(said.origin, [])
        for each in reversed(seen):
            for button in _buttons([each.parcel]):
                if each.parcel.id in ids and button.action == action:
                    step["tap"] = self.likeness.said(button.label)
                    if seen[-1] is not each:
                        step["of"] = self._name(each.step)
                    return ""
        return f"a tap on what came unasked ({action.verb})"

    def _name(self, step: Step) -> str:
        """What other steps call this one."""
        number = next(at for at, each in enumerate(self.made, start=1) if each is step)
        name: str = step.setdefault("name", f"m{number}")
        return name

    def _joins(self, turn: Turn) -> bool:
        """Whether it is another picture of the album that came just now."""
        if self._album is None or self._album[1] != turn.said.album:
            return False
        step = self._album[0]
        step["album"] += 1
        self._heard(turn, step)
        return True

    def _pass_time(self, turn: Turn, step: Step) -> None:
        """The clock that was moved meanwhile, and whether both were in the same second."""
        if minutes := round((turn.moved - self._moved) / MINUTE.total_seconds()):
            step["wait"] = _span(timedelta(minutes=minutes))
        self._moved = max(self._moved, turn.moved)
        at = turn.said.at.replace(microsecond=0)
        if at == self._last:
            step["quick"] = True
        self._last = at

    def _heard(self, turn: Turn, step: Step) -> None:
        """What is read there, which choices are left, and what others are told."""
        here = [each for each in turn.parcels if each.to == turn.said.origin]
        linked = turn.handler.startswith(LINKED)
        for piece in filter(None, (self.likeness.telling(each.say.text) for each in here)):
            where = step.setdefault("sees_where", {}) if linked else step
            name = "sees" if not linked else "links" if self.links else "no links"
            where.setdefault(name, []).append(piece)
        labels = [self.likeness.said(button.label) for button in _buttons(here)]
        unlike = linked or turn.handler.startswith(FIGURES) or _has_figures(labels)
        if labels and not unlike:
            step["buttons"] = [*step.get("buttons", []), *labels]
        if not turn.parcels and "album" not in step:
            step["silent"] = True
        for parcel in turn.parcels:
            who, piece = self.names.of(parcel.to), self.likeness.telling(parcel.say.text)
            if parcel not in here and who and piece:
                step.setdefault("told", {}).setdefault(who, []).append(piece)
            if _buttons([parcel]):
                self._shown.setdefault(parcel.to, []).append(_Shown(parcel, step))


def _buttons(parcels: Sequence[Parcel]) -> list[Button]:
    return [button for parcel in parcels for row in parcel.say.buttons for button in row]


def _has_figures(labels: Sequence[str]) -> bool:
    return any(sign.isdigit() for label in labels for sign in label)


def _span(waited: timedelta) -> str:
    """Whole minutes, in the largest unit that tells them."""
    units = {"day": DAY, "hour": HOUR, "minute": MINUTE}
    name = next(name for name, unit in units.items() if waited % unit == timedelta(0))
    count = waited // units[name]
    return f"{count} {name}{'s' if count > 1 else ''}"


def _short(text: str) -> str:
    return fold(text)[:40]
