"""How soon the playground's page can be used, how soon it answers, how smoothly it scrolls."""

import asyncio
import os
import pty
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGINT
from tempfile import TemporaryDirectory
from time import monotonic

from playwright.async_api import Browser, Page, async_playwright

from bot.demo import sample, seed, start_of
from bot.packaged import operator_texts
from bot.playground.stage import Stage
from tests.bench.process import ROOT
from tests.browser.chromium import launch

STARTS = 3
TRIPS = 100
WARMING = 5
LOOKS = ("telegram", "zalo")

MANY = 10_000
"""Messages in one chat."""

FRAMES = 400
ADDED = 200
SCROLLED = 700
"""Pixels a frame: faster than a wheel."""

QUIET = 0.1
"""Seconds between an answer and the next message, and between two messages that are added."""

READY = "body[data-ready=yes]"

GROUP = "#c-telegram-group"

TRIP = """
async ({chat, text}) => {
  const column = document.getElementById(chat);
  const box = column.querySelector("textarea");
  const answered = new Promise((done) => {
    const seen = new MutationObserver((changes) => {
      const added = changes.flatMap((each) => [...each.addedNodes]);
      if (!added.some((node) => node.matches?.(".bot"))) return;
      seen.disconnect();
      requestAnimationFrame(() => done(performance.now()));
    });
    seen.observe(column.querySelector(".messages"), { childList: true, subtree: true });
  });
  box.value = text;
  const typed = performance.now();
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
  return await answered - typed;
}
"""

SCROLL = """
async ({frames, by}) => {
  const log = document.querySelector("#c-telegram-group .log");
  const took = [];
  let last = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    log.scrollTop -= by;
    const now = await new Promise(requestAnimationFrame);
    took.push(now - last);
    last = now;
  }
  log.scrollTop = log.scrollHeight;
  return took;
}
"""

WATCH = """
async (messages) => {
  const log = document.querySelector("#c-telegram-group .log");
  const all = log.getElementsByClassName("message");
  const enough = all.length + messages;
  const took = [];
  let last = await new Promise(requestAnimationFrame);
  while (all.length < enough) {
    const now = await new Promise(requestAnimationFrame);
    took.push(now - last);
    last = now;
  }
  return took;
}
"""


@dataclass(slots=True)
class Played:
    """``starts`` are seconds, the rest milliseconds; ``trips`` by look."""

    browser: str = ""
    starts: list[float] = field(default_factory=list)
    trips: dict[str, list[float]] = field(default_factory=dict)
    scrolling: list[float] = field(default_factory=list)
    adding: list[float] = field(default_factory=list)


async def measure() -> Played:
    """All of it, in a Chromium without a window. Raises playwright's Error where there is none."""
    played = Played()
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        played.browser = browser.version
        for _ in range(STARTS):
            played.starts.append(await _start(browser))
        async with _demo() as url:
            for look in LOOKS:
                played.trips[look] = await _trips(browser, url, look)
        await _long_chat(browser, played)
        await browser.close()
    return played


async def _start(browser: Browser) -> float:
    began = monotonic()
    async with _demo() as url:
        page = await _opened(browser, url)
        took = monotonic() - began
        await page.close()
    return took


async def _trips(browser: Browser, url: str, look: str) -> list[float]:
    page = await _opened(browser, url)
    await page.locator(f"input[value={look}]").check()
    took = []
    for _ in range(WARMING + TRIPS):
        said = {"chat": f"c-{look}-chair", "text": "/progress"}
        took.append(float(await page.evaluate(TRIP, said)))
        await asyncio.sleep(QUIET)
    await page.close()
    return took[WARMING:]


async def _long_chat(browser: Browser, played: Played) -> None:
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        installation = sample(folder, operator_texts())
        seed(installation, start_of(installation))
        async with Stage(installation, folder).opened() as stage:
            side = stage.sides["telegram"]

            def add(text: str) -> None:
                side.say("member1", "group", text, None, mention=False)

            for number in range(MANY):
                add(f"Tin số {number}. " + "Cả nhà gửi sáng kiến nhé. " * (number % 5))
            page = await _opened(browser, stage.url)
            older = page.locator(f"{GROUP} .older button")
            while await older.count():
                await older.click()
            assert await page.locator(f"{GROUP} .message").count() == MANY
            played.scrolling = await page.evaluate(SCROLL, {"frames": FRAMES, "by": SCROLLED})
            watching = asyncio.ensure_future(page.evaluate(WATCH, ADDED))
            for number in range(ADDED):
                await asyncio.sleep(QUIET)
                add(f"Thêm tin {number}")
            played.adding = await watching


async def _opened(browser: Browser, url: str) -> Page:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(url)
    await page.locator(READY).wait_for()
    return page


@asynccontextmanager
async def _demo() -> AsyncIterator[str]:
    """``sangkien demo`` at a terminal; the address of its page."""
    master, terminal = pty.openpty()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-open"),
        cwd=ROOT,
        stdin=terminal,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert child.stdout is not None
        told = (await child.stdout.readline()).decode()
        yield next(word for word in told.split() if word.startswith("http://"))
    finally:
        child.send_signal(SIGINT)
        await child.wait()
        os.close(master)
        os.close(terminal)
