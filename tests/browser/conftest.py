"""One browser for all tests of a process; a stage and a window of its own for each."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ProxySettings, async_playwright

from bot.demo import sample, seed, start_of
from bot.packaged import operator_texts
from bot.playground.stage import Stage
from tests.browser.chromium import MISSING, launch, program
from tests.browser.window import Window
from tests.browser.wire import Wire

READING = timedelta(seconds=2)
"""Of the clock's own time: whoever writes in the second of a question has not read it yet."""

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser and tests share one event loop; without a browser there is nothing to test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if program() is None:
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await launch(playwright)
        yield started
        await started.close()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's data, to be copied."""
    folder = tmp_path_factory.mktemp("played")
    installation = sample(folder, operator_texts())
    seed(installation, start_of(installation))
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def stage(played: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    folder = tmp_path / "stage"
    shutil.copytree(played, folder)
    async with Stage(sample(folder, operator_texts()), folder).opened() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def wire(stage: Stage) -> AsyncIterator[Wire]:
    """The line between the stage and a window that asks for it."""
    yield Wire(urlsplit(stage.url).port or 0)


@pytest.fixture
def context() -> dict[str, Any]:
    """How the window is: its size, its colours."""
    return {"viewport": {"width": 1440, "height": 900}}


@pytest_asyncio.fixture(loop_scope="session")
async def window(
    stage: Stage, browser: Browser, context: dict[str, Any], wire: Wire
) -> AsyncIterator[Window]:
    """The page, opened; at the end it must not have complained nor asked another machine."""
    async with wire.open() as address:
        line = ProxySettings(server=address, bypass="<-loopback>")
        opened = await browser.new_context(locale="vi-VN", proxy=line, **context)
        window = Window(await opened.new_page(), stage.url, lambda: stage.clock.forward(READING))
        await window.open()
        yield window
        await opened.close()
    assert window.complaints == []
