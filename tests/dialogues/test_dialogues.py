"""Every conversation, on both databases, on a network with buttons and on one without."""

import logging
from pathlib import Path

import pytest

from tests.dialogues.checks import check
from tests.dialogues.script import Script, read, scripts
from tests.dialogues.stage import BUTTONS, WORDS, Stage

NETWORKS = {"buttons": BUTTONS, "words": WORDS}


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_goes_as_written(
    path: Path, network: str, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    script = read(path)
    stage = Stage(database_url, NETWORKS[network], script.setting)
    with caplog.at_level(logging.ERROR):
        play(stage, script)
    stage.close()
    assert not caplog.records


def play(stage: Stage, script: Script) -> None:
    """Hold the conversation; the first thing that is not as written ends it."""
    for number, step in enumerate(script.step, start=1):
        if step.is_for(stage.carries):
            check(stage, step, stage.act(step), number)
