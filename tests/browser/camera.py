"""Takes the guides' pictures: a piece of a chat, as wide as a phone, or the whole page."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from playwright.async_api import FloatRect, Locator

from tests.browser.window import Window

COLUMN = 390
"""Points that a chat is wide, as on most phones."""

VIEW = (5 * COLUMN + 64, 1900)
"""All five chats side by side, each high enough for all that is taken of it at once."""

SCALE = 1.5
"""Pixels a point: sharp on a phone, and small."""

MARGIN = 9
"""Pixels of wall around what is taken."""

WIDEST = 1400
"""Pixels."""

COLOURS = 128

STILL = """
.foot, .dots { display: none !important; }
.bubble { padding-bottom: 0.35rem !important; }
.log { scrollbar-width: none !important; }
.picture:has([alt^="Mã QR"]) { position: relative; display: block; }
.picture:has([alt^="Mã QR"])::after {
  content: "MẪU"; position: absolute; left: 14%; top: 24%; width: 58%; padding: 1.2rem 0;
  background: #ffffff; color: #c62828; font: bold 2.4rem sans-serif; text-align: center;
}
"""
"""Without the hour, which no two runs share, and without what only the playground has; a code to
scan is made unreadable, because nobody knows whose bot has that name in the world."""


class Camera:
    """Looks at a window and keeps what it sees in a folder."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.taken: dict[str, Image.Image] = {}

    async def chat(self, name: str, chat: str, first: str, *, keep: bool = True) -> None:
        """The last message with the words ``first`` and all after it.

        Raises AssertionError where they do not fit into the window. What is not kept is only
        there for a board.
        """
        window = self.window
        messages = window.messages(chat)
        await self._loaded(window.column(chat))
        top = await self._box(messages.filter(has_text=first).last)
        bottom, log = (
            await self._box(messages.last),
            await self._box(window.column(chat).locator(".log")),
        )
        y, until = top["y"], bottom["y"] + bottom["height"]
        assert log["y"] <= y < until <= log["y"] + log["height"], f"{name}: not all in sight"
        clip = FloatRect(x=log["x"], y=y, width=log["width"], height=until - y)
        taken = await self._take(clip)
        wall = taken.getpixel((0, taken.height // 2))
        assert isinstance(wall, tuple)
        self.taken[name] = ImageOps.expand(taken, (0, MARGIN), wall)
        if keep:
            self._keep(name, self.taken[name])

    async def page(self, name: str, height: int) -> None:
        """The page from the top, so many points of it, as wide as a reader's screen."""
        width = float(await self.window.page.evaluate("innerWidth"))
        taken = await self._take(FloatRect(x=0, y=0, width=width, height=height))
        self._keep(name, ImageOps.contain(taken, (WIDEST, WIDEST)))

    async def steady(self) -> None:
        """Hide what differs from run to run."""
        await self.window.page.add_style_tag(content=STILL)

    async def _box(self, what: Locator) -> FloatRect:
        await what.scroll_into_view_if_needed()
        box = await what.bounding_box()
        assert box is not None
        return box

    async def _loaded(self, place: Locator) -> None:
        """Wait for pictures in the chat: they push everything down as they come."""
        await place.evaluate(
            "place => Promise.all([...place.querySelectorAll('img')].map(each => each.decode()))"
        )

    async def _take(self, clip: FloatRect) -> Image.Image:
        page = self.window.page
        await page.mouse.move(0, 0)  # a button under it has another colour
        taken = await page.screenshot(clip=clip, animations="disabled")
        return Image.open(BytesIO(taken)).convert("RGB")

    def _keep(self, name: str, picture: Image.Image) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(small(picture))


def small(picture: Image.Image) -> bytes:
    """A PNG with few colours, which is all that letters on bubbles need."""
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    content = BytesIO()
    few.save(content, "PNG", optimize=True)
    return content.getvalue()
