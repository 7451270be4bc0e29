"""Every conversation, on both databases, on a network with buttons and on one without."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Limits
from tests.dialogues import world
from tests.dialogues.script import Entry, Script, Step, read, scripts
from tests.dialogues.stage import BUTTONS, WORDS, Heard, Stage

NETWORKS = {"buttons": BUTTONS, "words": WORDS}


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_goes_as_written(
    path: Path, network: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    script = read(path)
    stage = Stage(database_url, NETWORKS[network], script.setting)
    with caplog.at_level(logging.ERROR):
        play(stage, script, network)
    stage.close()
    assert not caplog.records


def play(stage: Stage, script: Script, network: str) -> None:
    """Hold the conversation; the first thing that is not as written ends it."""
    for number, step in enumerate(script.step, start=1):
        if step.only not in ("", network):
            continue
        heard = stage.act(step)
        read_there = [say.text for say in stage.messages(heard.parcels, heard.at)]
        here = f"step {number}, {step.who} {step.say or step.tap}: " + "\n".join(read_there)
        check_read(stage, step, heard, read_there, here)
        check_kept(stage, step, heard, here)


def check_read(stage: Stage, step: Step, heard: Heard, read_there: list[str], here: str) -> None:
    """What the person and the others read."""
    text = "\n".join(read_there)
    for part in step.sees:
        assert part in text, f"«{part}» is not in {here}"
    for part in step.never:
        assert part not in text, f"«{part}» is in {here}"
    if step.sees_exactly is not None:
        said = "\n".join(p.say.text for p in heard.parcels if p.to == heard.at)
        assert said == step.sees_exactly.strip("\n"), here
    if step.silent:
        assert not text, here
    if step.buttons is not None:
        check_buttons(stage.limits, step.buttons, heard, text, here)
    for who, parts in step.told.items():
        told = "\n".join(say.text for say in stage.messages(heard.parcels, world.chat(who)))
        assert told if parts else not told, f"{who} was told «{told}» in {here}"
        for part in parts:
            assert part in told, f"«{part}» is not in what {who} was told: {told}"


def check_buttons(limits: Limits, labels: list[str], heard: Heard, text: str, here: str) -> None:
    """Every choice can be tapped, or is written where it can be typed."""
    shown = [b for p in heard.parcels if p.to == heard.at for row in p.say.buttons for b in row]
    assert [button.label for button in shown] == labels, here
    if not limits.buttons:
        for button in shown:
            assert button.typed.strip() in text if button.typed else button.label in text, here


def check_kept(stage: Stage, step: Step, heard: Heard, here: str) -> None:
    """What is stored."""
    draft = stage.draft(step.who) if step.who else None
    if step.untouched:
        assert heard.before is not None and draft is not None, here
        for name in ("answers", "parked", "skipped", "place"):
            assert getattr(draft, name) == getattr(heard.before, name), f"{name} of {here}"
    for key, value in step.holds.items():
        assert draft is not None, here
        everything = {**draft.parked, **draft.answers}
        assert key in everything, f"{key} is lost: {here}"
        check_value(everything[key].value, value, here)
    for key in step.lacks:
        assert draft is not None and key not in draft.answers, here
    if step.within:
        before = stage.steps[step.within.since].said
        took = stage.counts[step.who] - before + 1
        assert took <= step.within.messages, f"{took} messages: {here}"
    if step.entry:
        check_entry(stage, step.entry, here)


def check_entry(stage: Stage, wanted: Entry, here: str) -> None:
    """What is stored of an entry."""
    with stage.store() as store:
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
        check_value(entry.answers[key]["value"], value, here)
    if wanted.keys:
        assert sorted(entry.answers) == sorted(wanted.keys), here


def check_value(value: Any, wanted: Any, here: str) -> None:
    """The same, or of a table the part that the script names."""
    if isinstance(wanted, dict):
        assert {key: value.get(key) for key in wanted} == wanted, here
    else:
        assert value == wanted, here
