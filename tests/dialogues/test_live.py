"""Every conversation on the networks themselves, and byte for byte what is sent there."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.installation import Installation
from tests.dialogues.checks import Owed, check
from tests.dialogues.live.network import Network, Open
from tests.dialogues.live.stage import live
from tests.dialogues.live.transcript import KEPT, REWRITE, differences, place
from tests.dialogues.live.zalo import zalo
from tests.dialogues.live.zalo_oa import zalo_oa
from tests.dialogues.script import read, scripts
from tests.support.conversation import sample

NETWORKS: dict[str, Open[Network]] = {"zalo": zalo, "zalo_oa": zalo_oa}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation without settings, read once."""
    return sample(tmp_path_factory.mktemp("installed"))


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
async def test_sends_what_is_kept(
    path: Path,
    name: str,
    installed: Installation,
    tmp_path: Path,
    sqlite_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    script = read(path)
    here = replace(installed, folder=tmp_path)
    async with live(NETWORKS[name], script.setting, here, sqlite_url) as stage:
        with caplog.at_level(logging.ERROR):
            owed: list[Owed] = []
            for number, step in enumerate(script.step, start=1):
                if step.is_for(stage.carries):
                    owed += check(stage, step, await stage.act(step), number)
            await stage.rest(owed)
    assert not caplog.records
    if changed := differences(stage.transcript.text(), place(name, path.stem)):
        pytest.fail(f"{changed}\n(meant so? {REWRITE}=1)", pytrace=False)


def test_keeps_no_transcript_of_what_is_not_held() -> None:
    kept = {path.relative_to(KEPT) for path in KEPT.rglob("*.txt")}
    held = {place(name, path.stem).relative_to(KEPT) for name in NETWORKS for path in scripts()}
    assert kept == held
