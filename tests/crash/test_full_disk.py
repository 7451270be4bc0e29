"""The disk fills up in the middle of shared commits: what was confirmed to the network is kept."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.crash.disks import NoDisk, small_disk
from tests.crash.kept import check_all
from tests.crash.killing import PATIENCE
from tests.crash.scene import Scene, scene
from tests.crash.victim import NOT_KEPT

PEOPLE = 40
ENOUGH = 1_000_000
"""Pages."""


@pytest.mark.parametrize("pages", [0, 3, 40])
async def test_keeps_what_was_confirmed_when_the_database_may_not_grow(
    pages: int, sqlite_url: str, tmp_path: Path
) -> None:
    async with scene(sqlite_url, tmp_path, PEOPLE) as here:
        await here.start()
        await here.bot.limit_pages(pages)
        here.crowd.go_on()
        await here.bot.says(NOT_KEPT)
        check_confirmed(here)
        await here.bot.limit_pages(ENOUGH)
        await here.server.until(here.crowd.finished, PATIENCE)
        await here.settled()
        assert check_all(here).repeats == 0


@pytest.mark.parametrize(
    ("left", "dies"), [(0, False), (64 * 1024, True), (400 * 1024, False), (400 * 1024, True)]
)
async def test_keeps_what_was_confirmed_when_the_disk_is_full(
    left: int, dies: bool, sqlite_url: str, tmp_path: Path
) -> None:
    try:
        await _fill_a_disk(left, dies, sqlite_url, tmp_path)
    except NoDisk:
        pytest.skip("a small disk cannot be mounted here")


async def _fill_a_disk(left: int, dies: bool, url: str, folder: Path) -> None:
    with small_disk(folder / "disk") as disk:
        file = disk.place / "bot.db"
        shutil.copyfile(make_url(url).database or "", file)
        async with scene(f"sqlite:///{file}", folder, PEOPLE) as here:
            await here.start()
            disk.fill(left)
            here.crowd.go_on()
            await here.bot.says(NOT_KEPT)
            if dies:
                await here.bot.kill()
            disk.free()
            check_confirmed(here)
            if dies:
                await here.restart()
            await here.server.until(here.crowd.finished, PATIENCE)
            await here.settled()
            said = check_all(here)
            assert said.again <= {parcel.key for parcel in here.left}
            assert dies or said.repeats == 0


def check_confirmed(here: Scene) -> None:
    """Whatever the network no longer keeps is in the database; the rest it keeps."""
    waiting = {update.id for update in here.crowd.bot.updates.pending}
    with here.store() as store:
        handled = {n for n in here.numbers if store.inbox.handled(f"telegram:42:{n}")}
        assert store.inbox.count_dead() == 0
    assert set(here.numbers) - waiting <= handled
    assert waiting - handled, "nothing was refused"
