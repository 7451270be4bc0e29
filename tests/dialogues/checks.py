"""Whether what came of a step is what its script says."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from domain.address import Address
from domain.draft import Draft
from storage.store import Store
from tests.dialogues.script import Entry, Step, meets
from tests.dialogues.stage import Heard


class Scene(Protocol):
    """Where a conversation is held: on the turn alone, or on a network with people on it."""

    carries: frozenset[str]
    """What the network carries, as scripts name it."""
    steps: dict[str, Heard]
    counts: dict[str, int]

    def chat(self, name: str) -> Address:
        """Somebody's private chat, or a group's."""
        ...

    def draft(self, who: str) -> Draft | None:
        """The person's open draft."""
        ...

    def store(self) -> AbstractContextManager[Store]:
        """What is stored."""
        ...


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody is told once the moment is better."""

    who: str
    part: str
    since: Heard
    here: str


def check(scene: Scene, step: Step, heard: Heard, number: int) -> list[Owed]:
    """All that a step says; ``number`` is its place in the script, from 1.

    What is held back for whom it is told to is left to be looked for later.
    """
    read_there = "\n".join(heard.texts.get(heard.at, ()))
    here = f"step {number}, {step.who} {step.say or step.tap}: {read_there}"
    _check_read(step, heard, read_there, here)
    for wanted, parts in step.sees_where.items():
        if meets(scene.carries, wanted):
            _check_parts(parts, read_there, here)
    if step.buttons is not None:
        _check_buttons("buttons" in scene.carries, step.buttons, heard, read_there, here)
    _check_kept(scene, step, heard, here)
    owed = []
    for who, parts in step.told.items():
        chat = scene.chat(who)
        if parts and chat in heard.held:
            owed += [Owed(who, part, heard, here) for part in parts]
        else:
            check_told(who, parts, "\n".join(heard.texts.get(chat, ())), here)
    return owed


def _check_read(step: Step, heard: Heard, text: str, here: str) -> None:
    _check_parts(step.sees, text, here)
    for part in step.never:
        assert part not in text, f"«{part}» is in {here}"
    if step.sees_exactly is not None:
        said = "\n".join(p.say.text for p in heard.parcels if p.to == heard.at)
        assert said == step.sees_exactly.strip("\n"), here
    if step.silent:
        assert not text, here


def _check_parts(parts: list[str], text: str, here: str) -> None:
    for part in parts:
        assert part in text, f"«{part}» is not in {here}"


def _check_buttons(tapped: bool, labels: list[str], heard: Heard, text: str, here: str) -> None:
    """Every choice can be tapped, or is written where it can be typed."""
    shown = [b for p in heard.parcels if p.to == heard.at for row in p.say.buttons for b in row]
    assert [button.label for button in shown] == labels, here
    if not tapped:
        for button in shown:
            assert button.typed.strip() in text if button.typed else button.label in text, here


def check_told(who: str, parts: list[str], told: str, here: str) -> None:
    """Who reads what because of somebody else; nothing where there are no parts."""
    assert told if parts else not told, f"{who} was told «{told}» in {here}"
    for part in parts:
        assert part in told, f"«{part}» is not in what {who} was told: {told}"


def _check_kept(scene: Scene, step: Step, heard: Heard, here: str) -> None:
    draft = scene.draft(step.who) if step.who else None
    if step.untouched:
        assert heard.before is not None and draft is not None, here
        for name in ("answers", "parked", "skipped", "place"):
            assert getattr(draft, name) == getattr(heard.before, name), f"{name} of {here}"
    for key, value in step.holds.items():
        assert draft is not None, here
        everything = {**draft.parked, **draft.answers}
        assert key in everything, f"{key} is lost: {here}"
        _check_value(everything[key].value, value, here)
    for key in step.lacks:
        assert draft is not None and key not in draft.answers, here
    if step.within:
        before = scene.steps[step.within.since].said
        took = scene.counts[step.who] - before + 1
        assert took <= step.within.messages, f"{took} messages: {here}"
    if step.entry:
        _check_entry(scene, step.entry, here)


def _check_entry(scene: Scene, wanted: Entry, here: str) -> None:
    with scene.store() as store:
        entry = store.initiatives.by_code(wanted.code)
        assert entry is not None, here
        files = len(store.files.of_initiative(entry.id))
    for name in ("title", "status"):
        if getattr(wanted, name):
            assert str(getattr(entry, name)) == getattr(wanted, name), here
    if wanted.benefit is not None:
        assert entry.benefit == wanted.benefit, here
    if wanted.recognised is not None:
        assert entry.recognised is wanted.recognised, here
    if wanted.files is not None:
        assert files == wanted.files, here
    for key, value in wanted.answers.items():
        assert key in entry.answers, f"{key} is not stored: {here}"
        _check_value(entry.answers[key]["value"], value, here)
    if wanted.keys:
        assert sorted(entry.answers) == sorted(wanted.keys), here


def _check_value(value: Any, wanted: Any, here: str) -> None:
    """The same, or of a table the part that the script names."""
    if isinstance(wanted, Mapping):
        assert {key: value.get(key) for key in wanted} == wanted, here
    else:
        assert value == wanted, here
