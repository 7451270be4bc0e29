"""Takes the guides' pictures again: ``python -m tests.browser.screenshots [ROOT]``.

The playground is played from the invitation to the province, once on each look. Times and codes
are those of the demonstration, so that the same version takes the same pictures. Those that the
bot shows are part of tests/dialogues/sent: where they changed, have guide.txt written again.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.demo import sample, seed, start_of
from bot.packaged import operator_texts
from bot.playground.stage import Stage
from tests.browser.boards import IN_WORDS, WITH_BUTTONS, Column, board
from tests.browser.camera import SCALE, VIEW, Camera, small
from tests.browser.chromium import launch
from tests.browser.stories import (
    Take,
    chair_with_buttons,
    in_words,
    member_with_buttons,
    officer_with_buttons,
    page,
)
from tests.browser.window import Window

Story = Callable[[Take], Awaitable[None]]

PICTURES, BOARDS = Path("docs/huong-dan/anh"), Path("bot/documents/guides")

READING = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played on one stage, on which look, and the boards of what was taken."""

    look: str
    stories: tuple[Story, ...]
    boards: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)


SCENES = (
    Scene("telegram", (page,)),
    Scene(
        "telegram", (member_with_buttons, chair_with_buttons, officer_with_buttons), WITH_BUTTONS
    ),
    Scene("zalo", (in_words,), IN_WORDS),
)


@asynccontextmanager
async def opened(browser: Browser, folder: Path, look: str) -> AsyncIterator[Take]:
    """A fresh stage and a window on one of its looks."""
    with tempfile.TemporaryDirectory() as made:
        at = Path(made)
        installation = sample(at, operator_texts())
        seed(installation, start_of(installation))
        async with Stage(installation, at).opened() as stage:
            context = await browser.new_context(
                locale="vi-VN",
                color_scheme="light",
                reduced_motion="reduce",
                device_scale_factor=SCALE,
                bypass_csp=True,
                viewport={"width": VIEW[0], "height": VIEW[1]},
            )
            window = Window(
                await context.new_page(), stage.url, lambda: stage.clock.forward(READING)
            )
            camera = Camera(window, folder)
            await window.open()
            await window.look(look)
            await camera.steady()
            yield Take(stage, window, camera)
            await context.close()


async def main(root: Path) -> None:
    (root / BOARDS).mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for scene in SCENES:
            async with opened(browser, root / PICTURES, scene.look) as take:
                for story in scene.stories:
                    await story(take)
                for name, columns in scene.boards.items():
                    drawn = board(columns, take.camera.taken)
                    (root / BOARDS / f"{name}.png").write_bytes(small(drawn))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
